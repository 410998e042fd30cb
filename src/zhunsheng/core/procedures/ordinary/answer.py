"""Hearing, legal review and collective discussion: what stands between notice and decision."""

from typing import Final

from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.facts import SERVICE_RECEIPT
from zhunsheng.core.procedures.model import EXEMPT, Row
from zhunsheng.core.procedures.ordinary.gates import (
    DISCUSSION_GATES,
    HEARING_GATES,
    HEARING_REPORT_GATES,
    HEARING_REQUEST_GATES,
    OPINION_GATES,
    SPARING_DISCUSSION_GATES,
    SUBMISSION_GATES,
    SUMMONS_GATES,
    SUMMONS_RECEIPT_GATES,
)
from zhunsheng.core.procedures.ordinary.words import (
    ABOUT_TO_DECIDE,
    AFTER_NOTICE,
    BASED_ON_RECORD,
    DISCUSSED,
    HEARD,
    READ_AGAIN,
    REVIEWED,
    SPARING,
    WAIVED,
)

_HEARING: Final = AFTER_NOTICE
HEARING: Final = (
    Row(
        "offered",
        f.HEARING_REQUEST,
        "asked",
        HEARD,
        HEARING_REQUEST_GATES,
        "hearing",
        about=f.PRIOR_NOTICE,
        at=_HEARING,
    ),
    Row("asked", f.HEARING_SUMMONS, "summoned", HEARD, SUMMONS_GATES, "hearing", about=f.HEARING_REQUEST, at=_HEARING),
    Row(
        "summoned", f.HEARING_SUMMONS, "summoned", HEARD, SUMMONS_GATES, "hearing", about=f.HEARING_REQUEST, at=_HEARING
    ),
    Row("called", f.HEARING_SUMMONS, "summoned", HEARD, SUMMONS_GATES, "hearing", about=f.HEARING_REQUEST, at=_HEARING),
    Row(
        "summoned",
        SERVICE_RECEIPT,
        "called",
        HEARD,
        SUMMONS_RECEIPT_GATES,
        "hearing",
        about=f.HEARING_SUMMONS,
        at=_HEARING,
    ),
    Row(
        "called",
        f.HEARING_RECORD,
        "held",
        HEARD,
        HEARING_GATES,
        "hearing",
        when="party-came",
        about=f.HEARING_SUMMONS,
        at=_HEARING,
    ),
    Row(
        "called",
        f.HEARING_RECORD,
        "closed",
        HEARD,
        HEARING_GATES,
        "hearing",
        when="party-stayed-away",
        about=f.HEARING_SUMMONS,
        at=_HEARING,
    ),
    Row(
        "held",
        f.HEARING_REPORT,
        "closed",
        BASED_ON_RECORD,
        HEARING_REPORT_GATES,
        "hearing",
        about=f.HEARING_RECORD,
        at=_HEARING,
        resets=READ_AGAIN,
    ),
    *(
        Row(
            stage,
            f.DEFENCE_WAIVER,
            "closed",
            WAIVED,
            ("about-in-force", "waiver-clear", "not-in-future"),
            "hearing",
            when="hearing-waived",
            about=f.PRIOR_NOTICE,
            at=_HEARING,
        )
        for stage in ("offered", "asked", "summoned", "called")
    ),
)

_REVIEW: Final = ("approved", *AFTER_NOTICE)
REVIEW: Final = (
    # A review nobody needs may still be asked for, and a passed one repeated.
    *(
        Row(
            stage,
            f.REVIEW_SUBMISSION,
            "submitted",
            REVIEWED,
            SUBMISSION_GATES,
            "review",
            at=_REVIEW,
            resets=("discussion",),
        )
        for stage in ("due", EXEMPT, "returned", "opposed", "referred", "passed")
    ),
    Row(
        "submitted",
        f.REVIEW_OPINION,
        "passed",
        REVIEWED,
        OPINION_GATES,
        "review",
        when="review-passed",
        about=f.REVIEW_SUBMISSION,
        at=_REVIEW,
    ),
    Row(
        "submitted",
        f.REVIEW_OPINION,
        "returned",
        REVIEWED,
        OPINION_GATES,
        "review",
        when="review-returned",
        about=f.REVIEW_SUBMISSION,
        at=_REVIEW,
    ),
    Row(
        "submitted",
        f.REVIEW_OPINION,
        "opposed",
        REVIEWED,
        OPINION_GATES,
        "review",
        when="review-opposed",
        about=f.REVIEW_SUBMISSION,
        at=_REVIEW,
    ),
    Row(
        "submitted",
        f.REVIEW_OPINION,
        "referred",
        REVIEWED,
        OPINION_GATES,
        "review",
        when="review-referred",
        about=f.REVIEW_SUBMISSION,
        at=_REVIEW,
    ),
    *(
        Row(stage, f.COLLECTIVE_DISCUSSION, to, DISCUSSED, gates, "discussion", when=when, at=at, requires=first)
        for stage in ("due", EXEMPT, "held")
        for when, to in (("leaders-agree", "held"), ("leaders-disagree", "due"))
        for gates, at, first in (
            (DISCUSSION_GATES, ("notified", *ABOUT_TO_DECIDE), ("defence", "hearing", "review")),
            (SPARING_DISCUSSION_GATES, SPARING, ("review",)),
        )
    ),
)
