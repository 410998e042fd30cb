"""Refusals the domain can give.

A refusal is part of the law's answer: it is typed, carries the facts that led to it
and the provision it rests on. It knows neither HTTP nor the reader's language:
``lawdata/errors.toml`` holds text and remedy for each code, ``web`` maps the class to
a status. Errors of one rule live beside that rule; those that several share live here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from zhunsheng.core.citation import Citation


class ZhunshengError(Exception):
    """Base of every error this package raises on purpose."""

    code: ClassVar[str]  # stable, public, kebab-case; listed in docs/reference/errors.md


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, as data: the reader's words are made from it later.

    ``code`` is a key of ``lawdata/errors.toml``; ``facts`` fill the placeholders of its
    text; ``field`` is the form field it belongs to, where there is one.
    """

    code: str
    basis: Citation | None = None
    facts: tuple[tuple[str, str], ...] = ()
    field: str | None = None


class RefusedError(ZhunshengError):
    """The law, or a rule of the house, does not allow this act now. Nothing was written."""

    code: ClassVar[str] = "refused"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.code for fault in self.faults))
