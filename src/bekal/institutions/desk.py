"""Rows of a unit's desk as pages and files tell them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Page

from bekal.catalogue import queries as catalogue
from bekal.foundation import formats
from bekal.foundation.clock import Zone, local_day
from bekal.institutions import queries
from bekal.institutions.models import Service
from bekal.institutions.queries import BookingShown, InvitationRow
from bekal.institutions.rules import (
    BOOKING_KINDS,
    BOOKING_LABELS,
    SERVICE_LABELS,
    STAND_KINDS,
    STAND_LABELS,
    BookingStatus,
    ServiceKind,
)
from bekal.shop import queries as shop

SORT_NAMES = {
    "batas": "Yang menunggu jawaban dulu",
    "terbaru": "Terbaru",
    "dibutuhkan": "Dibutuhkan paling cepat",
    "jumlah": "Jumlah terbanyak",
}
HEADING = [
    "Nomor",
    "Barang",
    "Jumlah",
    "Satuan",
    "Dibutuhkan",
    "Batas jawaban",
    "Status",
    "Ditawarkan",
    "Harga satuan",
]
APPOINTMENT_HEADING = ["Kode", "Jam", "Jasa", "Status"]


def page_of(page: Page[Any], *, now: dt.datetime) -> Page[Any]:
    """A page of invitations with rows, the words of their stands and who asks."""
    rows = [queries.invitation_row(one, now=now) for one in page.object_list]
    names = shop.institution_names(ids={row.institution_id for row in rows})
    page.object_list = [_shown(row, names) for row in rows]
    return page


def _shown(row: InvitationRow, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "row": row,
        "institution": names.get(row.institution_id, ""),
        "stand": STAND_LABELS[row.stand],
        "kind": STAND_KINDS.get(row.stand, "neutral"),
    }


def cells_of(row: InvitationRow, zone: Zone) -> list[object]:
    """A request as a line of a file."""
    until = f"{local_day(row.answer_until, zone)} {formats.time(row.answer_until, zone)}"
    return [
        row.number,
        row.title,
        row.pieces,
        row.measure,
        row.needed_on,
        until,
        STAND_LABELS[row.stand],
        row.offered,
        row.unit_price,
    ]


def appointment_cells(row: BookingShown, zone: Zone) -> list[object]:
    """An appointment as a line of a file; it names nobody."""
    return [row.code, formats.time(row.starts_at, zone), row.service, BOOKING_LABELS[row.status]]


def appointments_shown(
    rows: Sequence[BookingShown], *, sees_contact: bool, on: dt.date, now: dt.datetime
) -> list[dict[str, Any]]:
    """Appointments with who comes, for those who handle them, and what may be done."""
    contacts = shop.contacts_by_id(ids=[row.contact_id for row in rows]) if sees_contact else {}
    terms = catalogue.sale_terms(product_ids={row.product_id for row in rows}, on=on)
    return [
        {
            "row": row,
            "contact": contacts.get(row.contact_id),
            "price": terms[row.product_id].price if row.product_id in terms else None,
            "label": BOOKING_LABELS[row.status],
            "kind": BOOKING_KINDS.get(row.status, "neutral"),
            "is_open": row.status is BookingStatus.BOOKED,
            "has_begun": now >= row.starts_at,
        }
        for row in rows
    ]


def services_shown(rows: Sequence[Service]) -> list[dict[str, Any]]:
    """A unit's services with their kinds in words."""
    return [{"service": row, "kind": SERVICE_LABELS[ServiceKind(row.kind)]} for row in rows]
