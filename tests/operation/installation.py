"""An installation of its own, worked by the commands an operator types."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LET_THROUGH = ("PATH", "HOME", "LANG", "ZHUNSHENG_POSTGRES_BIN")
PHOTO = b"the photo that was taken on site"
FILL = """
import json, sys
import django
django.setup()
from django.db import transaction
from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.commands import append
from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.infra import clock, datadir
from zhunsheng.infra.blobs import Blobs

place = Ref("bureau", "note", "shop")
photo = {photo!r}
digest = Blobs(datadir.current().blobs).put(photo)
files = [dict(role="photo", name="门面.jpg", sha256=digest, size=len(photo))]
with transaction.atomic(durable=True):
    new = [New("note.written", dict(text=text, files=files), clock.today()) for text in sys.argv[1:]]
    append(place, new, actor="chen", at=clock.now(), create=queries.position(place) is None)
"""


@dataclass(frozen=True, slots=True)
class Installation:
    data: Path
    url: str = ""  # of a server of its own; empty: the embedded one

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command, as typed."""
        command = [sys.executable, "-m", "zhunsheng.cli.main", "--data", str(self.data), *words]
        return subprocess.run(command, check=False, capture_output=True, text=True, env=self._environment())

    def do(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command that must succeed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr + done.stdout
        return done

    def ask(self, *words: str) -> Any:  # noqa: ANN401  (the answer of any command)
        """Return what a command says as JSON, whatever its status."""
        return json.loads(self.run("--json", *words).stdout)

    def note(self, *texts: str) -> None:
        """Append an event with a file for each text."""
        environment = self._environment() | {
            "ZHUNSHENG_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "zhunsheng.config.settings",
        }
        subprocess.run([sys.executable, "-c", FILL.format(photo=PHOTO), *texts], check=True, env=environment)

    def work(self) -> None:
        """Commit what waits to the ledger and have it witnessed."""
        self.do("work", "--once")

    def _environment(self) -> dict[str, str]:
        environment = {name: os.environ[name] for name in LET_THROUGH if name in os.environ}
        return environment | {"ZHUNSHENG_DEMO": "1"} | ({"DATABASE_URL": self.url} if self.url else {})
