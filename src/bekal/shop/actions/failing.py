"""What does not reach its buyer: a part that its unit cannot fulfil, a parcel that came back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue.rules import Making
from bekal.foundation.actors import Actor
from bekal.payments import queries as payments
from bekal.payments.queries import Ask
from bekal.payments.rules import Method, State
from bekal.production import actions as production
from bekal.shop.actions.correcting import pay_rest, take_off
from bekal.shop.actions.ending import drop, end, end_asks
from bekal.shop.actions.moving import found_part, step_to
from bekal.shop.actions.problem_room import left_of, shipping_left_of, unsettled_problems
from bekal.shop.actions.problems import accept_at_once
from bekal.shop.actions.standing import LockedOrder, LockedPart, finish, locked, move
from bekal.shop.models import Closing, GivenUp, OrderPart, Problem, ProblemLine
from bekal.shop.rules import (
    REASON_LENGTH,
    Fault,
    MoveRefused,
    NewAnswer,
    OrderStatus,
    PartStatus,
    ProblemRefused,
    Settled,
    Verdict,
    WhereGoods,
    can_fail,
    falls_out,
)

_NOT_NOW = (
    "Paket ini tidak bisa dihentikan di sini: sudah dikirim atau sudah berakhir. "
    "Hubungi pembelinya."
)
_JUST_PAID = "Pesanan ini baru saja dibayar. Pilih apa yang terjadi dengan barangnya."


@transaction.atomic
def fail_part(
    *,
    part_id: UUID,
    unit_id: int,
    reason: str,
    are_goods_here: bool | None,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Say that the unit cannot fulfil a part; what was paid for it is to go back, all of it.

    Then it stands as a problem of the unit's own fault, accepted in the same step; another person
    gives the money back, shipping too (`refund_problem`). Goods that lie there still go back to the
    shelf, others are written off; hours are let go. What nobody has paid for falls out, where it is
    paid for at a counter of its own, or by an invoice on which another workshop has begun: that one
    asks less then. Else the sum that was asked for holds no more, and the whole order is cancelled.
    A repeat changes nothing. Raises ProblemRefused (with the field) without a reason, or where
    goods of what was just paid for are None; MoveRefused for what has left or ended; LookupError
    for a part that the unit has not.
    """
    asks = _held_asks(part_id)
    order, part = found_part(part_id, unit_id)
    if part.status is PartStatus.CANCELLED:
        return
    told = " ".join(reason.split())
    if not 1 <= len(told) <= REASON_LENGTH:
        said = f"Tulis alasannya, paling panjang {REASON_LENGTH} huruf. Pembeli membacanya."
        raise ProblemRefused(said, field="reason")
    _check_may_fail(order, part, asks)
    if not part.is_sold:
        _give_up(order, part, asks=asks, reason=told, by=by, now=now)
    elif are_goods_here is None:
        raise ProblemRefused(_JUST_PAID, field="reason")
    else:
        _accept(part_id, reason=told, are_goods_here=are_goods_here, by=by, now=now)
        if part.works:
            production.release_work(groups=[part.id], by=by, now=now)
        _cancel(order, part, by=by, now=now)


def _check_may_fail(order: LockedOrder, part: LockedPart, asks: Sequence[Ask]) -> None:
    """Raise MoveRefused for what may not fail, also where its money is there and nobody sold it."""
    is_in_doubt = not part.is_sold and any(ask.state is State.SETTLED for ask in asks)
    if is_in_doubt or not can_fail(part.status, order=order.status):
        raise MoveRefused(_NOT_NOW)


