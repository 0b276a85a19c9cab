import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.ledger.rules import (
    WHOLE,
    AccountKind,
    Base,
    Form,
    NeedsCost,
    RuleRefused,
    Share,
    SplitRule,
    check_shares,
    difference,
    shares_as_json,
    shares_from_json,
    split,
)

PREMI, PNBP, CAPITAL = (
    AccountKind.PREMI_UNALLOCATED,
    AccountKind.PNBP_PAYABLE,
    AccountKind.CAPITAL,
)


def rule(base, *shares):
    return SplitRule(1, "uji", base, tuple(Share(*share) for share in shares), "uji", "")


KEPMEN = rule(
    Base.AFTER_COST,
    (PREMI, Form.PERCENT, 5000),
    (CAPITAL, Form.PERCENT, 3500),
    (PNBP, Form.PERCENT, 1500),
)
BANGLI = rule(
    Base.GROSS,
    (PREMI, Form.PERCENT, 3500),
    (CAPITAL, Form.PERCENT, 1500),
    (PNBP, Form.PERCENT, 5000),
)


def parts(result):
    return {part.account: part.amount for part in result.parts}


def test_bangli_on_gross():
    assert parts(split(BANGLI, unit_price=100_000, pieces=1, unit_cost=None)) == {
        PREMI: 35_000,
        CAPITAL: 15_000,
        PNBP: 50_000,
    }


def test_kepmen_on_profit_with_cost_sixty():
    assert parts(split(KEPMEN, unit_price=100_000, pieces=1, unit_cost=60_000)) == {
        AccountKind.COST_RECOVERY: 60_000,
        PREMI: 20_000,
        CAPITAL: 14_000,
        PNBP: 6_000,
    }


def test_a_sale_below_cost_recovers_cost_and_shares_nothing():
    result = split(KEPMEN, unit_price=50_000, pieces=2, unit_cost=60_000)
    assert parts(result) == {AccountKind.COST_RECOVERY: 100_000}


def test_after_cost_without_a_cost_is_refused():
    with pytest.raises(NeedsCost):
        split(KEPMEN, unit_price=100_000, pieces=1, unit_cost=None)


def test_shares_a_piece_come_before_the_rest_and_never_exceed_the_price():
    ciamis = rule(Base.GROSS, (PREMI, Form.PER_PIECE, 5_000), (CAPITAL, Form.REST))
    assert parts(split(ciamis, unit_price=12_000, pieces=3, unit_cost=None)) == {
        PREMI: 15_000,
        CAPITAL: 21_000,
    }
    assert parts(split(ciamis, unit_price=4_000, pieces=2, unit_cost=None)) == {PREMI: 8_000}


def test_a_rest_takes_what_percents_leave():
    some = rule(Base.GROSS, (PNBP, Form.PERCENT, 1000), (CAPITAL, Form.REST))
    assert parts(split(some, unit_price=99, pieces=1, unit_cost=None)) == {PNBP: 10, CAPITAL: 89}


@pytest.mark.parametrize(
    "shares",
    [
        (),
        ((PREMI, Form.PERCENT, 9_999),),
        ((PREMI, Form.PERCENT, 6_000), (CAPITAL, Form.PERCENT, 4_001)),
        ((PREMI, Form.PERCENT, 10_000), (CAPITAL, Form.REST)),
        ((PREMI, Form.PERCENT, 5_000), (PREMI, Form.REST)),
        ((PREMI, Form.PERCENT, 0), (CAPITAL, Form.REST)),
        ((PREMI, Form.PERCENT, 5_000), (CAPITAL, Form.REST, 4_000)),
        ((PREMI, Form.PERCENT, -1), (CAPITAL, Form.REST)),
        ((AccountKind.CASH, Form.REST),),
    ],
)
def test_shares_that_make_no_whole_are_refused(shares):
    with pytest.raises(RuleRefused):
        check_shares(tuple(Share(*share) for share in shares))


percents = st.lists(st.integers(1, WHOLE), max_size=4).map(
    lambda cuts: sorted({*cuts, WHOLE} - {0})
)


@st.composite
def whole_rules(draw):
    accounts = draw(st.permutations([PREMI, CAPITAL, PNBP, AccountKind.OPERATING]))
    cuts = draw(percents)[:4]
    cuts[-1] = WHOLE
    shares = [
        Share(accounts[i], Form.PERCENT, cut - (cuts[i - 1] if i else 0))
        for i, cut in enumerate(cuts)
    ]
    if draw(st.booleans()):
        shares[-1] = Share(shares[-1].account, Form.REST)
    if draw(st.booleans()):
        piece = Share(AccountKind.PARTNER_PAYABLE, Form.PER_PIECE, draw(st.integers(1, 10_000)))
        shares.append(piece)
    check_shares(tuple(shares))
    return SplitRule(1, "uji", draw(st.sampled_from(Base)), tuple(shares), "uji", "")


@given(
    some=whole_rules(),
    price=st.integers(1, 10**9),
    pieces=st.integers(1, 500),
    cost=st.integers(0, 10**9),
)
def test_every_split_sums_to_the_price_and_no_part_is_negative(*, some, price, pieces, cost):
    result = split(some, unit_price=price, pieces=pieces, unit_cost=cost)
    assert sum(part.amount for part in result.parts) == price * pieces == result.gross
    assert all(part.amount > 0 for part in result.parts)


@given(
    some=whole_rules(),
    price=st.integers(1, 10**6),
    cost=st.integers(0, 10**6),
    steps=st.lists(st.integers(1, 20), min_size=1, max_size=8),
)
def test_any_sequence_of_partial_refunds_gives_back_exactly_the_split(*, some, price, cost, steps):
    pieces = sum(steps)
    whole = split(some, unit_price=price, pieces=pieces, unit_cost=cost)
    given_back, returned = dict.fromkeys((part.account for part in whole.parts), 0), 0
    for step in steps:
        before, after = (
            split(some, unit_price=price, pieces=count, unit_cost=cost)
            for count in (returned, returned + step)
        )
        moved = difference(after, before)
        assert sum(part.amount for part in moved) == price * step
        for part in moved:
            given_back[part.account] = given_back.get(part.account, 0) + part.amount
        returned += step
    assert {a: n for a, n in given_back.items() if n} == parts(whole)


@given(whole_rules())
def test_shares_survive_the_book(some):
    assert shares_from_json(shares_as_json(some.shares)) == some.shares
