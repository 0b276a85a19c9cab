"""Notices in words: what goes out by e-mail, and what a person of the unit is to send."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils import translation

from bekal.foundation.clock import Zone
from bekal.payments import queries as payments
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.shop.addresses import order_address
from bekal.shop.models import DEAD, SURPLUS, Answer, Notice, OrderPart
from bekal.shop.queries.amended import amended_in
from bekal.shop.rules import (
    HOLDS_WHILE,
    Amended,
    Event,
    Facts,
    Told,
    Way,
    amended_words,
    tell,
    whatsapp_link,
)

MOST_SHOWN = 100


@dataclass(frozen=True)
class NoticeShown:
    """A notice with its words; `link` opens WhatsApp with them. `is_dead`: e-mail did not arrive.

    Phone and e-mail are empty once the buyer was erased; then, and to a landline, there is no link.
    """

    id: int
    order_code: str
    event: Event
    way: Way
    buyer: str
    phone: str
    email: str
    told: Told
    link: str
    made_at: dt.datetime
    tries: int
    is_dead: bool


@dataclass(frozen=True)
class _Around:
    """What notices speak of beside their order, by id; `payable` by the order's text key."""

    units: Mapping[int, PlaceNow]
    parts: Mapping[UUID, OrderPart]
    of_orders: Mapping[UUID, Sequence[OrderPart]]
    answers: Mapping[UUID, Answer]
    payable: Mapping[str, int]
    amended: Mapping[UUID, Sequence[Amended]]


def notices_to_send(*, unit_id: int, on: dt.date) -> list[NoticeShown]:
    """What a person of a unit is to send, the oldest first. At most six statements and the units'.

    These are the prepared WhatsApp messages, and e-mails that did not arrive.
    """
    waiting = _for_a_person(unit_id).order_by("made_at", "id")[:MOST_SHOWN]
    return told_notices(notices=waiting, on=on)


def count_to_send(*, unit_id: int) -> int:
    """How many notices wait for a person of a unit."""
    return _for_a_person(unit_id).count()


def told_notices(*, notices: QuerySet[Notice], on: dt.date) -> list[NoticeShown]:
    """Notices in the words of their order's language."""
    found = list(notices.select_related("order", "order__buyer", "order__closing"))
    around = _around(found, on=on)
    return [_shown(notice, around) for notice in found]


def waiting_for_a_person() -> QuerySet[Notice]:
    """Prepared messages that nobody has sent, and e-mails that did not arrive, of all units."""
    return Notice.objects.filter(Q(outcome=DEAD) | Q(outcome="", way=Way.WHATSAPP.value))


def overtaken() -> Q:
    """Condition of notices that tell what is not so any more: their order or part moved on."""
    moved, holds = Q(), Q()
    for event, statuses in HOLDS_WHILE.items():
        here = [status.value for status in statuses]
        moved |= Q(event=event.value) & ~Q(order__status__in=here)
        holds |= Q(event=event.value, status__in=here)
    parts = OrderPart.objects.filter(order_id=OuterRef("order_id")).annotate(
        event=_outer("event"),
        about=_outer("about"),
        key=Concat(Value("part:"), Cast("pk", CharField())),
    )
    part_moved = Q(Exists(parts.filter(about__startswith=F("key")).exclude(holds)))
    of_part = Q(about__startswith="part:", event__in=[event.value for event in HOLDS_WHILE])
    return (Q(about__startswith="order:") & moved) | (of_part & part_moved)


def _outer(column: str) -> Combinable:
    return ExpressionWrapper(OuterRef(column), output_field=CharField())


def _for_a_person(unit_id: int) -> QuerySet[Notice]:
    return waiting_for_a_person().filter(~overtaken(), unit_id=unit_id)


