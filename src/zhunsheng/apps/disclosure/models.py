"""What still has to reach the portal: written in the transaction that approves, emptied of nothing, rebuilt at will."""

from django.db import models
from typing_extensions import override


class Delivery(models.Model):
    """One approved publication on its way: ``proof`` is "" before it was delivered, then what the receipt says."""

    publication = models.CharField(primary_key=True, max_length=40)
    agency = models.CharField(max_length=40)
    case = models.CharField(max_length=80)
    position = models.PositiveIntegerField()  # of the approving event in the case stream
    approved_at = models.DateTimeField()
    proof = models.CharField(max_length=16, blank=True)

    class Meta:
        db_table = "disclosure_delivery"
        indexes = (
            models.Index(
                fields=["approved_at", "publication"],
                name="disclosure_underway",
                condition=models.Q(proof__in=["", "pending"]),
            ),
        )

    @override
    def __str__(self) -> str:
        return self.publication
