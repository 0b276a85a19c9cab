"""The arithmetic of a fee: what grows, what never shrinks, and what is refused."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bekal.shipping import rules
from bekal.shipping.rules import Manner, NoQuote, Terms
from bekal.shipping.tests.factories import TERMS

MANNERS = st.builds(
    Manner,
    divisor=st.none() | st.integers(*rules.DIVISORS),
    tolerance_g=st.integers(0, 999),
)
WEIGHTS = st.integers(1, 50_000)
SIZES = st.none() | st.integers(0, 300_000)


@st.composite
def some_terms(draw):
    least = draw(st.integers(1, 20_000))
    return Terms(
        first_kg=draw(st.integers(1, 1_000_000)),
        next_kg=draw(st.integers(0, 1_000_000)),
        min_weight_g=least,
        max_weight_g=draw(st.integers(least, 60_000)),
        days_min=1,
        days_max=3,
    )


def fee(weight_g, volume_cm3=None, manner=None, terms=TERMS):
    return rules.fee_of(
        weight_g=weight_g, volume_cm3=volume_cm3, manner=manner or Manner(), terms=terms
    )


@given(WEIGHTS, st.integers(0, 20_000), SIZES, MANNERS, some_terms())
def test_a_heavier_parcel_is_never_cheaper(weight, more, volume, manner, terms):
    light, heavy = fee(weight, volume, manner, terms), fee(weight + more, volume, manner, terms)
    assume(heavy is not None)
    assert light is not None, "what takes the heavier parcel takes the lighter one"
    assert light <= heavy


@given(WEIGHTS, st.integers(0, 300_000), st.integers(0, 300_000), MANNERS, some_terms())
def test_a_larger_parcel_is_never_cheaper(weight, volume, more, manner, terms):
    small, large = fee(weight, volume, manner, terms), fee(weight, volume + more, manner, terms)
    assume(large is not None)
    assert small is not None
    assert small <= large


@given(WEIGHTS, SIZES, MANNERS, some_terms())
def test_a_fee_is_the_first_kilogram_and_whole_further_ones(weight, volume, manner, terms):
    asked = fee(weight, volume, manner, terms)
    assume(asked is not None)
    assert asked >= terms.first_kg
    if terms.next_kg:
        assert (asked - terms.first_kg) % terms.next_kg == 0


@given(WEIGHTS, SIZES, MANNERS, some_terms())
def test_nothing_that_weighs_is_carried_free(weight, volume, manner, terms):
    counted = rules.counted_g(weight_g=weight, volume_cm3=volume, manner=manner)
    kilos = rules.billed_kg(counted=counted, manner=manner, terms=terms)
    assert kilos >= 1
    assert kilos * 1000 + manner.tolerance_g >= min(counted, weight)


@given(WEIGHTS, SIZES, MANNERS, some_terms())
def test_the_explanation_ends_at_the_fee(weight, volume, manner, terms):
    asked = fee(weight, volume, manner, terms)
    assume(asked is not None)
    steps = rules.explained(weight_g=weight, volume_cm3=volume, manner=manner, terms=terms)
    money = [step for step in steps if step.result.startswith("Rp")]
    assert sum(int(step.result[2:].replace(".", "")) for step in money) == asked


@pytest.mark.parametrize(
    ("weight", "tolerance", "rupiah"),
    [
        (1, 0, 18_000),
        (1000, 0, 18_000),
        (1001, 0, 27_000),
        (1300, 300, 18_000),
        (1301, 300, 27_000),
        (2300, 300, 27_000),
        (250, 300, 18_000),
        (30_000, 0, 279_000),
    ],
)
def test_part_of_a_kilogram_counts_whole_but_for_the_tolerance(weight, tolerance, rupiah):
    assert fee(weight, manner=Manner(tolerance_g=tolerance)) == rupiah


def test_a_light_but_large_parcel_counts_by_its_size():
    assert fee(500, 30 * 40 * 30, Manner(divisor=6000)) == 18_000 + 5 * 9_000
    assert fee(500, 30 * 40 * 30) == 18_000, "this service does not ask for the size"
    assert fee(500, None, Manner(divisor=6000)) == 18_000, "nobody measured it"


def test_cargo_begins_at_its_least_weight():
    cargo = replace(TERMS, first_kg=40_000, next_kg=4_000, min_weight_g=10_000)
    assert fee(500, terms=cargo) == fee(10_000, terms=cargo) == 76_000


def test_what_is_too_heavy_or_too_large_has_no_fee():
    assert fee(30_001) is None
    assert fee(500, 200_000, Manner(divisor=6000)) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_kg": 0}, "first_kg"),
        ({"first_kg": 100_000_001}, "first_kg"),
        ({"next_kg": -1}, "next_kg"),
        ({"min_weight_g": 0}, "max_weight"),
        ({"max_weight_g": 1_000_001}, "max_weight"),
        ({"min_weight_g": 40_000}, "max_weight"),
        ({"days_min": 4}, "days_max"),
        ({"days_max": 61}, "days_max"),
        ({"days_min": -1}, "days_max"),
    ],
)
def test_numbers_that_make_no_rate_are_refused_at_their_field(changes, field):
    with pytest.raises(rules.RateRefused) as refused:
        rules.check_terms(replace(TERMS, **changes))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "manner", [Manner(999), Manner(10_001), Manner(None, -1), Manner(6000, 1000)]
)
def test_a_way_of_counting_that_no_courier_has_is_refused(manner):
    with pytest.raises(rules.ServiceRefused):
        rules.check_manner(manner)


def test_a_rate_begins_today_or_within_a_year():
    today = dt.date(2026, 4, 27)
    rules.check_day(day=today, today=today)
    rules.check_day(day=today + dt.timedelta(days=366), today=today)
    for days in (-1, 367):
        with pytest.raises(rules.DayRefused):
            rules.check_day(day=today + dt.timedelta(days=days), today=today)


def test_every_reason_has_a_sentence_with_a_way_out():
    for reason in NoQuote:
        assert "tanya bengkel" in str(reason.sentence)


@pytest.mark.parametrize(
    ("grams", "text"),
    [(300, "300 g"), (1000, "1 kg"), (1300, "1,3 kg"), (1050, "1,05 kg"), (10_000, "10 kg")],
)
def test_weights_are_written_as_people_write_them(grams, text):
    assert rules.kilograms(grams) == text


def test_days_are_written_as_people_write_them():
    assert rules.days_text(days_min=2, days_max=3) == "2 sampai 3 hari"
    assert rules.days_text(days_min=1, days_max=1) == "1 hari"
    assert rules.days_text(days_min=0, days_max=0) == "hari yang sama"
