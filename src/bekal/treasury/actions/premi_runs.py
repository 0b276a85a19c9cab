"""Premi is paid: a run is prepared, approved and paid by three persons, each step once."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from bekal.foundation import formats
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.messages import scope_of_place
from bekal.ledger import actions as ledger
from bekal.ledger.rules import AccountKind, Line
from bekal.people import queries as people
from bekal.treasury import queries
from bekal.treasury.actions.premi_allocating import allocate_premi
from bekal.treasury.actions.premi_claims import claim_agreements
from bekal.treasury.actions.premi_recording import lock_premi, record
from bekal.treasury.models import PremiEarning, PremiRun, PremiRunLine
from bekal.treasury.rules.premi_paying import (
    MONEY_ACCOUNTS,
    MONEY_LABELS,
    MoneyIn,
    NewRun,
    PremiRefused,
    check_kind,
    check_period,
    check_persons,
    check_reason,
    run_number,
)
from bekal.treasury.rules.premi_terms import saved_and_usable


@transaction.atomic
def prepare_run(*, new: NewRun, today: dt.date, by: Actor, now: dt.datetime) -> UUID:
    """Prepare the payment of all premi up to a day that stands in no other run; returns its id.

    What can be divided is divided first. `today` is the day at the unit. One maker alone is paid
    once they have left the unit. Raises PremiRefused with the field, and KeyReused for the same key
    with other content; a repeat changes nothing.
    """
    body = new.frozen()
    door = "treasury.premi_run"
    scope = scope_of_place(new.unit_id)
    first = claim_message(key=new.key, door=door, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return new.key
    check_kind(new)
    check_period(new.first, new.last, today=today)
    lock_premi(new.unit_id)
    _check_left(new)
    allocate_premi(unit_id=new.unit_id, on=today, by=by, now=now)
    claim_agreements(unit_id=new.unit_id, on=today, by=by, now=now)
    run = _new_run(new, by=by, now=now)
    lines = _lines(run, today=today)
    run.save(force_insert=True)
    PremiRunLine.objects.bulk_create(lines)
    PremiEarning.objects.filter(
        unit_id=new.unit_id,
        run__isnull=True,
        earned_on__lte=new.last,
        maker_id__in=[line.maker_id for line in lines],
    ).update(run=run)
    detail = {"makers": len(lines), "premi": sum(line.earned for line in lines)}
    _write_down("prepare_run", run, detail=detail, by=by, now=now)
    return run.pk


@transaction.atomic
def approve_run(*, unit_id: int, run_id: UUID, by: Actor, now: dt.datetime) -> None:
    """Approve a run that another has prepared; a repeat changes nothing.

    Raises LookupError for another unit's, PremiRefused.
    """
    run = _locked(unit_id, run_id)
    if run.approved_at is not None and run.cancelled_at is None:
        return
    _check_stands(run)
    check_persons(by=str(by), prepared_by=run.prepared_by)
    run.approved_at, run.approved_by = now, str(by)
    run.save(update_fields=["approved_at", "approved_by"])
    _write_down("approve_run", run, detail={}, by=by, now=now)


@transaction.atomic
def pay_run(
    *, unit_id: int, run_id: UUID, money: MoneyIn, on: dt.date, by: Actor, now: dt.datetime
) -> None:
    """Pay an approved run out of cash or bank; a repeat changes nothing.

    One entry: what was earned is owed no more, the usable part leaves, the saved part is kept by
    maker. Raises LookupError for another unit's; PremiRefused, with the field, when there is not
    enough money, or somebody would do two of the three steps.
    """
    run = _locked(unit_id, run_id)
    if run.paid_at is not None:
        return
    _check_stands(run)
    if run.approved_at is None:
        raise PremiRefused("Pembayaran ini belum disetujui kepala unit.")
    check_persons(by=str(by), prepared_by=run.prepared_by, approved_by=run.approved_by)
    lines = queries.lines_of_run(run_id=run.pk)
    usable = sum(line.usable for line in lines)
    check_money(unit_id, money, usable, by=by, now=now)
    run.paid_at, run.paid_by, run.paid_on, run.paid_from = now, str(by), on, money.value
    run.save(update_fields=["paid_at", "paid_by", "paid_on", "paid_from"])
    ledger.post_entry(
        lines=_entry(run, lines, money=money),
        key=run.pk,
        occurred_on=on,
        memo=f"Pembayaran premi {run_number(run.number)}",
        source=f"premirun:{run.pk}",
        by=by,
        now=now,
    )
    detail = {"from": money.value, "usable": usable, "makers": len(lines)}
    _write_down("pay_run", run, detail=detail, by=by, now=now)


@transaction.atomic
def cancel_run(*, unit_id: int, run_id: UUID, reason: str, by: Actor, now: dt.datetime) -> None:
    """Cancel a run that was not paid; its premi can stand in another. A repeat changes nothing.

    Raises LookupError for another unit's, PremiRefused with the field.
    """
    text = check_reason(reason)
    run = _locked(unit_id, run_id)
    if run.cancelled_at is not None:
        return
    _check_stands(run)
    run.cancelled_at, run.cancelled_by, run.cancel_reason = now, str(by), text
    run.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    PremiEarning.objects.filter(run=run).update(run=None)
    _write_down("cancel_run", run, detail={"reason": text}, by=by, now=now)


def check_money(unit_id: int, money: MoneyIn, amount: int, *, by: Actor, now: dt.datetime) -> None:
    """Refuse to pay out more than the books say is there, and let nobody else take it meanwhile.

    Raises PremiRefused with the field.
    """
    account = MONEY_ACCOUNTS[money]
    there = ledger.hold_account(unit_id=unit_id, account=account, by=by, now=now)
    if there < amount:
        raise PremiRefused(
            f"{MONEY_LABELS[money]} menurut buku {formats.rupiah(there)}, "
            f"yang harus dibayar {formats.rupiah(amount)}. Belum cukup.",
            field="money",
        )


def _new_run(new: NewRun, *, by: Actor, now: dt.datetime) -> PremiRun:
    """A run with the next number of its unit, not written yet."""
    last = PremiRun.objects.filter(unit_id=new.unit_id).aggregate(last=Max("number"))["last"]
    return PremiRun(
        id=new.key,
        unit_id=new.unit_id,
        number=(last or 0) + 1,
        kind=new.kind,
        maker_id=new.maker or None,
        first=new.first,
        last=new.last,
        prepared_at=now,
        prepared_by=str(by),
    )


def _lines(run: PremiRun, *, today: dt.date) -> list[PremiRunLine]:
    """What each maker gets; who went home saves nothing any more."""
    saving = queries.saving_on(unit_id=run.unit_id, on=today)
    if saving is None:
        raise PremiRefused(
            "Unit ini belum menetapkan bagian premi yang ditabung. Minta kepala unit menetapkannya."
        )
    found = queries.payable(unit_id=run.unit_id, last=run.last, maker=run.maker_id)
    if not found:
        raise PremiRefused("Belum ada premi yang bisa dibayarkan sampai tanggal itu.", field="last")
    home = people.gone_home(codes=[one.maker for one in found])
    lines = []
    for one in found:
        percent = 0 if one.maker in home else saving.percent
        saved, usable = saved_and_usable(one.amount, percent=percent)
        lines.append(
            PremiRunLine(
                run=run,
                maker_id=one.maker,
                earned=one.amount,
                usable=usable,
                saved=saved,
                percent=percent,
            )
        )
    return lines


def _check_left(new: NewRun) -> None:
    """Whoever is still here is paid with all others."""
    if new.maker and not people.gone_from(unit_id=new.unit_id, codes=[new.maker]):
        raise PremiRefused(
            "Pembuat ini masih di unit. Preminya dibayarkan bersama pembuat yang lain."
        )


def _locked(unit_id: int, run_id: UUID) -> PremiRun:
    lock_premi(unit_id)
    run = PremiRun.objects.select_for_update().filter(pk=run_id, unit_id=unit_id).first()
    if run is None:
        raise LookupError(f"unit {unit_id} has no run {run_id}")
    return run


def _check_stands(run: PremiRun) -> None:
    if run.cancelled_at is not None:
        raise PremiRefused("Pembayaran ini sudah dibatalkan.")
    if run.paid_at is not None:
        raise PremiRefused("Pembayaran ini sudah dibayar.")


def _entry(run: PremiRun, lines: list[PremiRunLine], *, money: MoneyIn) -> list[Line]:
    unit = run.unit_id
    owed = [
        Line(unit, AccountKind.PREMI_PAYABLE, line.earned, maker=line.maker_id) for line in lines
    ]
    saved = [
        Line(unit, AccountKind.PREMI_SAVED, -line.saved, maker=line.maker_id)
        for line in lines
        if line.saved
    ]
    usable = sum(line.usable for line in lines)
    out = [Line(unit, MONEY_ACCOUNTS[money], -usable)] if usable else []
    return [*owed, *saved, *out]


def _write_down(
    act: str, run: PremiRun, *, detail: Mapping[str, object], by: Actor, now: dt.datetime
) -> None:
    key = f"premirun:{run.pk}"
    record(act, key, unit_id=run.unit_id, detail={"number": run.number, **detail}, by=by, now=now)
