"""Splits that our sources report, from the sale through the makers to what is paid and saved.

Where a source is silent about a part (the rest at Malang and at IPPA Fest), the rule of
the test says so by its citation: that part is ours and of the test alone.
"""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.models import SplitRule
from bekal.ledger.queries import balances_of, ledger_problems, owed_to_makers
from bekal.ledger.rules import AccountKind, Base, Form, Line, Share, shares_as_json
from bekal.people.tests.makers import rules, who_may_work
from bekal.production.tests.batches import makes
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits, works
from bekal.sales.models import SaleLine
from bekal.sales.queries import summary_problems
from bekal.treasury import actions
from bekal.treasury.models import PremiEarning, PremiRunLine
from bekal.treasury.queries import premi_problems
from bekal.treasury.rules.premi_paying import MoneyIn, NewRun, RunKind
from bekal.treasury.rules.premi_terms import AgreementKind, NewAgreement, NewSaving
from bekal.treasury.tests.premi import MARKUS, divides, earned, sells
from tests.support.world import NOON, SITI, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db
END_OF_MAY = dt.date(2026, 5, 31)
OPEN = "sisanya menurut uji ini; sumbernya tidak menyebutkannya"


class Workshop:
    """A workshop of a unit in which two makers work."""

    def __init__(self, unit):
        rules()
        limits(unit)
        self.unit, self.id = unit, a_workshop(unit)
        self.makers = [who_may_work(unit, number=f"UJI-{unit}{number}7") for number in range(2)]
        for maker in self.makers:
            works(maker, unit, self.id)

    def makes(self, product, pieces, *minutes):
        """So many pieces, on which each maker worked so long."""
        shares = tuple(zip(self.makers, minutes, strict=True))
        given = {"good": pieces, "rejected": 0, "shares": shares}
        return makes(self.unit, self.id, product, expires_on=TODAY + dt.timedelta(days=30), **given)


def a_rule(place, name, *, base, shares, citation):
    """A rule of a place that no list offers, since its source leaves something open."""
    return SplitRule.objects.create(
        place_id=place,
        activity="",
        name=name,
        base=base,
        shares=shares_as_json(shares),
        citation=citation,
        source="domain.md 3.2",
        during=DateRange(None, None),
        adopted_at=NOON,
        adopted_by="command:uji",
    )


def saves(unit, percent, *, citation="Keputusan uji", on=TODAY):
    new = NewSaving(percent, citation, on)
    actions.set_saving(unit_id=unit, new=new, today=on, by=MARKUS, now=NOON)


def pays_out(unit, *, on=TODAY, money=MoneyIn.CASH):
    """All premi up to a day, by the three persons; (usable, saved) by maker."""
    new = NewRun(uuid7(), unit, RunKind.MONTHLY, on.replace(day=1), on)
    run = actions.prepare_run(new=new, today=on, by=YOHANA, now=NOON)
    actions.approve_run(unit_id=unit, run_id=run, by=MARKUS, now=NOON)
    actions.pay_run(unit_id=unit, run_id=run, money=money, on=on, by=SITI, now=NOON)
    lines = PremiRunLine.objects.filter(run=run)
    return {line.maker_id: (line.usable, line.saved) for line in lines}


def parts_of(line):
    """The frozen split of a line, in thousands where it is of whole thousands."""
    return SaleLine.objects.get(pk=line).parts


def all_ties():
    assert [*premi_problems(), *ledger_problems(), *summary_problems()] == []


def explained(client, code, unit):
    """What the page of the sale and the page of each earning say."""
    pages = []
    for earning in PremiEarning.objects.filter(unit_id=unit):
        answer = client.get(f"/kerja/{code}/uang/premi/mengapa/{earning.pk}/")
        assert answer.status_code == 200
        pages.append(answer.content.decode())
    return " ".join(pages)


def test_bangli_35_15_50_on_sales(world, person):
    shop = Workshop(world.bangli)
    shop.makes(world.endek, 5, 60, 30)
    line = sells(world.bangli, world.endek, 1)
    assert parts_of(line) == {
        "premi_unallocated": 35_000,
        "capital": 15_000,
        "pnbp_payable": 50_000,
    }
    divides(world.bangli)
    anton, budi = shop.makers
    assert earned(world.bangli) == {anton: 23_333, budi: 11_667}
    client = person("Ketut", (Role.KEPALA_UPT, "bangli"))
    text = explained(client, "lapas-narkotika-kelas-iia-bangli", world.bangli)
    assert "Keputusan Kalapas Bangli (uji)" in text
    assert "60 dari 90 menit" in text
    saves(world.bangli, 50)
    assert pays_out(world.bangli) == {anton: (11_666, 11_667), budi: (5_833, 5_834)}
    all_ties()


