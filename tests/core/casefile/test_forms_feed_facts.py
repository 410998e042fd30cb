"""The forms and the typed facts name the same fields: a form nobody reads would collect words for nothing."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from typing_extensions import override

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import (
    ONSITE_RECORD,
    PAYMENT_RECORD,
    RECORD_FILING,
    SERVICE_RECEIPT,
    SPOT_DECISION,
    OnsiteRecord,
    PaymentRecord,
    RecordFiling,
    ServiceReceipt,
    SpotDecision,
    legal_date,
)
from zhunsheng.infra import forms


class Asked(Mapping[str, Json]):
    """A filled form that remembers which fields were read."""

    def __init__(self, content: Content) -> None:
        self.content, self.names = content, set[str]()

    @override
    def __getitem__(self, name: str) -> Json:
        self.names.add(name)
        return self.content[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self.content)

    @override
    def __len__(self) -> int:
        return len(self.content)


READERS: dict[str, Callable[[Content], object]] = {
    ONSITE_RECORD: OnsiteRecord.of,
    SPOT_DECISION: SpotDecision.of,
    SERVICE_RECEIPT: ServiceReceipt.of,
    RECORD_FILING: RecordFiling.of,
    PAYMENT_RECORD: PaymentRecord.of,
}
# Read by gates where an API client states them; no field of the paper form asks for them yet.
BESIDE_THE_FORM = {SPOT_DECISION: {"violation_ended_on", "harmful", "cash_ground"}}


@pytest.mark.parametrize("form", READERS)
def test_what_a_form_asks_is_what_the_facts_read(form: str) -> None:
    asked = Asked({"party_kind": "business", "party_name": "店"})
    READERS[form](asked)
    fields = set(forms.form(form).names) - {"officers"}  # the officers stand beside the content
    assert fields - asked.names <= {"party_licence"}  # of the party; the decision does not print it
    assert asked.names - fields <= BESIDE_THE_FORM.get(form, set())


@pytest.mark.parametrize("form", READERS)
def test_the_legal_date_is_the_field_the_form_says(form: str) -> None:
    name = forms.form(form).legal_date
    assert legal_date(form, {name: "2026-10-20"}) is not None
