"""What a unit owes the state, by age and sale by sale, and its deposits."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.treasury import pnbp_tables, queries
from bekal.treasury.forms.pnbp import read_filters
from bekal.treasury.models import Deposit
from bekal.treasury.queries import STAGE_LABELS, DepositSort
from bekal.treasury.rules import LATE_AFTER, MEANS_LABELS, DepositMeans
from bekal.treasury.views.common import way
from bekal.treasury.views.pnbp_common import SAVED, crumbs, may_keep, table_of_unit, the_deposit

ROWS_A_PAGE = 30


@needs(Permission.SEE_BOOKS)
@require_safe
def home(request: StaffRequest, unit: str) -> HttpResponse:
    """What is owed and since when, and the deposits, as filtered."""
    place = request.scope.unit(unit)
    filters = read_filters(request.GET)
    standing = queries.standing_of(unit_id=place.id, on=today_at(request, place), now=request.now)
    rows = queries.deposits_of(unit_id=place.id, now=request.now, filters=filters)
    page = Paginator(rows, ROWS_A_PAGE).get_page(formats.read_page(request.GET.get("halaman", "")))
    context = {
        "unit": place,
        "zone": zone_of(place),
        "standing": standing,
        "ages": standing.by_age,
        "late_after": LATE_AFTER,
        "page": page,
        "shown": [(row, _stage(row, request)) for row in page],
        "filters": filters,
        "stages": {stage.value: label for stage, label in STAGE_LABELS.items()},
        "sorts": list(DepositSort),
        "may_keep": may_keep(request, place),
        "saved": said(request, SAVED),
        "crumbs": way(place, ("PNBP", None)),
    }
    return render(request, "treasury/pnbp/home.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The deposits, as filtered, as a CSV file."""
    place = request.scope.unit(unit)
    filters = read_filters(request.GET)
    rows = queries.deposits_of(unit_id=place.id, now=request.now, filters=filters)
    table = pnbp_tables.deposits(rows, zone=zone_of(place), now=request.now)
    return table_of_unit(request, table, name="setoran-pnbp", place=place)


@needs(Permission.SEE_BOOKS)
@require_safe
def owed(request: StaffRequest, unit: str) -> HttpResponse:
    """What is left to be deposited, sale by sale, oldest first, with the way to each reckoning."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    rows = queries.owed_by_sale(unit_id=place.id)
    page = Paginator(rows, ROWS_A_PAGE).get_page(formats.read_page(request.GET.get("halaman", "")))
    context = {
        "unit": place,
        "page": page,
        "shown": [(row, (today - row.day).days) for row in page],
        "left": sum(row.left for row in rows),
        "late_after": LATE_AFTER,
        "crumbs": crumbs(place, ("Terutang per penjualan", None)),
    }
    return render(request, "treasury/pnbp/owed.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def owed_download(request: StaffRequest, unit: str) -> HttpResponse:
    """The same as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    rows = queries.owed_by_sale(unit_id=place.id)
    table = pnbp_tables.owed(rows, today=today_at(request, place))
    return table_of_unit(request, table, name="pnbp-terutang", place=place)


@needs(Permission.SEE_BOOKS)
@require_safe
def deposit(request: StaffRequest, unit: str, deposit: UUID) -> HttpResponse:
    """One deposit: its code, what became of it, its papers."""
    place = request.scope.unit(unit)
    found = the_deposit(place, deposit)
    payment = queries.payment_of(found)
    names = accounts.names_of(actors={found.billed_by, payment.paid_by if payment else ""} - {""})
    context = {
        "unit": place,
        "zone": zone_of(place),
        "deposit": found,
        "stage": _stage(found, request),
        "payment": payment,
        "means": MEANS_LABELS[DepositMeans(payment.means)] if payment else "",
        "call": getattr(found, "call", None),
        "who_billed": names[found.billed_by],
        "who_paid": names[payment.paid_by] if payment else "",
        "proofs": list(queries.proofs_of(deposit_id=found.pk)),
        "may_keep": may_keep(request, place),
        "saved": said(request, SAVED),
        "crumbs": crumbs(place, (found.billing_code, None)),
    }
    return render(request, "treasury/pnbp/deposit.html", context)


def _stage(row: Deposit, request: StaffRequest) -> tuple[str, str, str]:
    """Where a deposit stands: its word in addresses, its label, its colour."""
    stage = queries.stage_of(row, now=request.now)
    return stage.value, STAGE_LABELS[stage], queries.stage_kind(stage)
