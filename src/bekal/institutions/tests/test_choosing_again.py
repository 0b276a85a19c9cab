"""Choosing again: a request is ended as long as its order stands, and no longer."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.foundation.clock import Zone
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.institutions import queries
from bekal.institutions.actions import withdraw_request
from bekal.institutions.models import Answer, Choice, Letter, Outcome, Request
from bekal.institutions.queries import InvitationFilters
from bekal.institutions.rules import AnswerRefused, RequestRefused, Stand, State
from bekal.institutions.tests.asked import (
    DAY,
    DEADLINE,
    NEEDED,
    SRI,
    answer,
    ask,
    cancel,
    choose,
    give_up,
    register,
)
from bekal.payments.rules import Means
from bekal.payments.tests.money import comes
from bekal.shop.models import Order
from bekal.shop.queries import order_problems
from bekal.shop.rules import OrderStatus
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY

pytestmark = pytest.mark.django_db
MODELS = (Request, Answer, Outcome, Choice, Order, Message, Event, Letter)


def counts():
    return [model.objects.count() for model in MODELS]


def state(asked, *, now=NOON):
    found = queries.request_by_key(key=asked.key)
    assert found is not None
    return queries.state_now(found, now=now)


def invited(unit, asked, *, now=NOON):
    found = queries.invited(unit_id=unit, request_id=asked.request_id, now=now)
    assert found is not None
    return found


def listed(unit, *, now=NOON):
    """The stand of the one request in a workshop's list, and the filters that show it."""
    (found,) = queries.invitations_of(unit_id=unit, now=now)
    shows = {
        stand
        for stand in Stand
        if queries.invitations_of(unit_id=unit, now=now, filters=InvitationFilters(stand=stand))
    }
    return queries.invitation_row(found, now=now).stand, shows


def chosen(asked):
    request = Request.objects.get(pk=asked.request_id)
    rows = queries.comparison(request=request, on=TODAY)
    return {row.unit.id: row.chosen for row in rows if row.chosen}


def waiting(unit, *, now=NOON):
    return queries.unit_work(unit_id=unit, today=TODAY, zone=Zone.WIT, now=now).requests


def ordered(world, **changes):
    """Sri has ordered twenty noken of Nabire; Bangli offered too."""
    asked = ask(world, **changes)
    noken = answer(asked, world.nabire, world.noken)
    endek = answer(asked, world.bangli, world.endek)
    choose(asked, (noken, 20))
    return asked, noken, endek


def test_what_the_institution_cancelled_is_chosen_again_the_same_or_another(world):
    asked, noken, endek = ordered(world)
    first = cancel()
    assert (state(asked), chosen(asked)) == (State.OPEN, {})
    choose(asked, (noken, 20))
    assert (state(asked), chosen(asked)) == (State.ORDERED, {world.nabire: 20})
    second = cancel()
    choose(asked, (noken, 5), (endek, 10))
    assert chosen(asked) == {world.nabire: 5, world.bangli: 10}
    assert Order.objects.get(status=OrderStatus.PLACED).pk not in {first, second}
    kept = Outcome.objects.order_by("number").values_list("number", "order_id")
    assert list(kept)[:2] == [(1, first), (2, second)]
    assert Order.objects.count() == Outcome.objects.count() == 3
    assert chain_problems() == order_problems() == []


def test_what_a_workshop_gave_up_is_chosen_again_elsewhere(world):
    asked, _noken, endek = ordered(world)
    give_up(world.nabire)
    assert state(asked) is State.OPEN
    choose(asked, (endek, 15))
    assert chosen(asked) == {world.bangli: 15}


def test_a_cancelled_order_whose_money_is_owed_back_is_cancelled_all_the_same(world):
    asked, noken, _endek = ordered(world)
    order = Order.objects.get()
    comes(order.collector_id, 1_000, request_id=order.pk, method=Means.TRANSFER)
    cancel()
    assert Order.objects.get().status == OrderStatus.REFUND_DUE
    assert (state(asked), listed(world.nabire)[0]) == (State.OPEN, Stand.OFFERED)
    choose(asked, (noken, 20))
    assert state(asked) is State.ORDERED


def test_as_long_as_the_order_stands_nothing_is_chosen_answered_or_withdrawn(world):
    asked, noken, endek = ordered(world)
    cancel()
    choose(asked, (noken, 20))
    were = counts()
    with pytest.raises(RequestRefused, match="sudah dipesan"):
        choose(asked, (endek, 5))
    with pytest.raises(RequestRefused, match="Sudah dipesan"):
        withdraw_request(request_id=asked.request_id, reason="", by=SRI, now=NOON)
    with pytest.raises(AnswerRefused, match="sudah memesan"):
        answer(asked, world.bangli, world.endek)
    assert counts() == were


