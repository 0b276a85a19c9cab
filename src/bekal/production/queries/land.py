"""The land of a unit as its people see it: plots, and what grows on them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.production.models import PlotEnd
from bekal.production.rules.land import (
    LAND_LABELS,
    PLOT_KINDS,
    LandKind,
    PlotState,
    Weighed,
    plot_state,
    weight_text,
)
from bekal.production.rules.materials import quantity_text

# A planting is due from its first day of harvest on, until some of it was harvested, or it ended.
_PLOTS = """
select p.id, p.name, p.kind, p.area,
  (select string_agg(g.crop, ', ' order by g.id) from production_planting g
   left join production_plantingend e on e.planting_id = g.id
   where g.plot_id = p.id and e.planting_id is null),
  (select min(g.harvest_from) from production_planting g
   left join production_plantingend e on e.planting_id = g.id
   where g.plot_id = p.id and e.planting_id is null
     and not exists (select from production_harvest h
       left join production_harvestundone u on u.harvest_id = h.id
       where h.planting_id = g.id and u.harvest_id is null)),
  greatest(
    coalesce((select max(e.last_day) from production_planting g
              join production_plantingend e on e.planting_id = g.id where g.plot_id = p.id),
             (p.opened_at at time zone 'Asia/Jakarta')::date),
    (select max(r.first_day) from production_plotreopened r
     join production_plotend e on e.id = r.end_id where e.plot_id = p.id)),
  coalesce((select sum(h.quantity) from production_harvest h
            join production_planting g on g.id = h.planting_id
            left join production_harvestundone u on u.harvest_id = h.id
            where g.plot_id = p.id and u.harvest_id is null and h.weighed = 'gram'
              and h.harvested_on > %(today)s::date - 365), 0),
  ended.last_day, coalesce(ended.reason, '')
from production_plot p
left join (production_plotend ended
  left join production_plotreopened again on again.end_id = ended.id)
  on ended.plot_id = p.id and again.end_id is null
where p.unit_id = %(unit)s and (%(plot)s::bigint is null or p.id = %(plot)s)
order by lower(p.name), p.id
"""
_PLANTINGS = """
select g.id, g.plot_id, p.name, p.area, g.crop, g.planted_on, g.harvest_from, g.harvest_until,
  e.last_day, coalesce(e.reason, ''),
  coalesce((select sum(h.quantity) from production_harvest h
            left join production_harvestundone u on u.harvest_id = h.id
            where h.planting_id = g.id and u.harvest_id is null and h.weighed = 'gram'), 0),
  coalesce((select sum(h.quantity) from production_harvest h
            left join production_harvestundone u on u.harvest_id = h.id
            where h.planting_id = g.id and u.harvest_id is null and h.weighed = 'piece'), 0)
from production_planting g
join production_plot p on p.id = g.plot_id
left join production_plantingend e on e.planting_id = g.id
where p.unit_id = %(unit)s and (%(plot)s::bigint is null or p.id = %(plot)s)
  and (%(planting)s::bigint is null or g.id = %(planting)s)
order by e.last_day desc nulls first, g.planted_on desc, g.id desc
"""


@dataclass(frozen=True)
class PlotRow:
    """A plot with what grows on it; `idle_since` when nothing does.

    `grams` were harvested of it in the last 365 days. `last_day` is None while it is used.
    """

    id: int
    name: str
    kind: LandKind
    area: int
    crops: str
    state: PlotState
    idle_since: dt.date | None
    grams: int
    last_day: dt.date | None
    reason: str

    @property
    def kind_label(self) -> str:
        """What it is, in words."""
        return LAND_LABELS[self.kind]

    @property
    def state_kind(self) -> str:
        """The colour of its state, as ui's tags name it."""
        return PLOT_KINDS[self.state]

    @property
    def yield_text(self) -> str:
        """Kilogrammes a square metre in the last 365 days, rounded down to the gram."""
        return f"{quantity_text(self.grams // self.area)} kg/m2" if self.grams else ""


