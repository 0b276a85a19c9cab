"""What officers say of goods: made, gone, counted."""

import datetime as dt

import pytest

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.production import actions, queries
from bekal.production.models import Stock, StockMove
from bekal.production.queries import Alerts, StockFilters, StockSort
from bekal.production.rules import (
    Cause,
    Counted,
    NewCount,
    NewSheet,
    Reason,
    Standing,
    StockRefused,
)
from bekal.production.tests.goods import a_workshop, hold, level, made_in, move, receive
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db


def sheet(unit, pieces, *, reason=Reason.RECEIVED, note="", key=None):
    return NewSheet(key or uuid7(), unit, reason, pieces, note)


def keep(*given, now=NOON, **named):
    actions.record_moves(sheet=sheet(*given, **named), by=YOHANA, now=now)


def count(unit, counted, *, cause=None, note="", key=None, now=NOON):
    new = NewCount(
        key or uuid7(),
        unit,
        {product: Counted(*pair) for product, pair in counted.items()},
        cause,
        note,
    )
    actions.count_stock(count=new, by=YOHANA, now=now)


def test_what_was_made_is_there_once(world):
    key = uuid7()
    for _ in range(2):
        keep(world.nabire, {world.noken: 12, world.coffee: 3}, key=key)
    assert level(world.noken) == (12, 0)
    assert level(world.coffee) == (3, 0)
    assert set(StockMove.objects.values_list("source", flat=True)) == {f"hand:{key}"}
    assert Event.objects.filter(action="production.move").count() == 1


def test_the_same_key_with_another_sheet_is_refused(world):
    key = uuid7()
    keep(world.nabire, {world.noken: 12}, key=key)
    with pytest.raises(KeyReused):
        keep(world.nabire, {world.noken: 13}, key=key)
    assert level(world.noken) == (12, 0)


@pytest.mark.parametrize(
    ("reason", "pieces"),
    [(Reason.WRITTEN_OFF, -2), (Reason.DONATED, -2), (Reason.KITCHEN, -2), (Reason.MOVED, -2)],
)
def test_goods_go_for_a_reason(world, reason, pieces):
    receive(world.noken, 5)
    keep(world.nabire, {world.noken: pieces}, reason=reason, note="ke pameran")
    assert level(world.noken) == (3, 0)
    assert StockMove.objects.get(reason=reason).note == "ke pameran"


def test_no_more_goes_by_hand_than_is_there(world):
    receive(world.noken, 5)
    with pytest.raises(StockRefused, match="Noken kulit kayu: stok 5, tidak bisa keluar 6"):
        keep(world.nabire, {world.noken: -6}, reason=Reason.KITCHEN)
    with pytest.raises(StockRefused, match="belum pernah dihitung"):
        keep(world.nabire, {world.coffee: -1}, reason=Reason.KITCHEN)
    move(world.noken, -7, Reason.SALE)
    with pytest.raises(StockRefused, match="stok 0, tidak bisa keluar 1"):
        keep(world.nabire, {world.noken: -1}, reason=Reason.KITCHEN)
    assert level(world.noken) == (-2, 0)
    assert not Event.objects.filter(action="production.move").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pieces": {}}, "pieces"),
        ({"pieces": {1: 0}}, "pieces"),
        ({"reason": Reason.SALE}, "reason"),
        ({"reason": Reason.WRITTEN_OFF, "note": " "}, "note"),
        ({"note": "x" * 201}, "note"),
        ({"pieces": dict.fromkeys(range(1, 302), 1)}, "pieces"),
        ({"reason": Reason.RECEIVED, "pieces": {1: -1}}, "pieces"),
    ],
)
def test_a_sheet_that_says_too_little_is_refused(world, changes, field):
    given = {"reason": Reason.RECEIVED, "note": "", "pieces": {1: 1}, **changes}
    given["pieces"] = {
        world.noken if product == 1 else product: n for product, n in given["pieces"].items()
    }
    with pytest.raises(StockRefused) as refused:
        keep(world.nabire, given.pop("pieces"), **given)
    assert refused.value.field == field
    assert not Stock.objects.exists()


def test_goods_of_another_unit_are_nobodys_here(world):
    with pytest.raises(StockRefused):
        keep(world.nabire, {world.endek: 1})
    with pytest.raises(StockRefused):
        count(world.nabire, {world.endek: (1, None)})
    assert not Stock.objects.exists()


def test_a_first_count_needs_no_cause(world):
    count(world.nabire, {world.noken: (7, None), world.coffee: (0, None)})
    assert level(world.noken) == (7, 0)
    assert level(world.coffee) == (0, 0)


def test_a_count_that_differs_is_explained_and_makes_the_level(world):
    receive(world.noken, 9)
    with pytest.raises(StockRefused) as refused:
        count(world.nabire, {world.noken: (7, 9)})
    assert refused.value.field == "cause"
    key = uuid7()
    for _ in range(2):
        count(world.nabire, {world.noken: (7, 9)}, cause=Cause.SPOILT, note="lembap", key=key)
    assert level(world.noken) == (7, 0)
    counted = StockMove.objects.get(reason="counted")
    assert (counted.pieces, counted.note) == (-2, "Rusak: lembap")
    with pytest.raises(KeyReused):
        count(world.nabire, {world.noken: (8, 7)}, cause=Cause.SPOILT, key=key)


