"""What the actions share: a maker locked, and what was done written down without any name."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.people.models import Maker, StatusMove, Stay
from bekal.people.rules import PeopleRefused, Status


def begun_day(now: dt.datetime) -> dt.date:
    """The latest day that has begun anywhere in Indonesia: no day after it can be meant."""
    return local_day(now, Zone.WIT)


def locked(code: str) -> Maker:
    """The maker, locked until the transaction ends."""
    return Maker.objects.select_for_update().get(pk=code)


def stay_here(maker: Maker, unit_id: int) -> Stay:
    """The open stay of a locked maker in a unit. Raises PeopleRefused when they are not there."""
    found = Stay.objects.filter(maker=maker, unit_id=unit_id, during__endswith__isnull=True).first()
    if found is None:
        raise PeopleRefused("Pembuat ini tidak lagi di unit ini. Muat ulang halamannya.")
    return found


@transaction.atomic
def hold_here(*, maker: str, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Let a maker stay in a unit until the caller's transaction ends, for what is written of them.

    Raises PeopleRefused when they are not there.
    """
    one = Maker.objects.select_for_update().filter(pk=maker).first()
    if one is None:
        raise PeopleRefused("Pembuat ini tidak di unit ini.")
    stay_here(one, unit_id)


def write_move(
    maker: Maker,
    unit_id: int,
    *,
    old: Status | None,
    new: Status,
    on: dt.date,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """A step of the status; the status follows it by the trigger."""
    StatusMove.objects.create(
        maker=maker,
        unit_id=unit_id,
        old=old or "",
        new=new,
        on=on,
        reason=reason,
        moved_at=now,
        moved_by=str(by),
    )


def write_down(
    act: str,
    *,
    code: str,
    unit_id: int,
    detail: Mapping[str, Any] | None = None,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Append to the chain of the unit; `detail` holds nothing of the person."""
    audit.record(
        chain=chain_of_place(unit_id),
        action=act,
        object_key=f"maker:{code}",
        detail=detail or {},
        by=by,
        now=now,
    )
