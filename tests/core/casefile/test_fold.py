"""The fold: what a case file says, from its events alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.casefile import fold as folding
from zhunsheng.core.casefile.events import Content, Event, EventKind, Json
from zhunsheng.core.casefile.fold import (
    CURRENT,
    CaseState,
    Late,
    PublicationState,
    UnreadableEventError,
    advance,
    fold,
)
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault

DAY = date(2026, 10, 20)
NOON = datetime(2026, 10, 20, 4, tzinfo=UTC)

OPENED: Content = {"number": "厦海卫案〔2026〕1号", "unit": "inst", "procedure": "penalty-simple", "agency": "hc"}
SHOP: dict[str, Json] = {"party_kind": "business", "party_name": "如梦令理发店", "party_code": "9", "item": "i1"}


def filed(document: str = "d1", form: str = "onsite-record", content: Content | None = None, **more: Json) -> Content:
    return {
        "document": document,
        "form": form,
        "form_version": 1,
        "number": "2026—0001",
        "made_on": "2026-10-19",
        "officers": ["chen", "huang"],
        "content": dict(SHOP if content is None else content),
        "files": [{"role": "pdf", "name": "a.pdf", "sha256": "00", "size": 12}],
        "faults": [{"code": "officers-too-few", "basis": "xzcff:42.1", "facts": {"found": "1"}, "field": "officers"}],
        "late": [{"code": "service-late", "reason": "外出"}],
        "procedure": "penalty-simple/1",
        "lawdata": "ab",
        **more,
    }


def events(*kinds: tuple[EventKind, Content | None]) -> list[Event]:
    return [
        Event(position, kind.value, 1, f"a{position}", DAY, None, NOON, payload)
        for position, (kind, payload) in enumerate(kinds, start=1)
    ]


E = EventKind


def test_before_the_first_event_there_is_nothing() -> None:
    assert fold([]) == CaseState()


def test_a_filed_document_keeps_everything_it_came_with() -> None:
    state = fold(events((E.CASE_OPENED, OPENED), (E.DOCUMENT_FILED, filed())))
    document = state.documents[0]
    assert (state.number, state.unit, state.agency) == (OPENED["number"], "inst", "hc")
    assert state.procedure == "penalty-simple"
    assert (state.opened_on, state.position, state.item) == (DAY, 2, "i1")
    assert state.party is not None
    assert state.party.name == "如梦令理发店"
    assert (document.number, document.made_on, document.actor) == ("2026—0001", date(2026, 10, 19), "a2")
    assert document.faults == (Fault("officers-too-few", Citation("xzcff", 42, 1), (("found", "1"),), "officers"),)
    assert document.late == (Late("service-late", "外出"),)
    assert [(file.role, file.name, file.sha256, file.size) for file in document.files] == [("pdf", "a.pdf", "00", 12)]
    assert (document.procedure, document.lawdata, document.form_version) == ("penalty-simple/1", "ab", 1)


def test_faults_may_hold_pairs_or_nothing() -> None:
    faults: list[Json] = [
        {"code": "a", "basis": None, "facts": [["x", "1"], ["broken"], "no pair"], "field": None},
        {"code": "b", "facts": "words"},
    ]
    document = fold(events((E.DOCUMENT_FILED, filed(faults=faults)))).documents[0]
    assert document.faults == (Fault("a", None, (("x", "1"),)), Fault("b"))


def test_a_document_without_a_day_or_content_is_read_with_the_day_of_its_event() -> None:
    payload: Content = {"document": "d1", "form": "note", "content": None, "made_on": None}
    document = fold(events((E.DOCUMENT_FILED, payload))).documents[0]
    assert (document.made_on, dict(document.content), document.number, document.officers) == (DAY, {}, None, ())


def test_each_officer_signs_once() -> None:
    sign: Content = {"document": "d1", "officer": "chen", "strokes": None}
    state = fold(events((E.DOCUMENT_FILED, filed()), (E.DOCUMENT_SIGNED, sign), (E.DOCUMENT_SIGNED, sign)))
    document = state.documents[0]
    assert [(s.officer, s.position, s.signed_on) for s in document.signatures] == [("chen", 2, DAY)]
    assert document.unsigned == ("huang",)


def test_a_signature_on_a_document_that_is_not_there_changes_nothing() -> None:
    sign: Content = {"document": "d9", "officer": "chen"}
    assert fold(events((E.DOCUMENT_FILED, filed()), (E.DOCUMENT_SIGNED, sign))).documents[0].signatures == ()


def test_the_newest_document_in_force_names_the_party_and_a_voided_one_does_not() -> None:
    other: dict[str, Json] = {**SHOP, "party_name": "点绛唇理发店", "item": "i2"}
    story = [(E.DOCUMENT_FILED, filed()), (E.DOCUMENT_FILED, filed("d2", content=other))]
    state = fold(events(*story))
    assert state.party is not None
    assert (state.party.name, state.item) == ("点绛唇理发店", "i2")
    voided = fold(events(*story, (E.DOCUMENT_VOIDED, {"document": "d2", "reason": "写错当事人"})))
    assert voided.party is not None
    assert (voided.party.name, voided.item) == ("如梦令理发店", "i1")
    assert (voided.documents[1].voided, voided.documents[1].void_reason) == (True, "写错当事人")
    assert [d.id for d in voided.in_force("onsite-record")] == ["d1"]
    newest = voided.latest("onsite-record")
    assert newest is not None
    assert newest.id == "d1"
    assert voided.latest("spot-decision") is None
    assert voided.document("d2") is voided.documents[1]
    assert voided.document("d7") is None


PROPOSED: Content = {"publication": "p1", "document": "d2", "page": {"party": "店"}, "masks": [{"n": 1}, "broken"]}


def test_a_publication_passes_its_states() -> None:
    story: list[tuple[EventKind, Content]] = [
        (E.PUBLICATION_PROPOSED, PROPOSED),
        (E.PUBLICATION_RETURNED, {"publication": "p1", "reason": "少遮一处"}),
        (E.PUBLICATION_PROPOSED, PROPOSED),
        (E.PUBLICATION_APPROVED, {"publication": "p1", "page_digest": "ff"}),
        (E.PUBLICATION_DELIVERED, {"publication": "p1", "channel": "portal", "address": "/p/1"}),
    ]
    seen = [fold(events(*story[: n + 1])).publications["p1"] for n in range(len(story))]
    assert [publication.state for publication in seen] == [
        PublicationState.PROPOSED,
        PublicationState.RETURNED,
        PublicationState.PROPOSED,
        PublicationState.APPROVED,
        PublicationState.DELIVERED,
    ]
    assert (seen[1].returned_reason, seen[1].decided_by) == ("少遮一处", "a2")
    last = seen[-1]
    assert (last.proposed_by, last.decided_by, last.page_digest) == ("a3", "a4", "ff")
    assert (last.delivered_at, last.channel, last.address) == (NOON, "portal", "/p/1")
    assert (dict(last.page), [dict(mask) for mask in last.masks]) == ({"party": "店"}, [{"n": 1}])


def test_a_publication_whose_proposal_was_disposed_of_has_nothing_left_to_show() -> None:
    state = fold(events((E.PUBLICATION_PROPOSED, None), (E.PUBLICATION_APPROVED, {"publication": "p1"})))
    assert (dict(state.publications), state.disposed, state.position) == ({}, (1,), 2)


def test_a_page_that_is_no_object_is_an_empty_page() -> None:
    assert dict(fold(events((E.PUBLICATION_PROPOSED, {"publication": "p", "page": "x"}))).publications["p"].page) == {}


def test_disposal_keeps_the_place_of_what_was_there() -> None:
    whole = events((E.CASE_OPENED, OPENED), (E.DOCUMENT_FILED, filed()), (E.DOCUMENT_FILED, filed("d2")))
    disposed = [*whole[:1], replace(whole[1], payload=None), whole[2]]
    state = fold(disposed)
    assert ([document.id for document in state.documents], state.disposed, state.position) == (["d2"], (2,), 3)


@pytest.mark.parametrize(("kind", "schema"), [("case.dreamt", 1), ("case.opened", 2), ("case.opened", 0)])
def test_an_event_nobody_taught_it_is_an_error(kind: str, schema: int) -> None:
    event = Event(7, kind, schema, "a", DAY, None, NOON, OPENED)
    with pytest.raises(UnreadableEventError, match="event 7") as caught:
        fold([event])
    assert (caught.value.position, caught.value.kind, caught.value.schema) == (7, kind, schema)


def test_every_kind_of_event_has_a_reader_and_a_version() -> None:
    assert set(CURRENT) == set(EventKind)
    assert set(folding._READERS) == set(EventKind)
    for kind in EventKind:
        assert advance(CaseState(), Event(1, kind.value, 1, "a", DAY, None, NOON, {})).position == 1


def test_an_old_shape_is_read_through_its_upcast(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first shape has no successor yet; the road from old to new is tried with an invented one."""

    def renamed(old: Content) -> Content:
        return {**old, "number": old["no"]}

    monkeypatch.setattr(folding, "CURRENT", {**CURRENT, E.CASE_OPENED: 2})
    monkeypatch.setattr(folding, "UPCASTS", {(E.CASE_OPENED, 1): renamed})
    old = Event(1, "case.opened", 1, "a", DAY, None, NOON, {"no": "旧1号"})
    new = replace(old, schema=2, payload={"number": "新1号"})
    assert (fold([old]).number, fold([new]).number) == ("旧1号", "新1号")


payloads: st.SearchStrategy[Mapping[str, Json] | None] = st.one_of(
    st.none(),
    st.dictionaries(
        st.sampled_from(["document", "officer", "publication", "content", "faults", "files", "late", "page", "masks"]),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(0, 9), st.sampled_from(["d1", "chen", "p1"])),
            lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("ab"), inner)),
            max_leaves=4,
        ),
    ),
)


@given(st.lists(st.tuples(st.sampled_from(list(EventKind)), payloads), max_size=12))
def test_no_payload_breaks_the_fold_and_nothing_is_lost(story: list[tuple[EventKind, Content | None]]) -> None:
    state = fold(events(*story))
    assert state.position == len(story)
    assert len(state.disposed) == sum(payload is None for _, payload in story)
    assert len(state.documents) == sum(k is E.DOCUMENT_FILED and p is not None for k, p in story)


@given(st.lists(st.tuples(st.sampled_from(list(EventKind)), payloads), max_size=8), st.integers(0, 8))
def test_folding_in_two_parts_is_folding_once(story: list[tuple[EventKind, Content | None]], cut: int) -> None:
    whole = events(*story)
    state = fold(whole[:cut])
    for event in whole[cut:]:
        state = advance(state, event)
    assert state == fold(whole)
