"""How money, dates and times are written on the English pages; `formats` writes Indonesian.

Rupiah stay rupiah, and every zone keeps its Indonesian name, because the place has no other.
"""

import datetime as dt

from bekal.foundation.clock import Period, Zone
from bekal.foundation.formats import period_in

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WORDS = ((1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"))


def thousands(number: int) -> str:
    """1234567 as "1,234,567"."""
    return f"{number:,}"


def rupiah(amount: int) -> str:
    """Whole rupiah: "Rp48,000", "-Rp48,000"."""
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}"


def rupiah_in_words(amount: int) -> str:
    """A headline amount: "Rp1.48 billion"; below a million the exact sum. Rounds down."""
    for size, word in _WORDS:
        if abs(amount) >= size:
            whole, fraction = divmod(abs(amount) * 100 // size, 100)
            number = f"{whole:,}.{fraction:02d}".rstrip("0").rstrip(".")
            return f"{'-' if amount < 0 else ''}Rp{number} {word}"
    return rupiah(amount)


def date(day: dt.date) -> str:
    """Write a day: "27 April 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: dt.date) -> str:
    """Write a day for narrow places: "Mon, 27 Apr 2026"."""
    return f"{DAYS[day.weekday()][:3]}, {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def long_date(day: dt.date) -> str:
    """Write a day with its name: "Monday, 27 April 2026"."""
    return f"{DAYS[day.weekday()]}, {date(day)}"


def period(span: Period) -> str:
    """Write a period, "1 to 26 April 2026", as short as it can be said without doubt."""
    return period_in(span, months=MONTHS, until="to")


def time(instant: dt.datetime, zone: Zone) -> str:
    """Write the time of an instant in a zone: "14:32 WIB"."""
    return f"{instant.astimezone(zone.info):%H:%M} {zone}"
