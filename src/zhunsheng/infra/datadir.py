"""The one folder a installation keeps beside its database.

==========  ========================================================================
keys        private keys and passwords, mode 0600 in a folder of mode 0700
log         ledger tiles and checkpoint, as the portal serves them (C2SP tlog-tiles)
blobs       files by the SHA-256 of their bytes
pg          the embedded PostgreSQL, where it is used and can be reached there
run         sockets, locks, process ids, the demo clock; nothing that must be backed up
law         statute texts, imported
witness     state of the demo's own witness; a real witness keeps its state elsewhere
==========  ========================================================================

The folder itself may be entered by others (mode 0711) but not listed: PostgreSQL runs
as another user where the program runs as root.
"""

from dataclasses import dataclass
from pathlib import Path

from zhunsheng.infra import env


@dataclass(frozen=True, slots=True)
class DataDir:
    root: Path

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def blobs(self) -> Path:
        return self.root / "blobs"

    @property
    def pg(self) -> Path:
        return self.root / "pg"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def law(self) -> Path:
        return self.root / "law"

    @property
    def witness(self) -> Path:
        return self.root / "witness"

    @property
    def policy(self) -> Path:
        """Policy file of this installation's ledger: who signs, who witnesses, how many must."""
        return self.root / "policy"

    def create(self) -> None:
        """Make the folders that are missing. Existing ones keep their mode, except ``keys``, which is closed again."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o711)
        for folder in (self.log, self.blobs, self.run, self.law, self.witness):
            folder.mkdir(exist_ok=True, mode=0o755)
        self.keys.mkdir(exist_ok=True, mode=0o700)
        self.keys.chmod(0o700)


def current() -> DataDir:
    """Return the data folder of this process, by ``--data`` or ``ZHUNSHENG_DATA``."""
    return DataDir(env.current().data.absolute())
