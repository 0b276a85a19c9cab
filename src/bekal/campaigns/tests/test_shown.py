"""How numbers are told on the live page."""

import pytest
from django.utils.translation import override

from bekal.campaigns.queries import HourBar
from bekal.campaigns.rules import TILES
from bekal.campaigns.shown import Shown
from bekal.campaigns.shown.hours import hours_of
from bekal.campaigns.shown.provinces import map_of
from bekal.campaigns.shown.scales import percent, scale_of
from bekal.campaigns.tests.pictures import picture
from bekal.ui import assets


def bars(*totals, first=8):
    return [HourBar(first + place, total, is_now=False) for place, total in enumerate(totals)]


@pytest.mark.parametrize(
    ("amount", "whole", "told"),
    [
        (0, 100, "0.0%"),
        (-5, 100, "0.0%"),
        (50, 0, "0.0%"),
        (741, 1000, "74.1%"),
        (7419, 10_000, "74.1%"),
        (150, 100, "100.0%"),
    ],
)
def test_a_share_stays_between_nothing_and_all(amount, whole, told):
    assert percent(amount, whole) == told


def test_hours_are_told_in_what_suits_the_largest():
    assert [c.value for c in hours_of(bars(41_900_000, 271_000_000)).columns[:2]] == ["41", "271"]
    small = hours_of(bars(400_000, 2_350_000))
    assert (small.scale.size, small.columns[1].value) == (1_000_000, "2,3")
    smaller = hours_of(bars(15_000, 940_500))
    assert (smaller.scale.name, smaller.columns[1].value) == ("ribu rupiah", "940")


def test_a_few_hours_have_the_coming_ones_beside_them():
    columns = hours_of(bars(1_000_000, 2_000_000)).columns
    assert [column.hour for column in columns] == ["08", "09", "10", "11", "12", "13", "14", "15"]
    assert [column.value for column in columns[2:]] == [""] * 6
    assert [column.hour for column in hours_of([]).columns][:2] == ["07", "08"]
    assert len(hours_of(bars(1, first=22)).columns) == 2
    assert hours_of(bars(*[5] * 24, first=0)).are_many


def test_an_hour_in_which_more_came_back_than_was_sold_has_no_height():
    column = hours_of(bars(-300_000, 900_000)).columns[0]
    assert (column.height, column.value) == ("0.0%", "-300")


def test_the_legend_has_no_gaps_and_no_overlaps():
    shown = map_of([], limits=(15_000_000, 40_000_000, 80_000_000, 140_000_000))
    assert [shade.words for shade in shown.legend] == [
        "belum mencatat",
        "di bawah 15",
        "15 sampai 39",
        "40 sampai 79",
        "80 sampai 139",
        "140 ke atas",
    ]
    with override("en"):
        small = map_of([], limits=(1_500_000, 2_000_000, 4_000_000, 6_000_000))
        assert [shade.words for shade in small.legend][2] == "1.5 to 2"


def test_a_small_province_is_not_told_as_nothing():
    tiles = picture().provinces
    shown = Shown(picture(provinces=[*tiles[:1]]), is_demo=False)
    assert shown.map.islands[0].tiles[0][1] == "37 jt"
    scale = scale_of(15_000_000)
    assert scale.exact(400_000) == "0,4"


def test_a_very_large_total_is_set_smaller():
    assert not Shown(picture(), is_demo=False).is_long
    assert Shown(picture(total=12_482_307_500), is_demo=False).is_long


def test_the_style_sheet_has_a_class_for_every_place_of_the_map():
    css = assets.stylesheet("bekal-langsung.css")
    for tile in TILES:
        assert f".col-{tile.column} {{" in css
        assert f".row-{tile.row} {{" in css
