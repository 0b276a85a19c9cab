"""Money of accepted problems: reversed by the frozen rule, owed once, paid once; stock ties out."""

import functools

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.audit.queries import chain_problems
from bekal.foundation.ids import uuid7
from bekal.ledger.queries import balances_of, ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.payments import actions as payments
from bekal.payments.models import Debt, Receipt
from bekal.payments.queries import debts_about, payment_problems
from bekal.payments.rules import Means
from bekal.production.queries import stock_problems
from bekal.production.tests.goods import level
from bekal.sales.models import Refund, Sale
from bekal.sales.queries import summary_problems
from bekal.shop import actions
from bekal.shop.models import Notice, Order, PartMove, ProblemPaid, ProblemRefund
from bekal.shop.rules import Fault, MoveRefused, ProblemRefused, WhereGoods
from bekal.shop.tests.market import AFTER, an_order, pay, place
from bekal.shop.tests.office import made_ready, paid, part_of, to_fetch
from bekal.shop.tests.reporting import (
    HEAD,
    a_parcel,
    a_report,
    accept,
    came_back,
    delivered,
    refund,
    refuse,
)
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY, WAYAN, YOHANA

pytestmark = pytest.mark.django_db


def held(unit_id):
    """Rupiah by account, summed over other units."""
    sums: dict[AccountKind, int] = {}
    for balance in balances_of(unit_id=unit_id):
        if balance.amount:
            sums[balance.account] = sums.get(balance.account, 0) + balance.amount
    return {account: amount for account, amount in sums.items() if amount}


def all_ties_out():
    checks = (summary_problems, ledger_problems, chain_problems, payment_problems, stock_problems)
    assert [check() for check in checks] == [[]] * 5
    return True


def pay_out(problem_id, unit_id):
    """The collecting unit pays what it owes for a problem."""
    return paid_out(Debt.objects.get(subject=f"problem:{problem_id}").pk, unit_id)


def paid_out(debt_id, unit_id, *, means=Means.TRANSFER):
    return payments.pay_out(
        key=uuid7(),
        debt_id=debt_id,
        unit_id=unit_id,
        means=means,
        proof="BRI 0001",
        paid_on=TODAY,
        by=SITI,
        now=NOON,
    )


@pytest.fixture
def part(market):
    """Three noken of Nabire that came to Rina."""
    return a_parcel(market)


def accepted(part, pieces=2, **how):
    problem = a_report(part, pieces)
    accept(problem, part, pieces, **how)
    return problem


def test_two_of_three_come_back_and_the_money_goes_the_way_it_came(market, part):
    before = held(market.nabire)
    problem = accepted(part, shipping=9_000)
    came_back(problem, part, 1, 1)
    refund(problem, part)
    after = held(market.nabire)
    assert after[AccountKind.ORDER_ADVANCE] == -209_000
    assert after[AccountKind.SHIPPING] == before[AccountKind.SHIPPING] + 9_000
    for account, each in ((AccountKind.COST_RECOVERY, 60_000), (AccountKind.PNBP_PAYABLE, 6_000)):
        assert after[account] == before[account] + 2 * each
    assert level(market.noken) == (8, 0)  # ten, less three sold, one back on the shelf
    debt = Debt.objects.get()
    assert (debt.subject, debt.amount) == (f"problem:{problem}", 209_000)
    assert (debt.label, debt.unit_id) == (part.order.code, market.nabire)
    told = ProblemRefund.objects.get()
    assert (told.goods, told.shipping) == (200_000, 9_000)
    assert {r.kind for r in Refund.objects.all()} == {"return"}
    assert all_ties_out()


def test_a_debt_that_is_paid_ends_the_problem_and_is_told(market, part):
    problem = accepted(part)
    came_back(problem, part)
    refund(problem, part)
    pay_out(problem, market.nabire)
    assert ProblemPaid.objects.get().refund_id == problem
    assert AccountKind.ORDER_ADVANCE not in held(market.nabire)
    events = set(Notice.objects.filter(about=f"problem:{problem}").values_list("event", flat=True))
    assert events == {"accepted", "refund_due", "refund_paid"}
    assert set(Notice.objects.filter(event="refund_paid").values_list("amount", flat=True)) == {
        200_000
    }
    assert all_ties_out()


