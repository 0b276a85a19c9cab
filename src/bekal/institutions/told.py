"""Facts of requests as pages and files tell them."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext as _

from bekal.foundation import clock
from bekal.institutions import queries
from bekal.institutions.forms import ChoiceForm
from bekal.institutions.models import Outcome, Request
from bekal.institutions.queries import Compared, Invited
from bekal.institutions.rules import OutcomeKind
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


def ending(request: Request) -> dict[str, Any]:
    """How a request ended, for its page: its orders as they stand now, or the reason."""
    outcomes = queries.outcomes_of(request_id=request.pk)
    if not outcomes:
        return {}
    last, orders = outcomes[0], _orders(outcomes)
    gone = [order for order in orders if order.was_cancelled]
    told: dict[str, Any] = {"cancelled": [_cancelled(order) for order in gone]}
    if last.kind == OutcomeKind.WITHDRAWN:
        return {**told, "withdrawn_because": last.reason, "is_withdrawn": True}
    order = orders[0]
    if order.was_cancelled:
        return {**told, "is_cancelled": True}
    return {**told, "order": order, "po_number": last.po_number, **_ordered(order)}


def _ordered(order: OrderShown) -> dict[str, Any]:
    """How an order stands, by workshop, and what may be done with it."""
    is_unpaid = order.status is OrderStatus.PLACED
    has_begun = any(part.status is not PartStatus.ACCEPTED for part in order.parts)
    return {
        "order_label": ORDER_LABELS[order.status],
        "order_kind": _KINDS.get(order.status, "neutral"),
        "parts": [
            (part, PART_LABELS[part.status], shop.buyers_papers(order, part))
            for part in order.parts
        ],
        "is_to_pay": is_unpaid,
        "may_cancel": is_unpaid and not has_begun,
    }


def _cancelled(order: OrderShown) -> dict[str, Any]:
    """An order that was cancelled: why, what became of its money, and its papers."""
    return {
        "order": order,
        "why": why_cancelled(order),
        "label": ORDER_LABELS[order.status],
        "papers": [
            (part, paper, label)
            for part in order.parts
            for paper, label in shop.buyers_papers(order, part).items()
        ],
    }


def why_cancelled(order: OrderShown) -> str:
    """Who cancelled an order of an institution, and why where that was said."""
    gone = order.given_up
    if gone is not None:
        words = _("%(unit)s tidak bisa memenuhinya: %(reason)s")
        return words % {"unit": gone.unit_name, "reason": order.reason}
    last = [step for step in order.steps if step.status is OrderStatus.CANCELLED]
    if last and last[-1].is_by_buyer:
        return _("Dibatalkan lembaga sebelum ada bengkel yang mulai bekerja.")
    return _("Bengkel tidak bisa memenuhinya.")


def cancelled_at(invited: Invited, *, unit_id: int) -> list[dict[str, Any]]:
    """Cancelled orders of what was chosen of a workshop: with its part, its pieces and why."""
    shown = shop.orders_shown(order_ids=invited.cancelled, on=shop.day_of(clock.now()))
    return [
        {
            "order": shown[order_id],
            "part": next(part for part in shown[order_id].parts if part.unit_id == unit_id),
            "pieces": pieces,
            "why": why_cancelled(shown[order_id]),
        }
        for order_id, pieces in invited.cancelled.items()
    ]


def orders_of(request: Request) -> list[OrderShown]:
    """The orders that a request became, as they stand now, the newest first; three statements."""
    return _orders(queries.outcomes_of(request_id=request.pk))


def _orders(outcomes: Iterable[Outcome]) -> list[OrderShown]:
    ids = [outcome.order_id for outcome in outcomes if outcome.order_id]
    shown = shop.orders_shown(order_ids=ids, on=shop.day_of(clock.now()))
    return [shown[order_id] for order_id in ids]


def order_of(request: Request, *, code: str = "") -> OrderShown | None:
    """The newest order that a request became, or that of them with a code."""
    found = orders_of(request)
    return next((order for order in found if code in {"", order.code}), None)


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
