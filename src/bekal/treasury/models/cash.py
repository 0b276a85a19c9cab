"""Counts of a unit's cash. Never changed: a wrong one is followed by another."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.treasury.rules.cash import REASON_LENGTH

follows_the_last = Promise(
    name="follows_the_last",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("last", "treasury_cashcount%ROWTYPE")],
    func="""
    select * into last from treasury_cashcount
    where unit_id = new.unit_id order by number desc limit 1;
    if new.number <> coalesce(last.number, 0) + 1
       or new.replaces_id is not null
          and (new.replaces_id, new.day) is distinct from (last.id, last.day)
       or new.replaces_id is null and new.day <= last.day then
      raise exception 'a count follows the last one of its unit' using errcode = '23514';
    end if;
    return new;
    """,
)

# Asked as "is it true?": a number that is missing counts nothing.
pieces_make_the_sum = Promise(
    name="pieces_make_the_sum",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if (case when new.pieces = '{}'::jsonb then new.difference = 0
        else new.counted = (
          select sum(substr(p.key, 2)::bigint * p.value::bigint) from jsonb_each_text(new.pieces) p)
        end) is not true then
      raise exception 'the pieces make what was counted' using errcode = '23514';
    end if;
    return new;
    """,
)


class CashCount(models.Model):
    """What cash a unit had at the end of a day, beside what the books said.

    `pieces` are numbers by the code of a denomination, empty where the person said that all is as
    the books say. A count that puts another right refers to it, and only the last one can be.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.IntegerField()
    day = models.DateField()
    pieces = models.JSONField()
    opening = models.BigIntegerField()
    adjusted = models.BigIntegerField()
    money_in = models.BigIntegerField()
    money_out = models.BigIntegerField()
    expected = models.BigIntegerField()
    counted = models.BigIntegerField()
    difference = models.BigIntegerField()
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    counted_at = models.DateTimeField()
    counted_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "number"], name="treasury_cashcount_number_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "day"],
                condition=Q(replaces__isnull=True),
                name="treasury_cashcount_day_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    expected=F("opening") + F("adjusted") + F("money_in") - F("money_out"),
                    difference=F("counted") - F("expected"),
                    counted__gte=0,
                    money_in__gte=0,
                    money_out__gte=0,
                ),
                name="treasury_cashcount_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(difference=0) | Q(reason__regex=r"\S"),
                name="treasury_cashcount_difference_has_reason",
            ),
        ]
        triggers: ClassVar = [*FACTS, follows_the_last, pieces_make_the_sum]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.counted}"
