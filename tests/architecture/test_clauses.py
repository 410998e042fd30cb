"""Each clause of the source document leads to the tests that show it, and the page that says so is up to date."""

from pathlib import Path

from tools import clauses

KNOWN = {one.id for one in clauses.clauses()}


def test_every_mark_names_a_clause_there_is() -> None:
    assert [one for one in clauses.shown() if one.clause not in KNOWN] == []


def test_the_page_is_up_to_date() -> None:
    assert clauses.PAGE.read_text(encoding="utf-8") == clauses.page(), "make docs"


def test_one_test_that_says_partly_keeps_a_clause_from_being_met() -> None:
    whole, part = clauses.Shown("P1", "a", ""), clauses.Shown("P1", "b", "hearings")
    assert [clauses.status(tests) for tests in ([], [whole], [whole, part], [part])] == [
        "open",
        "met",
        "partly",
        "partly",
    ]


def test_marks_of_functions_classes_and_modules_are_found() -> None:
    source = (
        "pytestmark = [pytest.mark.clause('P1')]\n"
        "@pytest.mark.clause('P2', partly='x')\ndef test_a(): ...\n"
        "@pytest.mark.clause('P3', 'P4')\nclass TestB: ...\n"
    )
    found = {(one.clause, one.partly) for one in clauses.shown_by(source, Path("test_x.py"))}
    assert found == {("P1", ""), ("P2", "x"), ("P3", ""), ("P4", "")}