def _give_up(
    order: LockedOrder,
    part: LockedPart,
    *,
    asks: Sequence[Ask],
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """End what nobody has paid for: the part alone, or the order where its sum holds no more."""
    others = [(each.status, each.is_sold) for each in order.parts if each is not part]
    corrected = None
    if not falls_out(method=order.method, others=others):
        end_asks(order.id, by=by, now=now)
        Closing.objects.create(order_id=order.id, reason=reason, closed_at=now, closed_by=str(by))
        end(order, OrderStatus.CANCELLED, by=by, now=now)
    elif order.method is Method.AT_PICKUP:
        end_asks(order.id, part_id=part.id, by=by, now=now)
        drop(order, part, by=by, now=now)
    else:
        corrected = take_off(order, part, ask=asks[0], reason=reason, by=by, now=now)
    GivenUp.objects.create(part_id=part.id, reason=reason, given_up_at=now, given_up_by=str(by))
    if corrected is not None:
        pay_rest(order.id, ask=corrected, by=by, now=now)
    # Whoever collects reads in its chain too who made its invoice smaller.
    units = {part.unit_id, corrected.unit_id} if corrected else {part.unit_id}
    detail = {"code": order.code}
    events = [
        audit.NewEvent(chain_of_place(unit), "shop.give_up", part.subject, detail)
        for unit in sorted(units)
    ]
    audit.record_all(events=events, by=by, now=now)


def _held_asks(part_id: UUID) -> list[Ask]:
    """What is asked for a part that is not sold, or for its whole order, held before the order."""
    part = OrderPart.objects.select_related("order").filter(pk=part_id).first()
    if part is None or part.sale_id is not None:
        return []
    at_counter = part.order.method == Method.AT_PICKUP.value
    subject = f"part:{part_id}" if at_counter else f"order:{part.order_id}"
    return payments.held_asks_of(subject=subject)


def _key(part_id: UUID) -> UUID:
    """The id of the problem: a part fails once."""
    return uuid5(part_id, Fault.GONE.value)


def _accept(
    part_id: UUID, *, reason: str, are_goods_here: bool, by: Actor, now: dt.datetime
) -> None:
    row = OrderPart.objects.get(pk=part_id)
    pieces = {line: left for line, left in left_of(row).items() if left}
    problem = Problem.objects.create(
        id=_key(part_id), part=row, fault=Fault.GONE.value, reported_at=now, reported_by=str(by)
    )
    ProblemLine.objects.bulk_create(
        ProblemLine(problem=problem, line_id=line, pieces=n) for line, n in sorted(pieces.items())
    )
    answer = NewAnswer(
        verdict=Verdict.ACCEPTED,
        reason=reason,
        where=WhereGoods.HERE if are_goods_here else WhereGoods.KEEP,
        pieces=pieces,
        shipping=shipping_left_of(row),
    )
    # What was to be made left the stock with its sale and was never there: that cancels out.
    made = set(row.lines.filter(making=Making.ORDER.value).values_list("id", flat=True))
    goods: Mapping[int, Settled] = {
        line: Settled(n, 0) if are_goods_here or line in made else Settled(0, n)
        for line, n in pieces.items()
    }
    accept_at_once(problem, answer, goods, by=by, now=now)


def _cancel(order: LockedOrder, part: LockedPart, *, by: Actor, now: dt.datetime) -> None:
    gone = PartStatus.CANCELLED
    move(order, order.status, parts=[part], part_status=gone, by=by, now=now)
    finish(order, ended=part.id, ended_as=gone, by=by, now=now)


@transaction.atomic
def take_parcel_back(*, part_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Say that a parcel came back to the unit, which may send it again; a repeat changes nothing.

    Raises MoveRefused for what is not under way, LookupError for a part that the unit has not.
    """
    _, part = found_part(part_id, unit_id)
    if part.status not in {PartStatus.SENT, PartStatus.READY}:
        raise MoveRefused("Paket ini tidak sedang dalam perjalanan.")
    step_to(part_id, unit_id, PartStatus.READY, by=by, now=now)
    OrderPart.objects.filter(pk=part_id).update(tracking_number="")


def end_lost(part_id: UUID, *, by: Actor, now: dt.datetime) -> None:
    """A parcel of which all was given back, and that never came, is under way no more.

    Joins the transaction of a refund, which holds its order.
    """
    row = OrderPart.objects.get(pk=part_id)
    is_on_the_way = row.status == PartStatus.SENT.value
    if not is_on_the_way or any(left_of(row).values()) or unsettled_problems(part_id).exists():
        return
    order = locked(row.order_id)
    if order is not None:
        _cancel(order, next(p for p in order.parts if p.id == part_id), by=by, now=now)
