"""Files of payments for a bank or e-money: columns that a unit arranges by itself. Pure.

No arrangement here claims to be the format of any bank: whoever uses one copies it from what their
bank asks for. Account numbers are not kept in Bekal; a column may be left empty for them.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass

from bekal.foundation.exports import safe_cell
from bekal.treasury.rules.premi_terms import CITATION_LENGTH, NAME_LENGTH, TermsRefused

COLUMN_LABELS = {
    "nomor": "nomor urut",
    "kode": "kode pembuat",
    "jumlah": "rupiah yang diterima",
    "tanggal": "tanggal, tahun lebih dahulu",
    "berita": "nomor pembayaran dan kode",
    "kosong": "kolom kosong, misalnya untuk nomor rekening",
}
SEPARATOR_LABELS = {";": "Titik koma", ",": "Koma", "|": "Garis tegak", "\t": "Tab"}
LONGEST_HEADING = 40
MOST_COLUMNS = 20


@dataclass(frozen=True)
class NewColumns:
    """An arrangement: (content, heading) of each column, in order."""

    name: str
    columns: tuple[tuple[str, str], ...]
    separator: str
    has_heading: bool
    source: str = ""
    """Where the arrangement was read; a template of the centre says it."""


@dataclass(frozen=True)
class Payee:
    """A maker by code, and what is paid out to them."""

    maker: str
    amount: int


GENERAL = NewColumns(
    "Umum",
    (
        ("nomor", "nomor"),
        ("kode", "kode"),
        ("kosong", "nomor_rekening"),
        ("jumlah", "jumlah"),
        ("berita", "berita"),
    ),
    ";",
    has_heading=True,
)
"""What is offered before a unit arranges its own; it is of no bank."""


def check_columns(new: NewColumns) -> None:
    """Refuse columns that there are not. Raises TermsRefused with the field."""
    if not new.name.strip() or len(new.name.strip()) > NAME_LENGTH:
        raise TermsRefused(f"Isi namanya, paling panjang {NAME_LENGTH} huruf.", field="name")
    if not new.columns or len(new.columns) > MOST_COLUMNS:
        raise TermsRefused(f"Isi 1 sampai {MOST_COLUMNS} kolom.", field="columns")
    unknown = [key for key, _ in new.columns if key not in COLUMN_LABELS]
    if unknown:
        offered = ", ".join(COLUMN_LABELS)
        raise TermsRefused(
            f"Tidak ada isi kolom bernama {unknown[0][:20]}. Pilih dari {offered}.", field="columns"
        )
    if any(len(heading) > LONGEST_HEADING for _, heading in new.columns):
        raise TermsRefused(f"Judul paling panjang {LONGEST_HEADING} huruf.", field="columns")
    if new.separator not in SEPARATOR_LABELS:
        raise TermsRefused("Pilih pemisahnya.", field="separator")


def check_template(new: NewColumns) -> None:
    """Refuse a template for all units as `check_columns`, or without the source of its columns."""
    check_columns(new)
    if not new.source.strip():
        raise TermsRefused("Isi dari mana susunan ini dibaca.", field="source")
    if len(new.source.strip()) > CITATION_LENGTH:
        raise TermsRefused(f"Paling panjang {CITATION_LENGTH} huruf.", field="source")


def payment_file(arranged: NewColumns, payees: Iterable[Payee], *, number: str, on: dt.date) -> str:
    """The file of a run: one line for each maker who is paid something."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=arranged.separator, lineterminator="\r\n")
    if arranged.has_heading:
        writer.writerow(safe_cell(heading) for _, heading in arranged.columns)
    paid = (payee for payee in payees if payee.amount)
    for place, payee in enumerate(paid, start=1):
        cells = {
            "nomor": place,
            "kode": payee.maker,
            "jumlah": payee.amount,
            "tanggal": on.isoformat(),
            "berita": f"{number} {payee.maker}",
            "kosong": "",
        }
        writer.writerow(cells[key] for key, _ in arranged.columns)
    return file.getvalue()
