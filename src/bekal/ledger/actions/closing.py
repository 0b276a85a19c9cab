"""Closing the books of a unit through a day, and opening them again."""

import datetime as dt
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.ledger.models import Closing
from bekal.ledger.rules import (
    BooksRefused,
    ClosingAct,
    Prepared,
    check_closing,
    check_reopening,
)
from bekal.places import queries as places

# Every posting of the unit holds this lock as a shared one until it ends (ledger_first_open_day).
_LOCK = "select pg_advisory_xact_lock(hashtext('ledger.books'), %s)"


@transaction.atomic
def close_books(
    *,
    unit_id: int,
    through: dt.date,
    reason: str,
    prepared: Prepared,
    key: UUID,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Close a unit's books through a day; what comes late then counts on the first open day.

    Waits for postings under way, and later ones wait for it. Raises BooksRefused when the day is
    not over or closed, when `by` prepared it too, and for a key that was used.
    """
    before = _held(unit_id, key=key)
    today = local_day(now, places.zone_of(unit_id=unit_id))
    check_closing(through=through, before=before, today=today, prepared=prepared, by=by)
    fact = Closing(id=key, unit_id=unit_id, act=ClosingAct.CLOSE, through=through, before=before)
    fact.reason = reason.strip()
    fact.prepared_at, fact.prepared_by = prepared.at, str(prepared.by)
    _write(fact, by=by, now=now)


@transaction.atomic
def reopen_books(
    *, unit_id: int, through: dt.date | None, reason: str, key: UUID, by: Actor, now: dt.datetime
) -> None:
    """Open a unit's books again after `through` (None: all of them), for a reason.

    Raises BooksRefused when they are open there, without a reason, and for a key that was used.
    """
    before = _held(unit_id, key=key)
    check_reopening(through=through, before=before, reason=reason)
    fact = Closing(id=key, unit_id=unit_id, act=ClosingAct.REOPEN, through=through, before=before)
    fact.reason = reason.strip()
    _write(fact, by=by, now=now)


def _held(unit_id: int, *, key: UUID) -> dt.date | None:
    """Hold the unit's books until the transaction ends; through which day they are closed."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [unit_id])
    if Closing.objects.filter(pk=key).exists():
        raise BooksRefused("Buku ini sudah ditutup atau dibuka dengan kiriman yang sama.")
    last = Closing.objects.filter(unit_id=unit_id).order_by("-number").first()
    return last.through if last else None


def _write(fact: Closing, *, by: Actor, now: dt.datetime) -> None:
    rows = Closing.objects.filter(unit_id=fact.unit_id)
    fact.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    fact.decided_at, fact.decided_by, fact.last_entry = now, str(by), 0
    fact.save(force_insert=True)
    audit.record(
        chain=chain_of_place(fact.unit_id),
        action=f"ledger.{fact.act}_books",
        object_key=f"closing:{fact.pk}",
        detail={
            "through": fact.through,
            "before": fact.before,
            "reason": fact.reason,
            "prepared_by": fact.prepared_by,
        },
        by=by,
        now=now,
    )
