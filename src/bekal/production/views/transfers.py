"""Transfers between units: their list, one of them, sending, receiving and taking back."""

from functools import partial
from uuid import UUID

from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, may, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.people import queries as people
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, printed, queries
from bekal.production.queries import Direction, TransferRow, TransferSort
from bekal.production.views.common import DONE, Crumbs, as_file, status_of, stock_crumbs, submit, to
from bekal.production.views.goods import rows_asked
from bekal.ui import pdf

_SAVED = {
    "kirim": "Transfer tersimpan. Barangnya keluar dari stok dan menunggu diterima.",
    "terima": "Transfer diterima. Bahannya masuk persediaan.",
    "kembali": "Transfer ditarik kembali.",
}
_HEADINGS = {
    "send": "Kirim ke unit lain",
    "receive": "Terima transfer",
    "take_back": "Tarik kembali transfer",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def transfer_list(request: StaffRequest, unit: str) -> HttpResponse:
    """What other units sent to this one, or what it sent them."""
    place = request.scope.unit(unit)
    filters = forms.read_transfer_filters(request.GET)
    on, zone = today_at(request, place), zone_of(place)
    page: Page[TransferRow] = queries.transfers_of(unit_id=place.id, filters=filters, on=on)
    context = {
        "unit": place,
        "page": page,
        "rows": [(row, local_day(row.recorded_at, zone)) for row in page],
        "filters": filters,
        "is_in": filters.direction is Direction.IN,
        "ways": list(Direction),
        "standings": forms.TRANSFER_SLUGS,
        "sorts": list(TransferSort),
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, _SAVED),
        "crumbs": stock_crumbs(place, ("Transfer", None)),
    }
    return render(request, "production/transfers.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    filters, on = forms.read_transfer_filters(request.GET), today_at(request, place)
    rows = queries.every_transfer_of(unit_id=place.id, filters=filters, on=on)
    table = exports.of_transfers(rows, zone=zone_of(place))
    return as_file(request, table, name=f"transfer-{filters.direction}-{place.code}-{on}")


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: StaffRequest, unit: str) -> HttpResponse:
    """Send goods to another unit; `?barang=` names the product."""
    place = request.scope.unit(unit)
    goods = [row for row in rows_asked(request, place) if (row.free or 0) > 0]
    receivers = people.receivers(unit_id=place.id, on=today_at(request, place))
    data = request.POST if request.method == "POST" else None
    form = forms.SendForm(data, goods=goods, receivers=receivers)
    status = 200
    if form.is_valid():
        new = form.transfer(place.id)
        act = partial(actions.send_transfer, new=new)
        status = submit(request, place, form, act=act, door="production.transfer", message=new)
        if status == DONE:
            return to("transfer", place.code, new.key, tersimpan="kirim")
    context = {
        "unit": place,
        "form": form,
        "goods": goods,
        "crumbs": transfer_crumbs(place, (_HEADINGS["send"], None)),
    }
    return render(request, "production/send.html", context, status=status_of(form, status))


@needs(Permission.SEE_CATALOGUE)
@require_safe
def transfer(request: StaffRequest, unit: str, transfer: UUID) -> HttpResponse:
    """One transfer, for the people of both units."""
    place = request.scope.unit(unit)
    row = _the_transfer(request, place, transfer)
    names = accounts.names_of(actors={row.recorded_by, row.ended_by} - {""})
    is_in = row.to_unit_id == place.id
    may_keep = may(request, place, Permission.KEEP_STOCK) and not row.outcome
    context = {
        "unit": place,
        "row": row,
        "is_in": is_in,
        "sent_by": names[row.recorded_by],
        "ended_by": names.get(row.ended_by, ""),
        "sent_on": local_day(row.recorded_at, zone_of(place)),
        "ended_on": local_day(row.ended_at, zone_of(place)) if row.ended_at else None,
        "may_receive": may_keep and is_in,
        "may_take_back": may_keep and not is_in,
        "saved": said(request, _SAVED),
        "crumbs": transfer_crumbs(place, (row.product, None)),
    }
    return render(request, "production/transfer.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def letter(request: StaffRequest, unit: str, transfer: UUID) -> HttpResponse:
    """The paper that goes with the goods, as PDF; its code leads the receiver to this transfer."""
    place = request.scope.unit(unit)
    row = _the_transfer(request, place, transfer)
    day = local_day(row.recorded_at, zone_of(place))
    answer = HttpResponse(
        printed.transfer_letter(row, day=day, at=request.now), content_type=pdf.CONTENT_TYPE
    )
    answer["Content-Disposition"] = 'inline; filename="surat-jalan-transfer.pdf"'
    return answer


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: StaffRequest, unit: str, incoming: UUID) -> HttpResponse:
    """Write down what arrived, and as which material."""
    place = request.scope.unit(unit)
    row = _the_transfer(request, place, incoming)
    if row.to_unit_id != place.id:
        raise Http404
    form = forms.ArrivalForm(
        request.POST if request.method == "POST" else None,
        row=row,
        materials=queries.materials_of(unit_id=place.id),
        last=queries.last_arrival(unit_id=place.id, product_id=row.product_id),
    )
    status = 200
    if form.is_valid():
        new = form.arrival(unit_id=place.id, transfer_id=row.id)
        act, door = partial(actions.receive_transfer, new=new), "production.receive_transfer"
        status = submit(request, place, form, act=act, door=door, message=new)
        if status == DONE:
            return to("transfer", place.code, row.id, tersimpan="terima")
    return _end_page(request, place, row, form=form, which="receive", status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: StaffRequest, unit: str, outgoing: UUID) -> HttpResponse:
    """Take goods back that did not arrive."""
    place = request.scope.unit(unit)
    row = _the_transfer(request, place, outgoing)
    if row.unit_id != place.id:
        raise Http404
    form = forms.TakeBackForm(request.POST if request.method == "POST" else None, row=row)
    status = 200
    if form.is_valid():
        new = form.take_back(unit_id=place.id, transfer_id=row.id)
        act, door = partial(actions.take_back_transfer, new=new), "production.take_back_transfer"
        status = submit(request, place, form, act=act, door=door, message=new)
        if status == DONE:
            return to("transfer", place.code, row.id, tersimpan="kembali")
    return _end_page(request, place, row, form=form, which="take_back", status=status)


def transfer_crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from the transfers of a unit."""
    way = ("Transfer", reverse("production:transfers", args=[place.code]))
    return stock_crumbs(place, way, *further)


def _the_transfer(request: StaffRequest, place: PlaceNow, transfer: UUID) -> TransferRow:
    """The transfer that the unit sent or is sent; Http404 when there is none."""
    on = today_at(request, place)
    row = queries.transfer_row(unit_id=place.id, transfer_id=transfer, on=on)
    if row is None:
        raise Http404
    return row


def _end_page(
    request: StaffRequest,
    place: PlaceNow,
    row: TransferRow,
    *,
    form: forms.ArrivalForm | forms.TakeBackForm,
    which: str,
    status: int,
) -> HttpResponse:
    way = (row.product, reverse("production:transfer", args=[place.code, row.id]))
    context = {
        "unit": place,
        "row": row,
        "form": form,
        "which": which,
        "heading": _HEADINGS[which],
        "crumbs": transfer_crumbs(place, way, (_HEADINGS[which], None)),
    }
    return render(request, "production/end_transfer.html", context, status=status_of(form, status))
