"""What buyers are told of a product: only when it changes, and in time."""

import datetime as dt

import pytest

from bekal.audit.models import Event
from bekal.catalogue.models import Shelf
from bekal.foundation.ids import uuid7
from bekal.production import actions, queries
from bekal.production.models import Pause, Stock
from bekal.production.rules import NewWork, NewWorkTime, PauseRefused, Reason
from bekal.production.tests.goods import LATER, a_workshop, hold, made_in, move, receive
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db
SENTENCE = "Penggeledahan rutin, pesanan dibuka lagi besok."


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do something and tell what follows; returns the shelf of a product."""

    def do(product, act=lambda: None):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        shelf = Shelf.objects.filter(pk=product).first()
        return shelf and (shelf.state, shelf.left, shelf.days)

    return do


def news():
    return Event.objects.filter(action="catalogue.shelf").count()


def pause(unit, *, until=None, sentence=SENTENCE, now=NOON):
    actions.pause_unit(unit_id=unit, sentence=sentence, until=until, by=YOHANA, now=now)


def test_the_shelf_follows_what_is_free(world, told):
    noken = world.noken
    assert told(noken) is None
    assert told(noken, lambda: receive(noken, 10)) == ("ready", None, None)
    assert told(noken, lambda: hold((noken, 7))) == ("few", 3, None)
    assert told(noken, lambda: move(noken, -2, Reason.SALE)) == ("few", 1, None)
    assert told(noken, lambda: move(noken, -4, Reason.DONATED)) == ("sold_out", None, None)
    assert queries.shelf_problems(now=NOON) == []


def test_what_buyers_need_not_know_is_no_news(world, told):
    told(world.noken, lambda: receive(world.noken, 50))
    assert news() == 1
    told(world.noken, lambda: move(world.noken, -40, Reason.SALE))
    told(world.noken, lambda: hold((world.noken, 2)))
    assert news() == 1


def test_a_hold_that_is_let_go_is_told(world, told):
    told(world.noken, lambda: receive(world.noken, 2))
    group = uuid7()
    assert told(world.noken, lambda: hold((world.noken, 2), group=group)) == (
        "sold_out",
        None,
        None,
    )

    def let_go():
        actions.release_holds(groups=[group], by=YOHANA, now=NOON)

    assert told(world.noken, let_go) == ("few", 2, None)
    assert told(world.noken, lambda: hold((world.noken, 1))) == ("few", 1, None)

    def lapse():
        actions.release_expired(by=YOHANA, now=LATER)

    assert told(world.noken, lapse) == ("few", 2, None)


def test_what_nobody_could_tell_is_told_by_the_minute(world):
    receive(world.noken, 2)  # the process ends before it can tell
    assert not Shelf.objects.exists()
    assert queries.shelf_problems(now=NOON) == []
    assert actions.tell_shelves(by=YOHANA, now=NOON) == 1
    assert actions.tell_shelves(by=YOHANA, now=NOON) == 0
    assert Shelf.objects.get().left == 2


def test_work_to_order_is_told_with_about_how_many_days_it_takes(world, told):
    workshop = a_workshop(world.nabire)
    made_in(workshop, world.noken, minutes=600, days_ahead=2)
    assert told(world.noken) == ("made", None, 3)
    assert told(world.noken, lambda: receive(world.noken, 1)) == ("few", 1, None)
    assert told(world.noken, lambda: move(world.noken, -1, Reason.SALE)) == ("made", None, 3)
    time = NewWorkTime(300, 6)
    actions.set_capacity(workshop_id=workshop, time=time, valid_from=TODAY, by=YOHANA, now=NOON)
    assert told(world.noken) == ("made", None, 3)
    actions.set_capacity(
        workshop_id=workshop, time=NewWorkTime(200, 6), valid_from=TODAY, by=YOHANA, now=NOON
    )
    assert told(world.noken) == ("made", None, 4)
    actions.stop_work(product_id=world.noken, by=YOHANA, now=NOON)
    assert told(world.noken) == ("sold_out", None, None)


def test_what_was_only_made_to_order_is_sold_out_when_it_is_made_no_more(world, told):
    made_in(a_workshop(world.nabire), world.coffee)
    assert told(world.coffee) == ("made", None, 1)
    actions.stop_work(product_id=world.coffee, by=YOHANA, now=NOON)
    assert told(world.coffee) == ("sold_out", None, None)


def test_a_working_time_that_begins_later_counts_from_then_on(world):
    workshop = a_workshop(world.nabire)
    made_in(workshop, world.noken, minutes=480, days_ahead=1)
    assert Shelf.objects.get().days == 1
    tomorrow = TODAY + dt.timedelta(days=1)
    time = NewWorkTime(240, 5)
    actions.set_capacity(workshop_id=workshop, time=time, valid_from=tomorrow, by=YOHANA, now=NOON)
    assert Shelf.objects.get().days == 2


def test_before_a_weekend_it_takes_longer(world):
    made_in(a_workshop(world.nabire), world.noken, minutes=480, days_ahead=1)
    friday = NOON + dt.timedelta(days=4)
    assert queries.shelf_problems(now=friday)
    actions.rebuild_shelves(by=YOHANA, now=friday)
    assert Shelf.objects.get().days == 3
    assert queries.shelf_problems(now=friday) == []


def test_hours_that_are_promised_make_the_next_buyer_wait_longer(world, told):
    workshop = a_workshop(world.nabire)
    made_in(workshop, world.noken, minutes=480, days_ahead=1)
    made_in(workshop, world.coffee, minutes=60, days_ahead=1)
    group = uuid7()

    def promise():
        work = NewWork(group, world.noken, 2)
        actions.promise_works(works=[work], from_day=TODAY, by=YOHANA, now=NOON)

    assert told(world.noken, promise) == ("made", None, 3)
    assert told(world.coffee) == ("made", None, 3)
    assert queries.shelf_problems(now=NOON) == []

    def close_thursday():
        actions.set_day(
            workshop_id=workshop,
            day=TODAY + dt.timedelta(days=3),
            minutes=0,
            by=YOHANA,
            now=NOON,
        )

    assert told(world.coffee, close_thursday) == ("made", None, 4)
    back = told(world.noken, lambda: actions.release_work(groups=[group], by=YOHANA, now=NOON))
    assert back == ("made", None, 1)
    assert told(world.coffee) == ("made", None, 1)


def test_a_workshop_without_hours_makes_nothing_for_now(world, told):
    made_in(a_workshop(world.nabire, minutes=0), world.noken)
    assert told(world.noken) == ("sold_out", None, None)


def test_shelves_ask_twice_however_many_they_are(world, django_assert_num_queries):
    workshop = a_workshop(world.nabire)
    for product in (world.noken, world.coffee):
        made_in(workshop, product)
    receive(world.bread, 3)
    with django_assert_num_queries(2):
        queries.shelves(product_ids=None, now=NOON)


def test_a_paused_unit_says_so_of_everything_it_makes(world, told):
    receive(world.noken, 9)
    receive(world.bread, 9)
    made_in(a_workshop(world.nabire), world.coffee)
    pause(world.nabire)
    shelves = Shelf.objects.filter(state="paused").values_list("product_id", "sentence")
    assert dict(shelves) == {world.noken: SENTENCE, world.coffee: SENTENCE}
    told_to_buyers = queries.availability(product_ids=[world.noken, world.bread], now=NOON)
    assert told_to_buyers[world.noken].pause == SENTENCE
    assert told_to_buyers[world.bread].pause == ""
    units = [world.nabire, world.merauke]
    assert queries.pauses(unit_ids=units, now=NOON) == {world.nabire: SENTENCE}
    for _ in range(2):
        actions.resume_unit(unit_id=world.nabire, by=YOHANA, now=NOON)
    assert told(world.noken) == ("ready", None, None)
    assert queries.pauses(unit_ids=units, now=NOON) == {}


def test_a_pause_is_over_at_its_end_though_nobody_has_ended_it(world):
    receive(world.noken, 9)
    pause(world.nabire, until=LATER)
    before, after = LATER - dt.timedelta(seconds=1), LATER
    assert queries.pauses(unit_ids=[world.nabire], now=before) == {world.nabire: SENTENCE}
    assert queries.pauses(unit_ids=[world.nabire], now=after) == {}
    assert queries.availability(product_ids=[world.noken], now=after)[world.noken].pause == ""
    pause(world.nabire, until=LATER + dt.timedelta(days=1), now=after)
    assert Pause.objects.count() == 2


def test_a_pause_said_again_is_one_pause_and_other_words_another(world):
    pause(world.nabire)
    pause(world.nabire)
    assert Pause.objects.count() == 1
    pause(world.nabire, sentence="Bengkel kebanjiran.")
    assert Pause.objects.filter(ended_at=None).get().sentence == "Bengkel kebanjiran."


@pytest.mark.parametrize(
    ("sentence", "until", "field"),
    [(" ", None, "sentence"), ("x" * 161, None, "sentence"), (SENTENCE, NOON, "until")],
)
def test_a_pause_that_cannot_be_is_refused(world, sentence, until, field):
    with pytest.raises(PauseRefused) as refused:
        pause(world.nabire, sentence=sentence, until=until)
    assert refused.value.field == field
    assert not Pause.objects.exists()


def test_a_shelf_that_lost_its_way_is_found_and_rebuilt(world):
    receive(world.noken, 9)
    actions.tell_shelves(by=YOHANA, now=NOON)
    Shelf.objects.update(state="sold_out")
    (problem,) = queries.shelf_problems(now=NOON)
    assert "sold_out" in problem
    assert actions.rebuild_shelves(by=YOHANA, now=NOON) == 1
    assert queries.shelf_problems(now=NOON) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_while_many_buy_the_last_word_is_right(committed_world):
    """Twelve take the last pieces one after the other; nobody is told of more than there are."""
    receive(committed_world.noken, 12)
    at_once(12, lambda _: hold((committed_world.noken, 1)))
    actions.tell_shelves(by=YOHANA, now=NOON)
    assert Stock.objects.get(pk=committed_world.noken).held == 12
    assert Shelf.objects.get().state == "sold_out"
    assert queries.shelf_problems(now=NOON) == []
