"""Write a published bundle, a changed copy of it and the policy that vouches for it.

python -m tools.sample_bundle FOLDER
"""

import sys
from pathlib import Path
from typing import Final

from tests.core.ledger import makers

POLICY: Final = f"log {makers.LOG.key}\nwitness {makers.COSIGNER.key}\nquorum 1\n"


def main() -> int:
    """Write the three files."""
    place = Path(sys.argv[1])
    bundle = makers.publication(makers.Ledger()).encode()
    (place / "good.bundle").write_bytes(bundle)
    (place / "changed.bundle").write_bytes(bundle.replace("张某".encode(), "李某".encode()))
    (place / "policy").write_text(POLICY, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
