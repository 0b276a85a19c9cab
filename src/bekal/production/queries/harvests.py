"""What a unit harvested, where it went, and whether all of it ties."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, QuerySet

from bekal.foundation.clock import Period
from bekal.production.models import Harvest
from bekal.production.rules.land import Fate, LandKind, Weighed, weight_text

HARVESTS_SHOWN = 30
_HARVESTED = """
select g.crop, p.kind, h.fate, h.weighed, sum(h.quantity), count(*)
from production_harvest h
join production_planting g on g.id = h.planting_id
join production_plot p on p.id = g.plot_id
left join production_harvestundone u on u.harvest_id = h.id
where p.unit_id = %s and h.harvested_on between %s and %s and u.harvest_id is null
group by 1, 2, 3, 4 order by lower(g.crop), 2, 3, 4
"""
_PROBLEMS = """
select 'panen ' || h.id || ': hasil produksinya di unit atau pada hari lain'
from production_harvest h
join production_planting g on g.id = h.planting_id
join production_plot p on p.id = g.plot_id
join production_batch b on b.id = h.batch_id
where b.unit_id <> p.unit_id or b.made_on <> h.harvested_on
union all
select 'panen ' || h.id || ': pada hari ketika tidak ada yang tumbuh'
from production_harvest h
join production_planting g on g.id = h.planting_id
left join production_plantingend e on e.planting_id = g.id
left join production_harvestundone u on u.harvest_id = h.id
where u.harvest_id is null
  and (h.harvested_on < g.planted_on or h.harvested_on > e.last_day)
union all
select 'panen ' || h.id || ': tidak jelas ke mana perginya'
from production_harvest h
where (h.fate = 'sold') <> (h.batch_id is not null) or (h.fate = 'donated') <> (h.recipient <> '')
union all
select 'panen ' || h.id || ': dibatalkan, hasil produksinya masih ada'
from production_harvestundone u
join production_harvest h on h.id = u.harvest_id
join production_batch b on b.id = h.batch_id
where b.good + b.rejected + coalesce((
  select sum(c.good_change + c.rejected_change) from production_batchcorrection c
  where c.batch_id = b.id), 0) > 0
union all
select 'lahan ' || e.plot_id || ': tidak dipakai lagi, tetapi masih ditanami'
from production_plotend e
left join production_plotreopened again on again.end_id = e.id
join production_planting g on g.plot_id = e.plot_id
left join production_plantingend done on done.planting_id = g.id
where (done.planting_id is null or done.last_day > e.last_day)
  and (again.end_id is null or g.planted_on < again.first_day)
order by 1
"""


@dataclass(frozen=True)
class HarvestFilters:
    """What a person narrows the list by."""

    fate: Fate | None = None
    page: int = 1


@dataclass(frozen=True)
class HarvestRow:
    """A harvest as its list shows it; `undone` says why it was taken back, if it was."""

    id: UUID
    planting_id: int
    crop: str
    plot: str
    plot_id: int
    harvested_on: dt.date
    quantity: int
    weighed: Weighed
    fate: Fate
    recipient: str
    note: str
    batch_id: UUID | None
    undone: str

    @property
    def shown(self) -> str:
        """How much, for people."""
        return weight_text(self.quantity, self.weighed)


@dataclass(frozen=True)
class Harvested:
    """What a unit harvested of a crop in a period, by where it went.

    `quantity` is grams or pieces, as `weighed` says: both numerator and denominator of a share
    (such as the 5 % of food vendors) can be told from it.
    """

    crop: str
    kind: LandKind
    fate: Fate
    weighed: Weighed
    quantity: int
    harvests: int


def harvests_of(*, unit_id: int, filters: HarvestFilters) -> Page[HarvestRow]:
    """One page of a unit's harvests, the newest first. Two statements."""
    found: QuerySet[Any, Any] = _harvests(unit_id, filters)
    shown: Page[Any] = Paginator(found, HARVESTS_SHOWN).get_page(filters.page)
    shown.object_list = list(_harvest_rows(shown.object_list))
    return shown


def every_harvest_of(*, unit_id: int, filters: HarvestFilters) -> list[HarvestRow]:
    """All of them, for a file. One statement."""
    return list(_harvest_rows(_harvests(unit_id, filters)))


def harvested(*, unit_id: int, period: Period) -> list[Harvested]:
    """What a unit harvested in a period, by crop and by where it went; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_HARVESTED, [unit_id, period.first, period.last])
        return [
            Harvested(row[0], LandKind(row[1]), Fate(row[2]), Weighed(row[3]), int(row[4]), row[5])
            for row in cursor.fetchall()
        ]


def harvest_of(*, unit_id: int, harvest_id: UUID) -> HarvestRow | None:
    """One harvest of a unit, or None; one statement."""
    found = _harvests(unit_id, HarvestFilters()).filter(pk=harvest_id)
    return next(iter(_harvest_rows(found)), None)


def land_problems() -> list[str]:
    """Harvests and plots that do not tie to plantings and batches; empty is good."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]


def _harvests(unit_id: int, filters: HarvestFilters) -> QuerySet[Harvest]:
    found = Harvest.objects.filter(planting__plot__unit_id=unit_id)
    if filters.fate is not None:
        found = found.filter(fate=filters.fate)
    found = found.select_related("planting__plot", "undone")
    return found.order_by(F("harvested_on").desc(), F("id").desc())


def _harvest_rows(harvests: Iterable[Harvest]) -> Iterable[HarvestRow]:
    for one in harvests:
        yield HarvestRow(
            one.pk,
            one.planting_id,
            one.planting.crop,
            one.planting.plot.name,
            one.planting.plot_id,
            one.harvested_on,
            one.quantity,
            Weighed(one.weighed),
            Fate(one.fate),
            one.recipient,
            one.note,
            one.batch_id,
            one.undone.reason if hasattr(one, "undone") else "",
        )
