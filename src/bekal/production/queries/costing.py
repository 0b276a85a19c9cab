"""Price sheets as a unit's people see them: every product's, and one beside the one before it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from bekal.catalogue import queries as catalogue
from bekal.production.models import CostLine, CostSheet
from bekal.production.rules.materials import Rate, nearest, quantity_text

SHEETS_SHOWN = 20
_ROWS = """
select p.id, p.code, p.name, price.amount, cost.amount, sheet.valid_from, sheet.cost
from catalogue_product p
join catalogue_seller seller on seller.id = p.seller_id
left join lateral (
  select amount from catalogue_price where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1) price on true
left join lateral (
  select amount from catalogue_cost where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1) cost on true
left join lateral (
  select valid_from, cost from production_costsheet where product_id = p.id
  order by id desc limit 1) sheet on true
where seller.unit_id = %(unit)s and (%(code)s::text is null or p.code = %(code)s)
order by lower(p.name), p.id
"""
_PROBLEMS = """
select 'lembar harga ' || s.id || ': total ' || s.total || ', jumlah baris '
  || coalesce(l.amount, 0) + s.labour
from production_costsheet s
left join (select sheet_id, sum(amount) as amount from production_costline group by sheet_id) l
  on l.sheet_id = s.id
where coalesce(l.amount, 0) + s.labour <> s.total
union all
select 'lembar harga ' || l.sheet_id || ': baris ' || l.id || ' tidak sama dengan hitungannya'
from production_costline l
where l.material_id is not null and l.amount <>
  floor((2::numeric * l.quantity * l.rate_value + l.rate_quantity) / (2 * l.rate_quantity))
order by 1
"""


class Priced(StrEnum):
    """Where the price of a product stands, in the words of its list."""

    BELOW = "di bawah harga pokok"
    NO_SHEET = "belum ada lembar"
    OUTDATED = "harga pokok lain dari lembarnya"
    FITS = "ada lembar"


PRICED_KINDS = {
    Priced.BELOW: "bad",
    Priced.NO_SHEET: "neutral",
    Priced.OUTDATED: "warn",
    Priced.FITS: "ok",
}
"""The colour of each, as ui's tags name it."""


@dataclass(frozen=True)
class PricedFilters:
    """What a person narrows the list by; `text` is part of a name, or the beginning of a code."""

    text: str = ""
    standing: Priced | None = None
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.text or self.standing)


@dataclass(frozen=True)
class PricedRow:
    """A product with its price and cost in force on a day, and its newest price sheet."""

    product_id: int
    code: str
    name: str
    price: int | None
    cost: int | None
    sheet_from: dt.date | None
    sheet_cost: int | None

    @property
    def margin(self) -> int | None:
        """What is left of the price above the cost of a piece; below it, a loss."""
        return None if self.price is None or self.cost is None else self.price - self.cost

    @property
    def standing(self) -> Priced:
        """Its one standing."""
        if self.margin is not None and self.margin < 0:
            return Priced.BELOW
        if self.sheet_from is None:
            return Priced.NO_SHEET
        return Priced.FITS if self.cost == self.sheet_cost else Priced.OUTDATED

    @property
    def standing_kind(self) -> str:
        """The colour of its standing, as ui's tags name it."""
        return PRICED_KINDS[self.standing]


@dataclass(frozen=True)
class SheetLine:
    """A line of a sheet: what a material or another cost comes to for the pieces of the sheet.

    `before` is the same line for one piece on the sheet before, None where it had none.
    """

    material_id: int | None
    words: str
    measure: str
    quantity: int | None
    rate: Rate
    amount: int
    of_one: int
    before: int | None

    @property
    def shown(self) -> str:
        """How much of a material: "2,5 kg"."""
        return "" if self.quantity is None else f"{quantity_text(self.quantity)} {self.measure}"


@dataclass(frozen=True)
class Sheet:
    """A price sheet with its lines, beside the cost of the sheet before it."""

    id: int
    valid_from: dt.date
    pieces: int
    minutes: int
    labour: int
    labour_reason: str
    total: int
    cost: int
    price: int | None
    reason: str
    written_at: dt.datetime
    written_by: str
    lines: tuple[SheetLine, ...]
    cost_before: int | None

    @property
    def margin(self) -> int | None:
        """What was left of the price above the cost, when it was written."""
        return None if self.price is None else self.price - self.cost

    @property
    def change(self) -> int | None:
        """By how much a piece became dearer to make (or cheaper) than on the sheet before."""
        return None if self.cost_before is None else self.cost - self.cost_before


