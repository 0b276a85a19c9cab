"""Agreements on supply with what is due of them, and the figures of vendors by month."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from bekal.institutions.models import Purchases, PurchasesPaper, Supply, SupplyDelivery
from bekal.institutions.rules import LATEST, due_days, percent
from bekal.shop import queries as shop
from bekal.shop.queries import Institution, InstitutionFilters
from bekal.shop.rules import InstitutionKind

_SHOWN = 24


@dataclass(frozen=True)
class Due:
    """A delivery whose day has come and of which nobody has told."""

    supply: Supply
    due_on: dt.date


@dataclass(frozen=True)
class VendorMonth:
    """A vendor's month at a unit: what our books say now, and what was declared last, if it was.

    `newest.bought` is the numerator as it stood when it was declared, `newest.total` the
    denominator.
    """

    institution_id: UUID
    unit_id: int
    bought: int
    newest: Purchases | None

    @property
    def share(self) -> str:
        """The declared share in percent, or nothing while there is no denominator."""
        return percent(self.newest.bought, self.newest.total) if self.newest else ""

    @property
    def has_moved(self) -> bool:
        """Whether the books say something else than when it was declared."""
        return self.newest is not None and self.newest.bought != max(0, self.bought)


def days_of_supply(supply: Supply, *, since: dt.date, until: dt.date) -> list[dt.date]:
    """The days on which something is due of an agreement, from one day to another."""
    end = getattr(supply, "end", None)
    last = min(supply.last_on, end.last_on) if end else supply.last_on
    return due_days(
        mask=supply.weekdays, first_on=supply.first_on, last_on=last, since=since, until=until
    )


def supplies_of(*, unit_id: int) -> list[Supply]:
    """The agreements of a unit, those that last longest first; one statement."""
    rows = Supply.objects.filter(unit_id=unit_id).select_related("end")
    return list(rows.order_by("-last_on", "agreed_at", "id"))


def supply_of(*, unit_id: int, supply_id: UUID) -> Supply | None:
    """An agreement of a unit."""
    return Supply.objects.filter(pk=supply_id, unit_id=unit_id).select_related("end").first()


def deliveries_of(*, supply: Supply) -> list[SupplyDelivery]:
    """What became of the deliveries of an agreement, the latest first."""
    return list(SupplyDelivery.objects.filter(supply=supply).order_by("-due_on"))


def due_of(supplies: Iterable[Supply], *, today: dt.date) -> list[Due]:
    """What is due today and in the fourteen days before, and not told of; one statement."""
    known = list(supplies)
    since = today - LATEST
    told = set(
        SupplyDelivery.objects.filter(supply__in=known, due_on__gte=since).values_list(
            "supply_id", "due_on"
        )
    )
    found = [
        Due(supply, day)
        for supply in known
        for day in days_of_supply(supply, since=since, until=today)
        if (supply.pk, day) not in told
    ]
    return sorted(found, key=lambda due: (due.due_on, due.supply.product_name))


def vendors() -> list[Institution]:
    """The vendors of food that were checked, by name."""
    filters = InstitutionFilters(kind=InstitutionKind.VENDOR, state=shop.CHECKED)
    return list(shop.institutions(filters=filters).order_by("name", "id"))


def vendor_months(*, unit_ids: Collection[int], month: dt.date) -> list[VendorMonth]:
    """Every vendor that bought, declared or has an agreement in a month, at each unit.

    Four statements.
    """
    bought = shop.bought_in(unit_ids=unit_ids, month=month)
    rows = Purchases.objects.filter(unit_id__in=unit_ids, month=month).order_by(
        "institution_id", "unit_id", "-number"
    )
    newest = {
        (one.institution_id, one.unit_id): one for one in rows.distinct("institution_id", "unit_id")
    }
    agreed = Supply.objects.filter(
        unit_id__in=unit_ids, first_on__lt=month + dt.timedelta(days=31), last_on__gte=month
    ).values_list("institution_id", "unit_id")
    vendor_ids = {one.pk for one in vendors()}
    pairs = {*newest, *agreed, *(pair for pair in bought if pair[0] in vendor_ids)}
    return [
        VendorMonth(vendor, unit, bought.get((vendor, unit), 0), newest.get((vendor, unit)))
        for vendor, unit in sorted(pairs, key=str)
    ]


def declarations_of(*, unit_id: int, month: dt.date) -> list[Purchases]:
    """All that was declared of a month at a unit, the newest first."""
    rows = Purchases.objects.filter(unit_id=unit_id, month=month)
    return list(rows.order_by("-declared_at", "-number"))


def supplied_units(*, institution_id: UUID) -> set[int]:
    """The units with which a vendor has or had an agreement, or of which it told; one statement."""
    agreed = Supply.objects.filter(institution_id=institution_id).values_list("unit_id")
    declared = Purchases.objects.filter(institution_id=institution_id).values_list("unit_id")
    return {unit_id for (unit_id,) in agreed.union(declared)}


def declared_by_vendor(*, institution_id: UUID) -> list[Purchases]:
    """The last that was declared of a vendor at any unit, the newest first; one statement."""
    rows = Purchases.objects.filter(institution_id=institution_id)
    return list(rows.order_by("-declared_at", "-number")[:_SHOWN])


def purchases_paper(*, unit_id: int, purchases_id: UUID) -> PurchasesPaper | None:
    """The document of a declaration of a unit."""
    return PurchasesPaper.objects.filter(pk=purchases_id, purchases__unit_id=unit_id).first()
