"""``zhunsheng serve``: the web processes. WSGI under granian: measured fastest for synchronous Django (ADR 0003)."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from zhunsheng.cli.main import settle
from zhunsheng.infra import datadir, env, keys, supervisor, tls
from zhunsheng.infra.supervisor import Child, Process

HELP: Final = "serve office and portal, or one of them"
DEFAULT_PORT: Final = 8000
THREADS: Final = 8

_SURFACES: Final = {
    "office": ("zhunsheng.config.wsgi_office:application", "zhunsheng.config.settings"),
    "portal": ("zhunsheng.config.wsgi_portal:application", "zhunsheng.config.settings_portal"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("surface", nargs="?", choices=tuple(_SURFACES), help="one of them; both, if left out")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port of the office; the portal's is one more")
    parser.add_argument("--threads", type=int, default=THREADS, help="requests worked on at the same time")
    parser.add_argument("--tls", action="store_true", help="https, with a self-made certificate unless one is given")
    parser.add_argument("--certificate", type=Path, help="PEM chain")
    parser.add_argument("--key", type=Path, help="PEM key")


def run(args: argparse.Namespace) -> int:
    """Serve until asked to end."""
    settle(args)
    keys.KeyRing(datadir.current()).log_signer()  # refuses before init, with words
    if args.surface is None:
        return _both(args)
    _one(args)
    return 0


def words(surface: str, host: str, port: int, *more: str) -> list[str]:
    """Return the command line that serves one surface."""
    return [sys.executable, "-m", "zhunsheng.cli.main", "serve", surface, "--host", host, "--port", str(port), *more]


def _both(args: argparse.Namespace) -> int:
    data = datadir.current()
    more = ["--threads", str(args.threads), *(["--tls"] if args.tls else [])]
    more += [
        word for name in ("certificate", "key") if (path := getattr(args, name)) for word in (f"--{name}", str(path))
    ]
    keeper = supervisor.Supervisor(data.run / "serving.json")
    keeper.listen()
    try:
        for surface, port in (("office", args.port), ("portal", args.port + 1)):
            command = words(surface, args.host, port, *more)

            def start(command: list[str] = command) -> Process:
                return supervisor.spawn(command, {})

            keeper.start(Child(surface, start))
        keeper.watch()
    finally:
        keeper.end()
    return 0


def _one(args: argparse.Namespace) -> None:
    from granian import Granian  # noqa: PLC0415  (heavy, and only this branch serves)
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    target, settings = _SURFACES[args.surface]
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    # The server's own worker process reads the settings again: they travel by the environment.
    env.change(ZHUNSHENG_POOL=str(args.threads), **({"ZHUNSHENG_TLS": "1"} if args.tls else {}))
    certificate, key = _certificate(args) if args.tls else (None, None)
    Granian(
        target,
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=args.threads,
        backpressure=args.threads * 16,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
        log_level=LogLevels.error,
        ssl_cert=certificate,
        ssl_key=key,
        process_name=None,
    ).serve()


def _certificate(args: argparse.Namespace) -> tuple[Path, Path]:
    if args.certificate and args.key:
        return args.certificate, args.key
    pair = tls.certificate(datadir.current(), env.current().hosts)
    print(f"https with a self-made certificate, SHA-256 {tls.fingerprint(pair[0])}", file=sys.stderr)
    return pair
