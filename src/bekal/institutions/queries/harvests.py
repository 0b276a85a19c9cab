"""The second reading of the rule of supply: what vendors take of a unit's harvest."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bekal.institutions.models import HarvestTotal
from bekal.institutions.queries.supply import VendorMonth
from bekal.institutions.rules import percent


@dataclass(frozen=True)
class HarvestMonth:
    """A unit's month: what all vendors bought of it by our books; its harvest, if it is known."""

    unit_id: int
    bought: int
    newest: HarvestTotal | None

    @property
    def share(self) -> str:
        """The share of the harvest in percent, or nothing while there is no denominator."""
        return percent(self.bought, self.newest.total) if self.newest and self.newest.total else ""


def harvest_months(
    *, unit_ids: Collection[int], month: dt.date, vendors: Iterable[VendorMonth]
) -> list[HarvestMonth]:
    """Each unit that sold to a vendor in a month or said what it harvested; one statement.

    `vendors` are those of `vendor_months` for the same units and month.
    """
    bought: dict[int, int] = {}
    for row in vendors:
        bought[row.unit_id] = bought.get(row.unit_id, 0) + max(0, row.bought)
    found = HarvestTotal.objects.filter(unit_id__in=unit_ids, month=month)
    rows = found.order_by("unit_id", "-number").distinct("unit_id")
    newest = {one.unit_id: one for one in rows}
    return [
        HarvestMonth(unit, bought.get(unit, 0), newest.get(unit))
        for unit in sorted({*bought, *newest})
    ]
