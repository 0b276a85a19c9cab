"""Statements that banks export as CSV: columns are found by the names of the usual exports. Pure.

Above the heading may stand lines about the account, as BCA and Mandiri put them; they are passed
over. What is below is read row by row.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence

from bekal.foundation.refusals import Refused
from bekal.payments.bank_lines import (
    MOST_LINES,
    NO_INCOME,
    BankLine,
    Statement,
    StatementUnreadable,
    read_amount,
    read_day,
    tidy,
    told_apart,
)

_NAMES: dict[str, tuple[str, ...]] = {
    "day": (
        *("tanggal", "tgl", "tanggaltransaksi", "tgltransaksi", "tgltran", "date"),
        *("transactiondate", "txndate", "postdate", "postingdate", "tanggalposting"),
    ),
    "credit": ("kredit", "credit", "mutasikredit", "cr", "uangmasuk", "danamasuk"),
    "debit": ("debit", "debet", "mutasidebet", "mutasidebit", "db", "uangkeluar", "danakeluar"),
    "amount": ("jumlah", "mutasi", "amount", "nominal", "nilai"),
    "sign": (
        *("dbcr", "dk", "dc", "crdb", "drcr", "crdr", "kd", "debitkredit", "debetkredit", "arah"),
        *("jenis", "tipe", "type", "jenismutasi", "glsign", "jenistransaksi", "tipetransaksi"),
        *("transactiontype", "kreditdebit", "kreditdebet"),
    ),
    "text": (
        *("keterangan", "uraian", "deskripsi", "description", "desktran", "remark", "remarks"),
        *("rinciantransaksi", "berita", "keterangantransaksi", "transactiondetails"),
    ),
    "reference": (
        *("noreferensi", "referensi", "referenceno", "reference", "ref", "journalno"),
        *("nojurnal", "refno", "nobukti"),
    ),
    "balance": ("saldo", "balance", "saldoakhir", "runningbalance", "saldoakhirmutasi"),
}
_CURRENCY = re.compile(r"(?<=.)(?:dalam)?(?:rupiah|rp|idr)$")
_DIVIDERS = ";,\t|"
_IN = {
    *("c", "cr", "k", "kr", "kredit", "credit", "kreditcr", "creditcr", "kreditk", "+", "in"),
    *("masuk", "danamasuk", "uangmasuk", "transfermasuk", "mutasimasuk", "pemasukan"),
    *("setoran", "setor", "setorantunai", "setortunai", "penerimaan", "terima", "incoming"),
}
_OUT = {
    *("d", "db", "dr", "debit", "debet", "debitdb", "debetdb", "debitdr", "debitd", "-", "out"),
    *("keluar", "danakeluar", "uangkeluar", "transferkeluar", "mutasikeluar", "pengeluaran"),
    *("penarikan", "tarik", "penarikantunai", "tariktunai", "pembayaran", "outgoing"),
    *("biaya", "biayaadmin", "biayaadministrasi", "biayaadm", "pajak", "pembelian"),
}
"""Marks beside a single column of sums, without spaces; any other tells nothing."""
_NOTHING = {"", "-", "\u2013"}
_RUNS_ON = 10
_HEADING_WITHIN = 30
_FEWEST_COLUMNS = 2
Columns = Mapping[str, Sequence[int]]


def read_csv(text: str, *, today: dt.date) -> Statement:
    """Read a CSV export. Raises StatementUnreadable when it has no heading or no lines."""
    for divider in sorted(_DIVIDERS, key=text.count, reverse=True):
        records = _records(text, divider)
        for place, (_row, cells) in enumerate(records[:_HEADING_WITHIN]):
            columns = _columns(cells)
            if columns:
                return _below(records[place + 1 :], columns, today=today)
    raise StatementUnreadable(
        "Kolom tanggal dan jumlah tidak ditemukan. Unduh mutasi dari bank sebagai CSV atau MT940, "
        "dengan judul kolomnya."
    )


def _below(
    records: Sequence[tuple[int, list[str]]], columns: Columns, *, today: dt.date
) -> Statement:
    lines = [_line(row, cells, columns, today=today) for row, cells in records]
    kept = [line for line in lines if line is not None]
    if not kept:
        raise StatementUnreadable("Berkas ini tidak memuat baris mutasi.")
    return Statement("CSV", told_apart(kept))


def _records(text: str, divider: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, with their place in the file."""
    lines = re.split(r"\r\n|\r|\n", text)
    rows: list[tuple[int, list[str]]] = []
    place = 0
    while place < len(lines):
        cells, used = _record(lines[place : place + _RUNS_ON], divider)
        place += used
        if any(cell.strip() for cell in cells):
            rows.append((place, cells))
    if len(rows) > MOST_LINES:
        raise StatementUnreadable(f"Paling banyak {MOST_LINES} baris sekali impor.")
    return rows


