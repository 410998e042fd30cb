"""From what was typed to the content: types only, and a fault for everything that cannot be read."""

import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.documents import cast
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents import Checks, FieldType, carried, missing, parse, unflatten
from zhunsheng.core.documents.values import UnreadableError, readers
from zhunsheng.infra.forms import forms

ANYTHING = Checks(party_code=lambda _kind, _code: None, printable=lambda _char: True)


def read(form_id: str, raw: dict[str, Any], checks: Checks = ANYTHING) -> tuple[dict[str, Json], dict[str | None, str]]:
    content, faults = parse(cast.form(form_id), raw, checks)
    return content, {fault.field: fault.code for fault in faults}


def one(form_id: str, name: str, value: object) -> Json:
    content, faults = read(form_id, {name: value})
    assert faults == {}
    return content.get(name)


def fault_of(form_id: str, name: str, value: object) -> str | None:
    content, faults = read(form_id, {name: value})
    assert name not in content
    return faults.get(name)


@pytest.mark.parametrize("form_id", ["onsite-record", "spot-decision", "service-receipt"])
def test_parsing_what_was_parsed_changes_nothing(form_id: str) -> None:
    content = getattr(cast, form_id.replace("-", "_"))()
    again, faults = read(form_id, content)
    assert faults == {}
    assert {k: v for k, v in content.items() if v is not False} == {k: v for k, v in again.items() if v is not False}
    assert missing(cast.form(form_id), again) == ()


class TestMoney:
    @pytest.mark.parametrize(
        ("typed", "fen"),
        [("200", 20000), ("200.5", 20050), ("3,000.00", 300000), ("0.01", 1), (" 50元 ", 5000), (20000, 20000)],
    )
    def test_text_is_yuan_and_a_number_is_fen(self, typed: object, fen: int) -> None:
        assert one("payment-record", "amount", typed) == fen

    @pytest.mark.parametrize(
        "typed",
        [
            "0",
            "-1",
            "1.005",
            "2,00",
            "1,5",
            "30,00.00",
            ",200",
            "1,,000",
            "1e3",
            "½",
            "２００",
            "200 000 x",
            "NaN",
            "Infinity",
            1.5,
            True,
            0,
            -5,
            10**15,
            {"x": 1},
            "9" * 40,
        ],
    )
    def test_it_refuses_what_is_no_amount(self, typed: object) -> None:
        assert fault_of("payment-record", "amount", typed) == "bad-money"


class TestDays:
    @pytest.mark.parametrize(
        "typed", ["2026-02-30", "2025-02-29", "26-11-20", "2026/11/20", "0001-01-01", "20261120", 20261120]
    )
    def test_it_refuses_an_impossible_day(self, typed: object) -> None:
        assert fault_of("record-filing", "reported_on", typed) == "bad-date"

    def test_a_leap_day_is_a_day(self) -> None:
        assert one("record-filing", "reported_on", "2024-02-29") == "2024-02-29"

    @pytest.mark.parametrize(
        "typed", ["2026-11-20T09:35", "2026-11-20 09:35", "2026-11-20T09:35:59", " 2026-11-20T09:35 "]
    )
    def test_a_time_ends_at_the_minute(self, typed: str) -> None:
        assert one("onsite-record", "started_at", typed) == "2026-11-20T09:35"

    @pytest.mark.parametrize(
        "typed",
        [
            "2026-11-20",
            "2026-11-20T24:00",
            "2026-11-20T09:35:60",
            "2026-11-20T09:35Z",
            "2026-11-20T09:35+08:00",
            "9:35",
            5,
        ],
    )
    def test_it_refuses_what_is_no_local_time(self, typed: object) -> None:
        assert fault_of("onsite-record", "started_at", typed) == "bad-time"

    def test_an_impossible_day_with_a_time_is_an_impossible_day(self) -> None:
        assert fault_of("onsite-record", "started_at", "2026-02-30T09:35") == "bad-date"


