"""What came in, as a file for spreadsheets."""

from collections.abc import Iterable, Iterator

from bekal.payments.queries import Received

HEADING = (
    "tanggal",
    "cara",
    "sumber",
    "nomor_rujukan",
    "pesanan",
    "jumlah",
    "belum_terpakai",
    "salah_catat",
)


def rows(received: Iterable[Received]) -> Iterator[tuple[object, ...]]:
    """A row for each receipt, by the unit's own day."""
    for row in received:
        yield (
            row.day,
            row.means_name,
            row.provider,
            row.reference,
            row.labels,
            row.amount,
            row.left_over,
            "ya" if row.is_mistake else "",
        )
