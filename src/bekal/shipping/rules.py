"""What it costs to send a parcel, and which rates may be written. Pure.

A parcel counts by its weight or, where a service says so, by its size: whole kilograms, the first
at one price and each further one at another.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

NATION = "0"
"""The code of the area that is all of Indonesia."""
GRAMS = 1000
NAME_LENGTH = 40
FURTHEST_DAYS = 366
"""How far ahead a rate may be announced."""
HEAVIEST_G = 1_000_000
LONGEST_DAYS = 60
LARGEST_FEE = 100_000_000
DIVISORS = (1000, 10_000)
"""Between these lie the numbers by which couriers divide cubic centimetres."""


class NoQuote(StrEnum):
    """Why a workshop cannot send a parcel to an address."""

    NO_RATES = "no_rates"
    OUTSIDE = "outside"
    TOO_HEAVY = "too_heavy"

    @property
    def sentence(self) -> StrOrPromise:
        """What the buyer reads: the reason, and the ways that are left."""
        return _SENTENCES[self]


_SENTENCES: dict[NoQuote, StrOrPromise] = {
    NoQuote.NO_RATES: _(
        "Bengkel ini belum punya tarif kirim. Pilih ambil di bengkel, atau tanya bengkel."
    ),
    NoQuote.OUTSIDE: _(
        "Kurir bengkel ini belum mengantar ke alamat itu. Pilih ambil di bengkel, atau tanya "
        "bengkel."
    ),
    NoQuote.TOO_HEAVY: _(
        "Paket ini lebih berat atau lebih besar daripada yang diangkut kurir bengkel ini ke "
        "alamat itu. Kurangi barangnya, pilih ambil di bengkel, atau tanya bengkel."
    ),
}


class RateRefused(Refused):
    """Numbers that make no rate."""


class DayRefused(Refused):
    """A day on which a rate may not begin, or a service may not stop."""


class ServiceRefused(Refused):
    """A service that cannot be added or changed."""


class ServiceUnknown(Refused):
    """The unit has no such service, or has stopped it."""

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("Layanan ini tidak ada atau sudah dihentikan.", field="service")


class AreaUnknown(Refused):
    """No such destination is known."""

    def __init__(self, message: str = "") -> None:
        """Say how destinations are written."""
        said = "Tujuan tidak dikenal. Tulis misalnya Kota Palu, Sulawesi Tengah, atau semua."
        super().__init__(message or said, field="area")


@dataclass(frozen=True)
class Manner:
    """How a service counts a parcel.

    `divisor` is the cubic centimetres that stand for a kilogram (None: size does not count),
    `tolerance_g` the grams above a whole kilogram that it does not charge.
    """

    divisor: int | None = None
    tolerance_g: int = 0


@dataclass(frozen=True)
class Terms:
    """What a rate says: rupiah for the first and each further kilogram, bounds, days."""

    first_kg: int
    next_kg: int
    min_weight_g: int
    max_weight_g: int
    days_min: int
    days_max: int


@dataclass(frozen=True)
class Step:
    """One step of the arithmetic, as it is shown: what, how, and what comes out."""

    what: str
    how: str
    result: str


def counted_g(*, weight_g: int, volume_cm3: int | None, manner: Manner) -> int:
    """The grams that count: the weight or, when larger, what the size stands for."""
    if manner.divisor is None or not volume_cm3:
        return weight_g
    return max(weight_g, -(-volume_cm3 * GRAMS // manner.divisor))


def billed_kg(*, counted: int, manner: Manner, terms: Terms) -> int:
    """The whole kilograms that are charged: rounded up, but for the tolerance, at least one."""
    least = -(-terms.min_weight_g // GRAMS)
    return max(1, least, -(-(counted - manner.tolerance_g) // GRAMS))


def fee_of(*, weight_g: int, volume_cm3: int | None, manner: Manner, terms: Terms) -> int | None:
    """Rupiah for sending a parcel; None when it is more than the service takes there."""
    counted = counted_g(weight_g=weight_g, volume_cm3=volume_cm3, manner=manner)
    if counted > terms.max_weight_g:
        return None
    kilos = billed_kg(counted=counted, manner=manner, terms=terms)
    return terms.first_kg + (kilos - 1) * terms.next_kg


def explained(
    *, weight_g: int, volume_cm3: int | None, manner: Manner, terms: Terms
) -> tuple[Step, ...]:
    """The arithmetic of a fee, step by step, for whoever asks "Mengapa sebesar ini?"."""
    counted = counted_g(weight_g=weight_g, volume_cm3=volume_cm3, manner=manner)
    kilos = billed_kg(counted=counted, manner=manner, terms=terms)
    steps = [Step("Berat timbangan", "", kilograms(weight_g))]
    if manner.divisor is not None and volume_cm3:
        how = f"{formats.thousands(volume_cm3)} cm3 : {formats.thousands(manner.divisor)}"
        size = -(-volume_cm3 * GRAMS // manner.divisor)
        steps.append(Step("Berat menurut ukuran", how, kilograms(size)))
        steps.append(Step("Yang dihitung", "yang lebih besar", kilograms(counted)))
    steps.append(Step("Dibulatkan", _rounding(manner, terms), f"{kilos} kg"))
    steps.append(Step("Kg pertama", "", formats.rupiah(terms.first_kg)))
    if kilos > 1:
        further = kilos - 1
        how = f"{further} x {formats.rupiah(terms.next_kg)}"
        steps.append(Step("Kg berikutnya", how, formats.rupiah(further * terms.next_kg)))
    return tuple(steps)


def _rounding(manner: Manner, terms: Terms) -> str:
    said = "ke atas, ke kg penuh"
    if manner.tolerance_g:
        said += f"; lebih sampai {formats.thousands(manner.tolerance_g)} g tidak dihitung"
    if terms.min_weight_g > GRAMS:
        said += f"; paling sedikit {kilograms(terms.min_weight_g)}"
    return said


def kilograms(grams: int) -> str:
    """1300 as "1,3 kg"; 300 as "300 g"."""
    if grams < GRAMS:
        return f"{grams} g"
    whole, rest = divmod(grams, GRAMS)
    fraction = f",{rest:03d}".rstrip("0") if rest else ""
    return f"{formats.thousands(whole)}{fraction} kg"


def days_text(*, days_min: int, days_max: int) -> str:
    """How long it takes: "2 sampai 3 hari", "1 hari", "hari yang sama"."""
    if days_max == 0:
        return "hari yang sama"
    return f"{days_max} hari" if days_min == days_max else f"{days_min} sampai {days_max} hari"


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