@dataclass(frozen=True)
class PlotPause:
    """That a plot was not used after a day; `again` is the day since which it is, or None."""

    last_day: dt.date
    reason: str
    again: dt.date | None
    again_reason: str


@dataclass(frozen=True)
class PlantingRow:
    """What was planted on a plot, and what was harvested of it: grams and pieces."""

    id: int
    plot_id: int
    plot: str
    area: int
    crop: str
    planted_on: dt.date
    harvest_from: dt.date
    harvest_until: dt.date
    last_day: dt.date | None
    reason: str
    grams: int
    pieces: int

    @property
    def harvest_text(self) -> str:
        """What was harvested, for people."""
        parts = []
        if self.grams:
            parts.append(weight_text(self.grams, Weighed.GRAM))
        if self.pieces:
            parts.append(weight_text(self.pieces, Weighed.PIECE))
        return " dan ".join(parts)

    @property
    def yield_text(self) -> str:
        """Kilogrammes a square metre of its plot, rounded down to the gram."""
        return f"{quantity_text(self.grams // self.area)} kg/m2" if self.grams else ""


def plots_of(*, unit_id: int, today: dt.date, state: PlotState | None = None) -> list[PlotRow]:
    """A unit's plots by name, those in one state if it is given; one statement.

    Those that are used no more are told only when they are asked for.
    """
    rows = _plots(unit_id, today=today)
    if state is None:
        return [row for row in rows if row.state is not PlotState.ENDED]
    return [row for row in rows if row.state is state]


def plot_of(*, unit_id: int, plot_id: int, today: dt.date) -> PlotRow | None:
    """One plot of a unit, or None; one statement."""
    return next(iter(_plots(unit_id, today=today, plot=plot_id)), None)


def pauses_of_plot(*, plot_id: int) -> list[PlotPause]:
    """When a plot was not used, the newest first; one statement."""
    ends = PlotEnd.objects.filter(plot_id=plot_id).order_by("-last_day", "-id")
    rows = ends.values_list("last_day", "reason", "reopened__first_day", "reopened__reason")
    return [PlotPause(last, reason, again, why or "") for last, reason, again, why in rows]


def plantings_of(*, unit_id: int, plot_id: int) -> list[PlantingRow]:
    """What grows on a plot, and what grew there; one statement."""
    return _plantings(unit_id, plot=plot_id)


def planting_of(*, unit_id: int, planting_id: int) -> PlantingRow | None:
    """One planting of a unit, or None; one statement."""
    return next(iter(_plantings(unit_id, planting=planting_id)), None)


def _plots(unit_id: int, *, today: dt.date, plot: int | None = None) -> list[PlotRow]:
    with connection.cursor() as cursor:
        cursor.execute(_PLOTS, {"unit": unit_id, "today": today, "plot": plot})
        return [_plot(row, today=today) for row in cursor.fetchall()]


def _plot(row: tuple[Any, ...], *, today: dt.date) -> PlotRow:
    pk, name, kind, area, crops, due_since, idle_since, grams, *ended = row
    state = plot_state(
        is_planted=crops is not None,
        due_since=due_since,
        today=today,
        is_ended=ended[0] is not None,
    )
    since = idle_since if state is PlotState.IDLE else None
    return PlotRow(pk, name, LandKind(kind), area, crops or "", state, since, int(grams), *ended)


def _plantings(
    unit_id: int, *, plot: int | None = None, planting: int | None = None
) -> list[PlantingRow]:
    with connection.cursor() as cursor:
        cursor.execute(_PLANTINGS, {"unit": unit_id, "plot": plot, "planting": planting})
        return [_planting(row) for row in cursor.fetchall()]


def _planting(row: tuple[Any, ...]) -> PlantingRow:
    pk, plot_id, plot, area, crop, planted_on, first, until, last_day, reason, *sums = row
    grams, pieces = (int(each) for each in sums)
    return PlantingRow(
        pk, plot_id, plot, area, crop, planted_on, first, until, last_day, reason, grams, pieces
    )
