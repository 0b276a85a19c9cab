"""What may be sent back: every kind with every fault, and the last day to the day."""

import datetime as dt

import pytest

from bekal.shop.rules import returns
from bekal.shop.rules.returns import (
    FAULT_LABELS,
    RETURN_RULES,
    Fault,
    GoodsKind,
    ProblemRefused,
    Window,
    last_day,
    refuse_unless_open,
    window_of,
)

MONDAY = dt.date(2026, 4, 27)
TAKEN = {
    GoodsKind.STOCK: {"damaged", "wrong", "missing", "lost", "unwanted"},
    GoodsKind.MADE: {"damaged", "wrong", "missing", "lost"},
    GoodsKind.FOOD: {"spoiled", "wrong", "missing", "lost"},
}


@pytest.mark.parametrize("kind", GoodsKind)
@pytest.mark.parametrize("fault", Fault)
def test_each_kind_of_goods_takes_its_faults_and_no_other(kind, fault):
    window = window_of(kind=kind, fault=fault, received_on=MONDAY, today=MONDAY)
    assert window is (Window.OPEN if fault.value in TAKEN[kind] else Window.NOT_TAKEN)


@pytest.mark.parametrize(("kind", "days"), [("stock", 7), ("made", 7), ("food", 3)])
def test_the_last_day_still_counts_and_the_next_does_not(kind, days):
    end = MONDAY + dt.timedelta(days=days)

    def on(day):
        return window_of(kind=GoodsKind(kind), fault=Fault.WRONG, received_on=MONDAY, today=day)

    assert on(end) is Window.OPEN
    assert on(end + dt.timedelta(days=1)) is Window.OVER
    assert last_day(kinds=[GoodsKind(kind)], received_on=MONDAY) == end


def test_a_part_may_be_complained_of_as_long_as_its_most_patient_goods():
    kinds = [GoodsKind.FOOD, GoodsKind.STOCK]
    assert last_day(kinds=kinds, received_on=MONDAY) == MONDAY + dt.timedelta(days=7)
    assert last_day(kinds=[], received_on=MONDAY) is None


@pytest.mark.parametrize("fault", Fault)
def test_what_is_under_way_can_only_be_lost(fault):
    window = window_of(kind=GoodsKind.STOCK, fault=fault, received_on=None, today=MONDAY)
    taken = fault in RETURN_RULES[GoodsKind.STOCK].faults
    expected = Window.OPEN if fault is Fault.LOST else Window.TOO_EARLY
    assert window is (expected if taken else Window.NOT_TAKEN)


@pytest.mark.parametrize(
    ("window", "word"),
    [
        (Window.NOT_TAKEN, "alasan ini"),
        (Window.OVER, "sudah lewat"),
        (Window.TOO_EARLY, "diterima"),
    ],
)
def test_a_refusal_names_the_goods_and_tells_the_rule(window, word):
    with pytest.raises(ProblemRefused) as refused:
        refuse_unless_open(window, name="Kopi bubuk", kind=GoodsKind.FOOD)
    assert refused.value.message.startswith("Kopi bubuk")
    assert word in refused.value.message
    assert refused.value.field == "lines"
    refuse_unless_open(Window.OPEN, name="Kopi bubuk", kind=GoodsKind.FOOD)


def test_every_fault_has_words_and_every_rule_a_law():
    assert set(FAULT_LABELS) == set(Fault)
    assert set(RETURN_RULES) == set(GoodsKind)
    assert "UU 8/1999" in returns.LAW
