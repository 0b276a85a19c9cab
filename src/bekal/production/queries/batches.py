"""What was made, and whose work it was, by code."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from bekal.production.models import (
    Assignment,
    Batch,
    BatchCorrection,
    NoProduction,
)
from bekal.production.rules.land import sold_of_batch

_WITH_SHARES = """
select b.id, b.product_id, b.made_on, b.good + coalesce(fixed.good, 0), s.makers, s.minutes
from production_batch b
join lateral (
  select array_agg(maker_id order by maker_id) as makers,
         array_agg(minutes order by maker_id) as minutes
  from production_batchshare where batch_id = b.id
) s on true
left join lateral (
  select sum(good_change)::int as good from production_batchcorrection where batch_id = b.id
) fixed on true
where b.product_id = any(%s) and b.unit_id = %s
order by b.made_on, b.number
"""
_SPENT = """
select s.maker_id, sum(s.minutes)
from production_batchshare s join production_batch b on b.id = s.batch_id
where s.maker_id = any(%s) and b.made_on = %s and b.good + b.rejected + coalesce((
  select sum(c.good_change + c.rejected_change) from production_batchcorrection c
  where c.batch_id = b.id), 0) > 0
group by s.maker_id
"""

# Sales take the oldest first, of what was made by their day, as premi divides them.
_SOLD = """
select b.good + coalesce((select sum(good_change) from production_batchcorrection
                          where batch_id = b.id), 0),
  coalesce(-sum(m.pieces) filter (where m.day >= b.made_on), 0),
  coalesce(-sum(m.pieces) filter (where m.day < b.made_on), 0),
  (select coalesce(sum(o.good), 0) + coalesce(sum(fixed.good), 0) from production_batch o
   left join lateral (select sum(good_change) as good from production_batchcorrection
                      where batch_id = o.id) fixed on true
   where o.product_id = b.product_id and o.unit_id = b.unit_id
     and (o.made_on, o.number) < (b.made_on, b.number))
from production_batch b
left join lateral (
  select pieces, (moved_at at time zone 'Asia/Jakarta')::date as day from production_stockmove
  where product_id = b.product_id and reason in ('sale', 'return')) m on true
where b.id = %s group by b.id
"""


@dataclass(frozen=True)
class BatchShares:
    """Good pieces of a batch as they stand, and the minutes of each maker, by code.

    `pieces` is net of corrections: 0 for a batch that was taken back. Who moved or went home later
    stays in it.
    """

    batch_id: UUID
    product_id: int
    made_on: dt.date
    pieces: int
    shares: tuple[tuple[str, int], ...]


def batches_with_shares(*, unit_id: int, product_ids: Collection[int]) -> list[BatchShares]:
    """All batches of these products of a unit, the oldest first; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_SHARES, [list(product_ids), unit_id])
        return [
            BatchShares(batch, product, day, pieces, tuple(zip(makers, minutes, strict=True)))
            for batch, product, day, pieces, makers, minutes in cursor.fetchall()
        ]


def stands_of(batch: Batch) -> tuple[int, int]:
    """Good and rejected pieces of a batch as they stand, corrections included; one statement."""
    fixed = BatchCorrection.objects.filter(batch=batch).aggregate(
        good=Coalesce(Sum("good_change"), 0), rejected=Coalesce(Sum("rejected_change"), 0)
    )
    return batch.good + fixed["good"], batch.rejected + fixed["rejected"]


def sold_of(*, batch_id: UUID) -> int:
    """How many good pieces of a batch are sold, the oldest batch of its product first.

    What came back is not. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SOLD, [batch_id])
        good, since, before, older = (int(each) for each in cursor.fetchone())
    return sold_of_batch(good=good, since=since, before=before, older=older)


def is_idle(*, unit_id: int, day: dt.date) -> bool:
    """Whether somebody said that the unit made nothing on a day; one statement."""
    said = NoProduction.objects.filter(unit_id=unit_id, day=day, withdrawn_at__isnull=True)
    return said.exists()


def is_productive(*, unit_id: int, day: dt.date) -> bool:
    """Whether a batch of that day stands, not taken back wholly; one statement."""
    changes = Coalesce(Sum("corrections__good_change") + Sum("corrections__rejected_change"), 0)
    made = Batch.objects.filter(unit_id=unit_id, made_on=day).annotate(changes=changes)
    return made.filter(changes__gt=0 - F("good") - F("rejected")).exists()


def makers_assigned(*, unit_id: int, on: dt.date) -> frozenset[str]:
    """The codes of who had work in a unit on a day; one statement."""
    work = Assignment.objects.filter(workshop__unit_id=unit_id, during__contains=on)
    return frozenset(work.values_list("maker_id", flat=True))


def minutes_spent(*, makers: Collection[str], on: dt.date) -> dict[str, int]:
    """Minutes of a day that batches already took of makers, in any unit, by code; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SPENT, [list(makers), on])
        return dict(cursor.fetchall())
