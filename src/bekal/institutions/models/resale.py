"""On which terms resellers buy of units: dated, never edited."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.institutions.rules import MOST_PERCENT


class ResaleTerms(models.Model):
    """That a unit sells to a reseller at so much less, for at least so many pieces an order.

    In force on a day is the row with the latest `valid_from` up to it, of several the one written
    last. Whoever sets it is of the unit: that is its consent. A percentage of 0 ends it.
    """

    personal_data = NONE

    institution = models.ForeignKey(
        "shop.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    valid_from = models.DateField()
    percent = models.PositiveSmallIntegerField()
    least = models.IntegerField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__range=(0, MOST_PERCENT), least__gt=0),
                name="institutions_resaleterms_within_bounds",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["institution", "unit", "-valid_from", "-id"],
                name="institutions_resaleterms_now",
            ),
            models.Index(fields=["unit"], name="institutions_resaleterms_unit"),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="of_a_checked_reseller",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if not exists (
                     select from shop_institution where id = new.institution_id
                      and kind = 'reseller' and checked_at is not null and erased_at is null) then
                  raise exception 'terms are for resellers that were checked'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} at {self.unit_id}: {self.percent} % from {self.valid_from}"
