import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.clock import (
    Period,
    Zone,
    last_years,
    local_day,
    month_of,
    now,
    year_so_far,
)

LAST_SECOND_OF_JUNE_IN_JAYAPURA = dt.datetime(2026, 6, 30, 14, 59, 59, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def test_a_papuan_midnight_comes_two_hours_before_jakartas():
    before = LAST_SECOND_OF_JUNE_IN_JAYAPURA
    assert local_day(before, Zone.WIT) == dt.date(2026, 6, 30)
    assert local_day(before + SECOND, Zone.WIT) == dt.date(2026, 7, 1)
    assert local_day(before + SECOND, Zone.WITA) == dt.date(2026, 6, 30)
    assert local_day(before + SECOND, Zone.WIB) == dt.date(2026, 6, 30)
    assert local_day(before + 2 * 3600 * SECOND, Zone.WIB) == dt.date(2026, 6, 30)
    assert local_day(before + 2 * 3600 * SECOND + SECOND, Zone.WIB) == dt.date(2026, 7, 1)


@given(
    st.datetimes(
        min_value=dt.datetime(1970, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
        max_value=dt.datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=st.just(dt.UTC),
    )
)
def test_the_offsets_are_seven_eight_and_nine_hours_in_every_season(instant):
    for zone, hours in zip(Zone, (7, 8, 9), strict=True):
        if instant.year > 1988:
            assert instant.astimezone(zone.info).utcoffset() == dt.timedelta(hours=hours)
        assert local_day(instant, zone) == instant.astimezone(zone.info).date()


def test_the_day_depends_on_the_instant_and_not_on_how_it_was_written():
    written_in_wit = LAST_SECOND_OF_JUNE_IN_JAYAPURA.astimezone(Zone.WIT.info)
    for zone in Zone:
        assert local_day(written_in_wit, zone) == local_day(LAST_SECOND_OF_JUNE_IN_JAYAPURA, zone)


def test_an_instant_without_zone_belongs_to_no_day():
    naive = LAST_SECOND_OF_JUNE_IN_JAYAPURA.replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"):
        local_day(naive, Zone.WIB)


def test_the_clock_is_aware():
    assert now().tzinfo is not None


@given(st.dates())
def test_a_month_holds_its_days_and_no_others(day):
    month = month_of(day)
    assert day in month
    assert month.first.day == 1
    assert 28 <= month.days <= 31
    assert month.last == dt.date.max or (month.last + dt.timedelta(days=1)).day == 1


def test_a_period_counts_both_ends_and_never_runs_backwards():
    first, last = dt.date(2026, 4, 1), dt.date(2026, 4, 26)
    assert Period(first, last).days == 26
    assert {first, last} <= {day for day in (first, last) if day in Period(first, last)}
    assert "1 April" not in Period(first, last)
    with pytest.raises(ValueError, match="on or after"):
        Period(last, first)


def test_a_year_has_begun_up_to_a_day_and_is_whole_afterwards():
    april, december = dt.date(2026, 4, 26), dt.date(2025, 12, 31)
    assert year_so_far(2026, until=april) == Period(dt.date(2026, 1, 1), april)
    assert year_so_far(2025, until=april) == Period(dt.date(2025, 1, 1), december)


def test_the_last_years_begin_with_this_one_and_end_with_the_first_there_is():
    april = dt.date(2026, 4, 26)
    assert last_years(3, until=april) == {2026: "2026", 2025: "2025", 2024: "2024"}
    assert list(last_years(5, until=april, first=2025)) == [2026, 2025]
