"""Small sums are hidden, and cannot be brought back by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from bekal.turnover.disclosure import SMALLEST_CELL, hidden_of, is_small, weight
from bekal.turnover.rules import Total


def test_nothing_at_all_is_nothing_to_hide():
    assert not is_small(0)
    assert [is_small(count) for count in (1, 4, 5)] == [True, True, False]


def test_a_lone_small_sum_takes_the_next_smallest_along():
    assert hidden_of([10, 3, 0, 7]) == {1, 3}
    assert hidden_of([10, 3, 2, 7]) == {1, 2}
    assert hidden_of([10, 0, 7]) == frozenset()
    assert hidden_of([3, 0]) == {0}


def test_a_refund_without_a_receipt_tells_of_one_purchase_too():
    assert weight(Total(returned=5, refunds=1)) == 1
    assert weight(Total(gross=5, receipts=7, refunds=1)) == 7


@given(st.lists(st.integers(min_value=0, max_value=12), max_size=12))
def test_what_is_left_to_subtract_never_tells_of_one_small_sum(receipts):
    hidden = hidden_of(receipts)
    assert all(index in hidden for index, count in enumerate(receipts) if is_small(count))
    if len(hidden) == 1:  # then the whole is as small, and hidden itself
        assert sum(receipts) < SMALLEST_CELL
