"""Every form of the installation is complete: words for people, grounds for the public, sources for carrying."""

from datetime import date
from pathlib import Path

import pytest

from tests.core.documents import cast
from zhunsheng.core.casefile.facts import _LEGAL_DATE
from zhunsheng.core.documents import FieldDef, FormDef, FormError, FormKind, Show, missing
from zhunsheng.core.documents.sheets import COMPOSERS
from zhunsheng.infra import forms, lawdata, wording

ALL = [
    (form.id, item)
    for form in forms.forms().values()
    for item in (*form.fields, *(p for f in form.fields for p in f.fields))
]
PERSONAL = {"party_phone", "party_address", "witness_name", "witness_unit", "party_signature", "receiver_signature"}


def test_the_forms_of_the_first_story_are_there() -> None:
    assert set(forms.forms()) >= {
        "onsite-record",
        "spot-decision",
        "service-receipt",
        "record-filing",
        "payment-record",
        "publication-summary",
    }
    assert forms.form("spot-decision").kind is FormKind.ACT
    assert forms.form("onsite-record").kind is FormKind.FACT


def test_an_unknown_form_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        forms.form("../../etc/passwd")


@pytest.mark.parametrize(("form_id", "item"), ALL, ids=lambda x: x if isinstance(x, str) else x.name)
def test_every_field_has_words_and_a_ground_in_force(form_id: str, item: FieldDef) -> None:
    assert len(item.label) >= 2, form_id
    assert item.help.endswith(("。", "”。")), item.help
    lawdata.book().resolve(item.ground, date(2026, 11, 20))


@pytest.mark.parametrize("form", forms.forms().values(), ids=lambda form: form.id)
def test_the_basis_of_every_form_is_in_force(form: FormDef) -> None:
    assert form.basis
    for citation in form.basis:
        lawdata.book().resolve(citation, date(2026, 11, 20))


def test_what_identifies_a_person_is_never_shown_unmasked() -> None:
    shown = {item.name for form_id, item in ALL if item.show is Show.SHOWN and form_id != "publication-summary"}
    assert not shown & (PERSONAL | {"party_code", "party_name", "party_operator", "facts_text"})
    assert not PERSONAL & set(forms.form("publication-summary").names)


def test_every_layout_has_a_composer_and_every_composer_a_layout() -> None:
    assert {form.id for form in forms.forms().values() if form.layout} == set(COMPOSERS)


def test_the_day_deadlines_run_from_is_the_one_the_form_names() -> None:
    for form_id, name in _LEGAL_DATE.items():
        assert forms.form(form_id).legal_date == name


def test_parsing_has_check_digits_and_glyphs() -> None:
    raw = {"party_kind": "citizen", "party_code": cast.CITIZEN_NUMBER[:-1] + "1", "party_name": "白𠮷"}
    content, faults = forms.parse("onsite-record", raw)
    assert content == {"party_kind": "citizen"}
    assert {(fault.field, fault.code) for fault in faults} == {
        ("party_code", "bad-resident-number"),
        ("party_name", "unprintable-character"),
    }


def test_every_fault_of_parsing_has_words_for_the_officer() -> None:
    raw: dict[str, object] = {
        "party_name": "白𠮷", "party_kind": "x", "party_code": "12", "place": "\u202e", "started_at": "x", "item": "?",
        "party_phone": "1" * 99, "party_address": 5, "findings": "x", "obtained": [{}] * 99, "opinion": "agree",
        "party_signature": "x", "refusal_note": "x", "nobody": "x", "ended_at": "2026-02-30T00:00",
    }  # fmt: skip
    faults = list(forms.parse("onsite-record", raw).faults)
    faults += forms.parse("payment-record", {"amount": "x", "paid_on": "x"}).faults
    for kind, code in (("citizen", cast.CITIZEN_NUMBER[:-1] + "1"), ("business", cast.SHOP_CODE[:-1] + "2")):
        faults += forms.parse("onsite-record", {"party_kind": kind, "party_code": code}).faults
    faults += missing(forms.form("record-filing"), {})
    assert len({fault.code for fault in faults}) >= 17
    for fault in faults:
        said = wording.say(fault, date(2026, 11, 20))
        assert said.title
        assert "{" not in said.text + said.remedy, fault


def test_a_file_under_a_wrong_name_or_without_its_layout_is_refused(tmp_path: Path) -> None:
    text = (forms.FOLDER / "record-filing.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "other.toml"
    wrong.write_text(text, encoding="utf-8")
    with pytest.raises(FormError, match="id is record-filing"):
        forms._read(wrong)
    bare = tmp_path / "record-filing.toml"
    bare.write_text(text.replace("version = 1", 'version = 1\nlayout = "gone.typ"'), encoding="utf-8")
    with pytest.raises(FormError, match=r"no layout gone\.typ"):
        forms._read(bare)


def test_a_value_carried_from_nowhere_is_refused() -> None:
    form = forms.form("payment-record")
    with pytest.raises(FormError, match="nothing to carry"):
        forms._check_carries(form, {"payment-record": form})
