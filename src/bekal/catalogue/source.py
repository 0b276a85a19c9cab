"""The file of real products, read row by row: `data/products.csv`.

Its columns are upt, province, product, category, price_idr and source. A price is empty, whole
rupiah ("5000") or a range ("15000-800000"). Pure, the reading of the packaged file excepted.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from bekal.catalogue import rules
from bekal.foundation import formats
from bekal.foundation.refusals import Refused

PRODUCTS = Path(__file__).parent / "data" / "products.csv"
SOURCE_LENGTH = 400
CATEGORY_LENGTH = 40
_PRICE = re.compile(r"(\d{1,15})(?:-(\d{1,15}))?", re.ASCII)


class RowRefused(Refused):
    """A row that cannot be loaded; the text says why."""


@dataclass(frozen=True)
class SourceRow:
    """One readable row. `line` counts as a spreadsheet does: the heading is line 1."""

    line: int
    unit: str
    name: str
    category: str
    price: rules.SourcePrice | None
    source: str

    @property
    def category_code(self) -> str:
        """The category's word as a slug: "jasa/sablon" is "jasa-sablon"."""
        return slugify(self.category.replace("/", " "))


@dataclass(frozen=True)
class UnreadableRow:
    """One row that cannot be loaded, with the reason that a person reads."""

    line: int
    unit: str
    name: str
    reason: str


def packaged_rows() -> list[SourceRow | UnreadableRow]:
    """The rows of the file that comes with Bekal."""
    return read_rows(PRODUCTS.read_text(encoding="utf-8"))


def read_rows(text: str) -> list[SourceRow | UnreadableRow]:
    """Read every row of a file, each for itself: one bad row does not spoil the others."""
    rows: list[SourceRow | UnreadableRow] = []
    for line, record in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        cells = {
            key: rules.tidy(cell or "") for key, cell in record.items() if isinstance(key, str)
        }
        unit, name = cells.get("upt", ""), cells.get("product", "")
        try:
            rows.append(_read_row(line, cells))
        except Refused as refused:
            rows.append(UnreadableRow(line, unit, name, refused.message))
    return rows


def _read_row(line: int, cells: dict[str, str]) -> SourceRow:
    row = SourceRow(
        line=line,
        unit=cells.get("upt", ""),
        name=cells.get("product", ""),
        category=cells.get("category", ""),
        price=read_price(cells.get("price_idr", "")),
        source=cells.get("source", ""),
    )
    rules.check_name(row.name)
    if not row.category_code or len(row.category) > CATEGORY_LENGTH:
        raise RowRefused(f"Kategori kosong atau lebih dari {CATEGORY_LENGTH} huruf.")
    if len(row.source) > SOURCE_LENGTH:
        raise RowRefused(f"Sumber lebih panjang dari {SOURCE_LENGTH} huruf.")
    return row


def read_price(text: str) -> rules.SourcePrice | None:
    """Read the price cell of a source row. Raises RowRefused for what is no price or range."""
    if not text:
        return None
    match = _PRICE.fullmatch(text)
    if match is None:
        raise RowRefused(f"Harga \u201c{text}\u201d bukan angka dan bukan rentang.")
    low, high = int(match[1]), int(match[2] or match[1])
    if low <= 0 or high < low:
        raise RowRefused(f"Harga \u201c{text}\u201d nol atau rentangnya terbalik.")
    if high > formats.LARGEST_RUPIAH:
        raise RowRefused(f"Harga \u201c{text}\u201d terlalu besar.")
    return rules.SourcePrice(low, high)