def test_a_repeat_gives_nothing_back_again(market, part):
    problem = accepted(part)
    came_back(problem, part)
    for _ in range(3):
        refund(problem, part)
    assert Debt.objects.count() == ProblemRefund.objects.count() == Refund.objects.count() == 1
    assert all_ties_out()


@pytest.mark.parametrize("step", ["reported", "refused", "accepted"])
def test_money_goes_back_only_after_the_goods_are_settled(part, step):
    problem = a_report(part, 2)
    if step == "refused":
        refuse(problem, part)
    if step == "accepted":
        accept(problem, part)
    with pytest.raises(ProblemRefused):
        refund(problem, part)
    assert not Refund.objects.exists()
    assert not Debt.objects.exists()


def test_whoever_accepted_does_not_give_the_money_back(part):
    problem = accepted(part, by=HEAD)
    came_back(problem, part)
    with pytest.raises(ProblemRefused, match="orang lain"):
        refund(problem, part, by=HEAD)
    assert not Refund.objects.exists()
    refund(problem, part, by=SITI)


def test_another_unit_gives_nothing_back(market, part):
    problem = accepted(part)
    came_back(problem, part)
    with pytest.raises(LookupError):
        actions.refund_problem(problem_id=problem, unit_id=market.bangli, by=WAYAN, now=NOON)


def test_the_unit_that_collected_owes_what_another_takes_back(market):
    order = paid(market, ("noken", 1), ("endek", 3))
    assert order.collector_id == market.bangli
    part = delivered(part_of(order, market.nabire))
    problem = a_report(part, 1)
    accept(problem, part, 1, shipping=18_000)
    came_back(problem, part, 1, 0)
    refund(problem, part)
    assert Debt.objects.get().unit_id == market.bangli
    assert held(market.bangli)[AccountKind.ORDER_ADVANCE] == -118_000
    # What Bangli collected for Nabire's part, goods and shipping, it owes to the buyer now.
    assert AccountKind.SETTLEMENT not in held(market.nabire)
    assert AccountKind.SHIPPING not in held(market.nabire)
    pay_out(problem, market.bangli)
    assert all_ties_out()


def test_a_parcel_that_was_lost_is_paid_back_whole_and_its_goods_written_off(market):
    part = delivered(part_of(paid(market, ("noken", 2)), market.nabire))
    problem = a_report(part, 2, fault=Fault.WRONG)
    accept(problem, part, 2, where=WhereGoods.KEEP, shipping=18_000)
    refund(problem, part)
    assert Debt.objects.get().amount == 218_000
    assert level(market.noken) == (8, 0)
    assert all_ties_out()


def test_a_refund_of_shipping_alone_leaves_the_sale(market, part):
    problem = a_report(part, 1)
    accept(problem, part, 0, where=WhereGoods.KEEP, shipping=5_000)
    refund(problem, part)
    assert not Refund.objects.exists()
    assert (ProblemRefund.objects.get().goods, ProblemRefund.objects.get().shipping) == (0, 5_000)
    assert held(market.nabire)[AccountKind.ORDER_ADVANCE] == -5_000
    assert all_ties_out()


def test_what_was_paid_at_the_counter_comes_back_from_the_counter(market):
    part = made_ready(part_of(to_fetch(market)))
    actions.take_at_counter(
        part_id=part.pk, unit_id=part.unit_id, means=Means.CASH, by=YOHANA, now=NOON
    )
    problem = accepted(part)
    came_back(problem, part)
    refund(problem, part)
    assert held(market.nabire)[AccountKind.CASH] == 200_000
    assert held(market.nabire)[AccountKind.ORDER_ADVANCE] == -200_000
    assert all_ties_out()


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 4), st.integers(0, 12_000)),
        min_size=1,
        max_size=4,
    )
)
def test_any_history_of_returns_keeps_money_stock_and_sums(market, steps):
    with transaction.atomic():
        part = a_parcel(market, ("coffee", 5))
        before, left, shipping, on_shelf = held(market.nabire), 5, part.fee, 5
        owed = 0
        for wanted, good, asked in steps:
            pieces, to_stock = min(wanted, left), min(good, wanted, left)
            fee = min(asked, shipping)
            if not pieces:
                continue
            problem = a_report(part, pieces)
            accept(problem, part, pieces, shipping=fee)
            came_back(problem, part, to_stock, pieces - to_stock)
            refund(problem, part)
            left, shipping, on_shelf = left - pieces, shipping - fee, on_shelf + to_stock
            owed += pieces * 48_000 + fee
            assert held(market.nabire).get(AccountKind.ORDER_ADVANCE, 0) == -owed
            assert level(market.coffee) == (on_shelf, 0)
            assert all_ties_out()
        if not left and not shipping:
            assert set(held(market.nabire)) <= {AccountKind.QRIS, AccountKind.ORDER_ADVANCE}
        assert sum(before.values()) == sum(held(market.nabire).values()) == 0
        transaction.set_rollback(True)


