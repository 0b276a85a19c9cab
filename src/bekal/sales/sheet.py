"""A sheet of sales: its columns, what its words mean, the empty one to fill in."""

import io
from collections.abc import Sequence
from uuid import UUID, uuid5

import xlsxwriter

from bekal.foundation.sheets import SheetUnreadable, check_rows, lines_of, text_of
from bekal.sales.rules import BuyerClass, PaymentKind

MOST_ROWS = 5_000
LARGEST_FILE = 3_000_000
LONGEST_TEXT = 3_000_000
COLUMNS = ("tanggal", "produk", "jumlah", "harga", "pembeli", "bayar", "nota")
_NEEDED = COLUMNS[:3]
_ALSO = {
    "hari": "tanggal",
    "tgl": "tanggal",
    "kode": "produk",
    "barang": "produk",
    "nama produk": "produk",
    "kode produk": "produk",
    "qty": "jumlah",
    "pcs": "jumlah",
    "harga satuan": "harga",
    "golongan pembeli": "pembeli",
    "pembayaran": "bayar",
    "cara bayar": "bayar",
    "nomor nota": "nota",
    "no nota": "nota",
    "no. nota": "nota",
}
BUYERS = {
    "": BuyerClass.PUBLIC,
    "umum": BuyerClass.PUBLIC,
    "masyarakat": BuyerClass.PUBLIC,
    "pegawai": BuyerClass.OFFICER,
    "petugas": BuyerClass.OFFICER,
    "lembaga": BuyerClass.INSTITUTION,
    "instansi": BuyerClass.INSTITUTION,
}
PAYMENTS = {
    "": PaymentKind.CASH,
    "tunai": PaymentKind.CASH,
    "kas": PaymentKind.CASH,
    "qris": PaymentKind.QRIS,
    "transfer": PaymentKind.TRANSFER,
    "tempo": PaymentKind.CREDIT,
    "piutang": PaymentKind.CREDIT,
}
_HELP = (
    "Satu baris per produk yang terjual di lembar Penjualan. Baris contoh boleh dihapus.",
    "tanggal: 27/04/2026 atau tanggal dari kalender lembar kerja.",
    "produk: kode produk (misalnya 0417) atau namanya persis seperti di Bekal.",
    "jumlah: banyaknya barang, bilangan bulat.",
    "harga: harga satu barang dalam rupiah. Kosong berarti harga di daftar pada hari itu.",
    "pembeli: umum, pegawai, atau lembaga. Kosong berarti umum.",
    "bayar: tunai, qris, transfer, atau tempo. Kosong berarti tunai.",
    "nota: nomor nota Anda sendiri, bila ada. Dipakai untuk mengenali baris yang mungkin ganda.",
)


def key_of(sheet: UUID, line: int) -> UUID:
    """The key of the sale of a row: the same file gives the same sales."""
    return uuid5(sheet, str(line))


def read_rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of a sheet: line (as a spreadsheet counts, from 1) and cells by column.

    With a heading the columns are found by their names in any order, without one they stand as in
    COLUMNS. Raises SheetUnreadable.
    """
    text = text_of(content, largest=LARGEST_FILE, most=MOST_ROWS)
    lines = lines_of(text, longest=LONGEST_TEXT)
    places = _heading(lines[0][1]) if lines else None
    if places is not None:
        lines = lines[1:]
    if not lines:
        raise SheetUnreadable("Lembar ini kosong. Isi seperti di lembar contoh.")
    check_rows(len(lines), most=MOST_ROWS)
    stand = places or {name: n for n, name in enumerate(COLUMNS)}
    return [
        (line, {name: _cell(cells, stand.get(name)) for name in COLUMNS}) for line, cells in lines
    ]


def _heading(cells: Sequence[str]) -> dict[str, int] | None:
    written = [" ".join(cell.lower().replace("_", " ").split()) for cell in cells]
    known = [_ALSO.get(name, name) for name in written]
    found = {name: known.index(name) for name in COLUMNS if name in known}
    if not found:
        return None
    if missing := [name for name in _NEEDED if name not in found]:
        raise SheetUnreadable(f"Kolom {', '.join(missing)} tidak ada. Lihat lembar contoh.")
    return found


def _cell(cells: Sequence[str], at: int | None) -> str:
    """A cell; a day of a spreadsheet comes with midnight behind it."""
    text = cells[at] if at is not None and at < len(cells) else ""
    return text.removesuffix(" 00:00:00")


def template() -> bytes:
    """An XLSX sheet to fill in, with how to write on its second leaf."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Penjualan")
        sheet.write_row(0, 0, COLUMNS, bold)
        sheet.set_column(0, 6, 16)
        sheet.freeze_panes(1, 0)
        help_sheet = book.add_worksheet("Cara mengisi")
        help_sheet.set_column(0, 0, 100)
        for n, line in enumerate(_HELP):
            help_sheet.write_string(n, 0, line)
    return file.getvalue()
