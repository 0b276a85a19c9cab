"""Product lists as files, and sheets of prices before they are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bekal.catalogue import rules
from bekal.catalogue.queries import PermitRow, ProductRow
from bekal.catalogue.sheet_file import FileRow
from bekal.foundation.exports import csv_lines

HEADING = (
    "kode",
    "nama",
    "kategori",
    "harga",
    "harga_pokok",
    "status",
    "sumber_terendah",
    "sumber_tertinggi",
    "sumber",
)
PERMIT_HEADING = (
    "jenis",
    "nomor",
    "pemegang",
    "berlaku_mulai",
    "berlaku_sampai",
    "keadaan",
    "produk",
)


def as_csv(rows: Iterable[ProductRow]) -> str:
    """The rows as CSV text; amounts are bare rupiah, texts are guarded against being formulas."""
    return "".join(csv_lines(HEADING, (_cells(row) for row in rows)))


def permits_as_csv(rows: Iterable[PermitRow]) -> str:
    """Permits as CSV text; the products of one stand in one cell."""
    cells = (
        (
            row.label,
            row.number,
            row.holder,
            row.valid_from,
            row.valid_until,
            row.state,
            ", ".join(row.goods),
        )
        for row in rows
    )
    return "".join(csv_lines(PERMIT_HEADING, cells))


def _cells(row: ProductRow) -> tuple[object, ...]:
    return (
        row.code,
        row.name,
        row.category,
        row.price,
        row.cost,
        row.status,
        row.source_low,
        row.source_high,
        row.source,
    )


@dataclass(frozen=True)
class PreviewRow:
    """One row of a sheet beside the product it speaks of, if there is one."""

    row: FileRow
    product: ProductRow | None
    problem: str


def preview(rows: Iterable[FileRow], known: Mapping[str, ProductRow]) -> dict[str, Any]:
    """What a sheet would change: `preview` (a list of PreviewRow), `good` and `bad` counts."""
    unknown = rules.ProductUnknown().message
    shown = [
        PreviewRow(row, known.get(row.code), row.problem or ("" if row.code in known else unknown))
        for row in rows
    ]
    bad = sum(bool(line.problem) for line in shown)
    return {"preview": shown, "good": len(shown) - bad, "bad": bad}
