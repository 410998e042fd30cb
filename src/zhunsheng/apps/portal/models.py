"""What the public may read. Nothing here is a source: ``receive`` fills it from bundles, and it can be filled again."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from typing_extensions import override


class Publication(models.Model):
    """One published result with its proof. The content never changes; the proof may grow; a withdrawal empties it."""

    id = models.CharField(primary_key=True, max_length=40)
    change = models.BigIntegerField(unique=True)  # grows with every change: what ``since`` counts
    agency = models.TextField()
    number = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    party = models.TextField()
    cause = models.TextField()
    result = models.TextField()
    decided_on = models.DateField()
    published_at = models.DateTimeField()
    content = models.TextField()  # the canonical public text, byte for byte what the ledger commits to
    bundle = models.TextField()
    proof = models.CharField(max_length=16)  # pending | signed | witnessed
    pdf = models.BinaryField()
    words = models.TextField()  # folded, for the look that removes false hits
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
