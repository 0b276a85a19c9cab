"""Somebody becomes a maker: a code, the name encrypted, a digest of the number."""

import datetime as dt

from django.db import connection, transaction
from psycopg.types.range import DateRange

from bekal.foundation import formats
from bekal.foundation.actors import Actor
from bekal.people import sealing
from bekal.people.actions.records import begun_day, locked, stay_here, write_down, write_move
from bekal.people.models import Fact, Maker, Stay
from bekal.people.rules import (
    ADULT,
    CONVICTED,
    NewMaker,
    PeopleRefused,
    Status,
    check_day,
    check_kind_of_unit,
    clean_name,
    clean_number,
    new_code,
)
from bekal.places import queries as places

_FIRST_TIME = "pertama dicatat"
_AGAIN = "dicatat lagi"
_ELSEWHERE = (
    "Orang dengan nomor ini sudah tercatat. Minta unit asalnya memindahkan lewat Bekal, "
    "lalu terima di halaman Pembuat."
)


@transaction.atomic
def register_maker(*, new: NewMaker, by: Actor, now: dt.datetime) -> str:
    """Write somebody down as a maker of a unit; returns the code.

    Nothing is kept of people on remand and of children. Whoever went home and is back keeps the
    code, and with it all that they have earned. Raises PeopleRefused with the field, KeysMissing.
    """
    name, digests = clean_name(new.name), sealing.digests_of(clean_number(new.number))
    today = begun_day(now)
    _check(new, today=today)
    _wait_for(digests[0])
    known = Maker.objects.select_for_update().filter(sdp_digest__in=digests).first()
    if known is not None:
        code = _enter_again(known, new, name=name, by=by, now=now)
    else:
        code = _enter(new, name=name, digest=digests[0], by=by, now=now)
    Stay.objects.create(
        maker_id=code,
        unit_id=new.unit_id,
        during=DateRange(new.since, None),
        begun_at=now,
        begun_by=str(by),
    )
    for fact in (CONVICTED, ADULT):
        Fact.objects.create(
            maker_id=code,
            code=fact,
            holds=True,
            known_on=new.since,
            recorded_at=now,
            recorded_by=str(by),
        )
    write_down("people.register", code=code, unit_id=new.unit_id, by=by, now=now)
    return code


@transaction.atomic
def correct_name(*, maker: str, unit_id: int, name: str, by: Actor, now: dt.datetime) -> None:
    """Write a name as it should have been. Raises PeopleRefused with the field, KeysMissing."""
    one = locked(maker)
    stay_here(one, unit_id)
    one.closed_name = sealing.close_name(clean_name(name), code=maker)
    one.save(update_fields=["closed_name"])
    write_down("people.correct_name", code=maker, unit_id=unit_id, by=by, now=now)


def _check(new: NewMaker, *, today: dt.date) -> None:
    if not new.is_convicted:
        raise PeopleRefused(
            "Tahanan tidak dicatat sebagai pembuat. Tunggu putusannya berkekuatan hukum tetap.",
            field="is_convicted",
        )
    if not new.is_adult:
        raise PeopleRefused(
            "Orang yang belum 18 tahun tidak dicatat sebagai pembuat.", field="is_adult"
        )
    check_day(new.since, first=None, today=today, field="since")
    place = places.place_by_id(place_id=new.unit_id, on=new.since)
    if place is None:
        raise PeopleRefused("Unit ini belum ada pada tanggal itu.", field="since")
    check_kind_of_unit(place.kind)


def _wait_for(digest: bytes) -> None:
    """Let two who write down the same number wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:7])])


def _enter(new: NewMaker, *, name: str, digest: bytes, by: Actor, now: dt.datetime) -> str:
    code = new_code()
    maker = Maker.objects.create(
        code=code,
        closed_name=sealing.close_name(name, code=code),
        sdp_digest=digest,
        status=Status.IN_CUSTODY,
        is_sample=new.is_sample,
        entered_at=now,
        entered_by=str(by),
    )
    write_move(
        maker,
        new.unit_id,
        old=None,
        new=Status.IN_CUSTODY,
        on=new.since,
        reason=_FIRST_TIME,
        by=by,
        now=now,
    )
    return code


def _enter_again(known: Maker, new: NewMaker, *, name: str, by: Actor, now: dt.datetime) -> str:
    """Take somebody in who went home before. Raises PeopleRefused for whoever is in custody."""
    last = Stay.objects.filter(maker=known).order_by("-during").first()
    assert last is not None
    if known.status != Status.RELEASED:
        is_here = last.unit_id == new.unit_id and known.status == Status.IN_CUSTODY
        here = f"Orang dengan nomor ini sudah tercatat di unit ini dengan kode {known.code}."
        raise PeopleRefused(here if is_here else _ELSEWHERE, field="number")
    check_day(
        new.since,
        first=last.during.upper,
        today=new.since,
        field="since",
        began=f"Orang ini pulang pada {formats.date(last.during.upper)}. Pilih tanggal sesudahnya.",
    )
    known.closed_name = sealing.close_name(name, code=known.code)
    known.save(update_fields=["closed_name"])
    write_move(
        known,
        new.unit_id,
        old=Status.RELEASED,
        new=Status.IN_CUSTODY,
        on=new.since,
        reason=_AGAIN,
        by=by,
        now=now,
    )
    return known.code
