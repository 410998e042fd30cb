"""``zhunsheng COMMAND``: one module a command, loaded only when it is called.

A command module has ``HELP``, ``arguments(parser)`` and ``run(args) -> int``, and
``DJANGO = True`` when it needs the applications, which are then ready before the module
is imported. Results go to stdout, logs and errors to stderr. ``verify`` loads nothing
but ``core``.
"""

import argparse
import ast
import importlib
import importlib.util
import json
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Protocol, cast

from zhunsheng.core.errors import ZhunshengError

COMMANDS: Final = {
    "demo": "demo",
    "init": "init",
    "found": "found",
    "serve": "serve",
    "work": "work",
    "doctor": "doctor",
    "dsn": "dsn",
    "clock": "clock",
    "audit": "audit",
    "verify": "verify",
    "export": "export",
    "backup": "backup",
    "restore": "restore",
    "rotate-key": "rotate_key",
    "witness": "witness",
    "seed": "seed",
    "import-law": "import_law",
    "check-law": "check_law",
    "law": "law",
    "seed-demo": "seed_demo",
}
"""Name on the command line -> module in ``zhunsheng.cli``."""

COULD_NOT_RUN: Final = 2


class Command(Protocol):
    """What a command module offers besides its constants."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what the command takes."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it and return the exit status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = _command_of(words)
    if name is None:
        _overview().parse_args(words)
        _overview().print_help()
        return COULD_NOT_RUN
    if constant(name, "DJANGO"):
        start_django(words)
    command = cast("Command", importlib.import_module(f"zhunsheng.cli.{COMMANDS[name]}"))
    args = _parser(name, command).parse_args(words)
    try:
        return command.run(args)
    except ZhunshengError as error:
        code = getattr(error, "code", "error")
        _complain(args, code, str(error) or code)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough of it (``| head``).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  (the last caller: it is printed whole)
        # 1 is an answer of ``audit`` and ``verify``: what nobody foresaw must not look like it.
        if _is_no_database(error):
            first_line = str(error).strip().splitlines()[0]
            _complain(args, "database-not-reachable", f"无法连接数据库 (the database does not answer): {first_line}")
        else:
            traceback.print_exc()
        return COULD_NOT_RUN


def show(args: argparse.Namespace, result: object, lines: Sequence[str]) -> None:
    """Print ``result`` as JSON where ``--json`` asks for it, else ``lines`` for people."""
    if args.json:
        print(json.dumps(result, ensure_ascii=False, default=str))
        return
    for line in lines:
        print(line)


def _is_no_database(error: Exception) -> bool:
    """Tell whether the database does not answer, without loading what ``verify`` must not load."""
    kind = type(error)
    return kind.__name__ == "OperationalError" and kind.__module__.partition(".")[0] in {"django", "psycopg"}


def start_django(words: Sequence[str]) -> None:
    """Make the applications ready, on the data folder that ``words`` name."""
    settle(_common().parse_known_args(words)[0])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.config.settings")
    import django  # noqa: PLC0415  (commands without it must not load it)

    django.setup()


def settle(args: argparse.Namespace) -> None:
    """Take ``--data`` over into the settings and configure the logs. Commands without Django call it themselves."""
    from zhunsheng.infra import env, logging  # noqa: PLC0415  (verify must not load infra)

    data = getattr(args, "data", None)
    if data is not None:
        env.change(ZHUNSHENG_DATA=str(data.absolute()))
    logging.configure()


def constant(name: str, of: str) -> object:
    """Return a constant of a command's module without importing it, or None: importing may need what is not ready."""
    spec = importlib.util.find_spec(f"zhunsheng.cli.{COMMANDS[name]}")
    if spec is None or spec.origin is None:
        return None
    for node in ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == of:
                return ast.literal_eval(value)
            case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == of:
                return ast.literal_eval(value)
            case _:
                pass
    return None


def _command_of(words: Sequence[str]) -> str | None:
    """Return the first word that is no option: the command. ``--data`` takes the word after it."""
    rest = _common().parse_known_args(words)[1]
    return next((word for word in rest if word in COMMANDS), None)


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", type=Path, metavar="DIR", help="data folder (default: ZHUNSHENG_DATA, else ./data)")
    common.add_argument("--json", action="store_true", help="print the result as JSON")
    return common


def _base() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zhunsheng",
        description="准绳: administrative enforcement that is public, recorded and reviewed.",
        parents=[_common()],
    )
    parser.set_defaults(data=None, json=False)
    parser.add_argument("--version", action="version", version=_version())
    return parser


def _version() -> str:
    try:
        return version("zhunsheng")
    except PackageNotFoundError:
        return "source tree, not installed"


def _overview() -> argparse.ArgumentParser:
    parser = _base()
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        commands.add_parser(name, help=str(constant(name, "HELP") or ""))
    return parser


def _parser(name: str, command: Command) -> argparse.ArgumentParser:
    """Return the parser of one command; ``--data`` and ``--json`` may stand before and after its name."""
    parser = _base()
    text = str(constant(name, "HELP"))
    one = parser.add_subparsers(metavar="COMMAND").add_parser(name, help=text, description=text, parents=[_common()])
    command.arguments(one)
    return parser


def _complain(args: argparse.Namespace, code: str, text: str) -> None:
    if args.json:
        print(json.dumps({"error": code, "detail": text}, ensure_ascii=False))
    print(f"zhunsheng: {code}: {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
