"""The formats of foundation under the Indonesian names that templates call them by.

They speak the language of the page: English on the addresses below /en/, Indonesian elsewhere.
"""

import datetime as dt
from types import ModuleType

from django.utils.translation import get_language

from bekal.foundation import english, formats
from bekal.foundation.clock import Period, Zone, local_day


def _speaks() -> ModuleType:
    return english if get_language() == "en" else formats


def rupiah(amount: int) -> str:
    """48000 as "Rp48.000"."""
    text: str = _speaks().rupiah(amount)
    return text


def rupiah_ringkas(amount: int) -> str:
    """1482307500 as "Rp1,48 miliar"."""
    text: str = _speaks().rupiah_in_words(amount)
    return text


def ribuan(number: int) -> str:
    """1407 as "1.407"."""
    text: str = _speaks().thousands(number)
    return text


def tanggal(day: dt.date) -> str:
    """A day as "27 April 2026"."""
    text: str = _speaks().date(day)
    return text


def tanggal_pendek(day: dt.date) -> str:
    """A day as "Sen, 27 Apr 2026"."""
    text: str = _speaks().short_date(day)
    return text


def tanggal_panjang(day: dt.date) -> str:
    """A day as "Senin, 27 April 2026"."""
    text: str = _speaks().long_date(day)
    return text


def periode(span: Period) -> str:
    """A span of days as "1 sampai 26 April 2026"."""
    text: str = _speaks().period(span)
    return text


def jam(instant: dt.datetime, zone: Zone | str) -> str:
    """An instant as "14.32 WITA": the zone is always named; it is the unit's own."""
    text: str = _speaks().time(instant, Zone(zone))
    return text


def telepon(e164: str) -> str:
    """A stored number as people write it: "0812-3456-7890"; nothing stays nothing."""
    return formats.phone(e164) if e164 else ""


def waktu(instant: dt.datetime, zone: Zone | str) -> str:
    """An instant with its day as "27 April 2026, 14.32 WITA", both by the clock of the zone."""
    text: str = _speaks().date(local_day(instant, Zone(zone)))
    return f"{text}, {jam(instant, zone)}"


FILTERS = (
    rupiah,
    rupiah_ringkas,
    ribuan,
    tanggal,
    tanggal_pendek,
    tanggal_panjang,
    periode,
    jam,
    telepon,
    waktu,
)
