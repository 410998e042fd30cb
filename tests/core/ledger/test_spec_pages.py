"""The public pages say what the program does: names, statuses, the vector."""

from pathlib import Path

import pytest

from tests.core.ledger.test_commitment import VECTOR_HEADER
from zhunsheng.cli import verify, verify_words
from zhunsheng.core.ledger import bundle, export, verdict

SPEC = Path(__file__).resolve().parents[3] / "docs/spec"


@pytest.mark.parametrize(
    "name",
    sorted({*verify_words.PROVED, *verify_words.FAILED, *verify_words.NOT_SURE, *verify_words.NOT_CHECKED, "event"}),
)
def test_every_check_is_documented(name: str) -> None:
    assert f"`{name}`" in (SPEC / "verdict.md").read_text("utf-8")


def test_states_and_exit_statuses_are_documented() -> None:
    text = (SPEC / "verdict.md").read_text("utf-8")
    for state, status in verify.EXIT.items():
        assert f"| `{state.value}` | {status} |" in text
    assert all(f"`{found.value}`" in text for found in verdict.Found)


def test_the_vector_is_documented() -> None:
    assert VECTOR_HEADER.decode() in (SPEC / "ledger-entry.md").read_text("utf-8")


def test_formats_have_their_page() -> None:
    assert bundle.FORMAT in (SPEC / "bundle.md").read_text("utf-8")
    assert export.FORMAT in (SPEC / "casefile-export.md").read_text("utf-8")
