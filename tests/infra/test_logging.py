"""Logs: nothing in them leads to a person."""

from collections.abc import MutableMapping

import pytest

from zhunsheng.infra import logging


def struck(text: str) -> str:
    facts: MutableMapping[str, object] = {"event": text}
    return str(logging.strike_out(None, "", facts)["event"])


@pytest.mark.parametrize("number", ["350205199001010002", "35020519900101000X", "92350205000000019Q", "13800000000"])
def test_numbers_of_persons_and_firms_are_struck_out(number: str) -> None:
    assert number not in struck(f"failed for {number}, retry")
    assert number not in struck(f"code={number}")


def test_the_values_in_a_database_error_are_struck_out() -> None:
    text = "duplicate key value\nDETAIL:  Key (name)=(许霜降) already exists.\nmore"
    assert "许霜降" not in struck(text)
    assert "duplicate key value" in struck(text)


def test_what_tells_nothing_about_persons_stays() -> None:
    text = "leaf 1234567 committed, root " + "ab" * 32 + " at 2026-11-22T13:44:17.954925+00:00"
    assert struck(text) == text
