"""What the audit learns about publications: every approved one is on its way under its own case, and no other is."""

from collections.abc import Iterator

from zhunsheng.apps.disclosure.models import Delivery
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.audit import Finding, register_check

CODE = "delivery-differs"
CASE = "case"
"""Kind of the streams with something to deliver. What was taken over from before the system was public already."""


def register() -> None:
    """Let ``zhunsheng audit`` ask us too."""
    register_check("projection-delivery", findings)


def findings() -> Iterator[Finding]:
    """Yield what differs between the deliveries and the approvals in the case files."""
    rows = {row.publication: row for row in Delivery.objects.all()}
    for approved in _approved():
        row = rows.pop(approved.publication, None)
        expected = f"{approved.stream} #{approved.position}"
        found = f"{row.agency}/case/{row.case} #{row.position}" if row else "none"
        if found != expected:
            yield Finding(CODE, f"公示 {approved.publication}", expected, found)
    for publication in rows:
        yield Finding(CODE, f"公示 {publication}", "no delivery: nobody approved it", "a delivery")


def rebuild() -> int:
    """Make the rows of deliveries anew; each is delivered again, which is harmless. Return how many there are."""
    Delivery.objects.all().delete()
    rows = [
        Delivery(
            publication=approved.publication,
            agency=approved.stream.agency,
            case=approved.stream.key,
            position=approved.position,
            approved_at=approved.recorded_at,
        )
        for approved in _approved()
    ]
    Delivery.objects.bulk_create(rows)
    return len(rows)


def _approved() -> Iterator[journal.Published]:
    return (approved for approved in journal.published() if approved.stream.kind == CASE)
