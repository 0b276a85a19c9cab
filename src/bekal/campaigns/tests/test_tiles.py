"""The map of tiles: every province once, and shades that can be read."""

import csv
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bekal.campaigns.rules import ISLANDS, TILES, nice_limits, step_of
from bekal.places import rules as places

PROVINCES = Path(places.__file__).parent / "data" / "provinces.csv"


def test_every_province_has_one_tile_and_no_two_share_a_place():
    with PROVINCES.open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    assert {tile.code for tile in TILES} == codes
    assert len(TILES) == len({(tile.column, tile.row) for tile in TILES}) == 38
    assert len({tile.letters for tile in TILES}) == 38
    assert {tile.island for tile in TILES} == set(ISLANDS)
    assert all(1 <= tile.column <= 15 and 1 <= tile.row <= 8 for tile in TILES)


def test_the_limits_of_a_nation_s_day_are_near_those_of_the_drawing():
    day = [9, 12, 13, 14, 18, 20, 21, 28, 30, 37, 41, 45, 47, 58, 70, 71, 86, 150, 168, 190]
    assert nice_limits([million * 1_000_000 for million in day]) == (
        15_000_000,
        30_000_000,
        40_000_000,
        80_000_000,
    )


def test_a_province_without_a_record_has_no_shade_and_a_zero_the_least():
    limits = nice_limits([100_000, 200_000])
    assert step_of(None, limits=limits) == 0
    assert step_of(0, limits=limits) == step_of(-5_000, limits=limits) == 1
    assert step_of(limits[-1], limits=limits) == 5


@given(st.lists(st.integers(-(10**6), 10**13), max_size=38))
def test_four_limits_always_rise_whatever_the_totals(totals):
    limits = nice_limits(totals)
    assert len(limits) == 4
    assert list(limits) == sorted(set(limits))
    assert all(limit > 0 for limit in limits)
