"""Nation = sum of kanwil = sum of units = sum of receipts, whatever happens.

Random sales, refunds, day reports and one reorganisation go through the actions; what they must
sum to is computed here, one fact after the other, without SQL.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.audit import queries as audit
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.ledger import queries as ledger
from bekal.places import queries as places
from bekal.places.actions import move_place
from bekal.sales import queries as sales
from bekal.sales.actions import (
    NewRefund,
    ReportRefused,
    rebuild_summaries,
    record_sale,
    refund_sale,
    report_day,
)
from bekal.sales.models import Leaf, ProductHour, Refund, Sale, UnitDay
from bekal.sales.rules import BuyerClass, Channel, RefundKind
from bekal.turnover import queries
from bekal.turnover.rules import Basis, added
from tests.support.world import NOON, SETUP, TODAY, WAYAN, YOHANA, a_sale

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR = Period(dt.date(2026, 1, 1), TODAY)
FIRST = dt.date(2026, 1, 3)
UNITS = ("nabire", "merauke", "bangli")
GOODS = {"nabire": "noken", "merauke": "bread", "bangli": "endek"}
PRICES = {"nabire": 100_000, "merauke": 15_001, "bangli": 100_000}

days_of_facts = st.dates(FIRST, TODAY)
sold = st.tuples(
    st.sampled_from(UNITS),
    days_of_facts,
    st.integers(1, 4),
    st.sampled_from(Channel),
    st.sampled_from(BuyerClass),
)
came_back = st.tuples(st.integers(0, 7), st.integers(1, 4), st.sampled_from(RefundKind))
reported = st.tuples(st.sampled_from(UNITS), days_of_facts)
moved = st.tuples(st.sampled_from(UNITS), st.dates(FIRST, TODAY))
few = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass
class Book:
    """What happened, kept naively."""

    facts: list = field(default_factory=list)
    words: set = field(default_factory=set)

    def gross_returned(self, wanted):
        """(gross, returned) of the facts that `wanted(unit, day)` accepts."""
        kept = [fact for fact in self.facts if wanted(fact[0], fact[1])]
        return sum(fact[2] for fact in kept), sum(fact[3] for fact in kept)


def happen(world, sales_made, refunds, reports):
    """Let it happen through the actions, and write it down."""
    book, receipts = Book(), []
    for unit, day, pieces, channel, buyer in sales_made:
        product = getattr(world, GOODS[unit])
        sale = a_sale(
            getattr(world, unit),
            (product, pieces),
            sold_on=day,
            channel=channel,
            buyer_class=buyer,
            collected_by=world.nabire if channel is Channel.ONLINE else None,
        )
        record_sale(sale=sale, by=YOHANA, now=NOON)
        receipts.append([unit, day, sale.key, pieces])
        book.facts.append((unit, day, pieces * PRICES[unit], 0))
        book.words.add((unit, day))
    for number, wanted, kind in refunds:
        receipt = receipts[number % len(receipts)]
        pieces = min(wanted, receipt[3])
        if pieces:
            take_back(book, receipt, pieces, kind)
    for unit, day in reports:
        report(world, book, unit, day)
    return book


def take_back(book, receipt, pieces, kind):
    unit, day, sale_id, left = receipt
    (line,) = sales.refundable_lines(sale_id=sale_id)
    order_part = Sale.objects.get(pk=sale_id).order_part
    of_an_order = {"order_part": order_part, "goods_source": f"uji:{uuid7()}"}
    refund = NewRefund(
        uuid7(), sale_id, {line.id: pieces}, kind, "uji", **(of_an_order if order_part else {})
    )
    refund_id = refund_sale(refund=refund, by=WAYAN, now=NOON)
    counts_on = Refund.objects.get(pk=refund_id).counts_on
    assert counts_on == (day if kind is RefundKind.CORRECTION else TODAY)
    receipt[3] = left - pieces
    book.facts.append((unit, counts_on, 0, pieces * PRICES[unit]))


def report(world, book, unit, day):
    expects = any(fact[:2] == (unit, day) for fact in book.facts)
    try:
        with transaction.atomic():
            report_day(
                unit_id=getattr(world, unit), day=day, expects_sales=expects, by=YOHANA, now=NOON
            )
    except ReportRefused:
        return
    book.words.add((unit, day))


def parents(world, move):
    """A function that tells the kanwil of a unit on a day."""
    home = {"nabire": world.papua, "merauke": world.papua, "bangli": world.bali}
    unit, since = move
    away = world.bali if home[unit] == world.papua else world.papua

    def parent(name, day):
        return away if (name, day >= since) == (unit, True) else home[name]

    move_place(
        place_id=getattr(world, unit), parent_id=away, on=since, source="uji", by=SETUP, now=NOON
    )
    return parent


def as_asked(node):
    return node.total.gross, node.total.returned


def sums(world, basis, period=YEAR):
    """What the queries say of every kanwil and of every unit in each kanwil."""
    found = {}
    asked = {"period": period, "basis": basis, "on": TODAY}
    for kanwil in queries.children(place_id=world.centre, **asked):
        found[kanwil.node.id] = as_asked(kanwil)
        below = queries.children(place_id=kanwil.node.id, **asked)
        assert added(unit.total for unit in below) == kanwil.total
        assert queries.total(place_id=kanwil.node.id, **asked) == kanwil
        for unit in below:
            found[kanwil.node.id, unit.node.id] = as_asked(unit)
    nation = queries.total(place_id=world.centre, **asked)
    assert nation.total == added(k.total for k in queries.children(place_id=world.centre, **asked))
    found[world.centre] = as_asked(nation)
    return found


def check_sums(world, book, parent_of, basis, period):
    found = sums(world, basis, period)
    day_of_tree = (lambda day: TODAY) if basis is Basis.AS_IT_IS_NOW else (lambda day: day)

    def naive(kanwil=None, unit=None):
        return book.gross_returned(
            lambda name, day: (
                day in period
                and unit in (None, getattr(world, name))
                and kanwil in (None, parent_of(name, day_of_tree(day)))
            )
        )

    assert found[world.centre] == naive()
    for kanwil in (world.papua, world.bali):
        assert found[kanwil] == naive(kanwil)
        for name in UNITS:
            unit = getattr(world, name)
            assert found.get((kanwil, unit), (0, 0)) == naive(kanwil, unit)


def check_parts(world, period, basis):
    """Slices and days of the nation sum to it too."""
    asked = {"place_id": world.centre, "period": period, "basis": basis, "on": TODAY}
    nation = queries.total(**asked).total
    for slices in queries.slices(**asked).values():
        assert sum(piece.gross for piece in slices) == nation.gross
        assert sum(piece.net for piece in slices) == nation.net
        assert sum(piece.net_pieces for piece in slices) == nation.net_pieces
    assert added(day.total for day in queries.days(**asked)) == nation
    parts = nation.pnbp, nation.premi, nation.cost_recovery, nation.capital
    assert sum((*parts, nation.operating, nation.partner)) == nation.net


def check_coverage(world, book, period, basis):
    asked = {"place_id": world.centre, "period": period, "basis": basis, "on": TODAY}
    told = {unit for unit, day in book.words if day in period}
    coverage = queries.coverage(**asked)
    assert (coverage.expected, coverage.reported) == (len(UNITS), len(told))
    silent = {unit.node.id for unit in queries.silent_units(**asked)}
    assert silent == {getattr(world, name) for name in UNITS if name not in told}


def check_everything_agrees():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    assert queries.sum_problems() == []
    assert sales.summary_problems() == []
    assert ledger.ledger_problems() == []
    assert audit.chain_problems() == []
    assert places.ancestry_problems() == []


def kept():
    return Counter(
        row
        for model in (Leaf, UnitDay, ProductHour)
        for row in model.objects.order_by("day", "id").values_list(
            *[f.attname for f in model._meta.fields if not f.primary_key]
        )
    )


@few
@given(
    made=st.lists(sold, min_size=1, max_size=8),
    returned=st.lists(came_back, max_size=4),
    reports=st.lists(reported, max_size=3),
    move=moved,
    span=st.tuples(days_of_facts, days_of_facts),
)
def test_every_level_sums_to_the_receipts(*, world, made, returned, reports, move, span):
    period = Period(min(span), max(span))
    with transaction.atomic():
        book = happen(world, made, returned, reports)
        parent_of = parents(world, move)
        for basis in Basis:
            check_sums(world, book, parent_of, basis, period)
            check_sums(world, book, parent_of, basis, YEAR)
            check_parts(world, period, basis)
            check_coverage(world, book, period, basis)
        check_everything_agrees()
        before = kept()
        rebuild_summaries(by=SETUP, now=NOON)
        assert kept() == before
        transaction.set_rollback(True)


@few
@given(
    made=st.lists(sold, min_size=1, max_size=8),
    returned=st.lists(came_back, max_size=4),
    data=st.data(),
)
def test_a_reorganisation_changes_only_what_is_summed_as_it_is_now(*, world, made, returned, data):
    with transaction.atomic():
        book = happen(world, made, returned, [])
        before = {basis: sums(world, basis) for basis in Basis}
        assert before[Basis.AS_IT_WAS] == before[Basis.AS_IT_IS_NOW]
        unit = data.draw(st.sampled_from(UNITS))
        parents(world, (unit, TODAY + dt.timedelta(days=1)))
        tomorrow = {"place_id": world.centre, "period": YEAR, "on": TODAY + dt.timedelta(days=1)}
        after = {
            basis: {k.node.id: as_asked(k) for k in queries.children(basis=basis, **tomorrow)}
            for basis in Basis
        }
        kanwil = {world.papua, world.bali}
        was = {node: before[Basis.AS_IT_WAS][node] for node in kanwil}
        assert after[Basis.AS_IT_WAS] == was
        gross, back = book.gross_returned(lambda name, day: name == unit)
        home = world.bali if unit == "bangli" else world.papua
        away = (kanwil - {home}).pop()
        now = after[Basis.AS_IT_IS_NOW]
        assert now[home] == (was[home][0] - gross, was[home][1] - back)
        assert now[away] == (was[away][0] + gross, was[away][1] + back)
        transaction.set_rollback(True)
