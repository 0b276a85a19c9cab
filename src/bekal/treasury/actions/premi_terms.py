"""The terms of premi: how much is saved, and fixed sums."""

import datetime as dt

from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from bekal.catalogue import queries as catalogue
from bekal.foundation import formats
from bekal.foundation.actors import Actor
from bekal.production import queries as production
from bekal.treasury import queries
from bekal.treasury.actions.premi_recording import lock_premi, record
from bekal.treasury.models import PremiAgreement, SavingRule
from bekal.treasury.rules.premi_terms import (
    AgreementKind,
    NewAgreement,
    NewSaving,
    TermsRefused,
    check_agreement,
    check_saving,
)

_A_DAY = dt.timedelta(days=1)


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

    No day that was claimed is left out: another agreement would pay it again. Raises LookupError
    for another unit's, TermsRefused with the field.
    """
    lock_premi(unit_id)
    one = queries.agreement_of(unit_id=unit_id, agreement_id=agreement_id)
    if one is None:
        raise LookupError(f"unit {unit_id} has no agreement {agreement_id}")
    if one.ended_at is not None:
        return
    if last < one.during.lower:
        raise TermsRefused("Hari terakhir tidak bisa sebelum hari pertama.", field="last")
    claimed = queries.last_claimed(agreement_id=one.pk)
    if claimed is not None and last < claimed:
        raise TermsRefused(
            f"Premi sampai {formats.date(claimed)} sudah diperoleh menurut perjanjian ini. "
            "Pilih hari itu atau sesudahnya.",
            field="last",
        )
    one.during = DateRange(one.during.lower, last + _A_DAY)
    one.ended_at, one.ended_by = now, str(by)
    one.save(update_fields=["during", "ended_at", "ended_by"])
    key = f"agreement:{one.pk}"
    record("end_agreement", key, unit_id=unit_id, detail={"last": last}, by=by, now=now)


def _check_things(unit_id: int, new: NewAgreement) -> None:
    """The workshop or the product is the unit's own."""
    if new.kind is AgreementKind.MONTHLY:
        own = {one.id for one in production.workshops_of(unit_id=unit_id, on=new.first)}
        if new.workshop_id not in own:
            raise TermsRefused("Pilih bengkel dari unit ini.", field="workshop")
    elif new.product_id not in {product for product, _ in catalogue.own_goods(unit_id=unit_id)}:
        raise TermsRefused("Pilih produk dari unit ini.", field="product")
