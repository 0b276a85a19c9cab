"""Recurring supply to vendors of food, and how much of what they buy comes from workshops. Pure.

The rule: vendors of food for lapas take at least 5 % of their supply from the lapas's own products
(https://serayunews.com/panen-perdana-di-nusakambangan-kemenimipas-dorong-ketahanan-pangan-lewat-pemberdayaan-warga-binaan,
https://www.bitvonline.com/nasional/52029/). Of what, the sources do not agree: serayunews reads it
as 5 % of the vendor's supply, bitvonline and Lapas Tarakan as 5 % of the lapas's harvest. So the
numbers of both readings are kept, and never a percentage alone.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

EXPECTED_PERCENT = 5
SUPPLY_NOTE_LENGTH = 200
DAYS_OF_WEEK = 7
LONGEST_SUPPLY = dt.timedelta(days=2 * 366)
LONGEST_TERM_DAYS = 60
LATEST = dt.timedelta(days=14)
"""How long after its day a delivery can still be confirmed."""


class DeliveryKind(StrEnum):
    """What became of a delivery: it was handed over, or not."""

    DELIVERED = "delivered"
    MISSED = "missed"


class SupplyRefused(Refused):
    """An agreement, a delivery or a declaration that cannot be."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed: so many pieces at a price on these weekdays (0: Monday), from day to day.

    An invoice is to be paid `term_days` after its delivery.
    """

    pieces: int
    unit_price: int
    weekdays: frozenset[int]
    first_on: dt.date
    last_on: dt.date
    term_days: int


def mask_of(weekdays: Iterable[int]) -> int:
    """Weekdays as they are kept: one bit for each, Monday the lowest."""
    return sum(1 << day for day in set(weekdays))


def weekdays_of(mask: int) -> list[int]:
    """Weekdays as they were kept, Monday first."""
    return [day for day in range(DAYS_OF_WEEK) if mask & (1 << day)]


def due_days(
    *, mask: int, first_on: dt.date, last_on: dt.date, since: dt.date, until: dt.date
) -> list[dt.date]:
    """The days of an agreement from one day to another, both counted."""
    begin, end = max(first_on, since), min(last_on, until)
    days = (begin + dt.timedelta(days=n) for n in range((end - begin).days + 1))
    return [day for day in days if mask & (1 << day.weekday())]


def check_agreed(agreed: Agreed) -> None:
    """Refuse an agreement about nothing. Raises SupplyRefused at its field."""
    if not 0 < agreed.pieces <= formats.LARGEST_COUNT:
        raise SupplyRefused("Isi jumlah sekali kirim, paling sedikit 1.", field="pieces")
    if not 0 < agreed.unit_price <= formats.LARGEST_RUPIAH:
        raise SupplyRefused("Isi harga satu barang, lebih dari 0.", field="unit_price")
    if not agreed.weekdays or agreed.weekdays - set(range(DAYS_OF_WEEK)):
        raise SupplyRefused("Pilih paling sedikit satu hari.", field="weekdays")
    if not agreed.first_on <= agreed.last_on <= agreed.first_on + LONGEST_SUPPLY:
        raise SupplyRefused("Berakhir sesudah mulai, paling lama dua tahun.", field="last_on")
    if not 0 <= agreed.term_days <= LONGEST_TERM_DAYS:
        raise SupplyRefused("Jatuh tempo paling lama 60 hari.", field="term_days")


def check_day(day: dt.date, *, days: Iterable[dt.date], today: dt.date) -> None:
    """Refuse a day on which nothing is due, that has not come, or is long past."""
    if day not in set(days):
        raise SupplyRefused("Tidak ada kiriman pada hari itu.")
    if not today - LATEST <= day <= today:
        raise SupplyRefused("Catat kiriman pada harinya, atau paling lama 14 hari sesudahnya.")


def check_reason_of_supply(reason: str, *, question: str) -> None:
    """Refuse what has no reason, or one that is too long."""
    if not reason.strip():
        raise SupplyRefused(question, field="reason")
    if len(reason) > SUPPLY_NOTE_LENGTH:
        raise SupplyRefused(f"Paling panjang {SUPPLY_NOTE_LENGTH} huruf.", field="reason")


def check_declared(*, total: int, bought: int, month: dt.date, today: dt.date) -> None:
    """Refuse a total that is none, or of a month to come. Raises SupplyRefused at its field."""
    if month.day != 1 or month > today:
        raise SupplyRefused("Pilih bulan yang sudah mulai.", field="month")
    if not 0 < total <= formats.LARGEST_RUPIAH:
        raise SupplyRefused("Isi belanja bahan makanan sebulan, lebih dari 0.", field="total")
    if total < bought:
        raise SupplyRefused(
            f"Tidak mungkin di bawah yang dibeli dari unit, {formats.rupiah(bought)}.",
            field="total",
        )


def check_harvest(*, total: int, source: str, month: dt.date, today: dt.date) -> None:
    """Refuse a harvest without a record, or of a month to come; SupplyRefused at its field."""
    if month.day != 1 or month > today:
        raise SupplyRefused("Pilih bulan yang sudah mulai.", field="month")
    if not 0 <= total <= formats.LARGEST_RUPIAH:
        raise SupplyRefused("Isi nilai panen sebulan dalam rupiah.", field="total")
    if not source.strip():
        raise SupplyRefused("Tulis sumbernya, misalnya buku panen kebun.", field="source")
    if len(source) > SUPPLY_NOTE_LENGTH:
        raise SupplyRefused(f"Paling panjang {SUPPLY_NOTE_LENGTH} huruf.", field="source")


def percent(bought: int, total: int) -> str:
    """A share of a whole with one decimal, cut and never rounded up: "4,9"."""
    tenths = max(0, bought) * 1000 // total
    return f"{tenths // 10},{tenths % 10}"


def month_after(month: dt.date) -> dt.date:
    """The first day of the next month."""
    return (month + dt.timedelta(days=32)).replace(day=1)