def test_a_count_that_agrees_is_a_move_of_nothing_and_says_so(world):
    receive(world.noken, 9)
    tomorrow = NOON + dt.timedelta(days=1)
    count(world.nabire, {world.noken: (9, 9)}, now=tomorrow)
    assert StockMove.objects.get(reason="counted").pieces == 0
    assert Stock.objects.get().since == TODAY + dt.timedelta(days=1)


def test_a_count_of_what_moved_meanwhile_is_asked_again(world):
    receive(world.noken, 9)
    move(world.noken, -1, Reason.SALE)
    with pytest.raises(StockRefused, match=r"berubah sejak Anda menghitung \(sekarang 8\)"):
        count(world.nabire, {world.noken: (9, 9)})
    with pytest.raises(StockRefused, match="belum pernah dihitung"):
        count(world.nabire, {world.coffee: (9, 9)})
    with pytest.raises(StockRefused, match="paling sedikit 0"):
        count(world.nabire, {world.noken: (-1, 8)}, cause=Cause.MISSING)
    with pytest.raises(StockRefused, match="paling sedikit satu"):
        count(world.nabire, {})
    assert level(world.noken) == (8, 0)


def test_where_each_product_stands(world):
    receive(world.noken, 9)
    receive(world.coffee, 3)
    goods = {row.name: row for row in rows(world)}
    assert goods["Noken kulit kayu"].standing is Standing.ENOUGH
    assert goods["Kopi bubuk 200 g"].standing is Standing.LOW
    actions.set_low_mark(product_id=world.noken, low_mark=9, by=YOHANA, now=NOON)
    actions.set_low_mark(product_id=world.noken, low_mark=9, by=YOHANA, now=NOON)
    assert Event.objects.filter(action="production.set_low_mark").count() == 1
    hold((world.coffee, 3))
    assert standings(world) == [Standing.OUT, Standing.LOW]
    move(world.coffee, -1, Reason.SALE)
    assert standings(world) == [Standing.SHORT, Standing.LOW]
    move(world.coffee, -3, Reason.SALE)
    assert standings(world) == [Standing.MINUS, Standing.LOW]
    assert queries.alerts(unit_id=world.nabire, now=NOON) == Alerts(1, 0, 1, "")
    with pytest.raises(StockRefused):
        actions.set_low_mark(product_id=world.noken, low_mark=-1, by=YOHANA, now=NOON)


def test_what_is_made_to_order_is_neither_low_nor_gone(world):
    made_in(a_workshop(world.nabire), world.noken)
    assert standings(world)[1] is Standing.MADE
    receive(world.noken, 1)
    move(world.noken, -1, Reason.SALE)
    assert standings(world)[1] is Standing.MADE
    assert queries.alerts(unit_id=world.nabire, now=NOON).low == 0


def test_what_nobody_counts_says_so(world):
    assert standings(world) == [Standing.UNCOUNTED] * 2
    assert queries.alerts(unit_id=world.nabire, now=NOON) == Alerts(0, 0, 0, "")


def rows(world, **filters):
    return queries.stock_of_unit(unit_id=world.nabire, filters=StockFilters(**filters))


def standings(world):
    """Of the coffee and the noken, which is the order of their names."""
    return [row.standing for row in rows(world)]


def test_the_list_is_narrowed_and_ordered(world, django_assert_num_queries):
    receive(world.noken, 2)
    with django_assert_num_queries(1):
        assert [row.product_id for row in rows(world)] == [world.coffee, world.noken]
    assert [row.product_id for row in rows(world, text="NOKEN")] == [world.noken]
    assert [row.product_id for row in rows(world, standing=Standing.UNCOUNTED)] == [world.coffee]
    for sort in (StockSort.FEWEST, StockSort.MOST):
        assert [row.product_id for row in rows(world, sort=sort)] == [world.noken, world.coffee]
    receive(world.coffee, 5)
    assert rows(world, sort=StockSort.FEWEST)[0].product_id == world.noken
    assert rows(world, sort=StockSort.MOST)[0].product_id == world.coffee


def test_the_history_tells_the_level_after_each_move(world):
    for number in range(35):
        receive(world.noken, number + 1)
    on_hand = level(world.noken)[0]
    first = queries.moves_of(product_id=world.noken, on_hand=on_hand, page=1)
    assert [line.level for line in first][:3] == [630, 595, 561]
    last = queries.moves_of(product_id=world.noken, on_hand=on_hand, page=2)
    told = [(line.pieces, line.level) for line in last]
    assert told == [(5, 15), (4, 10), (3, 6), (2, 3), (1, 1)]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sixteen_clicks_of_one_sheet_and_of_one_count_are_one_each(committed_world):
    unit, noken = committed_world.nabire, committed_world.noken
    new = sheet(unit, {noken: 5})
    at_once(16, lambda _: actions.record_moves(sheet=new, by=YOHANA, now=NOON))
    assert level(noken) == (5, 0)
    counted = NewCount(uuid7(), unit, {noken: Counted(4, 5)}, Cause.MISSING, "")
    at_once(16, lambda _: actions.count_stock(count=counted, by=YOHANA, now=NOON))
    assert level(noken) == (4, 0)
    assert StockMove.objects.count() == 2
