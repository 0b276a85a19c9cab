"""Transfers between units as the people of either see them, and whether they tie to the goods."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, Q, QuerySet

from bekal.places import queries as places
from bekal.production.models import MaterialEnd, Stock, StockTransfer
from bekal.production.rules.materials import quantity_text
from bekal.production.rules.transfers import (
    TRANSFER_KINDS,
    TransferOutcome,
    TransferStanding,
    transfer_standing,
)

TRANSFERS_SHOWN = 40
_STANDINGS = {
    TransferStanding.ON_THE_WAY: Q(ended_at__isnull=True),
    TransferStanding.ARRIVED: Q(outcome=TransferOutcome.ARRIVED, came=F("pieces")),
    TransferStanding.SHORT: Q(outcome=TransferOutcome.ARRIVED, came__lt=F("pieces")),
    TransferStanding.BACK: Q(outcome=TransferOutcome.BACK),
}
_PROBLEMS = """
with wanted as (
  select 'transfer:' || id as source, product_id, -pieces as pieces from production_stocktransfer
  union all
  select 'transferback:' || id, product_id, came
  from production_stocktransfer where outcome = 'back' and came > 0
), moved as (
  select source, product_id, sum(pieces) as pieces from production_stockmove
  where source like 'transfer%%' group by source, product_id
)
select coalesce(w.source, m.source) || ', produk ' || coalesce(w.product_id, m.product_id) || ': '
  || coalesce(w.pieces, 0) || ', menurut gerak barang ' || coalesce(m.pieces, 0)
from wanted w full join moved m on (m.source, m.product_id) = (w.source, w.product_id)
where w.pieces is distinct from m.pieces
union all
select coalesce('transfer:' || t.id, m.source) || ', bahan '
  || coalesce(t.material_id, m.material_id) || ': diterima ' || coalesce(t.quantity, 0)
  || ', menurut gerak bahan ' || coalesce(m.quantity, 0)
from (select * from production_stocktransfer where outcome = 'arrived') t
full join (select source, material_id, sum(quantity) as quantity from production_materialmove
           where source like 'transfer%%' group by source, material_id) m
  on (m.source, m.material_id) = ('transfer:' || t.id, t.material_id)
where t.quantity is distinct from m.quantity
order by 1
"""


class Direction(StrEnum):
    """Which way goods go, seen from a unit; the values stand in the address."""

    IN = "masuk"
    OUT = "keluar"


class TransferSort(StrEnum):
    """The orders of the list; the values stand in the address."""

    NEWEST = "terbaru"
    OLDEST = "terlama"


@dataclass(frozen=True)
class TransferFilters:
    """What the list is narrowed to, and how it is sorted."""

    direction: Direction = Direction.IN
    standing: TransferStanding | None = None
    sort: TransferSort = TransferSort.NEWEST
    page: int = 1


@dataclass(frozen=True)
class TransferRow:
    """A transfer with the names of both units, as they are called today; `value` in rupiah."""

    id: UUID
    product_id: int
    product_code: str
    product: str
    is_sample: bool
    pieces: int
    value: int
    letter: str
    recorded_at: dt.datetime
    recorded_by: str
    unit_id: int
    sender: str
    to_unit_id: int
    receiver_code: str
    receiver: str
    outcome: str
    material_id: int | None
    material: str
    measure: str
    came: int | None
    quantity: int | None
    remark: str
    ended_at: dt.datetime | None
    ended_by: str

    @property
    def standing(self) -> TransferStanding:
        """Its one standing."""
        return transfer_standing(outcome=self.outcome, sent=self.pieces, came=self.came)

    @property
    def standing_kind(self) -> str:
        """The colour of its standing, as ui's tags name it."""
        return TRANSFER_KINDS[self.standing]

    @property
    def became(self) -> str:
        """Which material it became, for people: "2,5 kg Serat"; nothing before it arrives."""
        if self.quantity is None:
            return ""
        return f"{quantity_text(self.quantity)} {self.measure} {self.material}"


@dataclass(frozen=True)
class LastArrival:
    """What pieces of a product became at a unit the last time: thousandths of a material."""

    material_id: int
    pieces: int
    quantity: int


