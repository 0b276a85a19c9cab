"""Totals of a place and of those below it. Cost grows with the period asked, not with history."""

import datetime as dt
from typing import Any

from django.db import connection

from bekal.foundation.clock import Period
from bekal.places.rules import Level
from bekal.sales.rules import BUYER_LABELS, CHANNEL_LABELS, BuyerClass, Channel
from bekal.turnover.queries import statements
from bekal.turnover.queries.shapes import DayTotal, ProvinceTotal, SilentUnit, Slice
from bekal.turnover.rules import (
    KINDS_WITHOUT_WORKSHOP,
    Basis,
    Coverage,
    Dimension,
    Node,
    NodeTotal,
    Total,
)

_ITSELF, _BELOW = 0, 1


def asked(
    *, place_id: int, period: Period, basis: Basis, on: dt.date, step: int = _ITSELF
) -> dict[str, Any]:
    """The parameters of a statement (see `statements`); `on` is today."""
    return {
        "place": place_id,
        "first": period.first,
        "last": period.last,
        "on": on,
        "named": period.last if basis is Basis.AS_IT_WAS else on,
        "step": step,
        "idle": list(KINDS_WITHOUT_WORKSHOP),
    }


def rows_of(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What the database answers to one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _node_totals(basis: Basis, parameters: dict[str, Any]) -> list[NodeTotal]:
    return [
        NodeTotal(
            Node(row[0], row[1], Level(row[2]), row[3], row[4]),
            Total(*row[7:]),
            Coverage(expected=row[5], reported=row[6]),
        )
        for row in rows_of(statements.NODES[basis], parameters)
    ]


def total(*, place_id: int, period: Period, basis: Basis, on: dt.date) -> NodeTotal:
    """What a place and all below it sold in a period, with its coverage; one statement.

    `on` is today: as it is now is the tree of that day. Raises LookupError for an unknown place.
    """
    parameters = asked(place_id=place_id, period=period, basis=basis, on=on)
    found = next(iter(_node_totals(basis, parameters)), None)
    if found is None:
        raise LookupError(f"no place {place_id}")
    return found


def children(*, place_id: int, period: Period, basis: Basis, on: dt.date) -> list[NodeTotal]:
    """The places directly below one, by name, also those without a sale; one statement.

    As it was, these are all that stood there on some day of the period. Their totals sum to the
    place's own; a unit that moved within the period is expected of both its parents.
    """
    parameters = asked(place_id=place_id, period=period, basis=basis, on=on, step=_BELOW)
    return _node_totals(basis, parameters)


def provinces(*, place_id: int, period: Period, basis: Basis, on: dt.date) -> list[ProvinceTotal]:
    """The provinces that the units below a place lie in, by name; one statement.

    A unit stays in its province, so that both bases differ only by which units lie below.
    """
    parameters = asked(place_id=place_id, period=period, basis=basis, on=on)
    return [
        ProvinceTotal(row[0], row[1], Total(*row[4:]), Coverage(expected=row[2], reported=row[3]))
        for row in rows_of(statements.PROVINCES[basis], parameters)
    ]


def coverage(*, place_id: int, period: Period, basis: Basis, on: dt.date) -> Coverage:
    """How many units at or below a place recorded something in a period, of how many expected."""
    return total(place_id=place_id, period=period, basis=basis, on=on).coverage


def slices(
    *, place_id: int, period: Period, basis: Basis, on: dt.date
) -> dict[Dimension, list[Slice]]:
    """A place's turnover by category, channel and buyer class, largest first; one statement."""
    parameters = asked(place_id=place_id, period=period, basis=basis, on=on)
    found: dict[Dimension, list[Slice]] = {dimension: [] for dimension in Dimension}
    for dimension, key, name, *sums in rows_of(statements.SLICES[basis], parameters):
        by = Dimension(dimension)
        found[by].append(Slice(by, key, _label(by, key, name), *sums))
    return found


def _label(dimension: Dimension, key: str, name: str | None) -> str:
    if dimension is Dimension.CHANNEL:
        return CHANNEL_LABELS[Channel(key)]
    if dimension is Dimension.BUYER:
        return BUYER_LABELS[BuyerClass(key)]
    return (name or key).capitalize()


def days(*, place_id: int, period: Period, basis: Basis, on: dt.date) -> list[DayTotal]:
    """The days of a place with a sale, a refund or a day report, newest first; one statement."""
    parameters = asked(place_id=place_id, period=period, basis=basis, on=on)
    rows = rows_of(statements.DAYS[basis], parameters)
    return [DayTotal(row[0], row[1], Total(*row[2:])) for row in rows]


def silent_units(*, place_id: int, period: Period, basis: Basis, on: dt.date) -> list[SilentUnit]:
    """Units of which a record is expected and none came, by their parent's name and their own."""
    parameters = asked(place_id=place_id, period=period, basis=basis, on=on)
    return [
        SilentUnit(
            Node(row[0], row[1], Level(row[2]), row[3], row[4]),
            row[5] or "",
            max((day for day in row[6:8] if day), default=None),
        )
        for row in rows_of(statements.SILENT[basis], parameters)
    ]


def has_moved(*, place_id: int, period: Period, on: dt.date) -> bool:
    """Whether "as it was" and "as it is now" may differ for a place in a period."""
    parameters = asked(place_id=place_id, period=period, basis=Basis.AS_IT_WAS, on=on)
    rows = rows_of(statements.MOVED, parameters)
    return bool(rows[0][0])
