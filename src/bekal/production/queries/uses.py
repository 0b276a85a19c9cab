"""What of materials a batch used, beside what the price sheet of its product expects."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from bekal.production.queries.batch_lists import BatchRow
from bekal.production.queries.costing import recipe_of
from bekal.production.queries.materials import MaterialRow, materials_of
from bekal.production.rules import ModelOfWork
from bekal.production.rules.materials import nearest, quantity_text

_USED = """
select m.id, m.name, m.measure, u.quantity, u.worth
from (select u.material_id, sum(u.quantity) as quantity, -sum(move.value) as worth
      from production_materialuse u
      join production_materialmove move
        on move.source = u.source and move.material_id = u.material_id
      where u.batch_id = %s group by u.material_id) u
join production_material m on m.id = u.material_id
order by lower(m.name), m.id
"""
_PROBLEMS = """
select 'bahan hasil produksi ' || u.batch_id || ': ' || u.quantity || ', menurut gerak '
  || coalesce(-m.quantity, 0)
from production_materialuse u
left join production_materialmove m on m.source = u.source and m.material_id = u.material_id
where m.id is null or m.quantity <> -u.quantity
union all
select 'gerak bahan ' || m.id || ': tanpa hasil produksi'
from production_materialmove m
where m.source like 'batch%%' and not exists (
  select from production_materialuse u
  where u.source = m.source and u.material_id = m.material_id)
order by 1
"""


@dataclass(frozen=True)
class UsedRow:
    """What a batch used of a material: thousandths, and rupiah at the averages of their moments."""

    material_id: int
    name: str
    measure: str
    quantity: int
    worth: int

    @property
    def shown(self) -> str:
        """How much, for people: "2,5 kg"."""
        return f"{quantity_text(self.quantity)} {self.measure}"

    def worth_of(self, part: int) -> int:
        """What a part of it went out at, to the nearest rupiah; never less than nothing."""
        return nearest(max(self.worth, 0) * part, self.quantity)


def used_in(*, batch_id: UUID) -> list[UsedRow]:
    """What a batch used, by name; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_USED, [batch_id])
        return [
            UsedRow(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in cursor.fetchall()
        ]


@dataclass(frozen=True)
class UseLine:
    """A material of the unit beside a batch, in thousandths.

    `recorded` was used as it stands written, where anything was said; `expected` is what the newest
    price sheet expects for the pieces of the batch, None where it names no such material.
    """

    material: MaterialRow
    recorded: int
    is_told: bool
    expected: int | None

    @property
    def is_near(self) -> bool:
        """Whether the batch, or its recipe, has anything to do with it."""
        return self.is_told or bool(self.expected)


def use_lines(*, unit_id: int, batch: BatchRow) -> list[UseLine]:
    """The materials of a unit beside a batch of it, those of the batch first; three statements.

    What is used no more is left out, unless the batch used it. Of a partner's order nothing is
    expected: the material is the partner's.
    """
    is_theirs = batch.model is ModelOfWork.PARTNER
    recipe = {} if is_theirs else recipe_of(product_ids=[batch.product_id])
    pieces = batch.good + batch.rejected
    expected = {
        material: nearest(quantity * pieces, basis)
        for material, (quantity, basis) in recipe.get(batch.product_id, {}).items()
    }
    recorded = {row.material_id: row.quantity for row in used_in(batch_id=batch.id)}
    lines = [
        UseLine(row, recorded.get(row.id, 0), row.id in recorded, expected.get(row.id))
        for row in materials_of(unit_id=unit_id)
        if not row.ended or row.id in recorded
    ]
    return sorted(lines, key=lambda line: not line.is_near)


def use_problems() -> list[str]:
    """Uses of batches that differ from the moves of materials, and the other way round."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS, [])
        return [row[0] for row in cursor.fetchall()]
