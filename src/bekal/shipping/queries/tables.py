"""A unit's table of rates as its officers see it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from bekal.accounts import queries as accounts
from bekal.shipping.models import Area, Rate, Service
from bekal.shipping.queries.shapes import RateFilters, RateRow, Rows, ServiceRow, Sort
from bekal.shipping.rules import Manner, State, Terms

PAGE_SIZE = 30
_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.AREA: (Length("area"), "area"),
    Sort.CHEAPEST: (F("first_kg").asc(nulls_last=True), "next_kg"),
    Sort.DEAREST: (F("first_kg").desc(nulls_last=True), "-next_kg"),
    Sort.NEWEST: ("-valid_from", "-id"),
}


def services_of(*, unit_id: int) -> list[ServiceRow]:
    """The services of a unit, running ones first, by courier and name. One statement."""
    found = Service.objects.filter(courier__unit_id=unit_id)
    counted = found.annotate(areas=Count("rates__area", distinct=True))
    ordered = counted.order_by(F("stopped_on").asc(nulls_first=True), "courier__name", "name")
    return [_service(row) for row in ordered.select_related("courier")]


def service_of(*, unit_id: int, service_id: int) -> ServiceRow | None:
    """A service of a unit; None when the unit has no such service. One statement."""
    return next((row for row in services_of(unit_id=unit_id) if row.id == service_id), None)


def _service(row: Service) -> ServiceRow:
    return ServiceRow(
        id=row.pk,
        courier=row.courier.name,
        name=row.name,
        is_sample=row.courier.is_sample,
        manner=Manner(row.divisor, row.tolerance_g),
        stopped_on=row.stopped_on,
        areas=vars(row)["areas"],
    )


def rates_of(*, unit_id: int, filters: RateFilters, on: dt.date) -> Page[RateRow]:
    """One page of a unit's table; a page beyond the last is the last one. Three statements."""
    found = _filtered(unit_id=unit_id, filters=filters, on=on)
    page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(filters.page)
    page.object_list = _rows(page.object_list, on=on)
    return page


def every_rate_of(*, unit_id: int, filters: RateFilters, on: dt.date) -> list[RateRow]:
    """All rows that the filters leave, without pages, for a file. Two statements."""
    return _rows(_filtered(unit_id=unit_id, filters=filters, on=on), on=on)


def rate_now(*, unit_id: int, service_id: int, area_code: str, on: dt.date) -> RateRow | None:
    """The row of a unit's service and area that holds on a day. Two statements at most."""
    filters = RateFilters(service_id=service_id)
    found = _filtered(unit_id=unit_id, filters=filters, on=on).filter(area=area_code)
    return next(iter(_rows(found, on=on)), None)


def _filtered(*, unit_id: int, filters: RateFilters, on: dt.date) -> QuerySet[Any, Any]:
    same = Rate.objects.filter(service=OuterRef("service"), area=OuterRef("area"))
    begun = same.filter(valid_from__lte=on).order_by("-valid_from", "-id").values("pk")[:1]
    last = same.filter(valid_from=OuterRef("valid_from")).order_by("-id").values("pk")[:1]
    found: QuerySet[Any, Any] = Rate.objects.filter(service__courier__unit_id=unit_id)
    found = found.annotate(holds=Subquery(begun), last=Subquery(last))
    if filters.service_id:
        found = found.filter(service=filters.service_id)
    if filters.text:
        name = Q(area__name__icontains=filters.text)
        found = found.filter(name | Q(area__province__name__icontains=filters.text))
    if filters.rows is not Rows.ALL:
        ahead = filters.rows is Rows.AHEAD
        shown = Q(valid_from__gt=on, last=F("pk")) if ahead else Q(holds=F("pk"))
        running = Q(service__stopped_on__isnull=True) | Q(service__stopped_on__gt=on)
        found = found.filter(shown, running)
    return found.order_by(*_ORDERS[filters.sort], "service", "-valid_from", "-id")


def _rows(rates: Iterable[Any], *, on: dt.date) -> list[RateRow]:
    if isinstance(rates, QuerySet):
        rates = rates.select_related("service__courier", "area__province")
    listed = list(rates)
    names = accounts.names_of(actors={row.set_by for row in listed}) if listed else {}
    return [_row(row, names=names, on=on) for row in listed]


def _row(row: Rate, *, names: dict[str, str], on: dt.date) -> RateRow:
    return RateRow(
        id=row.pk,
        service_id=row.service_id,
        service=f"{row.service.courier.name} {row.service.name}",
        is_sample=row.service.courier.is_sample,
        area_code=row.area_id,
        area=area_label(row.area),
        terms=terms_of(row),
        valid_from=row.valid_from,
        state=_state(row, on=on),
        set_by=names[row.set_by],
    )


def _state(row: Rate, *, on: dt.date) -> State:
    told = vars(row)  # what the filter added to the row
    if told["holds"] == row.pk:
        return State.IN_FORCE
    return State.AHEAD if row.valid_from > on and told["last"] == row.pk else State.PAST


def terms_of(row: Rate) -> Terms | None:
    """The numbers of a row; None when it says "not there"."""
    if row.first_kg is None:
        return None
    return Terms(*(getattr(row, name) for name in Terms.__dataclass_fields__))


def area_label(area: Area) -> str:
    """How an area is read: "Kota Palu, Sulawesi Tengah", "Sulawesi Tengah", "Seluruh Indonesia"."""
    is_regency = area.province is not None and area.code != area.province_id
    return f"{area.name}, {area.province.name}" if is_regency and area.province else area.name
