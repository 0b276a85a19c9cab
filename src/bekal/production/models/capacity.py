"""Hours: workshops, their working time, what a piece takes, and what is promised."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.production.models import promises


class Workshop(models.Model):
    """A place of work within a unit, such as its sewing room."""

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="production_workshop_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="production_workshop_has_name"),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return self.name


class Capacity(models.Model):
    """Minutes that a workshop works on a working day, from a day on, until the next row.

    In force is the row with the latest `valid_from`, and of several the one written last. The
    first `days_a_week` days of the week, from Monday on, are working days.
    """

    personal_data = NONE

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    minutes = models.IntegerField()
    days_a_week = models.SmallIntegerField()
    valid_from = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__gte=0), name="production_capacity_minutes_positive"
            ),
            models.CheckConstraint(
                condition=Q(days_a_week__gte=1, days_a_week__lte=7),
                name="production_capacity_days_in_a_week",
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.minutes} from {self.valid_from}"


class CapacityDay(models.Model):
    """A workshop's day that something was promised for, or that an officer has set by itself.

    `taken` is the sum of its uses, by their trigger; it can never pass `minutes`.
    """

    personal_data = NONE

    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    minutes = models.IntegerField()
    taken = models.IntegerField()
    is_set = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workshop", "day"], name="production_capacityday_once"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("minutes")),
                name="production_capacityday_taken_within_minutes",
            ),
        ]
        triggers: ClassVar = [promises.only_by_uses, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.day}: {self.taken} of {self.minutes}"


class CapacityUse(models.Model):
    """Minutes of a day that a group (the part of an order) has been promised."""

    personal_data = NONE

    group = models.UUIDField(db_column="group_id")
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    slot = models.ForeignKey(CapacityDay, on_delete=models.PROTECT, related_name="+")
    minutes = models.IntegerField()
    used_at = models.DateTimeField()
    used_by = models.CharField(max_length=80)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "product", "slot"],
                condition=Q(released_at__isnull=True),
                name="production_capacityuse_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0), name="production_capacityuse_has_minutes"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by="")
                | (Q(released_at__isnull=False) & ~Q(released_by="")),
                name="production_capacityuse_released_at_and_by",
            ),
        ]
        triggers: ClassVar = [
            promises.only_released,
            promises.uses_the_hours,
            promises.frees_the_hours,
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"{self.minutes} for {self.group}"


class Work(models.Model):
    """That a product is made to order: where, how many minutes a piece, and how soon it begins."""

    personal_data = NONE

    product = models.OneToOneField(
        "catalogue.Product", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    minutes_a_piece = models.IntegerField()
    days_ahead = models.SmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes_a_piece__gt=0), name="production_work_takes_time"
            ),
            models.CheckConstraint(
                condition=Q(days_ahead__gte=0), name="production_work_days_ahead_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.minutes_a_piece} minutes"
