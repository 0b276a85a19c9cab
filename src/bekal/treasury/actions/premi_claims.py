"""What makers earn by agreements: a month when it is over, a piece when its batch is written down.

A batch may be corrected after it was claimed, and the days of a maker's work in a month may change
(ended earlier, moved, written down late). The next claim is the difference then, for each maker
what they should have less what they were given, and may be less than nothing: it stands in no run
until what they earn otherwise is more, so that nobody is paid twice and nothing is lost.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.foundation.ids import uuid7
from bekal.ledger import actions as ledger
from bekal.ledger.rules import AccountKind, Line
from bekal.production import queries as production
from bekal.production.queries import BatchShares
from bekal.treasury import queries
from bekal.treasury.actions.premi_recording import claims_of, lock_premi, record
from bekal.treasury.models import Allocation, PremiAgreement, PremiEarning
from bekal.treasury.queries import ClaimedBatch, ClaimedMonth
from bekal.treasury.rules.premi_terms import (
    AgreementKind,
    Claim,
    Worked,
    changed_claims,
    claim_source,
    of_a_batch,
    of_a_month,
)

_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class _Claimed:
    """Claims of one month or batch, with the day on which they were earned."""

    source: str
    on: dt.date
    claims: list[Claim]
    pieces: int = 0
    batch: UUID | None = None


@transaction.atomic
def claim_agreements(*, unit_id: int, on: dt.date, by: Actor, now: dt.datetime) -> int:
    """Write down what makers have by the agreements of a unit up to a day; returns how many claims.

    A month is earned on its last day, a piece on the day of its batch, and with it what a
    correction of the work or the batch changes. Doing it again adds nothing.
    """
    lock_premi(unit_id)
    count = 0
    for agreement in queries.agreements_of(unit_id=unit_id).order_by("id"):
        act = Allocation(
            key=uuid7(),
            unit_id=unit_id,
            agreement=agreement,
            on=on,
            allocated_at=now,
            allocated_by=str(by),
        )
        earnings = [
            _earning(act, claimed, claim)
            for claimed in _claimed(agreement, on=on)
            for claim in claimed.claims
            if claim.amount
        ]
        if earnings:
            _write(act, agreement, earnings, by=by, now=now)
            count += len(earnings)
    return count


def _claimed(agreement: PremiAgreement, *, on: dt.date) -> Iterable[_Claimed]:
    if agreement.kind == AgreementKind.MONTHLY:
        return _months(agreement, on=on)
    return _batches(agreement, on=on)


def _months(agreement: PremiAgreement, *, on: dt.date) -> Iterator[_Claimed]:
    """Each month that is over and in which the agreement held, less what was claimed of it."""
    assert agreement.workshop_id is not None
    known = queries.claimed_months(agreement_id=agreement.pk)
    first, ends = agreement.during.lower, agreement.during.upper
    until = on if ends is None else min(on, ends - _A_DAY)
    worked = [
        Worked(one.maker, one.first, one.until)
        for one in production.worked_in(
            workshop_id=agreement.workshop_id, first=first, last=max(first, until)
        )
    ]
    month = first.replace(day=1)
    while (last := _last_of(month)) <= on and (ends is None or month < ends):
        held = (max(first, month), last if ends is None else min(last, ends - _A_DAY))
        before = known.get(last, ClaimedMonth())
        claims = of_a_month(agreement.amount, month=month, worked=worked, during=held)
        source = claim_source(agreement.pk, f"{month:%Y-%m}", len(before.sources))
        yield _Claimed(source, last, changed_claims(claims, before=before.claims))
        month = last + _A_DAY


def _last_of(month: dt.date) -> dt.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _batches(agreement: PremiAgreement, *, on: dt.date) -> Iterator[_Claimed]:
    """Each batch of the product while the agreement held, less what was claimed of it before."""
    assert agreement.product_id is not None
    known = queries.claimed_batches(agreement_id=agreement.pk)
    products = [agreement.product_id]
    for batch in production.batches_with_shares(unit_id=agreement.unit_id, product_ids=products):
        if batch.made_on <= on and batch.made_on in agreement.during:
            before = known.get(batch.batch_id, ClaimedBatch())
            if batch.pieces != before.pieces:
                yield _of_batch(agreement, batch, before=before)


def _of_batch(agreement: PremiAgreement, batch: BatchShares, *, before: ClaimedBatch) -> _Claimed:
    """What a batch as it stands gives its makers beyond what was claimed of it; may be negative."""
    claims = of_a_batch(agreement.amount, pieces=batch.pieces, shares=batch.shares)
    more = [
        replace(claim, amount=claim.amount - before.amounts.get(claim.maker, 0)) for claim in claims
    ]
    source = claim_source(agreement.pk, "batch", before.times)
    return _Claimed(source, batch.made_on, more, batch.pieces - before.pieces, batch.batch_id)


def _earning(act: Allocation, claimed: _Claimed, claim: Claim) -> PremiEarning:
    return PremiEarning(
        allocation=act,
        unit_id=act.unit_id,
        maker_id=claim.maker,
        source=claimed.source,
        batch=claimed.batch,
        pieces=claimed.pieces,
        minutes=claim.part,
        minutes_of_all=claim.of_all,
        amount=claim.amount,
        earned_on=claimed.on,
    )


def _write(
    act: Allocation,
    agreement: PremiAgreement,
    earnings: list[PremiEarning],
    *,
    by: Actor,
    now: dt.datetime,
) -> None:
    act.save(force_insert=True)
    PremiEarning.objects.bulk_create(earnings)
    sums: dict[str, int] = {}
    for earning in earnings:
        sums[earning.maker_id] = sums.get(earning.maker_id, 0) + earning.amount
    fund = Line(act.unit_id, AccountKind(agreement.account), sum(sums.values()))
    lines = [*([fund] if fund.amount else []), *claims_of(act.unit_id, sums)]
    if lines:  # corrections of several batches may cancel each other out
        ledger.post_entry(
            lines=lines,
            key=act.key,
            occurred_on=act.on,
            memo=f"Premi menurut perjanjian {agreement.number}"[:200],
            source=f"premi:{act.key}",
            by=by,
            now=now,
        )
    detail = {"agreement": agreement.pk, "claims": len(earnings), "premi": sum(sums.values())}
    key = f"allocation:{act.key}"
    record("claim_agreements", key, unit_id=act.unit_id, detail=detail, by=by, now=now)
