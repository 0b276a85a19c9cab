"""Which services and rates may be written."""

import datetime as dt
from enum import StrEnum

from bekal.foundation import formats
from bekal.shipping.rules.fees import Manner, Terms
from bekal.shipping.rules.measures import GRAMS, HEAVIEST_G, kilograms
from bekal.shipping.rules.refusals import DayRefused, RateRefused, ServiceRefused

NATION = "0"
"""The code of the area that is all of Indonesia."""
DISTRICTS_ADDRESS = "/api/v1/districts?q="
"""Where a field asks while a kecamatan is typed (`data-typeahead`)."""
NAME_LENGTH = 40
FURTHEST_DAYS = 366
"""How far ahead a rate may be announced."""
LONGEST_DAYS = 60
LARGEST_FEE = 100_000_000
DIVISORS = (1000, 10_000)
"""Between these lie the numbers by which couriers divide cubic centimetres."""


class State(StrEnum):
    """Where a row of a table stands on a day, in the words of the page."""

    IN_FORCE = "berlaku"
    AHEAD = "akan berlaku"
    PAST = "sebelumnya"


def check_terms(terms: Terms) -> None:
    """Raise RateRefused, at its field, for numbers that make no rate."""
    problem = _money_problem(terms) or _weight_problem(terms) or _days_problem(terms)
    if problem is not None:
        field, said = problem
        raise RateRefused(said, field=field)


def _money_problem(terms: Terms) -> tuple[str, str] | None:
    largest = formats.rupiah(LARGEST_FEE)
    if not 0 < terms.first_kg <= LARGEST_FEE:
        return "first_kg", f"Tarif kg pertama antara Rp1 dan {largest}."
    if not 0 <= terms.next_kg <= LARGEST_FEE:
        return "next_kg", f"Tarif kg berikutnya antara Rp0 dan {largest}."
    return None


def _weight_problem(terms: Terms) -> tuple[str, str] | None:
    if terms.min_weight_g < 1 or terms.max_weight_g > HEAVIEST_G:
        return "max_weight", f"Berat antara 1 g dan {kilograms(HEAVIEST_G)}."
    if terms.max_weight_g < terms.min_weight_g:
        return "max_weight", "Berat maksimum tidak boleh di bawah berat minimum."
    return None


def _days_problem(terms: Terms) -> tuple[str, str] | None:
    if not 0 <= terms.days_min <= terms.days_max <= LONGEST_DAYS:
        return (
            "days_max",
            f"Lama kirim dari 0 sampai {LONGEST_DAYS} hari, yang kecil lebih dulu.",
        )
    return None


def check_manner(manner: Manner) -> None:
    """Raise ServiceRefused for a way of counting that no courier has."""
    least, most = DIVISORS
    if manner.divisor is not None and not least <= manner.divisor <= most:
        said = f"Pembagi volume antara {formats.thousands(least)} dan {formats.thousands(most)}."
        raise ServiceRefused(said, field="divisor")
    if not 0 <= manner.tolerance_g < GRAMS:
        raise ServiceRefused("Kelonggaran antara 0 dan 999 gram.", field="tolerance_g")


def check_day(*, day: dt.date, today: dt.date, field: str = "valid_from") -> None:
    """Raise DayRefused: what was quoted on a past day stays, so only today or later can change."""
    if day < today:
        raise DayRefused(f"Pilih {formats.date(today)} atau sesudahnya.", field=field)
    if day > today + dt.timedelta(days=FURTHEST_DAYS):
        raise DayRefused("Tanggal paling jauh satu tahun lagi.", field=field)


def check_name(text: str, *, field: str = "name") -> str:
    """The name of a courier or service on one line. Raises ServiceRefused, at its field."""
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise ServiceRefused("Isi nama, misalnya JNE dan REG.", field=field)
    if len(name) > NAME_LENGTH:
        raise ServiceRefused(f"Nama paling panjang {NAME_LENGTH} huruf.", field=field)
    return name