def transfers_of(*, unit_id: int, filters: TransferFilters, on: dt.date) -> Page[TransferRow]:
    """One page of what a unit sent, or is sent, the newest first or last. Three statements."""
    shown: Page[Any] = Paginator(_found(unit_id, filters), TRANSFERS_SHOWN).get_page(filters.page)
    shown.object_list = _rows(shown.object_list, on=on)
    return shown


def every_transfer_of(*, unit_id: int, filters: TransferFilters, on: dt.date) -> list[TransferRow]:
    """All of them, for a file. Two statements."""
    return _rows(_found(unit_id, filters), on=on)


def transfer_row(*, unit_id: int, transfer_id: UUID, on: dt.date) -> TransferRow | None:
    """A transfer that the unit sent or is sent, or None. Two statements."""
    found = _with_names().filter(Q(unit_id=unit_id) | Q(to_unit_id=unit_id), pk=transfer_id)
    return next(iter(_rows(found, on=on)), None)


def free_of(*, product_id: int) -> int:
    """How many pieces of a product are there and not held; one statement."""
    level = Stock.objects.filter(pk=product_id).values_list("on_hand", "held").first()
    return level[0] - level[1] if level else 0


def last_arrival(*, unit_id: int, product_id: int) -> LastArrival | None:
    """What a product became at a unit the last time that it came, or None; one statement."""
    arrived = (
        StockTransfer.objects.filter(
            to_unit_id=unit_id,
            product_id=product_id,
            outcome=TransferOutcome.ARRIVED,
        )
        .exclude(material__in=MaterialEnd.objects.values("pk"))
        .order_by("-ended_at", "-id")
        .first()
    )
    if arrived is None:
        return None
    assert arrived.material_id is not None  # as every arrival has, by constraint
    assert arrived.came is not None
    assert arrived.quantity is not None
    return LastArrival(arrived.material_id, arrived.came, arrived.quantity)


def transfer_problems() -> list[str]:
    """Where transfers differ from the moves of goods and materials; empty is good."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS, [])
        return [row[0] for row in cursor.fetchall()]


def _with_names() -> QuerySet[StockTransfer]:
    return StockTransfer.objects.select_related("product", "material")


def _found(unit_id: int, filters: TransferFilters) -> QuerySet[StockTransfer]:
    side = "to_unit_id" if filters.direction is Direction.IN else "unit_id"
    found = _with_names().filter(**{side: unit_id})
    if filters.standing is not None:
        found = found.filter(_STANDINGS[filters.standing])
    is_oldest_first = filters.sort is TransferSort.OLDEST
    return found.order_by(*(("recorded_at", "id") if is_oldest_first else ("-recorded_at", "-id")))


def _rows(transfers: Iterable[StockTransfer], *, on: dt.date) -> list[TransferRow]:
    found = list(transfers)
    units = {unit for one in found for unit in (one.unit_id, one.to_unit_id)}
    called = places.last_called(place_ids=units, on=on)
    return [_row(one, called) for one in found]


def _row(one: StockTransfer, called: Mapping[int, tuple[str, str]]) -> TransferRow:
    """A transfer, and what code and name each unit is called by."""
    return TransferRow(
        id=one.pk,
        product_id=one.product_id,
        product_code=one.product.code,
        product=one.product.name,
        is_sample=one.product.is_sample,
        pieces=one.pieces,
        value=one.value,
        letter=one.letter,
        recorded_at=one.recorded_at,
        recorded_by=one.recorded_by,
        unit_id=one.unit_id,
        sender=called[one.unit_id][1],
        to_unit_id=one.to_unit_id,
        receiver_code=called[one.to_unit_id][0],
        receiver=called[one.to_unit_id][1],
        outcome=one.outcome,
        material_id=one.material_id,
        material=one.material.name if one.material else "",
        measure=one.material.measure if one.material else "",
        came=one.came,
        quantity=one.quantity,
        remark=one.remark,
        ended_at=one.ended_at,
        ended_by=one.ended_by,
    )
