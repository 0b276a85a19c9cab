"""Batches, runs and the rest of premi for tests; every state is made by calling actions."""

import datetime as dt
from dataclasses import replace

from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.ledger.rules import AccountKind
from bekal.production.queries import BatchShares
from bekal.sales.actions import NewRefund, record_sale, refund_sale
from bekal.sales.models import SaleLine
from bekal.sales.rules import Goods, RefundKind
from bekal.treasury import actions
from bekal.treasury.models import PremiEarning
from bekal.treasury.rules.premi_paying import MoneyIn, NewRun, NewSavingsPayment, RunKind
from bekal.treasury.rules.premi_terms import AgreementKind, NewAgreement, NewSaving
from tests.support.world import NOON, SITI, TODAY, YESTERDAY, YOHANA, a_sale

MONTH = dt.date(2026, 4, 1)

MARKUS = user_actor(4)
"""Head of Lapas Nabire, who approves."""


class Batches:
    """What `production` would tell of batches; put in its place by the fixture `batches`."""

    def __init__(self):
        self.known = {}

    def add(self, unit, product, *, pieces, shares, made_on=YESTERDAY):
        """A batch of so many pieces; its id."""
        batch = uuid7()
        self.known[batch] = (unit, BatchShares(batch, product, made_on, pieces, tuple(shares)))
        return batch

    def correct(self, batch, pieces):
        """There were so many after all."""
        unit, one = self.known[batch]
        self.known[batch] = (unit, replace(one, pieces=pieces))

    def told(self, *, unit_id, product_ids):
        """As production.queries.batches_with_shares."""
        found = [one for unit, one in self.known.values() if unit == unit_id]
        return sorted(
            (one for one in found if one.product_id in product_ids), key=lambda one: one.made_on
        )


def sells(unit, product, pieces, *, sold_on=TODAY, **changes):
    """A sale at the workshop; the id of its line."""
    sale = a_sale(unit, (product, pieces), sold_on=sold_on, **changes)
    record_sale(sale=sale, by=YOHANA, now=NOON)
    return SaleLine.objects.get(sale_id=sale.key).pk


def comes_back(line, pieces, *, goods=Goods.BACK, goods_source=""):
    """Pieces of a line come back; those of an order did before, and moved by `goods_source`."""
    sale = SaleLine.objects.get(pk=line).sale
    refund = NewRefund(
        uuid7(),
        sale.pk,
        {line: pieces},
        RefundKind.RETURN,
        "retak",
        goods,
        order_part=sale.order_part,
        goods_source=goods_source,
    )
    return refund_sale(refund=refund, by=YOHANA, now=NOON)


def divides(unit, *, on=TODAY, now=NOON):
    """The premi of a unit is divided; how many lines that was."""
    return actions.allocate_premi(unit_id=unit, on=on, by=YOHANA, now=now)


def earned(unit):
    """What each maker earned in a unit, by code."""
    sums: dict[str, int] = {}
    for maker, amount in PremiEarning.objects.filter(unit_id=unit).values_list("maker", "amount"):
        sums[maker] = sums.get(maker, 0) + amount
    return {maker: amount for maker, amount in sums.items() if amount}


def claims(unit, *, on=TODAY, now=NOON):
    """What makers have by agreements is written down; how many claims that was."""
    return actions.claim_agreements(unit_id=unit, on=on, by=YOHANA, now=now)


def saves(unit, percent=50, *, valid_from=TODAY):
    """The head decides how much is saved."""
    new = NewSaving(percent, "Keputusan Kalapas (uji)", valid_from)
    actions.set_saving(unit_id=unit, new=new, today=TODAY, by=MARKUS, now=NOON)


def agrees(unit, *, product=None, workshop=None, amount=1_000, first=MONTH):
    """So much for each piece of a product, or a month in a workshop, out of the fund; its id."""
    new = NewAgreement(
        name="Upah tetap (uji)",
        kind=AgreementKind.PER_PIECE if workshop is None else AgreementKind.MONTHLY,
        amount=amount,
        account=AccountKind.CAPITAL,
        number="PKS 1/2026",
        citation="perjanjian uji",
        first=first,
        product_id=product,
        workshop_id=workshop,
    )
    return actions.agree_on_premi(unit_id=unit, new=new, by=MARKUS, now=NOON)


def prepares(unit, *, key=None, first=MONTH, last=TODAY, by=YOHANA):
    """The officer prepares a run; its id."""
    new = NewRun(key or uuid7(), unit, RunKind.MONTHLY, first, last)
    return actions.prepare_run(new=new, today=TODAY, by=by, now=NOON)


def prepares_for(unit, maker, *, key=None, last=TODAY, by=YOHANA):
    """The officer prepares a run of one maker who has left; its id."""
    new = NewRun(key or uuid7(), unit, RunKind.LEAVING, MONTH, last, maker)
    return actions.prepare_run(new=new, today=TODAY, by=by, now=NOON)


def approves(unit, run, *, by=MARKUS):
    """The head approves it."""
    actions.approve_run(unit_id=unit, run_id=run, by=by, now=NOON)


def pays(unit, run, *, money=MoneyIn.CASH, by=SITI):
    """The treasurer pays it."""
    actions.pay_run(unit_id=unit, run_id=run, money=money, on=TODAY, by=by, now=NOON)


def cancels(unit, run, *, reason="salah tanggal", by=MARKUS):
    """Somebody cancels it."""
    actions.cancel_run(unit_id=unit, run_id=run, reason=reason, by=by, now=NOON)


def paid_run(unit):
    """All premi up to today, prepared, approved and paid."""
    run = prepares(unit)
    approves(unit, run)
    pays(unit, run)
    return run


def gets_savings(unit, maker, *, key=None, money=MoneyIn.CASH, proof="kuitansi 7/2026"):
    """The treasurer pays out what was saved for a maker."""
    new = NewSavingsPayment(key or uuid7(), unit, maker, money, proof)
    return actions.pay_savings(new=new, on=TODAY, by=SITI, now=NOON)
