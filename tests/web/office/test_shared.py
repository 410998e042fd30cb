"""The shared words of the surfaces: text made of pieces, days, deadlines, the words of a sheet."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.law.book import Book
from zhunsheng.infra import forms
from zhunsheng.web.office.posted import hidden_pairs, raw_from, raw_of_content, rearrange
from zhunsheng.web.office.widgets import Filling, parts, stroke_paths
from zhunsheng.web.shared import pieces, words
from zhunsheng.web.shared.clocks import days_left, standing_of
from zhunsheng.web.shared.paper import paper
from zhunsheng.web.shared.public_page import present

KEYS = st.sampled_from(
    ["text", "mask", "mark", "shown", "original", "cite", "date", "time", "money", "ins", "del", "x"]
)
TEXT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(TEXT)
def test_no_text_of_any_shape_becomes_markup(text: object) -> None:
    marked = pieces.render(_poisoned(text), pieces.Numbering("a", "b", "看公开稿"))
    assert "<script" not in marked
    assert '"onerror' not in marked


def _poisoned(text: object) -> object:
    if isinstance(text, str):
        return f"{text}<script>\"onerror=alert'"
    if isinstance(text, list):
        return [_poisoned(part) for part in text]
    return {key: _poisoned(part) for key, part in text.items()} if isinstance(text, dict) else text


def test_a_hidden_stretch_keeps_its_number_and_leads_to_its_reason() -> None:
    shown = pieces.render(
        ["由", {"mask": 3, "shown": "从业人员甲", "ground": "姓名"}, "剪发"], pieces.Numbering("b", "w", "看理由")
    )
    assert 'id="b3"' in shown
    assert 'href="#w3"' in shown
    assert "从业人员甲" in shown


def test_an_amount_in_a_text_is_always_written_with_fen() -> None:
    assert "300.50 元" in pieces.render({"money": 30050})
    assert words.yuan(400_000) == "4,000.00 元"
    assert words.yuan(-5) == "-0.05 元"


@pytest.mark.parametrize(("number", "said"), [(0, "0 件"), (10_000, "10,000 件"), (10_001, "超过 10,000 件")])
def test_a_count_says_no_more_than_is_known(number: int, said: str) -> None:
    assert words.count(number) == said


@pytest.mark.parametrize(
    ("today", "left", "tone"),
    [
        (date(2026, 11, 20), "还剩 7 个工作日", ""),
        (date(2026, 11, 26), "还剩 3 个工作日", "soon"),
        (date(2026, 11, 28), "还剩 2 个工作日", "soon"),  # a Saturday: Monday and Tuesday are left
        (date(2026, 12, 1), "今天", "now"),
        (date(2026, 12, 2), "超 1 个工作日", "late"),
        (date(2026, 12, 5), "超 3 个工作日", "late"),  # a Saturday adds nothing to Friday
    ],
)
def test_working_days_are_counted_as_the_law_counts_them(lawbook: Book, today: date, left: str, tone: str) -> None:
    stands = standing_of(date(2026, 12, 1), today, lawbook.calendar, working=True)
    assert (stands.status, stands.tone) == (left, tone)


@given(st.dates(date(2018, 1, 1), date(2027, 12, 31)), st.integers(-40, 40), st.booleans())
def test_a_term_is_over_exactly_when_its_last_day_is_past(day: date, offset: int, working: bool) -> None:  # noqa: FBT001
    from datetime import timedelta  # noqa: PLC0415

    from zhunsheng.infra import lawdata  # noqa: PLC0415

    last = day + timedelta(days=offset)
    left = days_left(last, day, lawdata.book().calendar, working=working)
    assert (left < 0) == (last < day)
    assert (left == 0) == (last == day)


def test_the_words_of_a_sheet_leave_nothing_of_it_out() -> None:
    sheet: dict[str, Json] = {
        "form": {"title": "送达回执"},
        "agency": {"name": "某局"},
        "number": "2026—0001",
        "fields": [["受送达人", "甲店", "案由", None]],
        "documents": [{"name": "决定书", "number": "某〔2026〕1号", "count": "1份"}],
        "method": ["直接送达"],
        "course": ["当面交付。"],
        "signs": [{"role": "送达人（签名）", "who": [{"name": "陈", "id": "001"}], "at": "2026-11-20"}],
        "refusal": {"text": "不签。", "witness": {"name": "冯", "unit": "某居委会"}},
    }
    made = paper(sheet)
    assert made is not None
    said = "".join(str(pieces.render(line.text)) for line in made.lines)
    for word in ("甲店", "案由", "决定书", "某〔2026〕1号", "直接送达", "当面交付", "不签", "冯", "某居委会"):
        assert word in said
    assert made.signs[0].names == "陈（001）"
    assert made.agency == ""  # a record has no seal under it
    assert paper({}) is None


def test_a_published_page_of_a_later_format_shows_only_what_is_known() -> None:
    assert present({"title": "甲", "number": "1", "surprise": "x"}) == {"title": "甲", "number": "1"}


def test_a_page_takes_only_the_names_of_its_form_and_carries_the_rest_unread() -> None:
    posted = QueryDict("party_name=甲&findings-7-text=乙&findings-2-text=丙&is_admin=1&act=file&csrfmiddlewaretoken=t")
    raw = raw_from(forms.form("onsite-record"), posted)
    assert raw["party_name"] == "甲"
    assert raw["findings"] == [{"text": "丙"}, {"text": "乙"}]
    assert "is_admin" not in raw
    assert dict(hidden_pairs(posted)) == {
        "party_name": "甲", "findings-7-text": "乙", "findings-2-text": "丙", "is_admin": "1"
    }  # fmt: skip


def test_rows_can_be_rearranged_and_nothing_else_can() -> None:
    form = forms.form("onsite-record")
    raw: dict[str, object] = {"officers": ["a"]}
    assert rearrange(form, raw, "add:officers")
    assert raw["officers"] == ["a", "", ""]  # two places stood on the page already
    assert rearrange(form, raw, "remove:officers:0")
    assert raw["officers"] == ["", ""]
    for act in ("remove:officers:9", "remove:officers:-1", "add:party_name", "add:nothing", "edit", ""):
        assert not rearrange(form, raw, act)


def test_money_kept_in_fen_fills_the_field_in_yuan() -> None:
    form = forms.form("spot-decision")
    assert raw_of_content(form, {"fine": 30050, "told": True})["fine"] == "300.50"


def test_a_form_shows_every_field_of_its_definition() -> None:
    for form in forms.forms().values():
        shown = [widget.name for part in parts(form, Filling({})) for widget in part.widgets]
        assert shown == [field.name for field in form.fields]


def test_a_field_that_depends_on_an_answer_says_on_which() -> None:
    found = {widget.name: widget for part in parts(forms.form("spot-decision"), Filling({})) for widget in part.widgets}
    assert found["fine"].when == "penalty=fine|warning-and-fine"
    assert found["fine"].when_words == "“处罚种类”选罚款或者警告并处罚款时填"


@pytest.mark.parametrize("value", [None, "", {}, {"strokes": "x"}, {"strokes": [[]]}, 7])
def test_what_is_no_drawing_draws_nothing(value: object) -> None:
    assert stroke_paths(value) == ()
