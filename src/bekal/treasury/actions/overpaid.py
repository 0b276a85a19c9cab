"""Settling what somebody who left was paid too much: one proposes, the head decides, books follow.

What is settled gives the maker back the sum that stands against them, as an earning of its own, so
that no later payment takes it off once more.
"""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.ledger import actions as ledger
from bekal.ledger import queries as books
from bekal.ledger.rules import AccountKind
from bekal.people import queries as people
from bekal.places import queries as places
from bekal.treasury.actions.clearing import decide_paper
from bekal.treasury.actions.premi_recording import lock_premi, record
from bekal.treasury.models import Allocation, PremiClearing, PremiEarning
from bekal.treasury.models.papers import APPROVED, REFUSED
from bekal.treasury.queries.overpaid import fund_of, overpaid_of
from bekal.treasury.rules.clearing import ClearingRefused, Decision, check_open, read_paper
from bekal.treasury.rules.overpaid import (
    WAY_LABELS,
    NewPremiClearing,
    check_overpaid,
    check_reason,
    overpaid_lines,
    source_of,
)

PROPOSE, DECIDE = "treasury.propose_overpaid", "treasury.decide_overpaid"


@transaction.atomic
def propose_overpaid(*, new: NewPremiClearing, by: Actor, now: dt.datetime) -> UUID:
    """Propose how what a maker was paid too much is settled, or a part; no money moves yet.

    Raises ClearingRefused (with the field): for more than stands or the fund holds, for somebody
    who is still at the unit, without the number of a paper, or to write off without a reason; and
    KeyReused. The same again changes nothing.
    """
    if claim_message(key=new.key, door=PROPOSE, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    paper = read_paper(new.paper)
    check_reason(new.way, new.reason)
    _check_left(new.unit_id, new.maker)
    stands = overpaid_of(unit_id=new.unit_id, maker=new.maker)
    fund = fund_of(unit_id=new.unit_id, way=new.way)
    check_overpaid(new.way, new.amount, stands=stands, fund=fund)
    row = PremiClearing(id=new.key, unit_id=new.unit_id, maker_id=new.maker, way=new.way.value)
    row.amount, row.paper, row.reason = new.amount, paper, new.reason.strip()
    row.proposed_at, row.proposed_by = now, str(by)
    row.save(force_insert=True)
    detail = {"maker": new.maker, "way": row.way, "amount": row.amount, "paper": row.paper}
    _record("propose_overpaid", row, detail=detail, by=by, now=now)
    return new.key


@transaction.atomic
def decide_overpaid(*, new: Decision, by: Actor, now: dt.datetime) -> None:
    """Approve the settling of what was paid too much, which posts it today, or refuse it.

    Nobody pays the maker meanwhile, nor moves what settles it. The same decision again changes
    nothing. Raises LookupError for one of another unit; ClearingRefused for one that is decided,
    the proposer's own, on closed books, of more than stands or is there; KeyReused.
    """
    if claim_message(key=new.key, door=DECIDE, body=new.frozen(), by=by, now=now) is not None:
        return
    lock_premi(new.unit_id)
    rows = PremiClearing.objects.select_for_update()
    row = rows.filter(pk=new.clearing_id, unit_id=new.unit_id).first()
    if row is None:
        raise LookupError(f"unit {new.unit_id} has no clearing of premi {new.clearing_id}")
    if row.decided_as == (APPROVED if new.is_approved else REFUSED):
        return
    decide_paper(row, new, by=by, now=now)
    if new.is_approved:
        _settle(row, by=by, now=now)
    row.save()
    detail = {"decided_as": row.decided_as, "why": row.decided_why}
    _record("decide_overpaid", row, detail=detail, by=by, now=now)


def _settle(row: PremiClearing, *, by: Actor, now: dt.datetime) -> None:
    """Lock, look, post. Raises ClearingRefused."""
    way, unit, maker = AccountKind(row.way), row.unit_id, row.maker_id
    _check_left(unit, maker)
    fund = -ledger.hold_account(unit_id=unit, account=way, by=by, now=now)
    owed = AccountKind.PREMI_PAYABLE
    stands = ledger.hold_account(unit_id=unit, account=owed, maker=maker, by=by, now=now)
    today = local_day(now, places.zone_of(unit_id=unit))
    check_open(today, closed=books.closed_through(unit_id=unit))
    check_overpaid(way, row.amount, stands=stands, fund=fund)
    _give(row, on=today, by=by, now=now)
    ledger.post_entry(
        lines=overpaid_lines(unit_id=unit, maker=maker, way=way, amount=row.amount),
        key=row.pk,
        occurred_on=today,
        memo=f"Kelebihan premi {maker}: {WAY_LABELS[way]}",
        source=source_of(row.pk),
        by=by,
        now=now,
    )


def _give(row: PremiClearing, *, on: dt.date, by: Actor, now: dt.datetime) -> None:
    """What stands against the maker is set right among what they earned, too."""
    act = Allocation.objects.create(
        key=row.pk, unit_id=row.unit_id, on=on, allocated_at=now, allocated_by=str(by)
    )
    PremiEarning.objects.create(
        allocation=act,
        unit_id=row.unit_id,
        maker_id=row.maker_id,
        source=source_of(row.pk),
        pieces=0,
        minutes=1,
        minutes_of_all=1,
        amount=row.amount,
        earned_on=on,
    )


def _check_left(unit_id: int, maker: str) -> None:
    if maker not in people.gone_from(unit_id=unit_id, codes=[maker]):
        raise ClearingRefused(
            "Pembuat ini masih di unit: kelebihannya dipotong dari premi berikutnya."
        )


def _record(
    act: str, row: PremiClearing, *, detail: Mapping[str, object], by: Actor, now: dt.datetime
) -> None:
    record(act, source_of(row.pk), unit_id=row.unit_id, detail=detail, by=by, now=now)
