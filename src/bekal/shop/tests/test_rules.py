"""Codes, statuses, and how long goods are kept: pure."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.codes import ALPHABET, CodeMistyped
from bekal.payments.rules import Method
from bekal.shop.rules import (
    ORDER_LABELS,
    ORDER_MOVES,
    PART_LABELS,
    PART_MOVES,
    MoveRefused,
    OrderStatus,
    PartStatus,
    check_order_move,
    check_part_move,
    keeps_until,
    new_code,
    read_code,
)
from tests.support.world import NOON


def test_a_code_is_seven_random_signs_and_a_check_sign_of_letters_and_digits():
    codes = {new_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    for code in codes:
        prefix, first, second = code.split("-")
        assert (prefix, len(first), len(second)) == ("BK", 4, 4)
        assert set(first + second) <= set(ALPHABET)


def test_codes_use_every_sign_at_every_place():
    codes = [new_code().replace("-", "")[2:] for _ in range(3_000)]
    for place in range(7):
        assert {code[place] for code in codes} == set(ALPHABET)


@given(st.integers(0, 7), st.sampled_from(ALPHABET))
def test_a_wrong_sign_is_found(place, sign):
    code = new_code()
    signs = list(code.replace("-", "")[2:])
    if signs[place] == sign:
        assert read_code("".join(signs)) == code
        return
    signs[place] = sign
    with pytest.raises(CodeMistyped):
        read_code("".join(signs))


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_none(text):
    try:
        code = read_code(text)
    except CodeMistyped:
        return
    assert read_code(code) == code


def test_a_code_is_read_however_it_is_written():
    code = new_code()
    bare = code[3:].replace("-", "")
    for typed in (code.lower(), f" {code} ", f"bk {bare}", bare, f"{bare[:4]} {bare[4:]}"):
        assert read_code(typed) == code


def test_a_code_that_itself_begins_with_the_prefix_is_read_whole():
    code = "BK-BK00-00"
    with pytest.raises(CodeMistyped):
        read_code(code)


@pytest.mark.parametrize("here", list(OrderStatus))
def test_every_status_of_an_order_has_a_word_and_its_moves(here):
    assert str(ORDER_LABELS[here])
    for there in OrderStatus:
        if there in ORDER_MOVES[here]:
            check_order_move(here, there)
        else:
            with pytest.raises(MoveRefused, match="sudah berstatus"):
                check_order_move(here, there)


def test_what_was_cancelled_is_never_paid_for_after_all():
    reached = {OrderStatus.CANCELLED}
    for _ in OrderStatus:
        reached |= {there for here in reached for there in ORDER_MOVES[here]}
    assert reached == {OrderStatus.CANCELLED, OrderStatus.REFUND_DUE, OrderStatus.REFUNDED}


@pytest.mark.parametrize("here", list(PartStatus))
def test_every_status_of_a_part_has_a_word_and_its_moves(here):
    assert str(PART_LABELS[here])
    for there in PartStatus:
        if there in PART_MOVES[here]:
            check_part_move(here, there)
        else:
            with pytest.raises(MoveRefused, match="sudah berstatus"):
                check_part_move(here, there)


def test_goods_are_kept_as_long_as_somebody_may_pay_and_five_minutes():
    ready = dt.date(2026, 5, 4)
    kept = {
        Method.QRIS: dt.timedelta(minutes=20),
        Method.GATEWAY: dt.timedelta(minutes=20),
        Method.TRANSFER: dt.timedelta(hours=24, minutes=5),
        Method.AT_PICKUP: dt.timedelta(days=7),
    }
    for method, span in kept.items():
        assert keeps_until(method=method, now=NOON) == NOON + span
    assert keeps_until(method=Method.INVOICE, now=NOON) is None
    late = keeps_until(method=Method.AT_PICKUP, now=NOON, ready_by=ready)
    assert late == NOON + dt.timedelta(days=14)
