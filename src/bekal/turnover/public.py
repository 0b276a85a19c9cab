"""Turnover as everyone may ask for it: whole months or days, small numbers hidden."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bekal.foundation.clock import Period, month_of
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.turnover import queries
from bekal.turnover.disclosure import hidden_of, is_small, weight
from bekal.turnover.rules import Basis, Coverage, NodeTotal, Total, added

_AS_IT_WAS = Basis.AS_IT_WAS


@dataclass(frozen=True)
class PublicRow:
    """A sum with a name, and whether it is hidden; `coverage` is None where none is known."""

    key: str
    name: str
    total: Total
    coverage: Coverage | None
    is_hidden: bool


def read_period(text: str) -> Period:
    """The month "2026-04" or the day "2026-04-27". Raises ValueError for a day that never was."""
    year, month, *days = (int(part) for part in text.split("-"))
    if not days:
        return month_of(dt.date(year, month, 1))
    day = dt.date(year, month, days[0])
    return Period(day, day)


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def row_of(place: PlaceNow, *, period: Period, on: dt.date) -> PublicRow:
    """The sum of one place; hidden wherever the list of its neighbours hides it. Two statements."""
    if place.parent_id is None:
        whole = queries.total(place_id=place.id, period=period, basis=_AS_IT_WAS, on=on)
        return _row(whole, is_hidden=is_small(weight(whole.total)))
    for row in rows_below(place.parent_id, period=period, on=on):
        if row.key == place.code:
            return row
    return PublicRow(place.code, place.name, Total(), Coverage(0, 0), is_hidden=False)


def rows_below(place_id: int, *, period: Period, on: dt.date) -> list[PublicRow]:
    """The places directly below one, by name. One statement."""
    found = queries.children(place_id=place_id, period=period, basis=_AS_IT_WAS, on=on)
    hidden = hidden_of([weight(node.total) for node in found])
    return [_row(node, is_hidden=index in hidden) for index, node in enumerate(found)]


def provinces(*, period: Period, on: dt.date) -> list[PublicRow]:
    """Every province that has a unit, by name. Two statements."""
    nation = places.centre(on=on)
    if nation is None:
        return []
    found = queries.provinces(place_id=nation.id, period=period, basis=_AS_IT_WAS, on=on)
    hidden = hidden_of([weight(each.total) for each in found])
    return [
        PublicRow(each.code, each.name, each.total, each.coverage, index in hidden)
        for index, each in enumerate(found)
    ]


def days_of(place_id: int, *, period: Period, on: dt.date) -> list[PublicRow]:
    """Every day of a period up to today, also those without a sale. One statement."""
    found = queries.days(place_id=place_id, period=period, basis=_AS_IT_WAS, on=on)
    sums = {day.day: day.total for day in found}
    last = min(period.last, on)
    count = (last - period.first).days + 1
    named = [period.first + dt.timedelta(days=number) for number in range(count)]
    return _series([(day.isoformat(), sums.get(day, Total())) for day in named])


def months_of(place_id: int, *, year: int, on: dt.date) -> list[PublicRow]:
    """Every month of a year up to this one. One statement."""
    found = queries.days(place_id=place_id, period=year_of(year), basis=_AS_IT_WAS, on=on)
    sums: dict[int, list[Total]] = defaultdict(list)
    for day in found:
        sums[day.day.month].append(day.total)
    last = on.month if year == on.year else 12 if year < on.year else 0
    return _series([(f"{year}-{month:02d}", added(sums[month])) for month in range(1, last + 1)])


def is_over(period: Period, *, on: dt.date) -> bool:
    """Whether no day of a period is still to come or under way."""
    return period.last < on


def is_month(period: Period) -> bool:
    """Whether a period is a whole month."""
    length = calendar.monthrange(period.first.year, period.first.month)[1]
    return period.days == length


def _series(named: Sequence[tuple[str, Total]]) -> list[PublicRow]:
    hidden = hidden_of([weight(total) for _, total in named])
    return [
        PublicRow(key, key, total, None, index in hidden)
        for index, (key, total) in enumerate(named)
    ]


def _row(node: NodeTotal, *, is_hidden: bool) -> PublicRow:
    return PublicRow(node.node.code, node.node.name, node.total, node.coverage, is_hidden)
