"""What does not reach its buyer: a part that its unit cannot fulfil, a parcel that came back."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID, uuid5

from django.db import transaction

from bekal.catalogue.rules import Making
from bekal.foundation.actors import Actor
from bekal.production import actions as production
from bekal.shop.actions.moving import found_part, step_to
from bekal.shop.actions.problem_room import left_of, shipping_left_of
from bekal.shop.actions.problems import accept_at_once
from bekal.shop.actions.standing import LockedOrder, LockedPart, finish, locked, move
from bekal.shop.models import OrderPart, Problem, ProblemLine
from bekal.shop.rules import (
    OPEN_PARTS,
    REASON_LENGTH,
    Fault,
    MoveRefused,
    NewAnswer,
    PartStatus,
    ProblemRefused,
    Settled,
    Verdict,
    WhereGoods,
)


@transaction.atomic
def fail_part(
    *,
    part_id: UUID,
    unit_id: int,
    reason: str,
    are_goods_here: bool,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Say that the unit cannot fulfil a part that is paid for: all of its money is to go back.

    It stands as a problem of the unit's own fault, accepted in the same step; another person gives
    the money back, shipping too (`refund_problem`). Goods that lie there still go back to the
    shelf, others are written off; hours are let go. A repeat changes nothing. Raises ProblemRefused
    (with the field) without a reason, MoveRefused for what has left or is not paid for, LookupError
    for a part that the unit has not.
    """
    order, part = found_part(part_id, unit_id)
    if Problem.objects.filter(pk=_key(part_id)).exists():
        return
    told = " ".join(reason.split())
    if not 1 <= len(told) <= REASON_LENGTH:
        said = f"Tulis alasannya, paling panjang {REASON_LENGTH} huruf. Pembeli membacanya."
        raise ProblemRefused(said, field="reason")
    if not part.is_sold or part.status not in OPEN_PARTS:
        raise MoveRefused("Hanya paket yang sudah dibayar dan belum dikirim yang bisa dihentikan.")
    _accept(part_id, reason=told, are_goods_here=are_goods_here, by=by, now=now)
    if part.works:
        production.release_work(groups=[part.id], by=by, now=now)
    _cancel(order, part, by=by, now=now)


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

    Joins the transaction of the last refund.
    """
    row = OrderPart.objects.get(pk=part_id)
    if row.status != PartStatus.SENT.value or any(left_of(row).values()):
        return
    order = locked(row.order_id)
    if order is not None:
        _cancel(order, next(p for p in order.parts if p.id == part_id), by=by, now=now)
