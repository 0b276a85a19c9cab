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
    "credit": ("kredit", "credit", "mutasikredit", "kreditidr", "creditidr", "cr", "uangmasuk"),
    "debit": ("debit", "debet", "mutasidebet", "mutasidebit", "debitidr", "db", "uangkeluar"),
    "amount": ("jumlah", "mutasi", "amount", "nominal", "nilai", "jumlahidr"),
    "sign": ("dbcr", "dk", "dc", "crdb", "jenis", "tipe", "type", "jenismutasi", "glsign"),
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
_DIVIDERS = ";,\t|"
_DEBITS = {"d", "db", "debit", "debet", "dr"}
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
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    try:
        rows = [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        raise StatementUnreadable("Berkas tidak terbaca. Periksa tanda kutipnya.") from None
    if len(rows) > MOST_LINES:
        raise StatementUnreadable(f"Paling banyak {MOST_LINES} baris sekali impor.")
    return [(row, cells) for row, cells in rows if any(cell.strip() for cell in cells)]


def _columns(cells: Sequence[str]) -> Columns:
    """Where the columns stand, if this row is a heading; else nothing."""
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in cells]
    columns = {
        what: [place for place, name in enumerate(names) if name in known]
        for what, known in _NAMES.items()
    }
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
        is_pending = day_text.upper().startswith("PEND")
        problem = "Masih menunggu di bank (PEND). Impor lagi besok."
        return BankLine(row, text=text, problem=problem) if is_pending else None
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
        problem="" if amount else "Bukan uang masuk.",
    )


def _credit(given: Mapping[str, Sequence[str]]) -> int:
    """Rupiah that came in by this row; 0 where they went out. Raises Refused."""
    credit = "".join(given["credit"])
    if given["credit"]:
        amount, sign = read_amount(credit) if credit else (0, "")
        return 0 if sign == "DB" else amount
    cell = " ".join(part for part in given["amount"] if part)
    amount, sign = read_amount(cell)
    marks = {mark.lower() for mark in given["sign"]} | _marks_beside(given)
    return 0 if sign == "DB" or marks & _DEBITS else amount


def _marks_beside(given: Mapping[str, Sequence[str]]) -> set[str]:
    """With one column of sums and one of debits, a debit that is filled in says it went out."""
    return {"db"} if any(re.search(r"[1-9]", cell) for cell in given["debit"]) else set()
