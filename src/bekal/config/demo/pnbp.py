"""Simulated deposits of PNBP: codes of zeros, NTPN that begin with CONTOH, targets that say so."""

import datetime as dt
import random
from uuid import uuid5

from bekal.accounts.rules import Role
from bekal.catalogue.queries import sample_products
from bekal.config.demo.people import unit_of
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import zone_of
from bekal.treasury import actions as treasury
from bekal.treasury import queries
from bekal.treasury.rules import Columns, DepositMeans

_A_WEEK = dt.timedelta(days=7)
_OLD = dt.timedelta(days=9)
"""What is older is deposited in most units."""
_KEEPS_UP = 0.7
_MONTHS = 12
_ROUND = 1_000_000


def make_pnbp(*, by: Actor, now: dt.datetime) -> str:
    """Targets and deposits of the units that trade, and a list of the treasury for one of them."""
    chance = random.Random("bekal pnbp")  # noqa: S311 - the same demo on every machine
    number = 0
    for unit_id in sorted(sample_products()):
        owed = queries.owed_by_sale(unit_id=unit_id)
        if not owed:
            continue
        _aim(unit_id, sum(row.due for row in owed), by=by, now=now)
        today = local_day(now, zone_of(unit_id=unit_id))
        amount = sum(row.left for row in owed if row.day <= today - _OLD)
        if amount and chance.random() < _KEEPS_UP:
            number += 1
            _deposit(unit_id, amount, number=number, by=by, now=now)
    _at_the_sign_ins(number + 1, by=by, now=now)
    return f"{number} simulated deposits"


def _aim(unit_id: int, month: int, *, by: Actor, now: dt.datetime) -> None:
    """About what a year like the last month would bring, in whole millions."""
    amount = -(-month * _MONTHS // _ROUND) * _ROUND
    target = treasury.NewTarget(
        key=uuid7(),
        unit_id=unit_id,
        year=local_day(now, zone_of(unit_id=unit_id)).year,
        amount=amount,
        citation="CONTOH perjanjian kinerja",
        is_sample=True,
    )
    treasury.set_target(target=target, by=by, now=now)


def _deposit(unit_id: int, amount: int, *, number: int, by: Actor, now: dt.datetime) -> None:
    then = now - dt.timedelta(days=3)
    deposit = treasury.NewDeposit(
        key=uuid7(),
        unit_id=unit_id,
        amount=amount,
        billing_code=f"{number:015}",
        expires_at=then + _A_WEEK,
        is_sample=True,
    )
    payment = treasury.NewPayment(
        key=uuid5(deposit.key, "paid"),
        unit_id=unit_id,
        deposit_id=deposit.key,
        ntpn=f"CONTOH{number:010}",
        means=DepositMeans.BANK,
        paid_on=local_day(then, zone_of(unit_id=unit_id)),
    )
    treasury.record_paid(deposit=deposit, payment=payment, by=by, now=then)


def _at_the_sign_ins(number: int, *, by: Actor, now: dt.datetime) -> None:
    """For the unit of the sign-ins: a code that ends tomorrow, and what the treasury says."""
    here = unit_of(Role.BENDAHARA, on=now.date())
    today = local_day(now, zone_of(unit_id=here.id))
    standing = queries.standing_of(unit_id=here.id, on=today, now=now)
    if standing.free:
        deposit = treasury.NewDeposit(
            key=uuid7(),
            unit_id=here.id,
            amount=standing.free,
            billing_code=f"{number:015}",
            expires_at=now + dt.timedelta(days=1),
            is_sample=True,
        )
        treasury.bill_deposit(deposit=deposit, by=by, now=now)
    paid = [row for row in queries.tie_rows(unit_id=here.id) if row.ours]
    lines = ["ntpn;jumlah", *(f"{row.ntpn};{row.ours}" for row in paid), "CONTOH9999999999;25000"]
    new = treasury.NewList(here.id, "\n".join(lines), Columns("ntpn", "jumlah"))
    treasury.take_list(new=new, by=by, now=now)
