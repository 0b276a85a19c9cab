"""Hours of workshops, what they take, and pauses. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

HORIZON = 90
"""How many days ahead of the first possible one work can be promised."""
LARGEST_MINUTES = 10_000
SENTENCE_LENGTH = 160
NAME_LENGTH = 80
KIND_LENGTH = 40
DAYS_IN_A_WEEK = 7
WEEKS = {
    5: "Senin sampai Jumat",
    6: "Senin sampai Sabtu",
    7: "Setiap hari",
    4: "Senin sampai Kamis",
    3: "Senin sampai Rabu",
    2: "Senin dan Selasa",
    1: "Senin saja",
}
"""The working days of a week, by how many they are from Monday on."""
FURTHEST_DAYS = 366


class Kind(StrEnum):
    """What a buyer may have of a product: pieces that are there, work to order, or nothing."""

    READY = "ready"
    MADE = "made"
    NONE = "none"


@dataclass(frozen=True)
class NewWork:
    """Pieces of a product that a group wants to have made.

    With `agreed_on` the unit has promised that day already: hours are taken as far as there are.
    """

    group: UUID
    product_id: int
    pieces: int
    agreed_on: dt.date | None = None


class NoCapacity(Refused):
    """The workshop has no hours left within the horizon, or does not make the product."""

    def __init__(self) -> None:
        """Say it in the buyer's words."""
        super().__init__("Bengkel sedang penuh. Kurangi jumlahnya, atau coba lagi lain hari.")


class CapacityRefused(Refused):
    """Working time that cannot be set like this."""


class PauseRefused(Refused):
    """A pause that cannot begin or end like this."""


def booked(minutes: int, *, left: Mapping[dt.date, int]) -> dict[dt.date, int]:
    """The minutes spread over the first days that have some left, in order. Raises NoCapacity."""
    found = filled(minutes, left=left)
    if sum(found.values()) < minutes:
        raise NoCapacity
    return found


def filled(minutes: int, *, left: Mapping[dt.date, int]) -> dict[dt.date, int]:
    """As `booked`, for work that was agreed on: as many of the minutes as the days have left."""
    found: dict[dt.date, int] = {}
    for day in sorted(left):
        share = min(minutes - sum(found.values()), left[day])
        if share > 0:
            found[day] = share
    return found


@dataclass(frozen=True)
class NewWorkTime:
    """Minutes of a working day, on so many days of the week from Monday on."""

    minutes: int
    days_a_week: int


def time_text(time: NewWorkTime) -> str:
    """A working time in words: "480 menit sehari, Senin sampai Jumat"."""
    if not time.days_a_week:
        return "belum ada waktu kerja"
    return f"{formats.thousands(time.minutes)} menit sehari, {WEEKS[time.days_a_week]}"


def check_workshop(*, name: str, kind: str) -> None:
    """Refuse a workshop without a name, or with too long a one."""
    if not name.strip():
        raise CapacityRefused("Isi nama bengkel, misalnya Bengkel jahit.", field="name")
    if len(name.strip()) > NAME_LENGTH:
        raise CapacityRefused(f"Nama bengkel paling panjang {NAME_LENGTH} huruf.", field="name")
    if len(kind.strip()) > KIND_LENGTH:
        raise CapacityRefused(f"Jenis pekerjaan paling panjang {KIND_LENGTH} huruf.", field="kind")


def check_work_time(time: NewWorkTime) -> None:
    """Refuse a day longer than a day and all its hands, or a week that is none."""
    if not 0 <= time.minutes <= LARGEST_MINUTES:
        raise CapacityRefused(
            f"Menit kerja sehari antara 0 dan {formats.thousands(LARGEST_MINUTES)}.",
            field="minutes",
        )
    if not 1 <= time.days_a_week <= DAYS_IN_A_WEEK:
        raise CapacityRefused("Pilih hari kerja dari daftar.", field="days_a_week")


def check_ahead(day: dt.date, *, today: dt.date, field: str) -> None:
    """Refuse a day that has passed, or one too far ahead to be meant."""
    if day < today:
        raise CapacityRefused("Hari itu sudah lewat. Pilih hari ini atau sesudahnya.", field=field)
    if (day - today).days > FURTHEST_DAYS:
        raise CapacityRefused("Hari itu lebih dari setahun lagi. Periksa tahunnya.", field=field)


def check_how_made(*, minutes_a_piece: int, days_ahead: int) -> None:
    """Refuse work that takes no time, or that cannot begin within the horizon."""
    if not 1 <= minutes_a_piece <= LARGEST_MINUTES:
        raise CapacityRefused(
            f"Menit per buah antara 1 dan {formats.thousands(LARGEST_MINUTES)}.",
            field="minutes_a_piece",
        )
    if not 0 <= days_ahead <= HORIZON:
        raise CapacityRefused(f"Hari persiapan antara 0 dan {HORIZON}.", field="days_ahead")


def check_sentence(sentence: str) -> None:
    """Refuse a pause that does not say to buyers why."""
    if not sentence.strip():
        raise PauseRefused("Isi kalimat yang dibaca pembeli.", field="sentence")
    if len(sentence.strip()) > SENTENCE_LENGTH:
        raise PauseRefused(f"Kalimat paling panjang {SENTENCE_LENGTH} huruf.", field="sentence")
