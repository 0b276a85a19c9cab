"""What a unit harvested in a month: the second denominator of the rule of supply. Facts."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.institutions.rules import SUPPLY_NOTE_LENGTH


class HarvestTotal(models.Model):
    """The worth of a unit's harvest in a month, with the record that says so.

    A correction is the next number, with its reason; the newest holds.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    total = models.BigIntegerField()
    source = models.CharField(max_length=SUPPLY_NOTE_LENGTH)
    reason = models.CharField(max_length=SUPPLY_NOTE_LENGTH, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "month", "number"], name="institutions_harvesttotal_number_once"
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0), name="institutions_harvesttotal_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(source__regex=r"\S"), name="institutions_harvesttotal_has_source"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(reason__regex=r"\S"),
                name="institutions_harvesttotal_corrected_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="institutions_harvesttotal_of_a_month"
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="follow",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if new.number <> 1 + coalesce((
                     select max(number) from institutions_harvesttotal
                     where unit_id = new.unit_id and month = new.month), 0) then
                  raise exception 'harvests of a month follow each other' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month} #{self.number}"
