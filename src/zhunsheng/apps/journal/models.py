"""The tables of the journal. Rows of all but ``Pending``, ``Counter`` and ``Task`` are never changed.

Triggers refuse the honest mistake (migration 0002), privileges refuse the program (``roles``), and the
published ledger exposes whoever removes both. ``commands.append`` is the only writer of events, the
sequencer the only writer of leaves and checkpoints.
"""

from django.db import models
from django.db.models.functions import Now
from typing_extensions import override

from zhunsheng.apps.journal.refs import ACTOR_LIMIT, AGENCY_LIMIT, IDEMPOTENCY_KEY_LIMIT, KEY_LIMIT, KIND_LIMIT


class Stream(models.Model):
    """A sequence of events under one name. ``position`` is that of the newest event; the row is the lock."""

    agency = models.CharField(max_length=AGENCY_LIMIT)
    kind = models.CharField(max_length=KIND_LIMIT)
    key = models.CharField(max_length=KEY_LIMIT)
    position = models.PositiveIntegerField()

    class Meta:
        db_table = "journal_stream"
        constraints = (models.UniqueConstraint(fields=["agency", "kind", "key"], name="journal_stream_name"),)

    @override
    def __str__(self) -> str:
        return f"{self.agency}/{self.kind}/{self.key}"


class Event(models.Model):
    """The header of one event. All digests are 32 bytes of SHA-256."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="events", db_index=False)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    schema = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=ACTOR_LIMIT)
    legal_date = models.DateField()
    claimed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    idempotency_key = models.CharField(max_length=IDEMPOTENCY_KEY_LIMIT, null=True)  # noqa: DJ001 (no key is not the empty key)
    request_digest = models.BinaryField(null=True)  # on every event of the request; the key only on its first
    lawdata = models.BinaryField()
    payload_commitment = models.BinaryField()
    commitment = models.BinaryField()
    public_digest = models.BinaryField(null=True)
    of_commitment = models.BinaryField(null=True)

    class Meta:
        db_table = "journal_event"
        constraints = (
            models.UniqueConstraint(fields=["stream", "position"], name="journal_event_position"),
            models.UniqueConstraint(
                fields=["actor", "idempotency_key"],
                name="journal_event_key",
                condition=models.Q(idempotency_key__isnull=False),
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.stream_id}#{self.position} {self.kind}"


class Payload(models.Model):
    """What the event says, byte for byte, and the salt that hides it. Only the disposal role may delete a row."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)
    salt = models.BinaryField()
    body = models.BinaryField()

    class Meta:
        db_table = "journal_payload"

    @override
    def __str__(self) -> str:
        return f"payload of {self.event_id}"


class Pending(models.Model):
    """Events the ledger has not committed to. Written with the event, removed with the leaf."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)
    queued_at = models.DateTimeField(db_default=Now())  # the database's clock: the demo clock must not bend the window

    class Meta:
        db_table = "journal_pending"

    @override
    def __str__(self) -> str:
        return f"pending {self.event_id}"


class Leaf(models.Model):
    """Which event stands where in the ledger, from 0."""

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT)

    class Meta:
        db_table = "journal_leaf"

    @override
    def __str__(self) -> str:
        return f"leaf {self.index}"


class Checkpoint(models.Model):
    """A signed tree head. The newest row is what the ledger has committed to, published or not."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()  # signed by the log alone
    oldest_at = models.DateTimeField()  # when the longest waiting event of the batch was queued
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "journal_checkpoint"

    @override
    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Cosignature(models.Model):
    """The signature line of a witness under a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures", db_index=False)
    witness = models.CharField(max_length=200)  # name in its verifier key
    line = models.TextField()
    collected_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "journal_cosignature"
        constraints = (models.UniqueConstraint(fields=["checkpoint", "witness"], name="journal_cosignature_once"),)

    @override
    def __str__(self) -> str:
        return f"{self.witness} on {self.checkpoint_id}"


class Reading(models.Model):
    """Who looked at what. Never part of the case stream."""

    agency = models.CharField(max_length=AGENCY_LIMIT)
    actor = models.CharField(max_length=ACTOR_LIMIT)
    kind = models.CharField(max_length=KIND_LIMIT)
    key = models.CharField(max_length=KEY_LIMIT)
    what = models.CharField(max_length=200)  # page, document or file
    read_at = models.DateTimeField()

    class Meta:
        db_table = "journal_reading"
        indexes = (models.Index(fields=["agency", "kind", "key", "-id"], name="journal_reading_of"),)

    @override
    def __str__(self) -> str:
        return f"{self.actor} read {self.agency}/{self.kind}/{self.key}"


class Counter(models.Model):
    """The last number given out in a series."""

    agency = models.CharField(max_length=AGENCY_LIMIT)
    series = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "journal_counter"
        constraints = (models.UniqueConstraint(fields=["agency", "series", "year"], name="journal_counter_series"),)

    @override
    def __str__(self) -> str:
        return f"{self.agency} {self.series} {self.year}: {self.last}"


class Task(models.Model):
    """Work to be done after the commit, written in the transaction that makes it necessary."""

    topic = models.CharField(max_length=80)
    body = models.JSONField()
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(default="")

    class Meta:
        db_table = "journal_outbox"
        indexes = (models.Index(fields=["topic", "due_at"], name="journal_outbox_due"),)

    @override
    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"
