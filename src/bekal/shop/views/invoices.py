"""Invoices that wait for their money: a unit's list by age, as a page and as a file."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import exports, formats
from bekal.foundation.formats import read_page
from bekal.places.queries import PlaceNow
from bekal.shop import forms, queries
from bekal.shop.addresses import order_address
from bekal.shop.queries import InvoiceRow
from bekal.shop.rules import AGE_KINDS, AGE_LABELS, PART_LABELS, mail_link, whatsapp_link
from bekal.shop.views.common import crumbs, powers

PAGE_SIZE = 50
HEADING = (
    "pesanan",
    "lembaga",
    "nomor_lembaga",
    "jatuh_tempo",
    "hari_lewat",
    "jumlah",
    "sudah_masuk",
    "kurang",
    "sedang_diperiksa",
    "data_contoh",
)


@needs(Permission.SEE_PAYMENTS)
@require_safe
def invoice_list(request: StaffRequest, unit: str) -> HttpResponse:
    """What institutions owe a unit, by age; who handles money may remind them."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    filters = forms.read_invoice_filters(request.GET)
    rows = queries.unpaid_invoices(unit_id=place.id, today=today)
    page: Page[Any] = Paginator(queries.narrowed(rows, filters=filters), PAGE_SIZE).get_page(
        read_page(request.GET.get("halaman", ""))
    )
    may_handle = Permission.HANDLE_PAYMENTS in powers(request, place)
    page.object_list = [_shown(row, place, reminds=may_handle) for row in page.object_list]
    context = {
        "unit": place,
        "zone": zone_of(place),
        "page": page,
        "filters": filters,
        "ages": AGE_LABELS,
        "sums": [(AGE_LABELS[one.age], one) for one in queries.sums_by_age(rows) if one.count],
        "owed": sum(row.owed for row in rows),
        "elsewhere": _elsewhere(request, place),
        "crumbs": crumbs(place, ("Faktur", None)),
    }
    return render(request, "shop/desk/invoices.html", context)


@needs(Permission.SEE_PAYMENTS)
@require_safe
def invoice_table(request: StaffRequest, unit: str) -> HttpResponseBase:
    """The list, as filtered, as a CSV file; it names no person."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    rows = queries.unpaid_invoices(unit_id=place.id, today=today)
    found = queries.narrowed(rows, filters=forms.read_invoice_filters(request.GET))
    lines = exports.csv_lines(HEADING, _cells(found))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="faktur-{place.code}-{today}.csv"'
    return answer


def _shown(row: InvoiceRow, place: PlaceNow, *, reminds: bool) -> dict[str, Any]:
    return {
        "row": row,
        "late": f"lewat {formats.thousands(row.days_late)} hari" if row.days_late else "",
        "kind": AGE_KINDS[row.age],
        "ask_url": reverse("payments:ask", args=[place.code, row.order_id]),
        "reminders": _reminders(row, place) if reminds and not row.in_doubt else [],
    }


def _reminders(row: InvoiceRow, place: PlaceNow) -> list[tuple[str, str]]:
    """Ways to remind the institution, with a message that is ready to be sent, and their links.

    WhatsApp where it reaches the number; a landline is called or written to by e-mail.
    """
    text = _reminder(row, place)
    written = whatsapp_link(phone=row.phone, text=text)
    if written:
        return [("Ingatkan lewat WhatsApp", written)]
    ways = []
    if row.email:
        mail = mail_link(to=row.email, subject=f"Faktur pesanan {row.code}", text=text)
        ways.append(("Ingatkan lewat email", mail))
    if row.phone:
        ways.append((f"Telepon {formats.phone(row.phone)}", f"tel:{row.phone}"))
    return ways


def _reminder(row: InvoiceRow, place: PlaceNow) -> str:
    number = f" (nomor Anda {row.reference})" if row.reference else ""
    return (
        f"Yth. {row.contact_name}, faktur pesanan {row.code}{number} untuk {row.institution} "
        f"sebesar {formats.rupiah(row.owed)} jatuh tempo {formats.date(row.due_on)}. "
        f"Rekening dan rinciannya: {order_address(row.code)}. "
        f"Kalau sudah dibayar, kirim buktinya ke sini. Terima kasih, {place.name}."
    )


def _elsewhere(request: StaffRequest, place: PlaceNow) -> list[tuple[str, Any]]:
    rows = queries.claims_elsewhere(unit_id=place.id, today=today_at(request, place))
    return [(str(PART_LABELS[row.status]), row) for row in rows]


def _cells(rows: list[InvoiceRow]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield (
            row.code,
            row.institution,
            row.reference,
            row.due_on,
            row.days_late,
            row.total,
            row.settled,
            row.owed,
            row.in_doubt,
            "ya" if row.is_sample else "tidak",
        )
