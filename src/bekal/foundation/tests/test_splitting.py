import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation import splitting
from bekal.foundation.splitting import split_by_largest_remainder

TOTALS = st.integers(0, 10**15)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)
EXAMPLE = re.compile(r"^ +Rp([\d.]+) by ([\d, ]+?) {2,}([\d., ]+?)(?: {2,}.*)?$", re.MULTILINE)


def whole(text):
    return int(text.replace(".", ""))


EXAMPLES = [
    (whole(total), [int(w) for w in weights.split(",")], [whole(p) for p in parts.split(",")])
    for total, weights, parts in EXAMPLE.findall(splitting.__doc__)
]


def test_the_worked_examples_are_found():
    assert len(EXAMPLES) == splitting.__doc__.count("    Rp") == 6


@pytest.mark.parametrize(("total", "weights", "parts"), EXAMPLES)
def test_the_worked_examples_are_true(total, weights, parts):
    assert split_by_largest_remainder(total, weights) == parts


@given(TOTALS, WEIGHTS)
def test_the_parts_sum_to_the_whole(total, weights):
    assert sum(split_by_largest_remainder(total, weights)) == total


@given(TOTALS, WEIGHTS)
def test_every_part_is_within_one_rupiah_of_its_exact_share(total, weights):
    for part, weight in zip(split_by_largest_remainder(total, weights), weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(TOTALS, WEIGHTS)
def test_a_share_of_nothing_gets_nothing(total, weights):
    parts = split_by_largest_remainder(total, [*weights, 0])
    assert parts[-1] == 0
    assert parts[:-1] == split_by_largest_remainder(total, weights)


@given(TOTALS, WEIGHTS, st.integers(1, 1_000))
def test_only_the_proportion_of_the_weights_matters(total, weights, factor):
    scaled = [weight * factor for weight in weights]
    assert split_by_largest_remainder(total, scaled) == split_by_largest_remainder(total, weights)


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [2, -1])])
def test_a_split_that_means_nothing_is_an_error(total, weights):
    with pytest.raises(ValueError, match=r"sum|weights"):
        split_by_largest_remainder(total, weights)
