"""Typed facts from what was written into a form, however badly it was filled in."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import (
    Finding,
    Obtained,
    OnsiteRecord,
    PaymentRecord,
    Penalty,
    RecordFiling,
    ServiceReceipt,
    SpotDecision,
    legal_date,
    party_of,
)
from zhunsheng.core.casefile.people import PartyKind

READERS = (OnsiteRecord.of, SpotDecision.of, ServiceReceipt.of, RecordFiling.of, PaymentRecord.of)


def test_a_record_says_who_was_seen_where_and_what_was_told() -> None:
    record = OnsiteRecord.of(
        {
            "party_kind": "citizen",
            "party_name": " 柳梢青 ",
            "started_at": "2026-10-20T09:30",
            "rights_told": True,
            "recusal_asked": "yes",
            "findings": [{"place": "理发区", "text": "没有证"}, "loose words"],
            "obtained": [{"name": "照片", "count": "6张", "note": ""}],
            "party_signature": {"strokes": [[[0, 0]]]},
        }
    )
    assert record.party is not None
    assert (record.party.kind, record.party.name) == (PartyKind.CITIZEN, "柳梢青")
    assert record.started_at == datetime(2026, 10, 20, 9, 30)  # noqa: DTZ001  (as written on the sheet)
    assert (record.rights_told, record.recusal_asked, record.party_signed) == (True, False, True)
    assert record.findings == (Finding("理发区", "没有证"),)
    assert record.obtained == (Obtained("照片", "6张", ""),)


def test_a_decision_knows_its_days_and_its_sanctions() -> None:
    decision = SpotDecision.of(
        {"made_at": "2026-10-20T10:32", "violated_at": "2026-10-19T09:00", "penalty": "warning-and-fine", "fine": 5000}
    )
    assert (decision.made_on, decision.violated_on) == (date(2026, 10, 20), date(2026, 10, 19))
    assert decision.penalty is Penalty.WARNING_AND_FINE
    assert decision.penalty.sanctions == ("警告", "罚款")
    assert [kind.has_fine for kind in Penalty] == [False, True, True]
    assert (SpotDecision.of({}).made_on, SpotDecision.of({}).violated_on) == (None, None)


@pytest.mark.parametrize(
    ("form", "content", "day"),
    [
        ("onsite-record", {"started_at": "2026-10-20T09:30"}, date(2026, 10, 20)),
        ("spot-decision", {"made_at": "2026-10-20T23:59"}, date(2026, 10, 20)),
        ("service-receipt", {"served_at": "2026-10-21T00:00"}, date(2026, 10, 21)),
        ("record-filing", {"reported_on": "2026-10-22"}, date(2026, 10, 22)),
        ("payment-record", {"paid_on": "2026-02-30"}, None),
        ("hearing-record", {"made_at": "2026-10-20T23:59"}, None),
    ],
)
def test_the_legal_date_is_the_day_written_in_the_document(
    form: str, content: dict[str, Json], day: date | None
) -> None:
    assert legal_date(form, content) == day


@pytest.mark.parametrize("content", [{}, {"party_kind": "robot", "party_name": "R2"}, {"party_kind": "citizen"}])
def test_a_party_of_no_kind_or_no_name_is_no_party(content: dict[str, Json]) -> None:
    assert party_of(content) is None


def test_true_is_not_an_amount_and_a_word_is_not_yes() -> None:
    assert read.money({"fine": True}, "fine") is None
    assert read.money({"fine": "100"}, "fine") is None
    assert read.yes({"told": "true"}, "told") is False
    assert read.names("chen") == ()
    assert read.names(["chen", 1, None]) == ("chen",)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "party_kind",
                "party_name",
                "findings",
                "obtained",
                "made_at",
                "penalty",
                "fine",
                "paid_on",
                "amount",
                "told",
            ]
        ),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.lists(st.text(max_size=3), max_size=2)
        ),
    )
)
def test_no_content_breaks_the_reading(content: dict[str, Json]) -> None:
    for reader in READERS:
        reader(content)
    for form in ("onsite-record", "spot-decision"):
        legal_date(form, content)
