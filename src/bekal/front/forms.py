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


def read_filters(asked: Mapping[str, str]) -> UnitFilters:
    """Read cari, kanwil and halaman of an address; nonsense narrows nothing."""
    return UnitFilters(
        text=" ".join(asked.get("cari", "").replace("\0", " ").split())[:_LONGEST],
        kanwil=asked.get("kanwil", "")[:_LONGEST],
        page=read_page(asked.get("halaman", "")),
    )
