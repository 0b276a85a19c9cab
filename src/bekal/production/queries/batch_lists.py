"""Batches as the people of a unit see them: the list, one of them, and what a form offers."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from bekal.catalogue.queries import IS_FOOD
from bekal.production.models import Batch, BatchCorrection, BatchShare, StockMove
from bekal.production.queries.assignments import assigned_on, limit_on
from bekal.production.queries.batches import minutes_spent
from bekal.production.rules import ModelOfWork, batch_number

MOST_BATCHES = 2_000
"""How many rows a list, and its file, has at most; days narrow it."""
_ROWS = """
select b.id, b.number, b.made_on, p.id, p.code, p.name, w.id, w.name,
  b.good + coalesce(fixed.good, 0), b.rejected + coalesce(fixed.rejected, 0), b.model, b.partner,
  b.expires_on, b.note, p.is_sample, s.minutes, s.makers, b.recorded_at, b.recorded_by
from production_batch b
join catalogue_product p on p.id = b.product_id
join production_workshop w on w.id = b.workshop_id
join lateral (
  select sum(minutes)::int as minutes, count(*)::int as makers
  from production_batchshare where batch_id = b.id
) s on true
left join lateral (
  select sum(good_change)::int as good, sum(rejected_change)::int as rejected
  from production_batchcorrection where batch_id = b.id
) fixed on true
where b.unit_id = %(unit)s and (%(batch)s::uuid is null or b.id = %(batch)s)
  and (%(product)s::text is null or p.code = %(product)s)
  and (%(workshop)s::bigint is null or w.id = %(workshop)s)
  and (%(model)s::text is null or b.model = %(model)s)
  and (%(first)s::date is null or b.made_on >= %(first)s)
  and (%(last)s::date is null or b.made_on <= %(last)s)
order by b.made_on desc, b.number desc limit %(most)s
"""
# What was made last stands first; what never was made stands by its name.
_GOODS = f"""
select p.id, p.code, p.name, {IS_FOOD}
from catalogue_product p
join catalogue_seller s on s.id = p.seller_id and s.unit_id = %s
left join catalogue_listing l on l.product_id = p.id
left join lateral (
  select recorded_at from production_batch where product_id = p.id
  order by made_on desc, number desc limit 1
) last on true
order by last.recorded_at desc nulls last, lower(p.name), p.id
"""  # noqa: S608 - put together of constants


class BatchSort(StrEnum):
    """The orders of the list; the values stand in the address."""

    NEWEST = "terbaru"
    OLDEST = "terlama"
    MOST = "paling banyak"


@dataclass(frozen=True)
class BatchFilters:
    """What the list is narrowed to, and how it is sorted; `product` is a code."""

    product: str = ""
    workshop: int | None = None
    model: ModelOfWork | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    sort: BatchSort = BatchSort.NEWEST
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.product or self.workshop or self.model or self.first or self.last)


@dataclass(frozen=True)
class BatchRow:
    """A batch as it stands; `good` and `rejected` are net of corrections."""

    id: UUID
    serial: int
    made_on: dt.date
    product_id: int
    code: str
    product: str
    workshop_id: int
    workshop: str
    good: int
    rejected: int
    model: ModelOfWork
    partner: str
    expires_on: dt.date | None
    note: str
    is_sample: bool
    minutes: int
    makers: int
    recorded_at: dt.datetime
    recorded_by: str

    @property
    def number(self) -> str:
        """Its number as people write it."""
        return batch_number(self.serial)

    @property
    def is_taken_back(self) -> bool:
        """Whether nothing of it stands any more."""
        return self.good + self.rejected == 0


@dataclass(frozen=True)
class Makeable:
    """A product that the form offers."""

    id: int
    code: str
    name: str
    is_food: bool


@dataclass(frozen=True)
class AtWork:
    """A maker, by code, who has work on a day, and the minutes that the form begins with."""

    maker: str
    workshop_id: int
    workshop: str
    usual: int


def batches_of(*, unit_id: int, filters: BatchFilters) -> list[BatchRow]:
    """The batches of a unit, as filtered and sorted; one statement."""
    rows = _rows(unit_id, filters)
    if filters.sort is BatchSort.OLDEST:
        return rows[::-1]
    if filters.sort is BatchSort.MOST:
        return sorted(rows, key=lambda row: -row.good)
    return rows


def batch_row(*, unit_id: int, batch_id: UUID) -> BatchRow | None:
    """One of a unit's batches; None when it has none of this id. One statement."""
    return next(iter(_rows(unit_id, BatchFilters(), batch=batch_id)), None)


def shares_of(*, batch_id: UUID) -> list[tuple[str, int]]:
    """The minutes of each maker of a batch, by code; one statement."""
    rows = BatchShare.objects.filter(batch_id=batch_id).order_by("maker_id")
    return list(rows.values_list("maker_id", "minutes"))


def corrections_of(*, batch_id: UUID) -> list[BatchCorrection]:
    """What was said of a batch later, the first first; one statement."""
    return list(BatchCorrection.objects.filter(batch_id=batch_id).order_by("recorded_at", "id"))


def goods_of_batch(*, batch_id: UUID) -> list[StockMove]:
    """The moves of goods that a batch and its corrections made, the first first; two statements."""
    fixes = BatchCorrection.objects.filter(batch_id=batch_id).values_list("id", flat=True)
    sources = [f"batch:{batch_id}", *(f"batchfix:{fix}" for fix in fixes)]
    return list(StockMove.objects.filter(source__in=sources).order_by("id"))


def makeable(*, unit_id: int) -> list[Makeable]:
    """The products of a unit, those made last first; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_GOODS, [unit_id])
        return [Makeable(*row) for row in cursor.fetchall()]


def at_work(*, unit_id: int, on: dt.date) -> list[AtWork]:
    """Who has work in a unit on a day, with what is left of their usual minutes; three statements.

    What other batches of the day took, and the limit of the unit, leave less, at least nothing.
    """
    rows = assigned_on(unit_id=unit_id, on=on)
    limit = limit_on(unit_id=unit_id, on=on)
    spent = minutes_spent(makers=[row.maker for row in rows], on=on)
    most = limit.minutes_a_day if limit else 0
    return [
        AtWork(
            row.maker,
            row.workshop_id,
            row.workshop,
            max(0, min(row.minutes_a_day, most) - spent.get(row.maker, 0)),
        )
        for row in rows
    ]


def last_day_made(*, unit_id: int, before: dt.date) -> list[BatchRow]:
    """What was made on the last day with a batch before a day; at most two statements."""
    found = Batch.objects.filter(unit_id=unit_id, made_on__lt=before).order_by("-made_on")
    day = found.values_list("made_on", flat=True).first()
    if day is None:
        return []
    rows = _rows(unit_id, BatchFilters(first=day, last=day))
    return [row for row in reversed(rows) if not row.is_taken_back]


def _rows(unit_id: int, filters: BatchFilters, *, batch: UUID | None = None) -> list[BatchRow]:
    asked = {
        "unit": unit_id,
        "batch": batch,
        "product": filters.product or None,
        "workshop": filters.workshop,
        "model": filters.model and filters.model.value,
        "first": filters.first,
        "last": filters.last,
        "most": MOST_BATCHES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, asked)
        return [_row(row) for row in cursor.fetchall()]


def _row(row: tuple[Any, ...]) -> BatchRow:
    fields = (*row[:10], ModelOfWork(row[10]), *row[11:])
    return BatchRow(*fields)
