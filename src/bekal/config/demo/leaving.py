"""A made-up maker of the demo's unit who went home, and was paid too much as it turned out.

The agreement, the batch, the payment and its correction are done by the actions that pages call,
each by the sign-in whose step it is. A part of what was overpaid waits for the head.
"""

import datetime as dt
from uuid import NAMESPACE_URL, UUID, uuid5

from bekal.accounts.rules import Role
from bekal.catalogue.queries import food_among
from bekal.config.demo.makers import a_maker
from bekal.config.demo.people import actor_of, unit_of
from bekal.config.demo.premi import pay_run
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.ledger.rules import AccountKind
from bekal.people import actions as people
from bekal.places.queries import PlaceNow, zone_of
from bekal.production import actions as production
from bekal.production import queries as made
from bekal.production.queries import StockFilters
from bekal.production.rules import ModelOfWork, NewAssignment, NewBatch, NewCorrection
from bekal.treasury import actions
from bekal.treasury.rules import (
    AgreementKind,
    NewAgreement,
    NewColumns,
    NewPremiClearing,
    NewRun,
    RunKind,
)

_NUMBER = 40
"""Which of the made-up persons it is."""
_MADE = dt.timedelta(days=6)
_A_STEP = dt.timedelta(minutes=5)
_MINUTES, _DAYS_A_WEEK = 120, 5
_A_PIECE = 500
_PIECES, _TRULY = 12, 8
_REPAID = 1_200
_TEMPLATE = NewColumns(
    "CONTOH susunan pusat",
    (("nomor", "no"), ("kode", "kode"), ("kosong", "rekening"), ("jumlah", "jumlah")),
    ";",
    has_heading=True,
    source="CONTOH: dibuat untuk peragaan, bukan format bank mana pun",
)


def make_leaving(*, by: Actor, now: dt.datetime) -> str:
    """Somebody earns by an agreement, goes home, is paid, and the batch turns out to be smaller."""
    unit = unit_of(Role.PETUGAS, on=now.date())
    actions.keep_template(new=_TEMPLATE, by=actor_of(Role.DITJENPAS), now=now)
    goods = made.stock_of_unit(unit_id=unit.id, filters=StockFilters())
    product = next((row.product_id for row in goods if row.is_sample and row.on_hand), None)
    there = made.workshops_of(unit_id=unit.id, on=now.date())
    if product is None or not there:
        return "a template, and no work to leave"
    day = local_day(now, zone_of(unit_id=unit.id)) - _MADE
    maker = a_maker(unit.id, _NUMBER, fit=90, tpp=True, by=by, now=now)
    work = NewAssignment(maker, there[0].id, day, None, _MINUTES, _DAYS_A_WEEK)
    production.assign(unit_id=unit.id, new=work, by=by, now=now - 9 * _A_STEP)
    _agree(unit, product, first=day, now=now - 8 * _A_STEP)
    batch = _makes(unit, there[0].id, product, maker=maker, day=day, by=by, now=now - 7 * _A_STEP)
    _goes(unit, maker, now=now - 6 * _A_STEP)
    fix = NewCorrection(_key("fix"), batch, _TRULY, 0, "CONTOH: salah hitung")
    production.correct_batch(unit_id=unit.id, new=fix, by=by, now=now - 2 * _A_STEP)
    today = local_day(now, zone_of(unit_id=unit.id))
    actions.claim_agreements(unit_id=unit.id, on=today, by=by, now=now - 2 * _A_STEP)
    back = NewPremiClearing(
        _key("back"), unit.id, maker, AccountKind.CASH, _REPAID, "CONTOH BA-2/2026"
    )
    officer = actor_of(Role.PETUGAS)
    actions.propose_overpaid(new=back, by=officer, now=now - _A_STEP)
    return "one maker who left, overpaid; a template of payment files"


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"bekal:demo.leaving:{what}")


def _agree(unit: PlaceNow, product: int, *, first: dt.date, now: dt.datetime) -> None:
    new = NewAgreement(
        name="CONTOH Upah setiap potong",
        kind=AgreementKind.PER_PIECE,
        amount=_A_PIECE,
        account=AccountKind.CAPITAL,
        number="CONTOH PKS 1/2026",
        citation="CONTOH: perjanjian peragaan",
        first=first,
        product_id=product,
    )
    head = actor_of(Role.KEPALA_UPT)
    actions.agree_on_premi(unit_id=unit.id, new=new, by=head, now=now)


def _makes(
    unit: PlaceNow,
    workshop: int,
    product: int,
    *,
    maker: str,
    day: dt.date,
    by: Actor,
    now: dt.datetime,
) -> UUID:
    """The batch that was counted wrongly."""
    new = NewBatch(
        key=_key("batch"),
        unit_id=unit.id,
        workshop_id=workshop,
        product_id=product,
        made_on=day,
        good=_PIECES,
        rejected=0,
        model=ModelOfWork.OWN,
        shares=((maker, _MINUTES),),
        expires_on=day + dt.timedelta(days=60) if food_among(product_ids=[product]) else None,
        note="Data contoh",
    )
    production.record_batch(new=new, by=by, now=now)
    return new.key


def _goes(unit: PlaceNow, maker: str, *, now: dt.datetime) -> None:
    """Home, and paid alone by three persons."""
    today = local_day(now, zone_of(unit_id=unit.id))
    officer = actor_of(Role.PETUGAS)
    people.release(
        maker=maker, unit_id=unit.id, on=today, reason="CONTOH bebas", by=officer, now=now
    )
    actions.claim_agreements(unit_id=unit.id, on=today, by=officer, now=now)
    run = NewRun(_key("run"), unit.id, RunKind.LEAVING, today - _MADE, today, maker)
    actions.prepare_run(new=run, today=today, by=officer, now=now + _A_STEP)
    pay_run(unit.id, run.key, today=today, now=now + 2 * _A_STEP)
