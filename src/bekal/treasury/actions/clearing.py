"""Settling what cash differed: one proposes with a paper, the head decides, the books follow."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.messages import scope_of_place
from bekal.ledger import actions as ledger
from bekal.ledger import queries as books
from bekal.ledger.rules import AccountKind
from bekal.places import queries as places
from bekal.treasury.models import CashClearing, PremiClearing
from bekal.treasury.models.papers import APPROVED, REFUSED
from bekal.treasury.queries.clearing import box_of
from bekal.treasury.rules.clearing import (
    WAY_LABELS,
    Box,
    ClearingRefused,
    Decision,
    NewClearing,
    Way,
    check_clearing,
    check_open,
    clearing_lines,
    other_account,
    read_paper,
)

PROPOSE, DECIDE = "treasury.propose_clearing", "treasury.decide_clearing"


@transaction.atomic
def propose_clearing(*, new: NewClearing, by: Actor, now: dt.datetime) -> UUID:
    """Propose how all or a part of a unit's difference is settled; no money moves yet.

    Raises ClearingRefused (with the field): for more than stands or is there, in a way that does
    not fit, without the number of a paper; and KeyReused. The same again changes nothing.
    """
    if claim_message(key=new.key, door=PROPOSE, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    paper = read_paper(new.paper)
    check_clearing(new.way, new.amount, box=box_of(unit_id=new.unit_id))
    row = CashClearing(id=new.key, unit_id=new.unit_id, way=new.way.value, amount=new.amount)
    row.paper, row.proposed_at, row.proposed_by = paper, now, str(by)
    row.save(force_insert=True)
    detail = {"way": row.way, "amount": row.amount, "paper": row.paper}
    _record(PROPOSE, row, detail=detail, by=by, now=now)
    return new.key


@transaction.atomic
def decide_clearing(*, new: Decision, by: Actor, now: dt.datetime) -> None:
    """Approve a clearing, which posts it today, or refuse it with a reason.

    Nobody else moves the difference, nor what settles it, meanwhile. The same decision again
    changes nothing. Raises LookupError for a clearing of another unit; ClearingRefused for one that
    is decided, the proposer's own, on closed books, of more than stands or is there; KeyReused.
    """
    body, scope = new.frozen(), scope_of_place(new.unit_id)
    first = claim_message(key=new.key, door=DECIDE, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return
    rows = CashClearing.objects.select_for_update()
    row = rows.filter(pk=new.clearing_id, unit_id=new.unit_id).first()
    if row is None:
        raise LookupError(f"unit {new.unit_id} has no clearing {new.clearing_id}")
    if row.decided_as == (APPROVED if new.is_approved else REFUSED):
        return
    decide_paper(row, new, by=by, now=now)
    if new.is_approved:
        _settle(row, by=by, now=now)
    row.save()
    detail = {"decided_as": row.decided_as, "why": row.decided_why}
    _record(DECIDE, row, detail=detail, by=by, now=now)


def decide_paper(
    row: CashClearing | PremiClearing, new: Decision, *, by: Actor, now: dt.datetime
) -> None:
    """Write a decision onto a paper that is held, and do not save it yet. Raises ClearingRefused.

    For papers of this kind alone: by another person than its proposer, once, with a reason where it
    is refused.
    """
    if row.decided_as:
        raise ClearingRefused("Usul ini sudah diputuskan.")
    if row.proposed_by == str(by):
        raise ClearingRefused("Yang memutuskan harus orang lain daripada yang mengusulkan.")
    if not new.is_approved and not new.why.strip():
        raise ClearingRefused("Tulis mengapa ditolak.", field="why")
    row.decided_as = APPROVED if new.is_approved else REFUSED
    row.decided_why = "" if new.is_approved else new.why.strip()
    row.decided_at, row.decided_by = now, str(by)


def _settle(row: CashClearing, *, by: Actor, now: dt.datetime) -> None:
    """Lock, look, post. Raises ClearingRefused."""
    way, unit = Way(row.way), row.unit_id
    # What settles it before the difference: a count holds the cash and then posts the difference.
    other = ledger.hold_account(unit_id=unit, account=other_account(way), by=by, now=now)
    kind = AccountKind.CASH_DIFFERENCE
    held = ledger.hold_account(unit_id=unit, account=kind, by=by, now=now)
    today = local_day(now, places.zone_of(unit_id=unit))
    check_open(today, closed=books.closed_through(unit_id=unit))
    # Of cash and fund only the one that the way uses is looked at, and that one is held.
    check_clearing(way, row.amount, box=Box(-held, cash=other, fund=-other))
    ledger.post_entry(
        lines=clearing_lines(unit_id=unit, way=way, amount=row.amount),
        key=row.pk,
        occurred_on=today,
        memo=f"Selisih kas: {WAY_LABELS[way]}",
        source=f"clearing:{row.pk}",
        by=by,
        now=now,
    )


def _record(
    action: str, row: CashClearing, *, detail: Mapping[str, object], by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(row.unit_id),
        action=action,
        object_key=f"clearing:{row.pk}",
        detail=detail,
        by=by,
        now=now,
    )
