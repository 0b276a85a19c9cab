"""Premi by pieces and minutes: every sum is exact, whatever comes back in whatever order."""

import datetime as dt
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bekal.treasury.rules.premi import (
    Made,
    Part,
    by_minutes,
    changes,
    come_back,
    share_out,
    take,
)
from bekal.treasury.rules.premi_terms import Worked, of_a_batch, of_a_month, saved_and_usable

DAY = dt.date(2026, 4, 27)
ANTON, BUDI, CARLOS = "PB-0000-000A", "PB-0000-000B", "PB-0000-000C"
SHARES = st.lists(st.integers(1, 480), min_size=1, max_size=4).map(
    lambda minutes: tuple((f"PB-{place}", each) for place, each in enumerate(minutes))
)
RUPIAH = st.integers(0, 2_000_000)


def made(number, *, left, shares=((ANTON, 60),), days_ago=1, debt=0):
    return Made(UUID(int=number), DAY - dt.timedelta(days=days_ago), left, shares, debt)


@st.composite
def lines(draw):
    """A line of some pieces that takes from some batches."""
    batches = [
        made(
            number, left=draw(st.integers(1, 9)), shares=draw(SHARES), debt=draw(st.integers(0, 50))
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    pieces = draw(st.integers(1, sum(one.left for one in batches)))
    return share_out(take(batches, pieces=pieces, sold_on=DAY), premi=draw(RUPIAH)), pieces


def test_the_oldest_batches_give_their_pieces_first():
    old, new = made(1, left=3, days_ago=2), made(2, left=5)
    assert take([old, new], pieces=4, sold_on=DAY) == [(old, 3), (new, 1)]


def test_a_line_waits_until_there_are_batches_for_all_of_its_pieces():
    assert take([made(1, left=3)], pieces=4, sold_on=DAY) == []
    assert take([], pieces=1, sold_on=DAY) == []


def test_what_was_made_after_the_sale_was_not_sold_then():
    assert take([made(1, left=3, days_ago=-1)], pieces=1, sold_on=DAY) == []


def test_a_batch_that_was_corrected_below_what_was_sold_gives_nothing():
    assert take([made(1, left=-2), made(2, left=1)], pieces=1, sold_on=DAY)[0][0].left == 1


def test_premi_goes_by_pieces_and_then_by_minutes():
    first = made(1, left=2, shares=((ANTON, 90), (BUDI, 30)))
    second = made(2, left=1, shares=((CARLOS, 60),))
    parts = share_out([(first, 2), (second, 1)], premi=30_000)
    assert [part.amount for part in parts] == [20_000, 10_000]
    assert by_minutes(20_000, parts[0].shares) == {ANTON: 15_000, BUDI: 5_000}


def test_the_next_premi_of_a_batch_repays_what_the_fund_bore():
    (part,) = share_out([(made(1, left=9, debt=7_000), 2)], premi=20_000)
    assert (part.repaid, part.earned) == (7_000, 13_000)
    (small,) = share_out([(made(1, left=9, debt=7_000), 1)], premi=5_000)
    assert (small.repaid, small.earned) == (5_000, 0)


@given(lines())
def test_every_rupiah_of_a_line_has_an_owner(line):
    parts, pieces = line
    assert sum(part.pieces for part in parts) == pieces
    for part in parts:
        assert sum(by_minutes(part.earned, part.shares).values()) == part.earned
        assert 0 <= part.repaid <= part.amount


@given(lines(), st.data())
def test_returns_in_any_sizes_sum_exactly_and_all_of_it_leaves_nothing(line, data):
    parts, pieces = line
    premi = sum(part.amount for part in parts)
    earned = {(p.batch, m): r for p in parts for m, r in by_minutes(p.earned, p.shares).items()}
    payable = st.sets(st.sampled_from(sorted(earned, key=str)))
    paid, borne, repaid = data.draw(payable), 0, sum(part.repaid for part in parts)
    while pieces:
        count = data.draw(st.integers(1, pieces))
        pieces -= count
        left = data.draw(st.integers(0, premi)) if pieces else 0
        after = come_back(parts, pieces=count, premi=left)
        for change in changes(parts, after, paid=paid):
            assert change.amount == sum(r for _, r in change.earned) + change.repaid - change.borne
            assert change.borne >= 0
            borne, repaid = borne + change.borne, repaid + change.repaid
            for maker, rupiah in change.earned:
                earned[change.batch, maker] += rupiah
        parts, premi = after, left
        assert sum(part.amount for part in parts) == premi
    assert all(part == Part(part.batch, part.shares, 0) for part in parts)
    assert repaid == 0
    assert sum(earned.values()) == borne
    assert all(rupiah == 0 for key, rupiah in earned.items() if key not in paid)


@given(st.lists(st.integers(-1, 6), max_size=4), st.integers(1, 9))
def test_later_batches_change_nothing_that_can_be_divided_now(left, pieces):
    batches = [made(number, left=count) for number, count in enumerate(left)]
    now = take(batches, pieces=pieces, sold_on=DAY)
    later = take([*batches, made(9, left=99)], pieces=pieces, sold_on=DAY)
    assert later == now if now else later[-1][0].batch == UUID(int=9)


@given(RUPIAH, st.integers(0, 100))
def test_saved_and_usable_are_all_of_it(earned, percent):
    saved, usable = saved_and_usable(earned, percent=percent)
    assert saved + usable == earned
    assert abs(saved - earned * percent / 100) < 1


def test_half_of_six_hundred_thousand_is_saved():
    assert saved_and_usable(600_000, percent=50) == (300_000, 300_000)
    assert saved_and_usable(5_001, percent=75) == (3_751, 1_250)


def test_a_month_is_paid_by_its_days_and_a_day_once():
    month, all_of_it = dt.date(2026, 4, 1), (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    worked = [
        Worked(ANTON, dt.date(2026, 1, 1), None),
        Worked(BUDI, dt.date(2026, 4, 11), dt.date(2026, 4, 20)),
        Worked(BUDI, dt.date(2026, 4, 16), dt.date(2026, 4, 25)),
        Worked(CARLOS, dt.date(2026, 5, 1), None),
    ]
    claims = of_a_month(600_000, month=month, worked=worked, during=all_of_it)
    assert [(c.maker, c.part, c.of_all, c.amount) for c in claims] == [
        (ANTON, 30, 30, 600_000),
        (BUDI, 15, 30, 300_000),
    ]


@given(st.integers(1, 50_000), st.integers(1, 99), SHARES)
def test_a_fixed_sum_a_piece_is_all_given_to_the_makers(amount, pieces, shares):
    claims = of_a_batch(amount, pieces=pieces, shares=shares)
    assert sum(claim.amount for claim in claims) == amount * pieces
