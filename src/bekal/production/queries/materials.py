"""The materials of a unit as its people see them: levels, moves, and whether the facts agree."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet, Sum

from bekal.production.models import MaterialMove
from bekal.production.rules.materials import (
    LEVEL_KINDS,
    MaterialStanding,
    Rate,
    Why,
    level_of,
    quantity_text,
)

MOVES_SHOWN = 30
_ROWS = """
select m.id, m.name, m.measure, coalesce(l.quantity, 0), coalesce(l.value, 0),
  coalesce(l.rate_value, 0), coalesce(l.rate_quantity, 0), coalesce(e.reason, '')
from production_material m
left join production_materiallevel l on l.material_id = m.id
left join production_materialend e on e.material_id = m.id
where m.unit_id = %(unit)s and (%(material)s::bigint is null or m.id = %(material)s)
order by e.material_id is not null, lower(m.name), m.id
"""
_PROBLEMS = """
select 'bahan ' || l.material_id || ': ' || l.quantity || ' senilai ' || l.value
  || ', menurut gerak ' || coalesce(m.quantity, 0) || ' senilai ' || coalesce(m.value, 0)
from production_materiallevel l
left join (select material_id, sum(quantity) as quantity, sum(value) as value
           from production_materialmove group by material_id) m using (material_id)
where (l.quantity, l.value) is distinct from (coalesce(m.quantity, 0), coalesce(m.value, 0))
union all
select 'bahan ' || m.material_id || ': ada gerak, tidak ada catatan stok'
from (select distinct material_id from production_materialmove) m
left join production_materiallevel l using (material_id) where l.material_id is null
union all
select 'pembelian ' || p.id || ': total ' || p.total || ', jumlah baris ' || coalesce(l.amount, 0)
from production_purchase p
left join (select purchase_id, sum(amount) as amount from production_purchaseline
           group by purchase_id) l on l.purchase_id = p.id
where p.total <> coalesce(l.amount, 0)
union all
select 'pembelian ' || p.id || ': bahan masuk tidak sama dengan barisnya'
from production_purchase p where exists (
  select from (select material_id, quantity from production_purchaseline
               where purchase_id = p.id) l
  full join (select material_id, quantity from production_materialmove
             where source = 'purchase:' || p.id and quantity > 0) m using (material_id)
  where l.quantity is distinct from m.quantity)
union all
select 'pembelian ' || p.id || ': di buku ' || paid.amount || ' dari dana dan ' || paid.money
  || ' dari uangnya, seharusnya ' || due.amount
from production_purchase p
left join production_purchaseundone u on u.purchase_id = p.id
cross join lateral (
  select case when u.purchase_id is null then p.total else 0 end as amount
) due
cross join lateral (
  select coalesce(sum(line.amount) filter (where a.kind = p.fund), 0) as amount,
         coalesce(-sum(line.amount) filter (where a.kind = p.paid_from), 0) as money
  from ledger_entry e
  join ledger_entryline line on line.entry_id = e.id
  join ledger_account a on a.id = line.account_id
  where e.source = 'purchase:' || p.id and a.unit_id = p.unit_id
) paid
where (paid.amount, paid.money) <> (due.amount, due.amount)
union all
select 'pembelian ' || p.id || ': bertanggal ' || p.bought_on || ', terbukukan pada '
  || coalesce(e.late_from, e.occurred_on)
from production_purchase p join ledger_entry e on e.key = p.id
where coalesce(e.late_from, e.occurred_on) <> p.bought_on
order by 1
"""


@dataclass(frozen=True)
class MaterialRow:
    """A material with what is there (thousandths) and what that is worth (rupiah)."""

    id: int
    name: str
    measure: str
    quantity: int
    value: int
    rate: Rate
    ended: str

    @property
    def shown(self) -> str:
        """What is there, for people: "2,5 kg"."""
        return f"{quantity_text(self.quantity)} {self.measure}"

    @property
    def standing(self) -> MaterialStanding:
        """Its one standing."""
        return level_of(self.quantity, is_ended=bool(self.ended))

    @property
    def standing_kind(self) -> str:
        """The colour of its standing, as ui's tags name it."""
        return LEVEL_KINDS[self.standing]


@dataclass(frozen=True)
class MaterialFilters:
    """What a person narrows the list by; `text` is part of a name."""

    text: str = ""
    standing: MaterialStanding | None = None
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.text or self.standing)


@dataclass(frozen=True)
class MaterialLine:
    """A move as the history shows it, with the level after it; thousandths and rupiah."""

    moved_at: dt.datetime
    why: Why
    quantity: int
    value: int
    level: int
    source: str
    note: str
    moved_by: str

    @property
    def shown(self) -> str:
        """The move with its sign: "+2,5", "-3"."""
        return f"{'+' if self.quantity > 0 else ''}{quantity_text(self.quantity)}"

    @property
    def level_shown(self) -> str:
        """What was there after it."""
        return quantity_text(self.level)


def materials_of(*, unit_id: int, filters: MaterialFilters | None = None) -> list[MaterialRow]:
    """A unit's materials by name, those used no more last; one statement."""
    wanted = filters or MaterialFilters()
    text = wanted.text.casefold()
    return [
        row
        for row in _rows(unit_id)
        if text in row.name.casefold() and wanted.standing in {None, row.standing}
    ]


def material_row(*, unit_id: int, material_id: int) -> MaterialRow | None:
    """One material of a unit, or None; one statement."""
    return next(iter(_rows(unit_id, material=material_id)), None)


def material_moves(*, row: MaterialRow, page: int) -> Page[MaterialLine]:
    """One page of a material's moves, newest first, each with the level after it.

    Two statements, three on later pages.
    """
    found: QuerySet[Any, Any] = MaterialMove.objects.filter(material_id=row.id).order_by("-id")
    shown = Paginator(found, MOVES_SHOWN).get_page(page)
    moves: list[MaterialMove] = list(shown.object_list)
    level = row.quantity
    if moves and shown.has_previous():
        newer = MaterialMove.objects.filter(material_id=row.id, id__gt=moves[0].pk)
        level -= newer.aggregate(n=Sum("quantity", default=0))["n"]
    shown.object_list = list(_lines(moves, level=level))
    return shown


def material_problems() -> list[str]:
    """Where levels differ from moves, or purchases from their lines, material or money."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]


def _rows(unit_id: int, *, material: int | None = None) -> list[MaterialRow]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"unit": unit_id, "material": material})
        return [_row(row) for row in cursor.fetchall()]


def _row(row: tuple[Any, ...]) -> MaterialRow:
    pk, name, measure, quantity, value, rate_value, rate_quantity, ended = row
    return MaterialRow(pk, name, measure, quantity, value, Rate(rate_value, rate_quantity), ended)


def _lines(moves: Iterable[MaterialMove], *, level: int) -> Iterable[MaterialLine]:
    for move in moves:
        yield MaterialLine(
            move.moved_at,
            Why(move.why),
            move.quantity,
            move.value,
            level,
            move.source,
            move.note,
            move.moved_by,
        )
        level -= move.quantity
