"""What a price means, which days a new one may begin on, and the words of the catalogue. Pure."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

FIRST_DAY = dt.date(2026, 1, 1)
"""The first day for which Bekal keeps prices; the prices of the sources are loaded from it on."""
FURTHEST_DAYS = 366
"""How far ahead a price or a cost may be announced."""
CODE_LENGTH = 5
NAME_LENGTH = 120
NOTE_LENGTH = 200
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_IN_ADDRESS = re.compile(r"/(20[0-2]\d)(?:/|-)")


class Sheet(StrEnum):
    """The two dated sheets of a product, by the word that a person reads."""

    PRICE = "harga"
    COST = "harga pokok"


class Status(StrEnum):
    """Where a product stands for buyers, in the words of its list."""

    SHOWN = "tayang"
    HIDDEN = "belum tayang"
    STOPPED = "tayang, belum bisa dipesan"
    AWAITED = "harga menyusul"
    RANGE = "rentang harga di sumber"


class State(StrEnum):
    """Where a row of a sheet stands on a day, in the words of its history."""

    AHEAD = "akan berlaku"
    IN_FORCE = "berlaku"
    PAST = "sebelumnya"
    PUT_RIGHT = "diperbaiki"


class NameTaken(Refused):
    """The seller already has a product of this name."""

    def __init__(self, *, name: str, code: str) -> None:
        """Name the product that is there already, so that the person can go on with it."""
        super().__init__(
            f"Produk \u201c{name}\u201d sudah ada di unit ini dengan kode {code}. "
            "Buka produk itu, atau pakai nama lain.",
            field="name",
        )
        self.code = code


class NameMissing(Refused):
    """A product needs a name."""

    def __init__(self) -> None:
        """Say what to fill in."""
        super().__init__("Isi nama produk, misalnya Keripik pisang.", field="name")


class NameTooLong(Refused):
    """The name does not fit on a price tag."""

    def __init__(self) -> None:
        """Say how long it may be."""
        super().__init__(f"Nama produk paling panjang {NAME_LENGTH} huruf.", field="name")


class CategoryUnknown(Refused):
    """The category is none of the catalogue's."""

    def __init__(self) -> None:
        """Ask for a choice."""
        super().__init__("Pilih kategori dari daftar.", field="category")


class NoteTooLong(Refused):
    """The note does not fit."""

    def __init__(self) -> None:
        """Say how long it may be."""
        super().__init__(f"Catatan paling panjang {NOTE_LENGTH} huruf.", field="note")


class ProductUnknown(Refused):
    """There is no such product."""

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("Produk ini tidak ada. Periksa kodenya di daftar produk.")


class AmountRefused(Refused):
    """A price of nothing, or a cost below nothing."""


class DayRefused(Refused):
    """A day on which a new price or cost may not begin."""


def tidy(text: str) -> str:
    """One line with single blanks, none at its ends, and no sign that cannot be seen."""
    seen = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    seen = "".join(sign for sign in seen if unicodedata.category(sign) not in {"Cf", "Cs"})
    return re.sub(r"\s+", " ", seen).strip()


def check_name(name: str) -> None:
    """Raise NameMissing or NameTooLong when a tidy name cannot be a product's."""
    if not name:
        raise NameMissing
    if len(name) > NAME_LENGTH:
        raise NameTooLong


def check_note(note: str) -> None:
    """Raise NoteTooLong when a tidy note does not fit."""
    if len(note) > NOTE_LENGTH:
        raise NoteTooLong


def check_amount(*, sheet: Sheet, amount: int) -> None:
    """Raise AmountRefused: a price is above zero, a cost is zero or more, both can be written."""
    if sheet is Sheet.PRICE and amount <= 0:
        raise AmountRefused("Harga paling sedikit Rp1. Tulis misalnya 15.000.", field="amount")
    if amount < 0:
        raise AmountRefused("Harga pokok paling sedikit Rp0.", field="amount")
    if amount > formats.LARGEST_RUPIAH:
        largest = formats.rupiah(formats.LARGEST_RUPIAH)
        raise AmountRefused(f"Jumlah paling besar {largest}. Periksa nolnya.", field="amount")


