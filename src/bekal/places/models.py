from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from bekal.foundation.clock import Zone
from bekal.foundation.personal import NONE
from bekal.places.rules import Level


class Province(models.Model):
    """A province by its Kemendagri code, with the zone that its clocks keep (Keppres 41/1987)."""

    personal_data = NONE

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    zone = models.CharField(max_length=4)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(zone__in=[z.value for z in Zone]), name="places_province_zone_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """The centre, a kanwil or a unit: what stays the same while names, classes, parents change.

    `code` is the slug in addresses; it never changes, even when the name does.
    """

    personal_data = NONE

    code = models.SlugField(max_length=80, unique=True)
    level = models.CharField(max_length=6)
    province = models.ForeignKey(Province, null=True, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__in=[x.value for x in Level]), name="places_place_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.UNIT) | Q(province__isnull=False),
                name="places_place_unit_has_province",
            ),
            models.UniqueConstraint(
                fields=["level"], condition=Q(level=Level.CENTRE), name="places_place_one_centre"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Tenure(models.Model):
    """What a place was called, of which kind and class, and under whom, from a day to a day.

    A place has one tenure at a time. An open lower bound means: since before our sources.
    """

    personal_data = NONE

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="tenures")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    unit_class = models.CharField(max_length=4, blank=True)
    parent = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    during = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="places_tenure_one_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="places_tenure_during_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Ancestry(models.Model):
    """Under whom a place stood, at any distance (0 is itself), from a day to a day.

    Derived from the tenures by `actions.refresh_ancestry` in the transaction that changes them.
    A sum "as it was" joins on the day of the fact; "as it is now" joins on today.
    """

    personal_data = NONE

    ancestor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    distance = models.PositiveSmallIntegerField()
    during = DateRangeField()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="places_ancestry_one_way_at_a_time",
                expressions=[
                    ("ancestor", RangeOperators.EQUAL),
                    ("descendant", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["descendant", "distance"], name="places_ancestry_upwards"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"
