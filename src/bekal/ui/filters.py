"""The formats of foundation under the Indonesian names that templates call them by."""

import datetime as dt

from bekal.foundation import formats
from bekal.foundation.clock import Period, Zone


def rupiah(amount: int) -> str:
    """48000 as "Rp48.000"."""
    return formats.rupiah(amount)


def rupiah_ringkas(amount: int) -> str:
    """1482307500 as "Rp1,48 miliar"."""
    return formats.rupiah_in_words(amount)


def ribuan(number: int) -> str:
    """1407 as "1.407"."""
    return formats.thousands(number)


def tanggal(day: dt.date) -> str:
    """A day as "27 April 2026"."""
    return formats.date(day)


def tanggal_pendek(day: dt.date) -> str:
    """A day as "Sen, 27 Apr 2026"."""
    return formats.short_date(day)


def tanggal_panjang(day: dt.date) -> str:
    """A day as "Senin, 27 April 2026"."""
    return formats.long_date(day)


def periode(span: Period) -> str:
    """A span of days as "1 sampai 26 April 2026"."""
    return formats.period(span)


def jam(instant: dt.datetime, zone: Zone | str) -> str:
    """An instant as "14.32 WITA": the zone is always named; it is the unit's own."""
    return formats.time(instant, Zone(zone))


FILTERS = (
    rupiah,
    rupiah_ringkas,
    ribuan,
    tanggal,
    tanggal_pendek,
    tanggal_panjang,
    periode,
    jam,
)