def _record(lines: Sequence[str], divider: str) -> tuple[list[str], int]:
    """The first row of some lines, and how many of them it takes.

    Quotes may hold line ends. One that is never closed as it should is a letter like others, so
    that it does not swallow the rows below it.
    """
    for used in range(1, (len(lines) if '"' in lines[0] else 1) + 1):
        try:
            return _cells("\n".join(lines[:used]), divider, is_strict=True), used
        except csv.Error:
            continue
    if lines[0].count('"') % 2:
        return [cell.strip().strip('"') for cell in lines[0].split(divider)], 1
    try:
        return _cells(lines[0], divider), 1
    except csv.Error:
        raise StatementUnreadable("Berkas tidak terbaca. Periksa tanda kutipnya.") from None


def _cells(text: str, divider: str, *, is_strict: bool = False) -> list[str]:
    """The cells of one row. Raises csv.Error."""
    source = io.StringIO(text, newline="")
    return next(csv.reader(source, delimiter=divider, strict=is_strict), [])


def _columns(cells: Sequence[str]) -> Columns:
    """Where the columns stand, if this row is a heading; else nothing."""
    names = [_CURRENCY.sub("", re.sub(r"[^a-z]", "", cell.lower())) for cell in cells]
    columns = {
        what: [place for place, name in enumerate(names) if name in known]
        for what, known in _NAMES.items()
    }
    # BCA leaves the heading of its marks empty: they stand right of the sums.
    beside = [place + 1 for place in columns["amount"]]
    columns["sign"] += [place for place in beside if names[place : place + 1] == [""]]
    has_money = bool(columns["credit"] or columns["amount"])
    return columns if columns["day"] and has_money and len(cells) >= _FEWEST_COLUMNS else {}


def _line(row: int, cells: Sequence[str], columns: Columns, *, today: dt.date) -> BankLine | None:
    """One row; None for what stands below the table, such as sums."""
    given = {
        what: [cells[place].strip() for place in places if place < len(cells)]
        for what, places in columns.items()
    }
    day_text = next(iter(given["day"]), "")
    text = tidy(" ".join(dict.fromkeys(given["text"])))
    if not re.search(r"\d", day_text):
        problem = _no_day(day_text, given)
        return BankLine(row, text=text, problem=problem) if problem else None
    try:
        day = read_day(day_text, today=today)
        amount = _credit(given)
    except Refused as refused:
        return BankLine(row, text=text, problem=refused.message)
    return BankLine(
        row,
        day,
        amount,
        text,
        tidy(" ".join(given["reference"])),
        re.sub(r"[^\d]", "", "".join(given["balance"])),
        problem="" if amount else NO_INCOME,
    )


def _no_day(typed: str, given: Mapping[str, Sequence[str]]) -> str:
    """What is wrong with a row without a day; nothing where it stands below the table."""
    if typed.upper().startswith("PEND"):
        return "Masih menunggu di bank (PEND). Impor lagi besok."
    money = (*given["credit"], *given["amount"], *given["debit"])
    return "Tanggalnya kosong." if not typed and _is_filled(money) else ""


def _credit(given: Mapping[str, Sequence[str]]) -> int:
    """Rupiah that came in by this row; 0 where they went out. Raises Refused."""
    if given["credit"]:
        amount, sign = _sum(given["credit"])
        return 0 if sign == "DB" else amount
    amount, sign = _sum(given["amount"])
    return amount if amount and _came_in(given, sign) else 0


def _sum(cells: Sequence[str]) -> tuple[int, str]:
    """The sum that a row has in one column, or the same in several. Raises Refused."""
    read = dict.fromkeys(read_amount(cell) for cell in cells if cell not in _NOTHING)
    found = [one for one in read if one[0]] or [(0, "")]
    if len(found) > 1:
        raise Refused("Dua kolom jumlah memuat angka yang berbeda.")
    return found[0]


def _came_in(given: Mapping[str, Sequence[str]], sign: str) -> bool:
    """Whether money in a single column of sums came in, by all that tells of it. Raises Refused."""
    marks = [mark for mark in given["sign"] if mark]
    squeezed = [re.sub(r"[^a-z+-]", "", mark.lower()) for mark in marks]
    is_in = sign == "CR" or any(mark in _IN for mark in squeezed)
    is_out = sign == "DB" or any(mark in _OUT for mark in squeezed) or _is_filled(given["debit"])
    if is_in is is_out and (marks or is_in):
        raise Refused(f"Arah uang tidak dikenal: {tidy(' '.join(marks))[:40] or sign}")
    return not is_out


def _is_filled(cells: Sequence[str]) -> bool:
    """Whether there is a sum in one of these."""
    return any(re.search(r"[1-9]", cell) for cell in cells)