def test_money_that_came_too_late_is_paid_back_and_the_order_says_so(market):
    order = an_order(market, ("noken", 10))
    place(order)
    actions.expire_orders(by=YOHANA, now=AFTER)
    place(an_order(market, ("noken", 10)), now=AFTER)
    pay(order.key, now=AFTER)
    kept = Order.objects.get(pk=order.key)
    assert kept.status == "refund_due"
    (debt,) = debts_about(subjects=[f"order:{order.key}"])
    paid_out(debt.id, kept.collector_id)
    kept.refresh_from_db()
    assert kept.status == "refunded"
    assert set(Notice.objects.filter(order=kept).values_list("event", flat=True)) >= {
        "refund_due",
        "refund_paid",
    }
    assert all_ties_out()


def test_what_a_gateway_took_back_is_gone_from_what_it_holds(market):
    order = an_order(market, ("noken", 2))
    place(order)
    pay(order.key, means=Means.GATEWAY)
    part = delivered(part_of(Order.objects.get(pk=order.key)))
    assert held(market.nabire)[AccountKind.QRIS] == 218_000
    problem = accepted(part, shipping=18_000)
    came_back(problem, part)
    refund(problem, part)
    (debt,) = debts_about(subjects=[f"problem:{problem}"])
    paid_out(debt.id, market.nabire, means=Means.GATEWAY)
    left = held(market.nabire)
    assert AccountKind.QRIS not in left
    assert AccountKind.ORDER_ADVANCE not in left
    assert all_ties_out()


@pytest.mark.django_db(transaction=True)
def test_eight_treasurers_at_once_give_back_once(committed_market):
    part = a_parcel(committed_market)
    problem = accepted(part)
    came_back(problem, part)
    answers = all_at_once(8, lambda _: refund(problem, part))
    assert [each for each in answers if each is not None] == []
    assert Debt.objects.count() == ProblemRefund.objects.count() == Refund.objects.count() == 1
    assert all_ties_out()


@pytest.mark.django_db(transaction=True)
def test_eight_payouts_at_once_pay_once(committed_market):
    part = a_parcel(committed_market)
    problem = accepted(part)
    came_back(problem, part)
    refund(problem, part)
    answers = all_at_once(8, lambda _: pay_out(problem, committed_market.nabire))
    assert sum(isinstance(each, Exception) for each in answers) == 7
    assert ProblemPaid.objects.count() == 1
    assert all_ties_out()


@pytest.mark.django_db(transaction=True)
def test_eight_officers_hand_one_parcel_over_once(committed_market):
    part = made_ready(part_of(paid(committed_market)))
    hand = functools.partial(
        actions.hand_over_part, part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=NOON
    )
    all_at_once(8, lambda number: hand(tracking_number=f"JNE00{number}"))
    assert PartMove.objects.filter(part=part, status="sent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_taps_at_the_counter_take_the_money_once(committed_market):
    part = made_ready(part_of(to_fetch(committed_market)))
    take = functools.partial(
        actions.take_at_counter, part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=NOON
    )
    said = [Means.QRIS if number % 2 else Means.CASH for number in range(8)]
    answers = all_at_once(8, lambda number: take(means=said[number]))
    stands = Receipt.objects.get().means
    assert [means == stands for means in said] == [answer is None for answer in answers]
    assert {type(answer) for answer in answers if answer} == {MoveRefused}
    assert Receipt.objects.count() == Sale.objects.count() == 1
    assert all_ties_out()
