"""What the public may read. Nothing here is a source: ``receive`` fills it from bundles, and it can be filled again."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from typing_extensions import override


class Publication(models.Model):
    """One published result with its proof. The content never changes; the proof may grow; a withdrawal empties it."""

    id = models.CharField(primary_key=True, max_length=40)
    change = models.BigIntegerField(unique=True)  # grows with every change: what ``since`` counts
    agency = models.CharField(max_length=120)
    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=240)
    party = models.CharField(max_length=240)
    cause = models.CharField(max_length=240)
    result = models.CharField(max_length=240)
    decided_on = models.DateField()
    published_at = models.DateTimeField()
    content = models.TextField()  # the canonical public text, byte for byte what the ledger commits to
    bundle = models.TextField()
    proof = models.CharField(max_length=16)  # pending | witnessed
    pdf = models.BinaryField()
    words = models.TextField()  # normalised, for the look that removes false hits
    search = SearchVectorField()

    class Meta:
        db_table = "portal_publication"
        indexes = (
            models.Index(fields=["-decided_on", "-id"], name="portal_newest"),
            GinIndex(fields=["search"], name="portal_search", fastupdate=False),
        )

    @override
    def __str__(self) -> str:
        return self.number