def test_kepmen_1990_50_35_15_on_profit(world):
    shop = Workshop(world.nabire)
    shop.makes(world.noken, 5, 60, 60)
    line = sells(world.nabire, world.noken, 1)
    assert parts_of(line) == {
        "cost_recovery": 60_000,
        "premi_unallocated": 20_000,
        "capital": 14_000,
        "pnbp_payable": 6_000,
    }
    saves(world.nabire, 75, citation="SE Dirjen PAS1.PK.01.04-87/2010: 25 persen dipakai di dalam")
    assert set(pays_out(world.nabire).values()) == {(2_500, 7_500)}
    all_ties()


def test_malang_10_percent_of_gross(world):
    rest = Share(AccountKind.CAPITAL, Form.REST)
    premi = Share(AccountKind.PREMI_UNALLOCATED, Form.PERCENT, 1_000)
    name = "LPP Malang (peci) 2024: 10 persen dari harga"
    a_rule(world.nabire, name, base=Base.GROSS, shares=(premi, rest), citation=OPEN)
    peci = a_product(world.nabire, "Peci rajut", "kerajinan", price=60_000)
    shop = Workshop(world.nabire)
    shop.makes(peci, 3, 45, 15)
    line = sells(world.nabire, peci, 1)
    assert parts_of(line) == {"premi_unallocated": 6_000, "capital": 54_000}
    saves(world.nabire, 0)
    anton, budi = shop.makers
    assert pays_out(world.nabire) == {anton: (4_500, 0), budi: (1_500, 0)}
    all_ties()


def test_ippa_fest_60_percent_operating(world):
    shares = (
        Share(AccountKind.OPERATING, Form.PERCENT, 6_000),
        Share(AccountKind.PREMI_UNALLOCATED, Form.REST),
    )
    name = "IPPA Fest II 2025: 60 operasional, sisanya premi"
    a_rule(world.nabire, name, base=Base.AFTER_COST, shares=shares, citation=OPEN)
    shop = Workshop(world.nabire)
    shop.makes(world.coffee, 9, 7, 11)
    line = sells(world.nabire, world.coffee, 3)
    parts = parts_of(line)
    assert parts["cost_recovery"] == 93_999
    assert (parts["operating"], parts["premi_unallocated"]) == (30_001, 20_000)
    assert sum(parts.values()) == 144_000
    divides(world.nabire)
    assert sum(earned(world.nabire).values()) == 20_000
    all_ties()


def agrees(unit, **changes):
    given = {"account": AccountKind.OPERATING, "number": "PKS uji 1/2026", **changes}
    new = NewAgreement(citation="domain.md 3.2", first=TODAY, **given)
    return actions.agree_on_premi(unit_id=unit, new=new, by=MARKUS, now=NOON)


def claims(unit, *, on):
    return actions.claim_agreements(unit_id=unit, on=on, by=YOHANA, now=NOON)


def owed_by(unit, kind):
    return -sum(held.amount for held in balances_of(unit_id=unit) if held.account is kind)


def test_ciamis_5000_a_piece(world, person):
    kind = AgreementKind.PER_PIECE
    agrees(world.nabire, name="Coir net", kind=kind, amount=5_000, product_id=world.noken)
    shop = Workshop(world.nabire)
    shop.makes(world.noken, 7, 61, 30)
    assert claims(world.nabire, on=TODAY) == 2
    assert claims(world.nabire, on=TODAY) == 0
    anton, budi = shop.makers
    assert earned(world.nabire) == {anton: 23_462, budi: 11_538}
    assert owed_by(world.nabire, AccountKind.OPERATING) == -35_000
    client = person("Markus", (Role.KEPALA_UPT, "nabire"))
    text = explained(client, "lapas-kelas-iib-nabire", world.nabire)
    assert "PKS uji 1/2026" in text
    assert "61 dari 91" in text
    all_ties()


def test_cirebon_600000_a_month_half_saved(world):
    shop = Workshop(world.nabire)
    kind = AgreementKind.MONTHLY
    agrees(world.nabire, name="Coir net", kind=kind, amount=600_000, workshop_id=shop.id)
    bank = Line(world.nabire, AccountKind.BANK, 2_000_000)
    post_entry(
        lines=[bank, Line(world.nabire, AccountKind.OPERATING, -2_000_000)],
        key=uuid7(),
        occurred_on=TODAY,
        memo="uji",
        source="uji:1",
        by=SITI,
        now=NOON,
    )
    assert claims(world.nabire, on=END_OF_MAY) == 4
    assert set(earned(world.nabire).values()) == {680_000}  # four days of April, and May
    assert claims(world.nabire, on=END_OF_MAY) == 0
    saves(world.nabire, 50, on=END_OF_MAY)
    paid = pays_out(world.nabire, on=END_OF_MAY, money=MoneyIn.BANK)
    assert set(paid.values()) == {(340_000, 340_000)}
    assert {one.amount for one in owed_to_makers(unit_id=world.nabire)} == {340_000}
    assert owed_by(world.nabire, AccountKind.OPERATING) == 2_000_000 - 2 * 680_000
    all_ties()