class TestText:
    def test_invisible_characters_of_copied_text_are_dropped(self) -> None:
        assert one("onsite-record", "party_name", "\ufeff浣溪\u200b沙\u00ad理发店\t ") == "浣溪沙理发店"

    def test_line_ends_become_one_kind_and_single_lines_have_none(self) -> None:
        assert one("onsite-record", "told_text", "甲\r\n乙\r丙\u2028丁\n\n") == "甲\n乙\n丙\n丁"
        assert one("onsite-record", "place", "甲\n乙") == "甲 乙"

    @pytest.mark.parametrize(
        "char", ["\x00", "\x07", "\x1b", "\u202e", "\u2066", "\ud800", "\ue000", "\U000e0041", "\uffff"]
    )
    def test_it_refuses_characters_that_do_not_print_as_written(self, char: str) -> None:
        _, faults = parse(cast.form("onsite-record"), {"party_name": f"浣溪沙{char}店"}, ANYTHING)
        (fault,) = faults
        facts = dict(fault.facts)
        assert (fault.code, fault.field, facts["label"]) == ("control-character", "party_name", "名称或者姓名")
        assert (facts["code"], facts["place"], facts["character"]) == (f"U+{ord(char):04X}", "4", "")

    def test_a_character_without_a_glyph_is_named_with_its_field(self) -> None:
        checks = Checks(party_code=lambda _kind, _code: None, printable=lambda char: char != "𠮷")
        _, faults = parse(cast.form("onsite-record"), {"findings": [{"text": "好"}, {"text": "店主𠮷某"}]}, checks)
        (fault,) = faults
        assert (fault.code, fault.field) == ("unprintable-character", "findings.1.text")
        assert dict(fault.facts) == {"label": "看到的情况", "character": "𠮷", "code": "U+20BB7", "place": "3"}

    def test_a_text_has_a_limit(self) -> None:
        assert one("onsite-record", "party_name", "店" * 100) == "店" * 100
        assert fault_of("onsite-record", "party_name", "店" * 101) == "text-too-long"
        assert fault_of("onsite-record", "party_name", "店" * 10**6) == "text-too-long"

    @pytest.mark.parametrize("value", [5, True, ["a"], {"a": "b"}, b"x"])
    def test_it_refuses_what_is_no_text(self, value: object) -> None:
        assert fault_of("onsite-record", "party_name", value) == "bad-text"


class TestChoices:
    @pytest.mark.parametrize("typed", ["on", "true", "是", "1", "YES", True])
    def test_a_box_is_ticked_in_many_ways(self, typed: object) -> None:
        assert one("onsite-record", "certificates_shown", typed) is True

    @pytest.mark.parametrize("typed", ["off", "false", "否", "0", "no", False])
    def test_a_no_is_kept_as_a_no(self, typed: object) -> None:
        assert one("onsite-record", "certificates_shown", typed) is False

    @pytest.mark.parametrize(
        ("name", "typed"), [("certificates_shown", "maybe"), ("certificates_shown", 1), ("opinion", "AGREE")]
    )
    def test_it_refuses_any_other_word(self, name: str, typed: object) -> None:
        assert fault_of("onsite-record", name, typed) == "bad-choice"

    def test_the_same_officer_twice_is_one_officer(self) -> None:
        assert one("onsite-record", "officers", ["a", "b", "a", ""]) == ["a", "b"]
        assert one("onsite-record", "officers", "a") == ["a"]

    @pytest.mark.parametrize("typed", [["a"] * 11, ["../etc"], ["a b"], [5], {"a": 1}, 7])
    def test_it_refuses_what_is_no_list_of_officers(self, typed: object) -> None:
        assert fault_of("onsite-record", "officers", typed) == "bad-choice"


class TestPartyCode:
    CHECKS = Checks(
        party_code=lambda kind, code: None if code.startswith("9") else f"bad-{kind}", printable=lambda _: True
    )

    def test_it_is_judged_by_the_kind_of_party(self) -> None:
        raw = {"party_kind": "citizen", "party_code": "1101 0519 4912 3100 2x"}
        content, faults = read("onsite-record", raw, self.CHECKS)
        assert faults == {"party_code": "bad-citizen"}
        assert "party_code" not in content

    def test_spaces_and_small_letters_are_no_mistake(self) -> None:
        raw = {"party_kind": "business", "party_code": " 9235 0205 ma2x xxxx 1x "}
        assert read("onsite-record", raw, self.CHECKS) == ({"party_kind": "business", "party_code": cast.SHOP_CODE}, {})

    def test_the_number_of_a_person_is_not_repeated_in_the_fault(self) -> None:
        checks = Checks(party_code=lambda _kind, _code: "bad-resident-number", printable=lambda _: True)
        _, faults = parse(
            cast.form("onsite-record"), {"party_kind": "citizen", "party_code": "110105194912310021"}, checks
        )
        assert "110105" not in str(faults)


class TestLists:
    def test_empty_rows_are_no_rows(self) -> None:
        assert one("onsite-record", "findings", [{}, {"text": ""}, {"text": "甲"}]) == [{"text": "甲"}]
        assert one("onsite-record", "findings", [{}]) is None

    @pytest.mark.parametrize(
        ("value", "code"),
        [("x", "bad-list"), (["x"], "bad-list"), ({"0": {}}, "bad-list"), ([{}] * 61, "too-many-rows")],
    )
    def test_it_refuses_what_is_no_list(self, value: object, code: str) -> None:
        assert fault_of("onsite-record", "findings", value) == code

    def test_a_cell_that_is_required_is_missed_by_name(self) -> None:
        content, _ = read("onsite-record", {"findings": [{"text": "甲"}, {"place": "理发区"}]})
        assert "findings.1.text" in {fault.field for fault in missing(cast.form("onsite-record"), content)}


