"""A maker leaves a unit: let go to another, which receives them, or goes home.

All that they have earned stands under the code and so comes along. Whoever changes one maker locks
that maker first, so that two heads who answer at once wait for each other.
"""

import datetime as dt

from django.db import transaction
from psycopg.types.range import DateRange

from bekal.foundation.actors import Actor
from bekal.people import sealing
from bekal.people.actions.records import begun_day, locked, stay_here, write_down, write_move
from bekal.people.handlers import tell_leaving
from bekal.people.models import Maker, Stay, Transfer
from bekal.people.rules import (
    PeopleRefused,
    Status,
    check_day,
    check_kind_of_unit,
    check_move,
    clean_number,
    clean_reason,
)
from bekal.places import queries as places

_TOO_SOON = "Tanggal ini harus sesudah hari pertama di unit ini."


@transaction.atomic
def let_go(
    *,
    maker: str,
    unit_id: int,
    to_unit_id: int,
    on: dt.date,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> int:
    """Let a maker go to another unit, which has to receive them; returns the transfer's id.

    Raises PeopleRefused with the field.
    """
    one, ground = locked(maker), clean_reason(reason)
    receiver = places.place_by_id(place_id=to_unit_id, on=on)
    if receiver is None or receiver.zone is None or to_unit_id == unit_id:
        raise PeopleRefused("Pilih unit yang menerima.", field="to_unit")
    check_kind_of_unit(receiver.kind, field="to_unit")
    _leave(one, unit_id, new=Status.MOVED, on=on, reason=ground, by=by, now=now)
    made = Transfer.objects.create(
        maker=one,
        from_unit_id=unit_id,
        to_unit_id=to_unit_id,
        left_on=on,
        reason=ground,
        asked_at=now,
        asked_by=str(by),
    )
    detail = {"to": to_unit_id, "on": on}
    write_down("people.let_go", code=maker, unit_id=unit_id, detail=detail, by=by, now=now)
    return made.pk


@transaction.atomic
def receive(
    *,
    transfer_id: int,
    unit_id: int,
    number: str,
    on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> str:
    """Receive a maker who was let go, known by their SDP number; returns the code.

    A repeat changes nothing. Raises LookupError when nobody comes to the unit by this transfer,
    PeopleRefused with the field, KeysMissing.
    """
    transfer, one = _locked_transfer(transfer_id)
    if transfer.to_unit_id != unit_id:
        raise LookupError(f"transfer {transfer_id} does not lead to {unit_id}")
    if transfer.is_accepted:
        return one.code
    if transfer.is_accepted is False:
        raise PeopleRefused("Unit asal sudah membatalkan pemindahan ini.")
    if bytes(one.sdp_digest or b"") not in sealing.digests_of(clean_number(number)):
        raise PeopleRefused(
            "Nomor ini bukan nomor orang yang dipindahkan. Cocokkan dengan suratnya.",
            field="number",
        )
    check_day(
        on,
        first=transfer.left_on,
        today=begun_day(now),
        field="on",
        began="Tanggal tiba tidak bisa sebelum tanggal berangkat.",
    )
    _arrive(transfer, one, unit_id, is_accepted=True, on=on, by=by, now=now)
    write_down("people.receive", code=one.code, unit_id=unit_id, by=by, now=now)
    return one.code


@transaction.atomic
def call_back(*, transfer_id: int, unit_id: int, by: Actor, now: dt.datetime) -> str:
    """Take back a transfer that nobody has received yet; returns the code.

    A repeat changes nothing. Raises LookupError for another unit's, PeopleRefused once received.
    """
    transfer, one = _locked_transfer(transfer_id)
    if transfer.from_unit_id != unit_id:
        raise LookupError(f"transfer {transfer_id} does not come from {unit_id}")
    if transfer.is_accepted:
        raise PeopleRefused("Unit tujuan sudah menerima pembuat ini.")
    if transfer.is_accepted is False:
        return one.code
    _arrive(transfer, one, unit_id, is_accepted=False, on=transfer.left_on, by=by, now=now)
    write_down("people.call_back", code=one.code, unit_id=unit_id, by=by, now=now)
    return one.code


@transaction.atomic
def release(
    *, maker: str, unit_id: int, on: dt.date, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Write down that a maker went home. Raises PeopleRefused with the field."""
    one, ground = locked(maker), clean_reason(reason)
    _leave(one, unit_id, new=Status.RELEASED, on=on, reason=ground, by=by, now=now)
    detail = {"on": on}
    write_down("people.release", code=maker, unit_id=unit_id, detail=detail, by=by, now=now)


def _locked_transfer(transfer_id: int) -> tuple[Transfer, Maker]:
    """The maker locked first, then the transfer as it stands. Raises LookupError."""
    found = Transfer.objects.filter(pk=transfer_id).values_list("maker_id", flat=True).first()
    if found is None:
        raise LookupError(f"there is no transfer {transfer_id}")
    maker = locked(found)
    return Transfer.objects.get(pk=transfer_id), maker


def _leave(
    maker: Maker,
    unit_id: int,
    *,
    new: Status,
    on: dt.date,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """End the stay on a day, tell higher rooms, and move the status."""
    stay = stay_here(maker, unit_id)
    check_move(old=Status(maker.status), new=new)
    first = stay.during.lower + dt.timedelta(days=1)
    today = begun_day(now)
    check_day(on, first=first, today=today, field="on", began=_TOO_SOON)
    tell_leaving(maker=maker.code, unit_id=unit_id, on=on, by=by, now=now)
    stay.during = DateRange(stay.during.lower, on)
    stay.save(update_fields=["during"])
    write_move(
        maker,
        unit_id,
        old=Status.IN_CUSTODY,
        new=new,
        on=on,
        reason=reason,
        by=by,
        now=now,
    )


def _arrive(
    transfer: Transfer,
    maker: Maker,
    unit_id: int,
    *,
    is_accepted: bool,
    on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Begin a stay in a unit and close the transfer."""
    transfer.is_accepted, transfer.closed_at, transfer.closed_by = is_accepted, now, str(by)
    transfer.save(update_fields=["is_accepted", "closed_at", "closed_by"])
    Stay.objects.create(
        maker=maker,
        unit_id=unit_id,
        during=DateRange(on, None),
        begun_at=now,
        begun_by=str(by),
    )
    write_move(
        maker,
        unit_id,
        old=Status.MOVED,
        new=Status.IN_CUSTODY,
        on=on,
        reason=transfer.reason,
        by=by,
        now=now,
    )
