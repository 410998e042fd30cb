"""What the API takes and gives, as types: the OpenAPI document is made from these."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field


class Strict(Schema):
    """Input: a member nobody knows is a mistake of the client, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


class SignIn(Strict):
    login: str = Field(max_length=64)
    password: str = Field(max_length=256)
    code: str = Field(default="", max_length=12, description="one-time code, where one is set up")


class Token(Schema):
    token: str
    expires_in: int = Field(description="seconds")


class OpenCase(Strict):
    procedure: str = Field(default="penalty-simple", max_length=40)


class CaseNumber(Schema):
    number: str


class FileRef(Strict):
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: str = Field(max_length=120)
    role: str = Field(default="attachment", pattern=r"^(attachment|photo|recording|scan)$")


class Document(Strict):
    form: str = Field(max_length=40)
    content: dict[str, Any] = Field(description="by field name of GET /forms/{id}")
    files: list[FileRef] = Field(default=[], max_length=50)
    reasons: dict[str, str] = Field(default={}, description="code of what is late: why")
    claimed_at: datetime | None = Field(default=None, description="the device's clock, with its zone")


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


class MaskIn(Strict):
    original: str = Field(min_length=1, max_length=500)
    shown: str = Field(min_length=1, max_length=60)
    ground: str = Field(min_length=1, max_length=120)


class Propose(Strict):
    masks: list[MaskIn] | None = Field(default=None, description="absent: as the program proposes")


class Proposed(Schema):
    publication: str


class CheckIn(Strict):
    publication: str = Field(max_length=40)
    decision: str = Field(pattern=r"^(approve|return)$")
    page_digest: str = Field(default="", max_length=64, description="of the exact page that was checked")
    reason: str = Field(default="", max_length=500)


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