def test_an_offer_that_lapsed_or_was_replaced_meanwhile_is_not_chosen_again(world):
    asked, noken, endek = ordered(world)
    cancel()
    answer(asked, world.nabire, world.noken, unit_price=95_000, now=NOON + DAY)
    were = counts()
    with pytest.raises(RequestRefused, match="baru saja berubah"):
        choose(asked, (noken, 20), now=NOON + DAY)
    with pytest.raises(RequestRefused, match="masa berlakunya habis"):
        choose(asked, (endek, 5), now=NOON + 21 * DAY)
    assert counts() == were
    assert state(asked) is State.OPEN


def test_workshops_answer_again_before_the_deadline_and_are_refused_after_it(world):
    asked, _noken, _endek = ordered(world)
    cancel()
    answer(asked, world.nabire, reason="Bengkel penuh")
    assert invited(world.nabire, asked).stand is Stand.DECLINED
    assert state(asked, now=DEADLINE) is State.CLOSED
    were = counts()
    with pytest.raises(AnswerRefused, match="Batas jawaban sudah lewat"):
        answer(asked, world.bangli, world.endek, now=DEADLINE)
    assert counts() == were


def test_after_the_deadline_what_holds_can_still_be_chosen_again(world):
    asked, noken, _endek = ordered(world)
    cancel(now=DEADLINE)
    assert state(asked, now=DEADLINE) is State.CLOSED
    choose(asked, (noken, 20), now=DEADLINE + DAY, due_on=NEEDED + 8 * DAY)
    assert state(asked, now=DEADLINE + DAY) is State.ORDERED


