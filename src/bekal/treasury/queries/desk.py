"""What the places below one recorded, for the auditor's way down."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from bekal.foundation.clock import Period
from bekal.sales import queries as sales
from bekal.sales.queries import ReceiptSums
from bekal.treasury.queries.tree import named, units_under

_NOTHING = ReceiptSums(0, 0, 0)


@dataclass(frozen=True)
class BelowSums:
    """A place below and what it recorded."""

    code: str
    name: str
    sums: ReceiptSums


def sums_below(
    *, place_id: int, period: Period, tree_on: dt.date
) -> tuple[list[BelowSums], ReceiptSums]:
    """What each place directly below one recorded in a period, by name, and the sum of all.

    Three statements.
    """
    node_of = units_under(place_id=place_id, on=tree_on)
    kept: dict[int, ReceiptSums] = defaultdict(lambda: _NOTHING)
    for unit_id, sums in sales.sums_by_unit(unit_ids=node_of, period=period).items():
        kept[node_of[unit_id]] = _added(kept[node_of[unit_id]], sums)
    rows = named(place_ids=frozenset(node_of.values()), on=tree_on)
    total = _NOTHING
    for sums in kept.values():
        total = _added(total, sums)
    return [BelowSums(row.code, row.name, kept[row.id]) for row in rows], total


def _added(one: ReceiptSums, other: ReceiptSums) -> ReceiptSums:
    return ReceiptSums(
        one.receipts + other.receipts, one.gross + other.gross, one.returned + other.returned
    )