class TestSignatures:
    def test_a_drawing_may_come_as_text(self) -> None:
        raw = {"opinion": "agree", "party_signature": json.dumps(cast.SIGNATURE)}
        assert read("onsite-record", raw)[0]["party_signature"] == cast.SIGNATURE

    @pytest.mark.parametrize("untouched", ["", "[]", "{}", '{"strokes": []}', {"strokes": []}, None])
    def test_an_untouched_pad_is_no_signature(self, untouched: object) -> None:
        assert read("onsite-record", {"opinion": "agree", "party_signature": untouched}) == ({"opinion": "agree"}, {})

    @pytest.mark.parametrize(
        "hostile", ["<svg/>", "[" * 100_000, '{"strokes": [[[0,0],[1e999,5]]]}', "x" * 300_000, [[["a"]]], 5]
    )
    def test_it_refuses_what_is_no_drawing(self, hostile: object) -> None:
        _, faults = read("onsite-record", {"opinion": "agree", "party_signature": hostile})
        assert faults == {"party_signature": "bad-signature"}


class TestWhatApplies:
    def test_a_fine_beside_a_mere_warning_is_refused_not_dropped(self) -> None:
        content, faults = read("spot-decision", {"penalty": "warning", "fine": "200"})
        assert (content, faults) == ({"penalty": "warning"}, {"fine": "field-not-applicable"})

    def test_what_depends_on_a_choice_is_missed_only_with_it(self) -> None:
        form = cast.form("spot-decision")
        assert "fine" in {fault.field for fault in missing(form, {"penalty": "fine"})}
        assert "fine" not in {fault.field for fault in missing(form, {"penalty": "warning"})}

    def test_nothing_filled_in_misses_every_unconditional_field(self) -> None:
        form = cast.form("service-receipt")
        gaps = {fault.field for fault in missing(form, {})}
        assert {"document", "receiver", "served_at", "refused"} <= gaps
        assert "refusal_note" not in gaps

    def test_an_unknown_field_is_named(self) -> None:
        _, faults = parse(cast.form("record-filing"), {"reported_no": "2026-01-01"}, ANYTHING)
        assert [(fault.code, dict(fault.facts)["field"]) for fault in faults] == [("field-unknown", "reported_no")]


class TestPagesAndCarrying:
    def test_a_posted_page_becomes_rows_in_the_order_shown(self) -> None:
        posted = {
            "findings-10-text": ["乙"],
            "findings-2-text": ["甲"],
            "findings-2-place": ["理发区"],
            "findings-x-text": ["?"],
            "findings-3-evil": ["?"],
            "findings-٣-text": ["?"],
            "findings-99999-text": ["?"],
            "officers": ["a", "b"],
            "place": ["旧", "新"],
            "csrfmiddlewaretoken": ["t"],
        }
        raw = unflatten(cast.form("onsite-record"), posted)
        assert raw["findings"] == [{"place": "理发区", "text": "甲"}, {"text": "乙"}]
        assert (raw["officers"], raw["place"]) == (["a", "b"], "新")
        assert "csrfmiddlewaretoken" not in raw

    def test_the_decision_begins_with_what_the_record_says(self) -> None:
        offered = carried(cast.form("spot-decision"), {"onsite-record": cast.onsite_record()})
        assert offered["party_name"] == "浣溪沙理发店"
        assert offered["officers"] == ["guyu", "xiaoman"]
        assert offered["violated_at"] == "2026-11-20T09:35"
        assert carried(cast.form("spot-decision"), {}) == {}

    def test_a_payment_of_a_warning_is_not_offered(self) -> None:
        offered = carried(cast.form("payment-record"), {"spot-decision": cast.spot_decision()})
        assert "amount" not in offered


def test_file_references_are_digests() -> None:
    read_file = readers(lambda _: True)[FieldType.FILE]
    field = cast.form("onsite-record").field("place")
    good = {"sha256": "a" * 64, "name": "照片.jpg", "size": 7}
    assert read_file(field, good) == good
    for bad in ("x", {}, good | {"sha256": "A" * 64}, good | {"name": ""}, good | {"size": -1}, good | {"size": True}):
        with pytest.raises(UnreadableError):
            read_file(field, bad)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(sorted(forms())), st.data())
def test_no_input_whatever_raises(form_id: str, data: st.DataObject) -> None:
    names = [item.name for item in cast.form(form_id).fields]
    raw = data.draw(st.dictionaries(st.sampled_from(names) | st.text(max_size=10), values, max_size=6))
    content, faults = parse(cast.form(form_id), raw, ANYTHING)
    again = parse(cast.form(form_id), content, ANYTHING)
    assert again.content == content
    assert set(content) <= set(names)
    missing(cast.form(form_id), content)
    assert all(fault.code for fault in faults)


def test_recursion_in_sent_json_is_no_crash() -> None:
    deep: list[Any] = []
    for _ in range(sys.getrecursionlimit() * 2):
        deep = [deep]
    assert fault_of("onsite-record", "findings", deep) == "bad-list"
    assert read("onsite-record", {"opinion": "agree", "party_signature": deep})[1] == {
        "party_signature": "bad-signature"
    }
