"""What the templates of the shop call goods, statuses and steps, in the language of the page."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from bekal.catalogue.queries import Goods, PickupPoint, Reach
from bekal.foundation import formats
from bekal.foundation.clock import Zone, local_day
from bekal.payments.rules import METHOD_LABELS, Method
from bekal.shop.forms import PiecesTyped
from bekal.shop.queries import BoughtPart, OrderShown, PartCare, ProblemShown, days_of
from bekal.shop.rules import (
    FAULT_LABELS,
    PART_LABELS,
    BasketLine,
    Fault,
    OrderStatus,
    PartStatus,
    ProblemState,
)
from bekal.ui.filters import tanggal

register = template.Library()
_MOODS = {
    OrderStatus.WAITING: "warn",
    OrderStatus.PLACED: "info",
    OrderStatus.PAID: "ok",
    OrderStatus.DONE: "ok",
    OrderStatus.REFUND_DUE: "warn",
}
_WAY = (PartStatus.ACCEPTED, PartStatus.PREPARING, PartStatus.READY)


@dataclass(frozen=True)
class Step:
    """A step on the way of a part: behind, now or ahead ("done", "now", "next", "ended")."""

    label: StrOrPromise
    mood: str
    at: dt.datetime | None
    note: str = ""

    @property
    def is_now(self) -> bool:
        """Whether the part stands here."""
        return self.mood == "now"


@register.filter
def called(goods: Goods) -> str:
    """The name of a product: English on the English pages, where it has one."""
    return (goods.name_en if get_language() == "en" else "") or goods.name


@register.filter
def of_line(fields: Mapping[str, PiecesTyped], line: BasketLine) -> PiecesTyped:
    """What stands in the field of a line: what was typed, or the pieces that lie there."""
    return fields.get(line.code) or PiecesTyped(str(line.pieces))


register.filter("days", days_of)
register.filter("breakable", formats.breakable)


@register.filter
def hari(instant: dt.datetime, zone: Zone) -> str:
    """The day of an instant at a place: "27 April 2026"."""
    return tanggal(local_day(instant, zone))


@register.filter
def nomor(phone: str) -> str:
    """A stored number as people write it."""
    return formats.phone(phone)


@register.filter
def address_line(answers: Mapping[str, str]) -> str:
    """What was answered of an address, on one line."""
    place = f"{answers['place']} {answers['postal_code']}".strip()
    return ", ".join(part for part in (answers["address"], place, answers["landmark"]) if part)


@register.filter
def fee_is_open(order: OrderShown) -> bool:
    """Whether the unit has still to say, or never said, what it costs to send the goods."""
    is_asked = order.status is OrderStatus.DRAFT or order.was_draft
    return is_asked and not all(part.is_fetched for part in order.parts)


@register.filter
def order_mood(status: OrderStatus) -> str:
    """The colour of its tag."""
    return _MOODS.get(status, "neutral")


@register.filter
def method_word(method: Method) -> StrOrPromise:
    """How an order is paid."""
    return METHOD_LABELS[method]


@register.filter
def timeline(part: BoughtPart, method: Method | None) -> list[Step]:
    """The way of a part: what is behind it with its time, where it stands, what comes.

    What waited for its money says when it came. What is paid on fetching waits for none first.
    """
    times: dict[object, dt.datetime] = {step.status: step.at for step in part.steps}
    is_paid_first = PartStatus.WAITING in times and method is not Method.AT_PICKUP
    paid_at = times.get(PartStatus.ACCEPTED) if is_paid_first else None
    if part.status is PartStatus.CANCELLED:
        return _ended(part, paid_at)
    paid = [_paid_first(part, paid_at)] if is_paid_first else []
    way = [*_WAY, *([] if part.is_fetched else [PartStatus.SENT]), PartStatus.DELIVERED]
    here = way.index(part.status) if part.status in way else -1
    return [
        *paid,
        *(
            _step(part, status, at=times.get(status), ahead=n - here)
            for n, status in enumerate(way)
        ),
    ]


def _ended(part: BoughtPart, paid_at: dt.datetime | None) -> list[Step]:
    """All that a part came to before it ended; that it waited for money only where none came."""
    steps = [_passed(step.status, step.at, "ended") for step in part.steps]
    return [Step(_("Dibayar"), "ended", paid_at), *steps[1:]] if paid_at else steps


def _paid_first(part: BoughtPart, paid_at: dt.datetime | None) -> Step:
    """That the money is awaited, since the order was placed; or when it came."""
    if part.status is PartStatus.WAITING:
        return Step(PART_LABELS[PartStatus.WAITING], "now", part.steps[0].at)
    return Step(_("Dibayar"), "done", paid_at)


def _step(part: BoughtPart, status: PartStatus, *, at: dt.datetime | None, ahead: int) -> Step:
    mood = "now" if ahead == 0 else "next" if ahead > 0 else "done"
    note = ""
    if status is PartStatus.READY and part.promised_on and ahead > 0:
        note = _("paling lambat %(day)s") % {"day": tanggal(part.promised_on)}
    return Step(_label(status, part), mood, at if ahead <= 0 else None, note)


def _passed(status: object, at: dt.datetime, mood: str) -> Step:
    return Step(PART_LABELS[PartStatus(str(status))], mood, at)


def _label(status: PartStatus, part: BoughtPart) -> StrOrPromise:
    if status is PartStatus.READY:
        return _("Siap diambil") if part.is_fetched else _("Siap dikirim")
    if status is PartStatus.DELIVERED and part.is_fetched:
        return _("Diambil")
    return PART_LABELS[status]


_PROBLEM_MOODS = {
    ProblemState.OPEN: "info",
    ProblemState.AWAITING_GOODS: "warn",
    ProblemState.TO_REFUND: "info",
    ProblemState.OWED: "info",
    ProblemState.PAID: "ok",
    ProblemState.CREDITED: "ok",
}
_NEXT = {
    ProblemState.AWAITING_GOODS: gettext_lazy(
        "Kirim barangnya kembali ke bengkel, lalu tunggu kabarnya."
    ),
    ProblemState.TO_REFUND: gettext_lazy("Bendahara mengurus uang Anda."),
    ProblemState.OWED: gettext_lazy("Uang Anda menunggu dibayarkan bendahara."),
    ProblemState.PAID: gettext_lazy("Uang Anda sudah dibayarkan."),
    ProblemState.CREDITED: gettext_lazy("Faktur Anda sudah dikurangi."),
}


@register.filter
def point_of(reach: Mapping[int, Reach], part: BoughtPart) -> PickupPoint | None:
    """Where the unit of a part hands over and takes back; None where it has not said."""
    return reach.get(part.unit_id, Reach()).point


@register.filter
def of_part(care: Mapping[UUID, PartCare], part: BoughtPart) -> PartCare:
    """What may be done with a part."""
    return care[part.id]


@register.filter
def fault_word(fault: Fault) -> StrOrPromise:
    """What is wrong, in words."""
    return FAULT_LABELS[fault]


@register.filter
def problem_mood(state: ProblemState) -> str:
    """The colour of how a problem stands."""
    return _PROBLEM_MOODS.get(state, "neutral")


@register.filter
def problem_notice(state: ProblemState) -> str:
    """The colour of the box that tells of it."""
    mood = problem_mood(state)
    return "info" if mood == "neutral" else mood


@register.filter
def problem_next(problem: ProblemShown) -> StrOrPromise:
    """What the buyer of an accepted problem waits for, or does."""
    if problem.is_off_invoice and problem.state is ProblemState.TO_REFUND:
        return _("Bendahara mengurangi faktur Anda.")
    return _NEXT.get(problem.state, "")
