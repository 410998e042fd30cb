"""One command at work: locked, remembered by its key, written through ``append``, projected.

Every command of accounts and registry has the same shape::

    act = Act.begin(PROJECTOR, ref, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done          # the double click: the answer of the first one
    ...                          # gates, which raise RefusedError
    return act.write(kind, payload)

Acts on accounts and registry are rare, so one lock for each agency lets them queue up:
what a gate has read (a certificate number is free, an admin is left) still holds when
the event is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db import connection
from django.utils.crypto import salted_hmac

from zhunsheng.apps.accounts.projecting import Projector, project
from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.commands import append, replay
from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.core.casefile.events import Content, Event
from zhunsheng.core.ledger.canonical import canonical, sha256
from zhunsheng.infra.clock import BEIJING


@dataclass(frozen=True, slots=True)
class Act:
    projector: Projector
    ref: Ref
    actor: str
    at: datetime
    key: str | None
    digest: bytes  # of what was asked
    events: Sequence[Event]  # of the stream so far
    done: Event | None  # the answer, when the same request was carried out before

    @classmethod
    def begin(
        cls,
        projector: Projector,
        ref: Ref,
        asked: Content,
        *,
        actor: str,
        at: datetime,
        key: str | None,
    ) -> Self:
        """Lock the agency's people and look whether this request was carried out before.

        Raises:
            IdempotencyConflictError: the key was used for another request.
        """
        _lock(ref.agency)
        digest = sha256(canonical({"stream": [ref.agency, ref.kind, ref.key], "asked": dict(asked)}))
        before = replay(actor, key, digest) if key else None
        done = before[-1] if before else None
        return cls(projector, ref, actor, at, key, digest, queries.events(ref), done)

    @property
    def today(self) -> date:
        """The day of the act in China."""
        return self.at.astimezone(BEIJING).date()

    def write(self, kind: str, payload: Content, *, legal_date: date | None = None) -> Event:
        """Append one event and bring the rows of the stream up to it."""
        new = New(kind, payload, legal_date or self.today)
        written = append(
            self.ref,
            [new],
            actor=self.actor,
            at=self.at,
            key=self.key,
            request_digest=self.digest if self.key else None,
            expected=len(self.events),
            create=not self.events,
        )
        project(self.projector, self.ref, [*self.events, *written])
        return written[-1]


def veiled(secret: str) -> str:
    """Return a keyed digest by which two requests can be compared without keeping the secret.

    The request's digest lies in the header of the event; a plain hash of a password there
    could be guessed at leisure.
    """
    return salted_hmac("zhunsheng.accounts.asked", secret, algorithm="sha256").hexdigest()


def _lock(agency: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"zhunsheng people {agency}"])
