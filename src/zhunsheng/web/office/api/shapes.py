"""What the API takes and gives, as types: the OpenAPI document is made from these."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeAlias, TypeVar

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

T = TypeVar("T")


def _writable(value: T) -> T:
    """Refuse half of a surrogate pair: JSON can say it, but no text has it, and no digest of it can be made."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("half of a surrogate pair") from None
    return value


def _on_the_calendar(moment: datetime) -> datetime:
    """Refuse a moment that its zone pushes out of the years 1 to 9999."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("no such moment") from None


Content: TypeAlias = Annotated[dict[str, Any], AfterValidator(_writable)]
Text: TypeAlias = Annotated[str, AfterValidator(_writable)]
Moment: TypeAlias = Annotated[AwareDatetime, AfterValidator(_on_the_calendar)]


class Strict(Schema):
    """Input: a member nobody knows is a mistake of the client, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


class SignIn(Strict):
    login: Text = Field(max_length=64)
    password: Text = Field(max_length=256)
    code: Text = Field(default="", max_length=12, description="one-time code, where one is set up")


class Token(Schema):
    token: str
    expires_in: int = Field(description="seconds")


class OpenCase(Strict):
    procedure: Text = Field(default="penalty-simple", max_length=40)


class CaseNumber(Schema):
    number: str


FILE_NAME: Final = r"^[^\x00-\x1f\x7f-\x9f/\\\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+$"
"""A name and not a path, and what it shows is what it says: no control character, none that turns the direction."""


class FileRef(Strict):
    ticket: str = Field(max_length=400, description="of POST /files: only who stored a file can attach it")
    name: Text = Field(max_length=120, pattern=FILE_NAME)
    role: str = Field(default="attachment", pattern=r"^(attachment|photo|recording|scan)$")


class Document(Strict):
    form: str = Field(max_length=40)
    content: Content = Field(description="by field name of GET /forms/{id}")
    files: list[FileRef] = Field(default=[], max_length=50)
    reasons: dict[Text, Text] = Field(default={}, description="code of what is late: why")
    claimed_at: Moment | None = Field(default=None, description="the device's clock, with its zone")


class FaultOut(Schema):
    code: str
    field: str | None
    detail: str
    article: str | None
    remedy: str


class Filed(Schema):
    case: str
    document: str
    number: str | None
    pdf_sha256: str | None
    position: int
    flagged: list[FaultOut] = Field(description="faults a record of fact carries")


class Position(Schema):
    position: int


class Stored(Schema):
    sha256: str
    size: int
    ticket: str = Field(description="goes with the document that the file belongs to; good for a day")


class MaskIn(Strict):
    original: Text = Field(min_length=1, max_length=500)
    shown: Text = Field(min_length=1, max_length=60)
    ground: Text = Field(min_length=1, max_length=120)


class Propose(Strict):
    masks: list[MaskIn] | None = Field(default=None, description="absent: as the program proposes")


class Proposed(Schema):
    publication: str


class CheckIn(Strict):
    publication: Text = Field(max_length=40)
    decision: str = Field(pattern=r"^(approve|return)$")
    page_digest: Text = Field(default="", max_length=64, description="of the exact page that was checked")
    reason: Text = Field(default="", max_length=500)


class Done(Schema):
    done: bool = True


class Problem(Schema):
    """RFC 9457, as ``application/problem+json``."""

    type: str
    status: int
    title: str
    detail: str
    code: str
    article: str | None
    remedy: str
    errors: list[FaultOut]
