"""Rows derived from case streams, so that lists and to-do need not fold every file. All can be dropped and rebuilt."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from typing_extensions import override


class CaseRow(models.Model):
    """How a case stands in lists and to-do: written in the transaction of the act, rebuilt from the stream."""

    number = models.CharField(max_length=80, unique=True)
    agency = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    procedure = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    open_subs = ArrayField(models.CharField(max_length=40), default=list)
    party = models.CharField(max_length=240, blank=True)
    cause = models.CharField(max_length=240, blank=True)
    decision = models.CharField(max_length=80, blank=True)  # number of the decision
    officers = ArrayField(models.CharField(max_length=40), default=list)
    unsigned = ArrayField(models.CharField(max_length=40), default=list)  # officers whose signature is waited for
    publication = models.CharField(max_length=16, blank=True)  # due | proposed | approved | delivered
    due_on = models.DateField(null=True)  # the next deadline, raw day for the agency's own
    due = models.CharField(max_length=40, blank=True)  # its rule
    opened_on = models.DateField()
    position = models.PositiveIntegerField()

    class Meta:
        db_table = "cases_case"
        indexes = (
            models.Index(fields=["agency", "-opened_on", "-id"], name="cases_newest"),
            models.Index(fields=["agency", "due_on", "id"], name="cases_due", condition=models.Q(due_on__isnull=False)),
            GinIndex(fields=["officers"], name="cases_officers"),
            GinIndex(fields=["unsigned"], name="cases_unsigned"),
            models.Index(
                fields=["agency", "publication"], name="cases_publication", condition=~models.Q(publication="")
            ),
        )

    @override
    def __str__(self) -> str:
        return self.number


class DocumentRow(models.Model):
    """Where a document is found by its number: one row for each filed document."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="documents")
    document = models.CharField(max_length=8)  # its name in the case file: d1, d2, …
    form = models.CharField(max_length=40)
    agency = models.CharField(max_length=40)
    number = models.CharField(max_length=80, blank=True)
    made_on = models.DateField()
    pdf = models.CharField(max_length=64, blank=True)  # SHA-256 of the issued bytes
    voided = models.BooleanField(default=False)

    class Meta:
        db_table = "cases_document"
        constraints = (
            models.UniqueConstraint(fields=["case", "document"], name="cases_document_once"),
            models.UniqueConstraint(
                fields=["agency", "form", "number"], condition=~models.Q(number=""), name="cases_number_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.case_id}/{self.document}"
