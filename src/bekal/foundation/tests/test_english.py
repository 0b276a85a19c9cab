"""English writes what Indonesian writes, its own way."""

import datetime as dt
import inspect

import pytest

from bekal.foundation import english, formats
from bekal.foundation.clock import Period, Zone

DAY = dt.date(2026, 4, 27)


def test_whatever_english_writes_indonesian_writes_with_the_same_arguments():
    for name, function in inspect.getmembers(english, inspect.isfunction):
        if function.__module__ == english.__name__:
            twin = getattr(formats, name)
            assert inspect.signature(twin) == inspect.signature(function), name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (english.rupiah(48_000), "Rp48,000"),
        (english.rupiah(-48_000), "-Rp48,000"),
        (english.rupiah_in_words(1_482_307_500), "Rp1.48 billion"),
        (english.rupiah_in_words(2_000_000), "Rp2 million"),
        (english.rupiah_in_words(-1_500_000), "-Rp1.5 million"),
        (english.rupiah_in_words(999_999), "Rp999,999"),
        (english.thousands(1_407), "1,407"),
        (english.short_date(DAY), "Mon, 27 Apr 2026"),
        (english.long_date(DAY), "Monday, 27 April 2026"),
        (english.period(Period(DAY, DAY)), "27 April 2026"),
        (english.period(Period(dt.date(2026, 4, 1), DAY)), "1 to 27 April 2026"),
        (english.period(Period(dt.date(2026, 3, 1), DAY)), "1 March to 27 April 2026"),
        (english.period(Period(dt.date(2025, 3, 1), DAY)), "1 March 2025 to 27 April 2026"),
        (english.time(dt.datetime(2026, 4, 27, 7, 32, tzinfo=dt.UTC), Zone.WITA), "15:32 WITA"),
    ],
)
def test_english_formats(written, expected):
    assert written == expected
