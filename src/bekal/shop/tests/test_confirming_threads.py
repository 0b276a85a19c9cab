"""Many at once before an order that waits for its unit: it is taken on once, and held once."""

import pytest

from bekal.foundation.actors import Actor, ActorKind
from bekal.payments.models import Request
from bekal.payments.rules import Method
from bekal.production.models import Hold
from bekal.production.queries import stock_problems
from bekal.production.tests.goods import level
from bekal.shop.actions import cancel_order, decline_order, draft_order
from bekal.shop.models import Closing, Notice, Order
from bekal.shop.rules import ConfirmRefused, OrderChanged
from bekal.shop.tests.market import RINA, a_buyer
from bekal.shop.tests.proposing import a_draft, answers_messages, confirm, draft, order_of
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def reachable(committed_market):
    answers_messages(committed_market.nabire)


def officer(number):
    return Actor(ActorKind.USER, f"petugas-{number}")


def test_eight_taps_of_one_page_are_one_order(committed_market):
    new = a_draft(committed_market)
    codes = at_once(8, lambda _: draft_order(draft=new, by=RINA, now=NOON))
    assert len(set(codes)) == Order.objects.count() == 1


def test_two_officers_confirm_at_once_and_it_is_held_and_asked_once(committed_market):
    part = draft(committed_market)
    methods = [Method.AT_PICKUP, Method.QRIS]
    answers = at_once(2, lambda n: confirm(part, method=methods[n], by=officer(n)))
    assert len(set(answers)) == 1
    assert Hold.objects.count() == Request.objects.count() == 1
    assert Notice.objects.filter(event="confirmed").count() == 1
    assert level(committed_market.noken) == (10, 2)


def test_confirming_and_declining_at_once_is_one_of_them(committed_market):
    part = draft(committed_market)

    def one(number):
        if number % 2:
            return confirm(part, by=officer(number))
        return decline_order(
            part_id=part.pk, unit_id=part.unit_id, reason="Habis.", by=officer(number), now=NOON
        )

    answers = all_at_once(4, one)
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(answer, ConfirmRefused) for answer in refused), answers
    is_taken = order_of(part).status == "placed"
    assert Closing.objects.count() == (0 if is_taken else 1)
    assert Hold.objects.count() == (1 if is_taken else 0)


def test_confirming_and_taking_back_at_once_ends_with_nothing_held(committed_market):
    part = draft(committed_market)

    def one(number):
        if number % 2:
            return confirm(part, by=officer(number))
        return cancel_order(order_id=part.order_id, by=RINA, now=NOON)

    answers = all_at_once(4, one)
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(answer, ConfirmRefused) for answer in refused), answers
    assert order_of(part).status == "cancelled"
    assert level(committed_market.noken) == (10, 0)
    assert stock_problems() == []


def test_six_drafts_of_two_for_ten_pieces_five_are_confirmed(committed_market):
    market = committed_market
    parts = [
        draft(market, buyer=a_buyer(phone=f"+62811{n:07}", address="", district_code=""))
        for n in range(6)
    ]
    answers = all_at_once(6, lambda n: confirm(parts[n], by=officer(n)))
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(answer) for answer in refused] == [OrderChanged], answers
    assert level(market.noken) == (10, 10)
    assert stock_problems() == []
