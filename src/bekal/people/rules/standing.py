"""A maker's code and status, who may be one, and the words that are typed of them. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation.codes import random_code, read_random_code
from bekal.foundation.refusals import Refused

PREFIX = "PB"
NAME_LENGTH = 120
NUMBER_LENGTH = 40
REASON_LENGTH = 120
_SHORTEST_NUMBER = 4
# Bekal has no place for children in its production (design 3.10), and a Bapas holds nobody.
NO_MAKERS = {
    "LPKA": "Anak binaan tidak dicatat sebagai pembuat. Unit LPKA tidak memakai halaman ini.",
    "Bapas": "Klien Bapas tidak dicatat sebagai pembuat di bengkel.",
}


class Status(StrEnum):
    """Where a maker is: in the custody of a unit, on the way to another, or gone home."""

    IN_CUSTODY = "in_custody"
    MOVED = "moved"
    RELEASED = "released"


STATUS_LABELS = {
    Status.IN_CUSTODY: "di unit",
    Status.MOVED: "sedang pindah",
    Status.RELEASED: "pulang",
}
MOVES: dict[Status, frozenset[Status]] = {
    Status.IN_CUSTODY: frozenset({Status.MOVED, Status.RELEASED}),
    Status.MOVED: frozenset({Status.IN_CUSTODY}),
    Status.RELEASED: frozenset({Status.IN_CUSTODY}),
}


class Why(StrEnum):
    """Why a name was read; the values stand in the audit trail."""

    LIST = "daftar pembuat unit"
    ONE = "data satu pembuat"
    PREMI = "slip dan tanda terima premi"


class PeopleRefused(Refused):
    """What cannot be done to a maker's record."""


class KeysMissing(Refused):
    """The keys of names or numbers are missing, or another's: nothing is read or written then."""

    def __init__(self) -> None:
        """Say whom to ask."""
        super().__init__("Kunci data pembuat tidak cocok. Hubungi pengelola Bekal di kantor Anda.")


@dataclass(frozen=True)
class NewMaker:
    """Somebody who is to be known as a maker; the number is kept as a keyed digest alone."""

    unit_id: int
    name: str
    number: str
    since: dt.date
    is_convicted: bool
    is_adult: bool
    is_sample: bool = False


def new_code() -> str:
    """A code that says nothing of anybody: "PB-7Q2M-18KD"."""
    return random_code(PREFIX)


def read_code(text: str) -> str:
    """A maker's code, however it was typed. Raises CodeMistyped when it cannot be one."""
    return read_random_code(text, prefix=PREFIX)


def check_move(*, old: Status, new: Status) -> None:
    """Refuse a way that there is not. Raises PeopleRefused."""
    if new not in MOVES[old]:
        raise PeopleRefused(
            f"Pembuat ini {STATUS_LABELS[old]}, jadi tidak bisa menjadi {STATUS_LABELS[new]}."
        )


def check_kind_of_unit(kind: str, *, field: str = "") -> None:
    """Refuse units that have no makers. Raises PeopleRefused."""
    if kind in NO_MAKERS:
        raise PeopleRefused(NO_MAKERS[kind], field=field)


def check_day(
    day: dt.date, *, first: dt.date | None, today: dt.date, field: str, began: str = ""
) -> None:
    """Refuse a day to come, and one before `first`; `began` says why that is the first."""
    if day > today:
        raise PeopleRefused("Tanggal ini belum tiba. Pilih hari ini atau sebelumnya.", field=field)
    if first is not None and day < first:
        raise PeopleRefused(began or "Tanggal ini terlalu awal.", field=field)


def clean_name(text: str) -> str:
    """A name with single blanks. Raises PeopleRefused."""
    name = " ".join(text.split())
    if not name:
        raise PeopleRefused("Isi nama seperti di berkas.", field="name")
    if len(name) > NAME_LENGTH:
        raise PeopleRefused(f"Nama paling panjang {NAME_LENGTH} huruf.", field="name")
    if not name.isprintable():
        raise PeopleRefused("Tulis nama dengan huruf biasa.", field="name")
    return name


def clean_number(text: str) -> str:
    """An SDP number as it is digested: its letters and digits alone. Raises PeopleRefused.

    Our sources say nothing of its form, so none is demanded.
    """
    number = re.sub(r"[\s./\-]", "", text).upper()
    if not number:
        raise PeopleRefused("Isi nomor registrasi SDP.", field="number")
    if not re.fullmatch(rf"[0-9A-Z]{{{_SHORTEST_NUMBER},{NUMBER_LENGTH}}}", number):
        raise PeopleRefused(
            f"Nomor SDP memakai {_SHORTEST_NUMBER} sampai {NUMBER_LENGTH} huruf dan angka.",
            field="number",
        )
    return number


def clean_reason(text: str) -> str:
    """The ground of a move, such as the number of its letter. Raises PeopleRefused."""
    reason = " ".join(text.split())
    if not reason:
        raise PeopleRefused("Isi dasarnya, misalnya nomor suratnya.", field="reason")
    if len(reason) > REASON_LENGTH:
        raise PeopleRefused(f"Dasar paling panjang {REASON_LENGTH} huruf.", field="reason")
    return reason
