"""Closing a month: a treasurer prepares it, the head decides; the kanwil opens it again."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.clock import local_day
from bekal.ledger import actions as ledger
from bekal.ledger.rules import Prepared
from bekal.places import queries as places
from bekal.treasury.models import MonthPaper
from bekal.treasury.models.papers import APPROVED, REFUSED
from bekal.treasury.queries.closing import month_to_close, open_points
from bekal.treasury.rules.closing import MonthRefused, NewPaper, month_of

PREPARE, REOPEN = "treasury.prepare_closing", "treasury.reopen_month"


@transaction.atomic
def prepare_closing(*, new: NewPaper, by: Actor, now: dt.datetime) -> UUID:
    """Ask the head to close a month; what is still open in it needs a note.

    Raises MonthRefused (with the field) for another month than the next one that is over, while a
    paper waits, and without the note; KeyReused. The same again changes nothing.
    """
    if claim_message(key=new.key, door=PREPARE, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    today = local_day(now, places.zone_of(unit_id=new.unit_id))
    if month_to_close(unit_id=new.unit_id, today=today) != new.month:
        raise MonthRefused("Bulan itu belum lewat, atau bukan bulan yang harus ditutup berikutnya.")
    points, note = open_points(unit_id=new.unit_id, month=new.month), new.note.strip()
    if points and not note:
        raise MonthRefused("Masih ada yang terbuka. Tulis mengapa tetap ditutup.", field="note")
    paper = MonthPaper(id=new.key, unit_id=new.unit_id, month=new.month, note=note)
    paper.open_points, paper.prepared_at, paper.prepared_by = points, now, str(by)
    MonthPaper.objects.bulk_create([paper], ignore_conflicts=True)
    if not MonthPaper.objects.filter(pk=new.key).exists():
        raise MonthRefused("Sudah ada bulan yang menunggu persetujuan kepala.")
    _record("prepare_closing", paper, by=by, now=now)
    return new.key


@transaction.atomic
def decide_closing(
    *, paper_id: UUID, unit_id: int, is_approved: bool, why: str, by: Actor, now: dt.datetime
) -> None:
    """Approve a paper, which closes the month, or refuse it with a reason.

    The paper itself makes it happen once: the same decision again changes nothing. Raises
    LookupError for a paper of another unit, MonthRefused or BooksRefused when it cannot be.
    """
    paper = MonthPaper.objects.select_for_update().filter(pk=paper_id, unit_id=unit_id).first()
    if paper is None:
        raise LookupError(f"unit {unit_id} has no paper {paper_id}")
    decision = APPROVED if is_approved else REFUSED
    if paper.decided_as == decision:
        return
    if paper.decided_as:
        raise MonthRefused("Permintaan ini sudah diputuskan.")
    if paper.prepared_by == str(by):
        raise MonthRefused("Yang menyetujui harus orang lain daripada yang menyiapkan.")
    if not is_approved and not why.strip():
        raise MonthRefused("Tulis mengapa ditolak.", field="why")
    if is_approved:
        _check_next(paper, now=now)
    paper.decided_as, paper.decided_why = decision, "" if is_approved else why.strip()
    paper.decided_at, paper.decided_by = now, str(by)
    paper.save()
    if is_approved:
        ledger.close_books(
            unit_id=unit_id,
            through=month_of(paper.month).last,
            reason=paper.note,
            prepared=Prepared(_actor(paper.prepared_by), paper.prepared_at),
            key=paper.pk,
            by=by,
            now=now,
        )
    _record("decide_closing", paper, by=by, now=now)


@transaction.atomic
def reopen_month(
    *, key: UUID, unit_id: int, month: dt.date, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Open a month of a unit again, and every later one with it, for a reason.

    Raises BooksRefused when it is open or without a reason, KeyReused. The same again changes
    nothing.
    """
    body = frozen_bytes({"unit": unit_id, "month": month, "reason": reason})
    if claim_message(key=key, door=REOPEN, body=body, by=by, now=now) is not None:
        return
    ledger.reopen_books(
        unit_id=unit_id,
        through=month - dt.timedelta(days=1),
        reason=reason,
        key=key,
        by=by,
        now=now,
    )


def _check_next(paper: MonthPaper, *, now: dt.datetime) -> None:
    """An earlier month may have been opened again since the paper was written."""
    today = local_day(now, places.zone_of(unit_id=paper.unit_id))
    if month_to_close(unit_id=paper.unit_id, today=today) != paper.month:
        raise MonthRefused("Bulan sebelumnya masih terbuka. Tolak, lalu tutup berurutan.")


def _actor(text: str) -> Actor:
    kind, _, name = text.partition(":")
    return Actor(ActorKind(kind), name)


def _record(what: str, paper: MonthPaper, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(paper.unit_id),
        action=f"treasury.{what}",
        object_key=f"month:{paper.pk}",
        detail={"month": paper.month, "decided_as": paper.decided_as, "note": paper.note},
        by=by,
        now=now,
    )
