"""What a unit does with its part of an order, step by step."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.payments.rules import Method
from bekal.sales.rules import PaymentKind
from bekal.shop.actions.selling import sell, take
from bekal.shop.actions.standing import LockedOrder, LockedPart, finish, locked, move
from bekal.shop.models import OrderPart
from bekal.shop.rules import PartStatus, check_way, read_tracking

_GONE = frozenset({PartStatus.SENT, PartStatus.DELIVERED})


@transaction.atomic
def prepare_part(*, part_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Begin to prepare a part; a repeat changes nothing. Raises MoveRefused, LookupError."""
    _step(part_id, unit_id, PartStatus.PREPARING, by=by, now=now)


@transaction.atomic
def ready_part(*, part_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Say that a part can be sent or fetched; a repeat changes nothing.

    Raises as `prepare_part`.
    """
    _step(part_id, unit_id, PartStatus.READY, by=by, now=now)


@transaction.atomic
def hand_over_part(
    *, part_id: UUID, unit_id: int, tracking_number: str, by: Actor, now: dt.datetime
) -> None:
    """Say that a courier has a part, and by which number it is followed.

    Raises MoveRefused (with the field) for one that is fetched or not paid for, or whose number is
    none; LookupError for a part that the unit has not.
    """
    number = read_tracking(tracking_number)
    _step(part_id, unit_id, PartStatus.SENT, by=by, now=now)
    if number:
        OrderPart.objects.filter(pk=part_id).update(tracking_number=number)


@transaction.atomic
def deliver_part(*, part_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Say that the buyer has a part; the order is done with the last of them.

    Raises MoveRefused where it is to be paid for first, LookupError for a part that the unit has
    not; a repeat changes nothing.
    """
    order, part = _found(part_id, unit_id)
    if part.status is not PartStatus.DELIVERED:
        _step(part_id, unit_id, PartStatus.DELIVERED, by=by, now=now)
        finish(order, ended=part_id, by=by, now=now)


def _found(part_id: UUID, unit_id: int) -> tuple[LockedOrder, LockedPart]:
    """The order of a unit's part, locked, with the part as it stands now."""
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


def _step(part_id: UUID, unit_id: int, status: PartStatus, *, by: Actor, now: dt.datetime) -> None:
    order, part = _found(part_id, unit_id)
    if part.status is status:
        return
    may_leave = part.is_sold or order.method is Method.INVOICE
    check_way(delivery=part.delivery, there=status, here=part.status, is_paid=may_leave)
    sold = _sold_on_credit(order, part, by=by, now=now) if status in _GONE else []
    move(order, order.status, parts=[part], part_status=status, sold=sold, by=by, now=now)
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"shop.{status}",
        object_key=f"part:{part_id}",
        detail={"code": order.code},
        by=by,
        now=now,
    )
