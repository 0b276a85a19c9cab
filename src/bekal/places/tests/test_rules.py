import datetime as dt

import pytest

from bekal.places.rules import (
    PARENT_LEVEL,
    Level,
    PlaceRefused,
    check_covers,
    check_next_day,
    check_parent,
    read_units,
)

DAY = dt.date(2026, 1, 10)
ROW = {
    "kanwil": "Papua",
    "province": "Papua Selatan",
    "kind": "Lapas",
    "class": "IIB",
    "name": "Lapas Kelas IIB Merauke",
    "city": "Merauke",
    "source": "daftar",
}
PROVINCES = {"Papua Selatan": "93"}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("parent", [None, *Level])
def test_only_the_level_above_may_be_a_parent(level, parent):
    if parent == PARENT_LEVEL[level]:
        check_parent(level=level, parent_level=parent)
    else:
        with pytest.raises(PlaceRefused):
            check_parent(level=level, parent_level=parent)


def test_a_change_comes_after_the_first_day_of_what_it_ends():
    check_next_day(since=DAY, until=None, day=DAY + dt.timedelta(days=1))
    check_next_day(since=None, until=None, day=DAY)
    for day in (DAY, DAY - dt.timedelta(days=1)):
        with pytest.raises(PlaceRefused):
            check_next_day(since=DAY, until=None, day=day)


def test_a_closed_place_changes_no_more():
    with pytest.raises(PlaceRefused):
        check_next_day(since=None, until=DAY, day=DAY + dt.timedelta(days=9))


def test_a_parent_is_there_from_the_day_on_without_end():
    check_covers(since=None, until=None, day=DAY)
    check_covers(since=DAY, until=None, day=DAY)
    with pytest.raises(PlaceRefused):
        check_covers(since=DAY + dt.timedelta(days=1), until=None, day=DAY)
    with pytest.raises(PlaceRefused):
        check_covers(since=None, until=DAY + dt.timedelta(days=900), day=DAY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "kolom kosong: name"),
        ({"name": "---"}, "kolom kosong: name"),
        ({"kanwil": " ", "source": None}, "kolom kosong: kanwil, source"),
        ({"province": "Papua Utara"}, "provinsi tidak dikenal: Papua Utara"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(change, reason):
    units, problems = read_units([ROW, ROW | change], provinces=PROVINCES)
    assert [unit.code for unit in units] == ["lapas-kelas-iib-merauke"]
    assert [(problem.row, problem.reason) for problem in problems] == [(3, reason)]


def test_a_name_that_comes_twice_is_used_once():
    _, problems = read_units([ROW, ROW | {"class": "IIA"}], provinces=PROVINCES)
    assert [problem.reason for problem in problems] == ["nama sama dengan baris 2"]
