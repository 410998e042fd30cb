"""Check the documents: generated pages are fresh, and every link inside the repository leads somewhere."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from tools import clauses, errors_page, procedures_page, settings_page

ROOT: Final = Path(__file__).resolve().parent.parent
_LINK: Final = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_FENCE: Final = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE: Final = re.compile(r"`[^`\n]*`")
_HEADING: Final = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)


def pages() -> list[Path]:
    """Return every Markdown page of the repository."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changes").rglob("*.md")]
    return sorted(found)


def broken_links(path: Path) -> Iterator[str]:
    """Yield the links of one page that lead nowhere. Links to other sites are not followed."""
    text = _CODE.sub("", _FENCE.sub("", path.read_text(encoding="utf-8")))
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (path.parent / file) if file else path
        if not target.exists():
            yield f"{path.relative_to(ROOT)}: {link} does not exist"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            yield f"{path.relative_to(ROOT)}: {link} names no heading"


def anchors(path: Path) -> set[str]:
    """Return the anchors that the headings of a page make."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in _HEADING.findall(text)}


def main() -> int:
    """Check everything and say what is wrong."""
    wrong = [problem for path in pages() for problem in broken_links(path)]
    for problem in wrong:
        print(problem, file=sys.stderr)
    sys.argv[1:] = ["--check"]
    stale = clauses.main() + settings_page.main() + errors_page.main() + procedures_page.main()
    return int(bool(wrong) or bool(stale))


if __name__ == "__main__":
    sys.exit(main())