def _around(notices: Sequence[Notice], *, on: dt.date) -> _Around:
    orders = {notice.order_id for notice in notices}
    of_orders: dict[UUID, list[OrderPart]] = {}
    of_them = OrderPart.objects.filter(order_id__in=orders)
    parts = of_them.select_related("given_up").prefetch_related("lines")
    for part in parts.order_by("position"):
        of_orders.setdefault(part.order_id, []).append(part)
    problems = [UUID(key) for key in _keys(notices, "problem")]
    answers = Answer.objects.filter(problem_id__in=problems) if problems else []
    units = {notice.unit_id for notice in notices}
    to_pay = {notice.about for notice in notices if notice.until}
    found = {unit: places.place_by_id(place_id=unit, on=on) for unit in units}
    return _Around(
        units={unit: place for unit, place in found.items() if place is not None},
        parts={part.id: part for each in of_orders.values() for part in each},
        of_orders=of_orders,
        answers={answer.problem_id: answer for answer in answers},
        payable=payments.payable_of(subjects=to_pay) if to_pay else {},
        amended=amended_in(order_ids=_confirmed(notices)),
    )


def _confirmed(notices: Iterable[Notice]) -> set[UUID]:
    """The orders of which it is told that their unit took them on."""
    return {one.order_id for one in notices if one.event == Event.CONFIRMED.value}


def _keys(notices: Iterable[Notice], kind: str) -> list[str]:
    return [key for here, key in map(_about, notices) if here == kind]


def _shown(notice: Notice, around: _Around) -> NoticeShown:
    buyer, event, way = notice.order.buyer, Event(notice.event), Way(notice.way)
    with translation.override(notice.order.language):
        told = tell(event, _facts(notice, around), way=way)
        by_hand = tell(event, _facts(notice, around), way=Way.WHATSAPP)
    return NoticeShown(
        id=notice.pk,
        order_code=notice.order.code,
        event=event,
        way=way,
        buyer=buyer.name,
        phone=buyer.phone,
        email=buyer.email,
        told=told,
        link=whatsapp_link(phone=buyer.phone, text=by_hand.body),
        made_at=notice.made_at,
        tries=notice.tries,
        is_dead=notice.outcome == DEAD,
    )


def _about(notice: Notice) -> tuple[str, str]:
    """What a notice is about, and its id; what follows tells one telling from another."""
    kind, key, *_ = notice.about.split(":")
    return kind, key


def _facts(notice: Notice, around: _Around) -> Facts:
    order = notice.order
    unit = around.units.get(notice.unit_id)
    parts = around.of_orders.get(order.id, [])
    kind, key = _about(notice)
    part = around.parts.get(UUID(key)) if kind == "part" else None
    told_parts = [part] if part else parts
    return Facts(
        code=order.code,
        name=order.buyer.name,
        address=order_address(order.code, language=order.language),
        unit=unit.name if unit else "",
        amount=_amount(notice, around),
        until=notice.until,
        due_on=order.due_on,
        amended=amended_words(around.amended.get(order.id, ())),
        zone=(unit.zone if unit else None) or Zone.WIB,
        promised=max((p.promised_on for p in parts if p.promised_on), default=None),
        service=part.service if part else "",
        tracking=part.tracking_number if part else "",
        reason=_reason(notice, around),
        has_others=len(parts) > 1,
        is_surplus=kind == SURPLUS,
        lines=tuple(f"{line.pieces} {line.name}" for p in told_parts for line in p.lines.all()),
    )


def _amount(notice: Notice, around: _Around) -> int:
    """The sum that a notice names; who is to pay reads it with the unique digits of a transfer."""
    return around.payable.get(notice.about, notice.amount) if notice.until else notice.amount


def _reason(notice: Notice, around: _Around) -> str:
    kind, key = _about(notice)
    if kind == "problem":
        answer = around.answers.get(UUID(key))
        return answer.reason if answer else ""
    if kind == "part":
        given_up = getattr(around.parts.get(UUID(key)), "given_up", None)
        return given_up.reason if given_up else ""
    closing = getattr(notice.order, "closing", None)
    return closing.reason if closing else ""
