"""What a unit does with its part of an order, step by step."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.payments.rules import Method
from bekal.sales.rules import PaymentKind
from bekal.shop.actions.noticing import tell_number
from bekal.shop.actions.problem_room import unsettled_problems
from bekal.shop.actions.selling import sell, take
from bekal.shop.actions.standing import LockedOrder, LockedPart, finish, locked, move
from bekal.shop.models import OrderPart
from bekal.shop.rules import ASSUMED_RECEIVED, GONE, PartStatus, check_way, read_tracking

_AT_ONCE = 200


@transaction.atomic
def prepare_part(*, part_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Begin to prepare a part; a repeat changes nothing. Raises MoveRefused, LookupError."""
    step_to(part_id, unit_id, PartStatus.PREPARING, by=by, now=now)


@transaction.atomic
def ready_part(*, part_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Say that a part can be sent or fetched; a repeat changes nothing.

    Raises as `prepare_part`.
    """
    step_to(part_id, unit_id, PartStatus.READY, by=by, now=now)


@transaction.atomic
def hand_over_part(
    *, part_id: UUID, unit_id: int, tracking_number: str, by: Actor, now: dt.datetime
) -> None:
    """Say that a courier has a part, and by which number it is followed.

    Raises MoveRefused (with the field) for one that is fetched or not paid for, or whose number is
    none; LookupError for a part that the unit has not.
    """
    number = read_tracking(tracking_number)
    step_to(part_id, unit_id, PartStatus.SENT, by=by, now=now)
    part = OrderPart.objects.select_related("order__buyer").get(pk=part_id)
    was = part.tracking_number
    if number and number != was:
        OrderPart.objects.filter(pk=part_id).update(tracking_number=number)
        tell_number(part, by=by, now=now)
        detail = {"number": number, "was": was}
        _record("note_tracking", part_id, detail, unit_id=unit_id, by=by, now=now)


@transaction.atomic
def deliver_part(*, part_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Say that the buyer has a part; the order is done with the last of them.

    Raises MoveRefused where it is to be paid for first, LookupError for a part that the unit has
    not; a repeat changes nothing.
    """
    order, part = found_part(part_id, unit_id)
    if part.status is not PartStatus.DELIVERED:
        step_to(part_id, unit_id, PartStatus.DELIVERED, by=by, now=now)
        finish(order, ended=part_id, by=by, now=now)


def assume_received(*, by: Actor, now: dt.datetime) -> int:
    """Take parcels as received that were sent two weeks ago and that nobody complains of.

    Returns how many; at most 200 at once. What was reported and is not settled yet waits for that.
    """
    over = OrderPart.objects.filter(
        ~Exists(unsettled_problems(OuterRef("pk"))),
        status=PartStatus.SENT.value,
        status_at__lte=now - ASSUMED_RECEIVED,
    )
    parts = list(over.order_by("status_at", "id").values_list("pk", "unit_id")[:_AT_ONCE])
    return sum(_assume(part_id, unit_id, by=by, now=now) for part_id, unit_id in parts)


@transaction.atomic
def _assume(part_id: UUID, unit_id: int, *, by: Actor, now: dt.datetime) -> bool:
    """Take one as received, unless it came back or was complained of since; whether it was."""
    _, part = found_part(part_id, unit_id)
    OrderPart.objects.select_for_update().get(pk=part_id)
    if part.status is not PartStatus.SENT or unsettled_problems(part_id).exists():
        return False
    deliver_part(part_id=part_id, unit_id=unit_id, by=by, now=now)
    return True


def found_part(part_id: UUID, unit_id: int) -> tuple[LockedOrder, LockedPart]:
    """The order of a unit's part, locked, with the part as it stands now. Raises LookupError."""
    order_id = (
        OrderPart.objects.filter(pk=part_id, unit_id=unit_id)
        .values_list("order_id", flat=True)
        .first()
    )
    order = locked(order_id) if order_id else None
    if order is None:
        raise LookupError(f"unit {unit_id} has no part {part_id}")
    return order, next(part for part in order.parts if part.id == part_id)


def _sold_on_credit(
    order: LockedOrder, part: LockedPart, *, by: Actor, now: dt.datetime
) -> list[UUID]:
    """What leaves the workshop before its invoice is paid is sold, on credit; its id."""
    if part.is_sold or order.method is not Method.INVOICE:
        return []
    take([part], by=by, now=now)
    sell(order, [part], payment=PaymentKind.CREDIT, collected_by=None, by=by, now=now)
    return [part.id]


def step_to(
    part_id: UUID, unit_id: int, status: PartStatus, *, by: Actor, now: dt.datetime
) -> None:
    """Move a unit's part one step; a repeat changes nothing. Raises MoveRefused, LookupError."""
    order, part = found_part(part_id, unit_id)
    if part.status is status:
        return
    may_leave = part.is_sold or order.method is Method.INVOICE
    check_way(delivery=part.delivery, there=status, here=part.status, is_paid=may_leave)
    sold = _sold_on_credit(order, part, by=by, now=now) if status in GONE else []
    move(order, order.status, parts=[part], part_status=status, sold=sold, by=by, now=now)
    _record(str(status), part_id, {"code": order.code}, unit_id=unit_id, by=by, now=now)


def _record(
    act: str,
    key: UUID,
    detail: dict[str, str],
    *,
    unit_id: int,
    by: Actor,
    now: dt.datetime,
) -> None:
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"shop.{act}",
        object_key=f"part:{key}",
        detail=detail,
        by=by,
        now=now,
    )