def test_a_workshop_that_never_answered_has_it_on_its_desk_again(world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    choose(asked, (noken, 20))
    assert (waiting(world.bangli), listed(world.bangli)[0]) == (0, Stand.MISSED)
    cancel()
    assert (waiting(world.bangli), listed(world.bangli)[0]) == (1, Stand.WAITING)
    assert waiting(world.nabire) == 0
    assert waiting(world.bangli, now=DEADLINE) == 0


def test_the_stand_of_every_workshop_follows_the_order_in_its_list_and_its_filter(world):
    asked, noken, _endek = ordered(world)
    assert listed(world.nabire) == (Stand.CHOSEN, {Stand.CHOSEN})
    assert listed(world.bangli) == (Stand.PASSED_OVER, {Stand.PASSED_OVER})
    order = cancel()
    for unit in (world.nabire, world.bangli):
        assert listed(unit) == (Stand.OFFERED, {Stand.OFFERED})
    here, elsewhere = invited(world.nabire, asked), invited(world.bangli, asked)
    assert (here.chosen, here.cancelled, here.was_cancelled) == (0, {order: 20}, True)
    assert (elsewhere.chosen, elsewhere.cancelled, elsewhere.was_cancelled) == (0, {}, True)
    choose(asked, (noken, 7))
    assert listed(world.nabire) == (Stand.CHOSEN, {Stand.CHOSEN})
    assert listed(world.bangli) == (Stand.PASSED_OVER, {Stand.PASSED_OVER})
    assert (invited(world.nabire, asked).chosen, listed(world.nabire)[1]) == (7, {Stand.CHOSEN})


def test_a_request_is_withdrawn_after_its_order_was_cancelled_and_then_for_good(world):
    asked, noken, _endek = ordered(world)
    cancel()
    for _ in range(2):
        withdraw_request(request_id=asked.request_id, reason="Anggaran batal", by=SRI, now=NOON)
    assert state(asked) is State.WITHDRAWN
    for unit in (world.nabire, world.bangli):
        assert listed(unit) == (Stand.WITHDRAWN, {Stand.WITHDRAWN})
        assert invited(unit, asked).withdrawn_because == "Anggaran batal"
    were = counts()
    with pytest.raises(RequestRefused, match="sudah dibatalkan"):
        choose(asked, (noken, 20))
    with pytest.raises(AnswerRefused, match="membatalkan"):
        answer(asked, world.bangli, world.endek)
    assert counts() == were


def test_the_institutions_list_says_where_it_stands_and_that_an_order_was_cancelled(world):
    party = register()
    asked, noken, _endek = ordered(world, institution=party)

    def row():
        (found,) = queries.requests_of(institution_id=party.institution_id, now=NOON)
        return found.state, found.was_cancelled, found.asked, found.offers

    assert row() == (State.ORDERED, False, 2, 2)
    cancel()
    assert row() == (State.OPEN, True, 2, 2)
    choose(asked, (noken, 20))
    assert row() == (State.ORDERED, True, 2, 2)


def test_the_same_key_answers_the_order_that_it_made_also_when_that_was_cancelled(world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    key = uuid7()
    code = choose(asked, (noken, 20), key=key)
    cancel()
    were = counts()
    assert choose(asked, (noken, 20), key=key) == code
    assert counts() == were
    assert state(asked) is State.OPEN


END = """
insert into institutions_outcome
  (id, request_id, number, kind, order_id, po_number, due_on, reason, ended_at, ended_by)
select gen_random_uuid(), request_id, {number}, '{kind}', {order}, '', {due}, '', now(), 'x'
from institutions_outcome order by number desc limit 1
"""
WITHDRAW = END.format(number="number + 1", kind="withdrawn", order="null::uuid", due="null::date")
TAKE = """
insert into institutions_choice (outcome_id, answer_id, pieces)
select o.id, a.id, 1 from institutions_outcome o, institutions_answer a where {which}
"""


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def test_postgresql_lets_a_request_end_again_only_when_its_order_was_cancelled(world):
    ordered(world)
    for statement in (WITHDRAW, WITHDRAW.replace("number + 1", "1")):
        with pytest.raises(DatabaseError, match="only when its order was cancelled"):
            run(statement)
    cancel()
    for number in ("number", "number + 2", "0"):
        with pytest.raises(DatabaseError, match="only when its order was cancelled"):
            run(WITHDRAW.replace("number + 1", number))
    assert Outcome.objects.count() == 1
    run(WITHDRAW)
    with pytest.raises(DatabaseError, match="only when its order was cancelled"):
        run(WITHDRAW)
    assert list(Outcome.objects.order_by("number").values_list("kind", flat=True)) == [
        "ordered",
        "withdrawn",
    ]


def test_postgresql_lets_no_order_end_two_requests_or_one_twice(world):
    ordered(world)
    cancel()
    again = END.format(number="number + 1", kind="ordered", order="order_id", due="due_on")
    with pytest.raises(DatabaseError, match="order_id"):
        run(again)
    assert Outcome.objects.count() == 1


def test_postgresql_takes_each_answer_once_for_an_outcome_and_only_the_newest(world):
    asked, noken, _endek = ordered(world)
    with pytest.raises(DatabaseError, match="institutions_choice_once"):
        run(TAKE.format(which=f"a.id = '{noken}'"))
    cancel()
    answer(asked, world.nabire, reason="Penuh")
    for which in (f"a.id = '{noken}'", "a.kind = 'decline'"):
        with pytest.raises(DatabaseError, match="newest offer"):
            run(TAKE.format(which=which))
    assert Choice.objects.count() == 1


def test_postgresql_takes_answers_only_while_no_outcome_stands(world):
    asked, _noken, _endek = ordered(world)
    decline = """
    insert into institutions_answer
      (id, invitation_id, number, kind, product_name, note, answered_at, answered_by)
    select gen_random_uuid(), invitation_id, number + 1, 'decline', '', 'x', answered_at, 'x'
    from institutions_answer order by id desc limit 1
    """
    with pytest.raises(DatabaseError, match="while the request is open"):
        run(decline)
    cancel()
    run(decline)
    assert Answer.objects.count() == 3
    withdraw_request(request_id=asked.request_id, reason="", by=SRI, now=NOON)
    with pytest.raises(DatabaseError, match="while the request is open"):
        run(decline)
    assert Answer.objects.count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_who_choose_again_at_once_make_one_order(committed_world):
    asked, noken, endek = ordered(committed_world)
    cancel()
    made = all_at_once(8, lambda n: choose(asked, (noken if n % 2 else endek, 5)))
    assert sum(isinstance(one, RequestRefused) for one in made) == 7
    assert Order.objects.count() == Outcome.objects.count() == Choice.objects.count() == 2
    assert Order.objects.filter(status=OrderStatus.PLACED).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_clicks_of_one_choice_made_again_make_one_order(committed_world):
    asked, noken, _endek = ordered(committed_world)
    cancel()
    key = uuid7()
    assert len(set(at_once(8, lambda _: choose(asked, (noken, 5), key=key)))) == 1
    assert Order.objects.filter(status=OrderStatus.PLACED).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_chooses_while_the_order_is_cancelled_orders_after_that_or_not_at_all(committed_world):
    asked, noken, _endek = ordered(committed_world)
    first = Order.objects.get().pk

    def work(number):
        return choose(asked, (noken, 5)) if number else cancel(first)

    made = all_at_once(8, work)
    refused = [one for one in made if isinstance(one, Exception)]
    assert all(isinstance(one, RequestRefused) for one in refused)
    placed = Order.objects.filter(status=OrderStatus.PLACED).count()
    assert placed == 7 - len(refused)
    assert placed <= 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_cancelled_is_ordered_again_or_withdrawn_and_never_both(committed_world):
    asked, noken, _endek = ordered(committed_world)
    cancel()

    def work(number):
        if number % 2:
            return withdraw_request(request_id=asked.request_id, reason="", by=SRI, now=NOON)
        return choose(asked, (noken, 5))

    all_at_once(8, work)
    last = Outcome.objects.get(number=2)
    assert Outcome.objects.count() == 2
    assert Order.objects.count() == 1 + (last.kind == "ordered")
