"""Facts of requests as pages and files tell them."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from bekal.foundation import clock
from bekal.institutions.forms import ChoiceForm
from bekal.institutions.models import Request
from bekal.institutions.queries import Compared, RequestRow
from bekal.institutions.rules import STATE_KINDS, STATE_LABELS, OutcomeKind
from bekal.shipping import queries as shipping
from bekal.shop import queries as shop
from bekal.shop.queries import BoughtPart, OrderShown
from bekal.shop.rules import ORDER_LABELS, PART_LABELS, OrderStatus, PartStatus

_LAST = 10**15
_KINDS = {OrderStatus.PLACED: "info", OrderStatus.PAID: "ok", OrderStatus.DONE: "ok"}


@dataclass(frozen=True)
class ShownRow:
    """A workshop in the comparison, with the field in which its pieces are typed."""

    row: Compared
    field: django_forms.BoundField | None
    has_lapsed: bool


@dataclass(frozen=True)
class SortLink:
    """An order in which the comparison can be read."""

    code: str
    name: str
    is_here: bool


def _price(row: Compared) -> int:
    return (row.answer.unit_price if row.answer else None) or _LAST


def _ready(row: Compared) -> dt.date:
    return (row.answer.ready_on if row.answer else None) or dt.date.max


def _pieces(row: Compared) -> int:
    return -((row.answer.pieces if row.answer else None) or 0)


def _total(row: Compared) -> int:
    return row.total or _LAST


_SORTS: dict[str, Callable[[Compared], Any]] = {
    "harga": _price,
    "selesai": _ready,
    "jumlah": _pieces,
    "total": _total,
    "nama": lambda row: row.unit.name,
}


def sorted_rows(rows: Iterable[Compared], *, by: str) -> list[Compared]:
    """Offers first, in the order that was asked for, then those who said no or nothing yet."""
    key = _SORTS.get(by, _price)
    return sorted(rows, key=lambda row: (not row.is_offer, key(row), row.unit.name, row.unit.id))


def orders(chosen: str) -> list[SortLink]:
    """The orders of the comparison, by the word in the address."""
    here = chosen if chosen in _SORTS else "harga"
    names = {
        "harga": _("Harga satuan"),
        "total": _("Harga semua"),
        "selesai": _("Selesai paling cepat"),
        "jumlah": _("Jumlah terbanyak"),
        "nama": _("Nama bengkel"),
    }
    return [SortLink(code, name, code == here) for code, name in names.items()]


def shown_rows(rows: Sequence[Compared], form: ChoiceForm, *, on: dt.date) -> list[ShownRow]:
    """The answers with their fields; what has lapsed or was declined has none."""
    return [
        ShownRow(row, form.field_of(row.answer.pk), row.is_offer and not row.lasts(today=on))
        for row in rows
        if row.answer
    ]


def state_words(row: RequestRow, *, cancelled: Collection[UUID]) -> tuple[StrOrPromise, str]:
    """How a request stands, and its colour; what was ordered may have been cancelled since."""
    if row.order_id in cancelled:
        return _cancelled()
    return STATE_LABELS[row.state], STATE_KINDS[row.state]


def _cancelled() -> tuple[StrOrPromise, str]:
    return _("Pesanan dibatalkan"), "neutral"


def ending(request: Request) -> dict[str, Any]:
    """How a request ended, for its page: the order as it stands now, or the reason."""
    outcome = getattr(request, "outcome", None)
    if outcome is None:
        return {}
    if outcome.kind == OutcomeKind.WITHDRAWN:
        return {"withdrawn_because": outcome.reason, "is_withdrawn": True}
    order = order_of(request)
    return {"order": order, "po_number": outcome.po_number, **(_ordered(order) if order else {})}


def _ordered(order: OrderShown) -> dict[str, Any]:
    """How an order stands, by workshop, and what may be done with it."""
    is_unpaid = order.status is OrderStatus.PLACED
    has_begun = any(part.status is not PartStatus.ACCEPTED for part in order.parts)
    ended: dict[str, Any] = {}
    if order.status is OrderStatus.CANCELLED:
        label, kind = _cancelled()
        ended = {"is_cancelled": True, "state_label": label, "state_kind": kind}
    return {
        **ended,
        "order_label": ORDER_LABELS[order.status],
        "order_kind": _KINDS.get(order.status, "neutral"),
        "parts": [
            (part, PART_LABELS[part.status], shop.buyers_papers(order, part))
            for part in order.parts
        ],
        "is_to_pay": is_unpaid,
        "may_cancel": is_unpaid and not has_begun,
    }


def order_of(request: Request) -> OrderShown | None:
    """The order that a request became, as it stands now."""
    outcome = getattr(request, "outcome", None)
    if outcome is None or outcome.order_id is None:
        return None
    code = shop.code_of(order_id=outcome.order_id)
    return shop.order_shown(code=code, on=shop.day_of(clock.now()))


def part_at(order: OrderShown | None, position: str) -> BoughtPart | None:
    """The part of an order at a place, counted from 1."""
    parts = order.parts if order else ()
    return next((part for part in parts if str(part.position) == position), None)


def district_of(request: Request) -> str:
    """The kecamatan where the goods of a request are received."""
    return district_label(request.district_code)


def district_label(code: str) -> str:
    """A kecamatan as people read it; nothing where it is not known."""
    found = shipping.district(code=code)
    return found.label if found else ""


def heading() -> list[str]:
    """The first line of the comparison as a file."""
    return [
        _("Bengkel"),
        _("Provinsi"),
        _("Jawaban"),
        _("Produk"),
        _("Jumlah barang"),
        _("Harga satuan"),
        _("Ongkos kirim"),
        _("Harga semua"),
        _("Selesai"),
        _("Berlaku sampai"),
        _("Catatan"),
        _("Dipilih"),
    ]


def cells_of(row: Compared) -> list[object]:
    """One workshop as a line of the file."""
    answer = row.answer
    if answer is None:
        said = _("Belum menjawab")
    else:
        said = _("Ditawarkan") if row.is_offer else _("Tidak disanggupi")
    cells = [row.unit.name, row.unit.province, said]
    if answer is None:
        return [*cells, *[None] * 9]
    return [
        *cells,
        answer.product_name,
        answer.pieces,
        answer.unit_price,
        answer.fee,
        row.total or None,
        answer.ready_on,
        answer.valid_until,
        answer.note,
        row.chosen or None,
    ]
