"""Land of a unit: plots, what grows or lives on them, and what was harvested."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.production.models import land_promises as promises
from bekal.production.rules.land import Fate, LandKind, Weighed


class Plot(models.Model):
    """A piece of land or water of a unit, with its area in whole square metres."""

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    area = models.IntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(F("unit"), Lower("name"), name="production_plot_name_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in LandKind], area__gt=0) & ~Q(name=""),
                name="production_plot_has_name_kind_area",
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return self.name


class PlotEnd(models.Model):
    """That a plot is used no more after a day; what grew on it stays written.

    One at a time: it may be used again (`PlotReopened`), and end again later.
    """

    personal_data = NONE

    plot = models.ForeignKey(Plot, on_delete=models.PROTECT, related_name="ends")
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="production_plotend_says_why"
            )
        ]
        triggers: ClassVar = [promises.ends_when_nothing_grows, *FACTS]

    def __str__(self) -> str:
        return f"{self.plot_id} until {self.last_day}"


class PlotReopened(models.Model):
    """That a plot is used again from a day on; nothing was planted there between its end and it."""

    personal_data = NONE

    end = models.OneToOneField(
        PlotEnd, primary_key=True, on_delete=models.PROTECT, related_name="reopened"
    )
    first_day = models.DateField()
    reason = models.CharField(max_length=200)
    reopened_at = models.DateTimeField()
    reopened_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="production_plotreopened_says_why"
            )
        ]
        triggers: ClassVar = [promises.after_it_ended, *FACTS]

    def __str__(self) -> str:
        return f"{self.end_id} until {self.first_day}"


class Planting(models.Model):
    """What was planted (or stocked) on a plot, and when it is to be harvested."""

    personal_data = NONE

    plot = models.ForeignKey(Plot, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    crop = models.CharField(max_length=80)
    planted_on = models.DateField()
    harvest_from = models.DateField()
    harvest_until = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(planted_on__lte=F("harvest_from"), harvest_from__lte=F("harvest_until"))
                & ~Q(crop=""),
                name="production_planting_is_harvested_later",
            )
        ]
        triggers: ClassVar = [promises.on_a_plot_in_use, *FACTS]

    def __str__(self) -> str:
        return self.crop


class PlantingEnd(models.Model):
    """That nothing of a planting is left on its plot from a day on: harvested, or failed."""

    personal_data = NONE

    planting = models.OneToOneField(
        Planting, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="production_plantingend_says_why")
        ]
        triggers: ClassVar = [promises.ends_after_planting, *FACTS]

    def __str__(self) -> str:
        return f"{self.planting_id} until {self.last_day}"


class Harvest(models.Model):
    """Grams or pieces of a planting on a day, and where they went. The id is the key of its form.

    What is sold is a batch, written in the same transaction. `recipient` is an organisation.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    planting = models.ForeignKey(Planting, on_delete=models.PROTECT, related_name="+")
    harvested_on = models.DateField()
    quantity = models.BigIntegerField()
    weighed = models.CharField(max_length=10)
    fate = models.CharField(max_length=10)
    recipient = models.CharField(max_length=80, blank=True)
    batch = models.OneToOneField(
        "production.Batch", null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, weighed__in=[one.value for one in Weighed]),
                name="production_harvest_is_weighed",
            ),
            models.CheckConstraint(
                condition=Q(fate=Fate.SOLD, batch__isnull=False, recipient="")
                | Q(fate=Fate.KITCHEN, batch__isnull=True, recipient="")
                | (Q(fate=Fate.DONATED, batch__isnull=True) & ~Q(recipient="")),
                name="production_harvest_went_somewhere",
            ),
        ]
        triggers: ClassVar = [promises.grew_there, *FACTS]

    def __str__(self) -> str:
        return f"{self.quantity} {self.weighed}: {self.fate}"


class HarvestUndone(models.Model):
    """That a harvest was written down wrongly; what is for sale goes with its batch."""

    personal_data = NONE

    harvest = models.OneToOneField(
        Harvest, primary_key=True, on_delete=models.PROTECT, related_name="undone"
    )
    reason = models.CharField(max_length=200)
    undone_at = models.DateTimeField()
    undone_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="production_harvestundone_says_why"
            )
        ]
        triggers: ClassVar = [promises.takes_its_batch_back, *FACTS]

    def __str__(self) -> str:
        return f"{self.harvest_id} undone"
