"""How much PNBP a unit is to bring in a year, by a document. A later figure follows the last."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.treasury.rules import REASON_LENGTH


class Target(models.Model):
    """A year's target of a unit, as its document says; the newest number holds."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    citation = models.CharField(max_length=REASON_LENGTH)
    is_sample = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="treasury_target_number_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="treasury_target_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(citation__regex=r"\S"), name="treasury_target_is_cited"
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
                     select max(number) from treasury_target
                     where unit_id = new.unit_id and year = new.year), 0) then
                  raise exception 'targets follow each other' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.amount}"
