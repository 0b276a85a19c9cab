"""Random histories of goods: whatever happens, levels and holds are what their facts say."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.production import actions, queries
from bekal.production.models import Hold, Stock, StockMove
from bekal.production.rules import HoldsDiffer, HoldsLapsed, OutOfStock, Reason
from bekal.production.tests.goods import hold, move
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MINUTE = dt.timedelta(minutes=1)
GROUPS = st.integers(1, 4).map(lambda number: UUID(int=number))
SIGNED = {
    Reason.RECEIVED: 1,
    Reason.RETURN: 1,
    Reason.SALE: -1,
    Reason.WRITTEN_OFF: -1,
    Reason.KITCHEN: -1,
    Reason.COUNTED: -1,
    Reason.MOVED: 1,
}
PRODUCT = st.integers(0, 1)
MOVES = st.tuples(st.just("move"), PRODUCT, st.integers(1, 9), st.sampled_from(sorted(SIGNED)))
HOLDS = st.tuples(
    st.just("hold"), GROUPS, st.lists(st.tuples(PRODUCT, st.integers(1, 4)), min_size=1, max_size=3)
)
OTHERS = st.tuples(st.sampled_from(["take", "release", "revive", "extend"]), GROUPS)
LAPSE = st.tuples(st.just("lapse"))
HISTORIES = st.lists(st.one_of(MOVES, HOLDS, HOLDS, OTHERS, LAPSE), max_size=25)


def carry_out(step, *, goods, now):
    """Do one step as a person or a job would; refusals are part of life."""
    kind, *what = step
    try:
        with transaction.atomic():
            if kind == "move":
                product, pieces, reason = what
                move(goods[product], pieces * SIGNED[reason], Reason(reason), now=now)
            elif kind == "hold":
                group, lines = what
                wanted = [(goods[product], pieces) for product, pieces in lines]
                hold(*wanted, group=group, until=now + 3 * MINUTE, now=now)
            elif kind == "lapse":
                actions.release_expired(by=YOHANA, now=now)
            else:
                of_groups(kind, what, now=now)
    except (OutOfStock, HoldsDiffer, HoldsLapsed):
        return True
    return False


def of_groups(kind, groups, *, now):
    if kind == "extend":
        actions.extend_holds(groups=groups, until=now + 9 * MINUTE, by=YOHANA, now=now)
    else:
        acts = {
            "take": actions.take_holds,
            "release": actions.release_holds,
            "revive": actions.revive_holds,
        }
        acts[kind](groups=groups, by=YOHANA, now=now)


def facts(product):
    """What the moves and the open holds of a product come to."""
    moved = StockMove.objects.filter(product=product).aggregate(n=Sum("pieces", default=0))["n"]
    held = Hold.objects.filter(product=product, status="held")
    return moved, held.aggregate(n=Sum("pieces", default=0))["n"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=HISTORIES)
def test_levels_are_what_their_facts_say(world, history):
    goods = [world.noken, world.coffee]
    with transaction.atomic():
        for number, step in enumerate(history):
            now = NOON + number * MINUTE
            before = {product: facts(product) for product in goods}
            was_refused = carry_out(step, goods=goods, now=now)
            rows = Stock.objects.values_list("pk", "on_hand", "held")
            levels = {product: level for product, *level in rows}
            for product in goods:
                assert tuple(levels.get(product, (0, 0))) == facts(product)
                on_hand, held = facts(product)
                if held > before[product][1]:
                    assert held <= on_hand, "more was held than was there"
                if was_refused:
                    assert before[product] == facts(product)
        assert queries.stock_problems() == []
        transaction.set_rollback(True)
