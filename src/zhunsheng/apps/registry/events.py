"""What can happen to an agency, its units, posts, officers and items: kinds of event, with payloads.

Five kinds of stream; the key is the id within the agency (the agency's own stream has its
id). Days are ISO dates. Values are written into the ledger: never renamed, never reused.
"""

from enum import StrEnum
from typing import Final

AGENCY: Final = "agency"
UNIT: Final = "unit"
POST: Final = "post"
OFFICER: Final = "officer"
ITEM: Final = "item"


class AgencyKind(StrEnum):
    REGISTERED = "agency.registered"
    """``{area, area_short, names: [{since, name, seal}],
    authorities: [{since, government, superior, court, source}]}``."""

    RENAMED = "agency.renamed"
    """``{since, name, seal}``."""

    AUTHORITIES_SET = "agency.authorities-set"
    """``{since, government, superior, court, source}``: who hears remedies from then on."""


class UnitKind(StrEnum):
    ESTABLISHED = "unit.established"
    """``{name, parent, duties: […]}``; ``parent`` is "" directly below the agency."""

    CAPACITY_GRANTED = "capacity.granted"
    """``{number, act, fields: […], area, standing, valid_from, valid_to|null, mandate, matters, powers,
    published_on|null}``."""

    CAPACITY_ENDED = "capacity.ended"
    """``{number, last_day, reason}``."""


class PostKind(StrEnum):
    ESTABLISHED = "post.established"
    """``{name, unit, duties: […]}``."""


class OfficerKind(StrEnum):
    REGISTERED = "officer.registered"
    """``{name, unit, post, exam_passed_on|null, legal_qualification}``."""

    MOVED = "officer.moved"
    """``{unit, post}``."""

    EXAM_PASSED = "exam.passed"
    """``{on}``."""

    CERTIFICATE_ISSUED = "certificate.issued"
    """``{number, category, area, valid_from, valid_to, kind, issuer}``."""

    CERTIFICATE_WITHDRAWN = "certificate.withdrawn"
    """``{number, on, reason}``; ``on`` is the first day without it."""

    RECUSAL_DECIDED = "recusal.decided"
    """``{number, party_code, party_name, since, reason, decided_by}``."""

    RECUSAL_LIFTED = "recusal.lifted"
    """``{number, on, reason}``; ``on`` is the first day without it."""


class ItemKind(StrEnum):
    ADOPTED = "item.adopted"
    """``{item: {…}}``: the national item as it was when the bureau took it over; the header pins the lawdata."""

    REVISED = "item.revised"
    """``{item: {…}}``: the baseline changed and the bureau follows."""

    RETIRED = "item.retired"
    """``{last_day, reason}``."""
