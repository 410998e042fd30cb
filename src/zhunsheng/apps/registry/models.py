"""The tables of the registry: projections of its streams, in words the audit can compare.

The key of each row begins with the agency. Nothing refers to anything by foreign key:
the streams do, and their commands check it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from typing_extensions import override

from zhunsheng.apps.accounts.models import Projected


class Named(Projected):
    """A row with its own key, ``agency/…``, and an id within the agency."""

    key = models.CharField(max_length=240, primary_key=True)
    code = models.CharField(max_length=64)  # id within the agency

    class Meta(Projected.Meta):
        abstract = True

    @override
    def __str__(self) -> str:
        return self.key


class Agency(Projected):
    id = models.CharField(max_length=40, primary_key=True)
    area = models.CharField(max_length=6)
    area_short = models.CharField(max_length=16)
    names = models.JSONField()
    authorities = models.JSONField()

    @override
    def __str__(self) -> str:
        return self.id


class Unit(Named):
    name = models.CharField(max_length=200)
    parent = models.CharField(max_length=64, blank=True)
    duties = models.JSONField()


class Capacity(Named):
    """``code`` is the unit; ``number`` counts within it."""

    number = models.PositiveIntegerField()
    act = models.CharField(max_length=16)
    fields = ArrayField(models.CharField(max_length=8))
    area = models.CharField(max_length=6)
    standing = models.CharField(max_length=16)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    mandate = models.CharField(max_length=200, blank=True)
    matters = models.TextField(blank=True)
    powers = models.TextField(blank=True)
    published_on = models.DateField(null=True)


class Post(Named):
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=64)
    duties = models.JSONField()


class Officer(Named):
    name = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    post = models.CharField(max_length=64, blank=True)
    exam_passed_on = models.DateField(null=True)
    legal_qualification = models.CharField(max_length=64, blank=True)


class Certificate(Named):
    """``code`` is the officer; the key ends in the number, which is unique within the agency."""

    number = models.CharField(max_length=64)
    category = models.CharField(max_length=64)
    area = models.CharField(max_length=6)
    valid_from = models.DateField()
    valid_to = models.DateField()
    kind = models.CharField(max_length=32)
    issuer = models.CharField(max_length=200)
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)


class Recusal(Named):
    """``code`` is the officer."""

    number = models.PositiveIntegerField()
    party_code = models.CharField(max_length=18, blank=True)
    party_name = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    reason = models.CharField(max_length=200)
    decided_by = models.CharField(max_length=64)
    lifted_on = models.DateField(null=True)


class Item(Named):
    mark = models.CharField(max_length=8)
    cause = models.CharField(max_length=200)
    content = models.JSONField()  # the whole item: ``items.to_json``
    last_day = models.DateField(null=True)
