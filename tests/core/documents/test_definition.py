"""A form file that contradicts itself stops the program at the start, not an officer on site."""

import copy
from typing import Any

import pytest

from zhunsheng.core.documents import FieldDef, FieldType, FormError, FormKind, Show, form_from, group_from

GOOD: dict[str, Any] = {
    "id": "visit",
    "version": 1,
    "title": "走访记录",
    "kind": "fact",
    "legal_date": "on",
    "basis": ["xzcff:55.2"],
    "number": {"series": "visit", "pattern": "{year}—{serial:04}"},
    "sections": [
        {
            "id": "all",
            "label": "全部",
            "fields": [
                {
                    "name": "on",
                    "type": "date",
                    "label": "日期",
                    "help": "哪一天",
                    "public": "shown",
                    "ground": "xzcff:48",
                },
                {
                    "name": "how",
                    "type": "choice",
                    "label": "方式",
                    "help": "怎样去的",
                    "public": "hidden",
                    "ground": "xzcff:50",
                    "choices": [{"value": "foot", "label": "步行"}, {"value": "car", "label": "乘车"}],
                },
                {
                    "name": "plate",
                    "type": "text",
                    "label": "车牌",
                    "help": "车牌号",
                    "public": "hidden",
                    "ground": "xzcff:50",
                    "required": True,
                    "when": {"how": ["car"]},
                },
            ],
        }
    ],
}


def _broken(*path: str | int, to: object) -> dict[str, Any]:
    data = copy.deepcopy(GOOD)
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return data


def test_a_good_file_becomes_a_form() -> None:
    form = form_from(GOOD)
    assert (form.id, form.kind, form.title) == ("visit", FormKind.FACT, "走访记录")
    assert [item.name for item in form.fields] == ["on", "how", "plate"]
    assert form.field("on").type is FieldType.DATE
    assert form.field("how").show is Show.HIDDEN
    assert form.field("how").choice_label("car") == "乘车"
    assert form.field("how").choice_label("ship") == "ship"
    assert form.field("plate").applies({"how": "car"})
    assert not form.field("plate").applies({"how": "foot"})
    assert not form.field("plate").applies({})


FIELD = ("sections", 0, "fields")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_broken("titel", to="x"), "unknown keys"),
        (_broken("title", to=None), "title must be given as str"),
        (_broken("version", to=True), "version must be given as int"),
        (_broken("kind", to="maybe"), "maybe"),
        (_broken("legal_date", to="how"), "legal_date"),
        (_broken("legal_date", to="never"), "legal_date"),
        (_broken("basis", to=["第五十五条"]), "not a citation"),
        (_broken("number", "start", to=3), "unknown keys"),
        (_broken("sections", 0, "fields", to="x"), "fields must be given as list"),
        (_broken("sections", to=["x"]), "not a table"),
        (_broken(*FIELD, 0, "requierd", to=True), "requierd"),
        (_broken(*FIELD, 0, "help", to=""), "must say something"),
        (_broken(*FIELD, 0, "ground", to="xzcff"), "not a citation"),
        (_broken(*FIELD, 0, "public", to="secret"), "secret"),
        (_broken(*FIELD, 1, "name", to="on"), "defined twice"),
        (_broken(*FIELD, 1, "choices", to=None), "a choice needs choices"),
        (_broken(*FIELD, 0, "type", to="list"), "a list needs fields"),
        (_broken(*FIELD, 0, "kind_field", to="nobody"), "no field nobody"),
        (_broken(*FIELD, 2, "when", to={"weather": ["rain"]}), "depends on weather"),
        (_broken(*FIELD, 2, "when", to={"how": ["ship"]}), "can never be"),
        (_broken(*FIELD, 2, "when", to={"how": [True]}), "can never be"),
    ],
)
def test_it_refuses_a_form_that_contradicts_itself(data: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        form_from(data)


def test_a_row_of_a_list_is_flat() -> None:
    inner = {"name": "x", "type": "text", "label": "x", "help": "x", "public": "shown", "ground": "xzcff:48"}
    data = _broken(
        *FIELD,
        0,
        to={**GOOD["sections"][0]["fields"][0], "type": "list", "fields": [inner | {"when": {"how": ["car"]}}]},
    )
    data["legal_date"] = "on"
    with pytest.raises(FormError, match="flat"):
        form_from(data)


GROUP: dict[str, Any] = {
    "fields": [
        {
            "name": "fine",
            "type": "money",
            "label": "罚款",
            "help": "数额",
            "public": "shown",
            "ground": "xzcff:48",
            "when": {"how": ["car"]},
        }
    ]
}


def _with_group(**section: object) -> dict[str, Any]:
    more = {"id": "more", "label": "更多", "use": "money"} | section
    return GOOD | {"sections": [*GOOD["sections"], more]}


def _groups() -> dict[str, tuple[FieldDef, ...]]:
    return {"money": group_from("money", GROUP)}


def test_a_section_takes_in_a_group_and_carries_all_of_it() -> None:
    form = form_from(_with_group(carry=["later", "earlier"]), _groups())
    assert [item.name for item in form.fields] == ["on", "how", "plate", "fine"]
    assert form.field("fine").carries == ("later.fine", "earlier.fine")
    assert form.field("fine").shared
    assert not form.field("on").shared


def test_the_condition_of_a_section_is_that_of_each_of_its_fields() -> None:
    data = _with_group(when={"on_foot": [True]})
    data["sections"][0] = copy.deepcopy(GOOD["sections"][0])
    data["sections"][0]["fields"].append(
        {"name": "on_foot", "type": "bool", "label": "步行", "help": "是", "public": "hidden", "ground": "xzcff:50"}
    )
    form = form_from(data, _groups())
    assert form.field("fine").applies({"on_foot": True, "how": "car"})
    assert not form.field("fine").applies({"on_foot": True, "how": "foot"})
    assert not form.field("fine").applies({"how": "car"})


def test_a_group_nobody_wrote_and_a_group_with_unknown_keys_are_refused() -> None:
    with pytest.raises(FormError, match="no group money"):
        form_from(_with_group())
    with pytest.raises(FormError, match="unknown keys"):
        group_from("money", GROUP | {"title": "x"})


def test_a_carry_of_the_same_name_needs_no_name() -> None:
    one = form_from(_broken(*FIELD, 0, "carry", to="other"))
    assert one.field("on").carries == ("other.on",)
    assert one.field("on").carry == "other.on"
    two = form_from(_broken(*FIELD, 0, "carry", to=["other.day", "third"]))
    assert two.field("on").carries == ("other.day", "third.on")
    with pytest.raises(FormError, match="carry must be given as str or list"):
        form_from(_broken(*FIELD, 0, "carry", to=3))