def check_day(
    *, sheet: Sheet, valid_from: dt.date, today: dt.date, in_force_since: dt.date | None
) -> None:
    """Raise DayRefused when a row of the sheet may not begin on `valid_from`.

    From today on: always, up to FURTHEST_DAYS ahead. In the past, back to FIRST_DAY: only where
    no row stands, or where the row that stands was itself written today and is being put right.
    So what was in force on a day stays what it was. `in_force_since` is the local day on which
    the row in force on `valid_from` was written down, None when there is no such row.
    """
    if valid_from > today + dt.timedelta(days=FURTHEST_DAYS):
        raise DayRefused("Tanggal mulai paling jauh satu tahun lagi.", field="valid_from")
    if valid_from >= today:
        return
    if valid_from < FIRST_DAY:
        first = formats.date(FIRST_DAY)
        raise DayRefused(f"Tanggal mulai paling awal {first}.", field="valid_from")
    if in_force_since is not None and in_force_since < today:
        raise DayRefused(
            f"Pada {formats.date(valid_from)} sudah ada {sheet} yang berlaku dan itu tidak "
            f"diubah lagi. Pilih {formats.date(today)} atau sesudahnya.",
            field="valid_from",
        )


def status_of(
    *, price: int | None, source_low: int | None, is_published: bool, lacks: int
) -> Status:
    """The one status of a product; `price` is the price in force, `lacks` how many facts lack."""
    if price is None:
        return Status.AWAITED if source_low is None else Status.RANGE
    if not is_published:
        return Status.HIDDEN
    return Status.STOPPED if lacks else Status.SHOWN


def states_of(*, valid_from: Sequence[dt.date], on: dt.date) -> list[State]:
    """The state of each row of a sheet on a day.

    `valid_from` are the days of the rows, the latest first and, of several for one day, the one
    written last first: that one holds, the others were put right by it.
    """
    states: list[State] = []
    seen: set[dt.date] = set()
    for day in valid_from:
        if day in seen:
            states.append(State.PUT_RIGHT)
        elif day > on:
            states.append(State.AHEAD)
        else:
            states.append(State.PAST if State.IN_FORCE in states else State.IN_FORCE)
        seen.add(day)
    return states


def price_text(*, price: int | None, source_low: int | None, source_high: int | None) -> str:
    """What a person reads as the price: the price in force, the source's range, or the wait."""
    if price is not None:
        return formats.rupiah(price)
    if source_low is None or source_high is None:
        return "harga menyusul"
    return f"{formats.rupiah(source_low)} sampai {formats.rupiah(source_high)}"


def selling_text(*, price: int | None, cost: int | None, can_split: bool) -> str:
    """Whether the product can be sold by its unit's own rule (`can_split`), as told beside it."""
    if price is None:
        return "Belum bisa dijual. Isi harganya lebih dulu."
    if not can_split:
        return "Belum bisa dijual. Bagi hasil unit ini dihitung setelah biaya: isi harga pokok."
    if cost is None:
        return "Bisa dijual: bagi hasil unit ini dihitung dari harga jual (bruto)."
    return "Bisa dijual."


def web_address(source: str) -> str:
    """The source when it is the address of a web page, otherwise nothing: pages link no more."""
    return source if source.startswith(("https://", "http://")) else ""


def source_year(source: str) -> str:
    """The year that a source names, in its words or its address; empty when it names none."""
    found = _YEAR_IN_ADDRESS.search(source) if "://" in source else None
    named = _YEAR.search(source) if "://" not in source else None
    return found[1] if found else named[0] if named else ""


def source_name(source: str) -> str:
    """What a source is called beside its link: the site of an address, otherwise itself."""
    return urlsplit(source).netloc.removeprefix("www.") if "://" in source else source


@dataclass(frozen=True)
class SourcePrice:
    """What a source says of a price, in rupiah; equal bounds mean a single price."""

    low: int
    high: int

    @property
    def is_single(self) -> bool:
        """Whether the source names one price."""
        return self.low == self.high