def priced_of(
    *, unit_id: int, on: dt.date, filters: PricedFilters | None = None
) -> list[PricedRow]:
    """A unit's products with price, cost and newest sheet; one statement."""
    wanted = filters or PricedFilters()
    text = wanted.text.casefold()
    return [
        row
        for row in _rows(unit_id, on=on)
        if (text in row.name.casefold() or row.code.casefold().startswith(text))
        and wanted.standing in {None, row.standing}
    ]


def priced_row(*, unit_id: int, code: str, on: dt.date) -> PricedRow | None:
    """A product of a unit by its code, however it is typed; None when there is none."""
    written = catalogue.written_code(code)
    return next(iter(_rows(unit_id, on=on, code=written)), None) if written else None


def sheets_of(*, product_id: int) -> list[CostSheet]:
    """The last price sheets of a product, the newest first; one statement."""
    found = CostSheet.objects.filter(product_id=product_id).order_by("-id")
    return list(found[:SHEETS_SHOWN])


def sheet_of(*, sheets: list[CostSheet], sheet_id: int | None = None) -> Sheet | None:
    """One of these sheets (the newest, unless asked for another) beside the one before it.

    One statement. None when there is none.
    """
    ids = [sheet.pk for sheet in sheets]
    if not sheets or (sheet_id is not None and sheet_id not in ids):
        return None
    place = 0 if sheet_id is None else ids.index(sheet_id)
    sheet, before = sheets[place], next(iter(sheets[place + 1 : place + 2]), None)
    rows = CostLine.objects.filter(sheet_id__in=ids[place : place + 2]).order_by("id")
    lines = list(rows.select_related("material"))
    then = {_what(line): line for line in lines if before and line.sheet_id == before.pk}
    shown = [
        _line(line, sheet=sheet, then=then.get(_what(line)), before=before)
        for line in lines
        if line.sheet_id == sheet.pk
    ]
    return _sheet(sheet, shown, cost_before=before.cost if before else None)


def recipe_of(*, product_ids: Iterable[int]) -> dict[int, dict[int, tuple[int, int]]]:
    """By product: the materials of its newest sheet as (thousandths, pieces that they are for).

    One statement; products without a sheet are left out.
    """
    newest = CostSheet.objects.filter(product_id__in=list(product_ids))
    newest = newest.order_by("product_id", "-id").distinct("product_id")
    lines = CostLine.objects.filter(sheet__in=newest.values("pk"), material__isnull=False)
    found: dict[int, dict[int, tuple[int, int]]] = {}
    values = lines.values_list("sheet__product_id", "material_id", "quantity", "sheet__pieces")
    for product, material, quantity, pieces in values:
        assert material is not None
        assert quantity is not None
        found.setdefault(product, {})[material] = (quantity, pieces)
    return found


def costing_problems() -> list[str]:
    """Price sheets whose sums or lines are not what they say; empty is good."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]


def _rows(unit_id: int, *, on: dt.date, code: str | None = None) -> list[PricedRow]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"unit": unit_id, "on": on, "code": code})
        return [PricedRow(*row) for row in cursor.fetchall()]


def _what(line: CostLine) -> tuple[int | None, str]:
    """What a line is about, by which it is found on another sheet."""
    return line.material_id, line.words.casefold()


def _line(
    line: CostLine, *, sheet: CostSheet, then: CostLine | None, before: CostSheet | None
) -> SheetLine:
    return SheetLine(
        line.material_id,
        line.material.name if line.material else line.words,
        line.material.measure if line.material else "",
        line.quantity,
        Rate(line.rate_value, line.rate_quantity),
        line.amount,
        nearest(line.amount, sheet.pieces),
        nearest(then.amount, before.pieces) if then and before else None,
    )


def _sheet(sheet: CostSheet, lines: Iterable[SheetLine], *, cost_before: int | None) -> Sheet:
    return Sheet(
        id=sheet.pk,
        valid_from=sheet.valid_from,
        pieces=sheet.pieces,
        minutes=sheet.minutes,
        labour=sheet.labour,
        labour_reason=sheet.labour_reason,
        total=sheet.total,
        cost=sheet.cost,
        price=sheet.price,
        reason=sheet.reason,
        written_at=sheet.written_at,
        written_by=sheet.written_by,
        lines=tuple(lines),
        cost_before=cost_before,
    )
