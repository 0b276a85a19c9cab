"""What people type to find a unit; nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass

from bekal.foundation.formats import read_page

_LONGEST = 120


@dataclass(frozen=True)
class UnitFilters:
    """How a person narrows the units: words of their names, a kanwil by its code, a page."""

    text: str = ""
    kanwil: str = ""
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether units may be left out."""
        return bool(self.text or self.kanwil)


@dataclass(frozen=True)
class WorkshopFilters(UnitFilters):
    """How a visitor narrows the workshops: also by province (its code) and kind of unit."""

    province: str = ""
    kind: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether workshops may be left out."""
        return bool(self.text or self.is_sifted)

    @property
    def is_sifted(self) -> bool:
        """Whether more than words was given."""
        return bool(self.kanwil or self.province or self.kind)


def read_filters(asked: Mapping[str, str]) -> UnitFilters:
    """Read cari, kanwil and halaman of an address; nonsense narrows nothing."""
    return UnitFilters(
        text=_words(asked), kanwil=_word(asked, "kanwil"), page=read_page(asked.get("halaman", ""))
    )


def read_workshop_filters(asked: Mapping[str, str]) -> WorkshopFilters:
    """Read cari, kanwil, provinsi, jenis and halaman of an address."""
    return WorkshopFilters(
        text=_words(asked),
        kanwil=_word(asked, "kanwil"),
        province=_word(asked, "provinsi"),
        kind=_word(asked, "jenis"),
        page=read_page(asked.get("halaman", "")),
    )


def _words(asked: Mapping[str, str]) -> str:
    return " ".join(asked.get("cari", "").replace("\0", " ").split())[:_LONGEST]


def _word(asked: Mapping[str, str], name: str) -> str:
    return asked.get(name, "").replace("\0", "")[:_LONGEST]
