"""The terms of premi: how much is saved, fixed sums, and what is earned by those."""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from bekal.catalogue import queries as catalogue
from bekal.foundation.actors import Actor
from bekal.foundation.ids import uuid7
from bekal.ledger import actions as ledger
from bekal.ledger.rules import AccountKind, Line
from bekal.production import queries as production
from bekal.treasury import queries
from bekal.treasury.actions.premi_recording import claims_of, lock_premi, record
from bekal.treasury.models import Allocation, PremiAgreement, PremiEarning, SavingRule
from bekal.treasury.rules.premi_terms import (
    AgreementKind,
    Claim,
    NewAgreement,
    NewSaving,
    TermsRefused,
    Worked,
    check_agreement,
    check_saving,
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
def set_saving(
    *, unit_id: int, new: NewSaving, today: dt.date, by: Actor, now: dt.datetime
) -> None:
    """Let so many percent of premi be saved from a day on; runs that were prepared stay.

    The same again changes nothing. Raises TermsRefused with the field.
    """
    check_saving(new)
    if new.valid_from < today:
        raise TermsRefused(
            "Hari itu sudah lewat. Pilih hari ini atau sesudahnya.", field="valid_from"
        )
    lock_premi(unit_id)
    said = {**vars(new), "citation": new.citation.strip()}
    last = SavingRule.objects.filter(unit_id=unit_id).order_by("-id").values(*said)[:1]
    if said in last:
        return
    SavingRule.objects.create(unit_id=unit_id, set_at=now, set_by=str(by), **said)
    record("set_saving", f"unit:{unit_id}", unit_id=unit_id, detail=said, by=by, now=now)


@transaction.atomic
def agree_on_premi(*, unit_id: int, new: NewAgreement, by: Actor, now: dt.datetime) -> int:
    """Write down an agreement on a fixed sum; returns its id. The same again is written once.

    Raises TermsRefused with the field: one agreement for a workshop or a product at a time.
    """
    check_agreement(new)
    _check_things(unit_id, new)
    lock_premi(unit_id)
    said = {
        "name": new.name.strip(),
        "kind": new.kind.value,
        "amount": new.amount,
        "workshop_id": new.workshop_id,
        "product_id": new.product_id,
        "account": new.account.value,
        "number": new.number.strip(),
        "citation": new.citation.strip(),
        "during": DateRange(new.first, None),
    }
    there = PremiAgreement.objects.filter(unit_id=unit_id, **said).first()
    if there is not None:
        return there.pk
    try:
        with transaction.atomic():
            made = PremiAgreement.objects.create(
                unit_id=unit_id, agreed_at=now, agreed_by=str(by), **said
            )
    except IntegrityError as broken:
        raise TermsRefused(
            "Masih ada perjanjian lain pada hari-hari itu. Akhiri dahulu yang itu.", field="first"
        ) from broken
    detail = {**said, "during": None, "first": new.first}
    record("agree_on_premi", f"agreement:{made.pk}", unit_id=unit_id, detail=detail, by=by, now=now)
    return made.pk


@transaction.atomic
def end_agreement(
    *, unit_id: int, agreement_id: int, last: dt.date, by: Actor, now: dt.datetime
) -> None:
    """Let `last` be the last day of an agreement; a repeat changes nothing.

    Raises LookupError for another unit's, TermsRefused with the field.
    """
    lock_premi(unit_id)
    one = queries.agreement_of(unit_id=unit_id, agreement_id=agreement_id)
    if one is None:
        raise LookupError(f"unit {unit_id} has no agreement {agreement_id}")
    if one.ended_at is not None:
        return
    if last < one.during.lower:
        raise TermsRefused("Hari terakhir tidak bisa sebelum hari pertama.", field="last")
    one.during = DateRange(one.during.lower, last + _A_DAY)
    one.ended_at, one.ended_by = now, str(by)
    one.save(update_fields=["during", "ended_at", "ended_by"])
    key = f"agreement:{one.pk}"
    record("end_agreement", key, unit_id=unit_id, detail={"last": last}, by=by, now=now)


@transaction.atomic
def claim_agreements(*, unit_id: int, on: dt.date, by: Actor, now: dt.datetime) -> int:
    """Write down what makers have by the agreements of a unit up to a day; returns how many claims.

    A month is earned on its last day, a piece on the day of its batch. Doing it again adds nothing.
    """
    lock_premi(unit_id)
    count = 0
    for agreement in queries.agreements_of(unit_id=unit_id).order_by("id"):
        known = queries.claimed_by(agreement_id=agreement.pk)
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
            if claim.amount and (claim.maker, claimed.source, claimed.batch) not in known
        ]
        if earnings:
            _write(act, agreement, earnings, by=by, now=now)
            count += len(earnings)
    return count


def _check_things(unit_id: int, new: NewAgreement) -> None:
    """The workshop or the product is the unit's own."""
    if new.kind is AgreementKind.MONTHLY:
        own = {one.id for one in production.workshops_of(unit_id=unit_id, on=new.first)}
        if new.workshop_id not in own:
            raise TermsRefused("Pilih bengkel dari unit ini.", field="workshop")
    elif new.product_id not in {
        product for product, _ in catalogue.goods_to_permit(unit_id=unit_id)
    }:
        raise TermsRefused("Pilih produk dari unit ini.", field="product")


def _claimed(agreement: PremiAgreement, *, on: dt.date) -> Iterable[_Claimed]:
    if agreement.kind == AgreementKind.MONTHLY:
        return _months(agreement, on=on)
    return _batches(agreement, on=on)


def _months(agreement: PremiAgreement, *, on: dt.date) -> Iterator[_Claimed]:
    """Each month that is over and in which the agreement held."""
    assert agreement.workshop_id is not None
    first, ends = agreement.during.lower, agreement.during.upper
    month = first.replace(day=1)
    while (last := _last_of(month)) <= on and (ends is None or month < ends):
        held = (max(first, month), last if ends is None else min(last, ends - _A_DAY))
        worked = [
            Worked(one.maker, one.first, one.until)
            for one in production.worked_in(
                workshop_id=agreement.workshop_id, first=held[0], last=held[1]
            )
        ]
        claims = of_a_month(agreement.amount, month=month, worked=worked, during=held)
        yield _Claimed(f"agreement:{agreement.pk}:{month:%Y-%m}", last, claims)
        month = last + _A_DAY


def _last_of(month: dt.date) -> dt.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _batches(agreement: PremiAgreement, *, on: dt.date) -> Iterator[_Claimed]:
    """Each batch of the product while the agreement held."""
    assert agreement.product_id is not None
    products = [agreement.product_id]
    for batch in production.batches_with_shares(unit_id=agreement.unit_id, product_ids=products):
        if batch.pieces > 0 and batch.made_on <= on and batch.made_on in agreement.during:
            claims = of_a_batch(agreement.amount, pieces=batch.pieces, shares=batch.shares)
            source = f"agreement:{agreement.pk}:batch"
            yield _Claimed(source, batch.made_on, claims, batch.pieces, batch.batch_id)


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
    ledger.post_entry(
        lines=[fund, *claims_of(act.unit_id, sums)],
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
