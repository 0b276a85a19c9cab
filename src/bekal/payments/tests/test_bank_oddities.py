"""Whatever banks and spreadsheets do to a statement: money is read right, or said to be odd."""

import datetime as dt

import pytest

from bekal.foundation.refusals import Refused
from bekal.payments.bank_file import read_statement
from bekal.payments.bank_lines import read_day
from bekal.payments.tests.banks import MT940, csv_of
from bekal.payments.tests.test_bank_file import TODAY

DAY = dt.date(2026, 4, 26)
TOO_LATE, TOO_OLD = "belum tiba", "dua tahun"


def rows(content, *, today=TODAY):
    sent = content if isinstance(content, bytes) else content.encode()
    return read_statement(sent, today=today).lines


def told(content):
    return [(row.amount, row.problem) for row in rows(content)]


def marked(mark, amount="148.000", heading="Jenis"):
    return f"Tanggal;Keterangan;{heading};Jumlah\n26/04/2026;BUDI;{mark};{amount}\n"


@pytest.mark.parametrize(
    "mark",
    ["C", "CR", "k", "Kr", "Kredit", "CREDIT", "Masuk", "Dana Masuk", "Transfer Masuk", "Setoran"],
)
@pytest.mark.parametrize("heading", ["Jenis", "Tipe", "D/K", "Jenis Transaksi"])
def test_a_mark_of_money_that_came_in_is_known(mark, heading):
    assert told(marked(mark, heading=heading)) == [(148_000, "")]


@pytest.mark.parametrize(
    "mark",
    [
        *("D", "DB", "Debit", "debet", "DR", "Keluar", "Dana Keluar", "Transfer Keluar"),
        *("Penarikan", "Tarik Tunai", "Pembayaran", "Biaya Admin"),
    ],
)
def test_money_that_went_out_is_never_money_that_came_in(mark):
    assert told(marked(mark)) == [(0, "Bukan uang masuk.")]


def test_a_mark_that_tells_no_way_keeps_its_row_out():
    assert told(marked("Transfer")) == [(0, "Arah uang tidak dikenal: Transfer")]
    assert told(marked("Kredit", amount="-148.000")) == [(0, "Arah uang tidak dikenal: Kredit")]
    assert told(marked("Transfer", amount="148.000 CR")) == [(148_000, "")]
    assert told(marked("")) == [(148_000, "")]


def test_marks_of_bca_stand_under_no_heading():
    file = (
        "Tanggal,Keterangan,Cabang,Jumlah,,Saldo\n"
        "'26/04,BUDI,'0000,148000.00,CR,1148000.00\n"
        "'26/04,BIAYA ADM,'0000,2500.00,DB,1145500.00\n"
    )
    assert told(file) == [(148_000, ""), (0, "Bukan uang masuk.")]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("28/04/2026", TOO_LATE),
        ("27/04/2062", TOO_LATE),
        ("27/04/202", "tidak terbaca"),
        ("27 Apr 202", "tidak terbaca"),
        ("202-04-27", "tidak terbaca"),
        ("27/04/2006", TOO_OLD),
        ("24/04/2024", TOO_OLD),
        ("27-04-16", TOO_OLD),
        ("20261130", TOO_LATE),
    ],
)
def test_a_day_that_cannot_be_is_a_slip_of_its_row(typed, why):
    (good, bad) = rows(csv_of(("26/04/2026", "BUDI", "5"), (typed, "SITI", "7")))
    assert (good.amount, good.problem) == (5, "")
    assert why in bad.problem
    assert (bad.day, bad.amount) == (None, 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30 Nopember 2025", dt.date(2025, 11, 30)),
        ("1 Pebruari 2026", dt.date(2026, 2, 1)),
        ("17 Agt 2025", dt.date(2025, 8, 17)),
        ("20251130", dt.date(2025, 11, 30)),
        ("26/04 09:12", DAY),
        ("25/04/2024", dt.date(2024, 4, 25)),
    ],
)
def test_days_are_read_as_people_and_programs_write_them(text, day):
    assert read_day(text, today=TODAY) == day


@pytest.mark.parametrize("heading", ["Kredit (Rp)", "Kredit (IDR)", "Kredit dalam Rupiah"])
def test_a_heading_may_name_its_currency(heading):
    assert told(f"Tanggal;Debit (Rp);{heading}\n26/04/2026;0;5.000\n") == [(5_000, "")]


def test_two_columns_of_credit_are_never_joined_to_one_sum():
    file = "Tanggal;Kredit;Credit\n26/04/2026;5;5\n26/04/2026;;7\n26/04/2026;5;6\n"
    assert told(file) == [
        (5, ""),
        (7, ""),
        (0, "Dua kolom jumlah memuat angka yang berbeda."),
    ]


def test_a_quote_that_is_never_closed_stays_in_its_row():
    file = (
        'Tanggal;Keterangan;Kredit\n26/04/2026;"BUDI;5\n"26/04/2026";"SITI";"6"\n26/04/2026;ANI;7\n'
    )
    assert [(row.row, row.amount, row.text) for row in rows(file)] == [
        (2, 5, "BUDI"),
        (3, 6, "SITI"),
        (4, 7, "ANI"),
    ]
    file = 'Tanggal;Keterangan;Kredit\n26/04/2026;"BUDI\nSANTOSO; Nabire";5\n26/04/2026;ANI;7\n'
    assert [(row.row, row.text) for row in rows(file)] == [(3, "BUDI SANTOSO; Nabire"), (4, "ANI")]


def test_money_without_a_day_is_told_and_sums_below_the_table_are_not():
    file = "Tanggal;Keterangan;Kredit\n;BUDI;5\n;;\nTotal;;5\n26/04/2026;ANI;7\n"
    assert told(file) == [(0, "Tanggalnya kosong."), (7, "")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_unicode_text_of_excel_is_read(encoding):
    file = csv_of(("26/04/2026", "BUDI", "5")).decode().replace(";", "\t")
    assert told(file.encode(encoding)) == [(5, "")]


HEAD = ":20:S\n:25:1\n:28C:1/1\n:60F:C260425IDR1,00\n"


def test_a_structured_text_of_mt940_keeps_who_paid_and_for_what():
    details = (
        ":86:166?00GIRO MASUK?20PEMBAYARAN PESANAN DI TOKO B?21K-7Q2M-18KD\n"
        "?30BANKIDJA?311234567890?32BUDI SANTOSO"
    )
    (row,) = rows(f"{HEAD}:61:2604260426C7,00NTRFX//Y\n{details}\n")
    assert row.text == "GIRO MASUK PEMBAYARAN PESANAN DI TOKO BK-7Q2M-18KD BUDI SANTOSO"
    assert row.amount == 7


@pytest.mark.parametrize(
    "changed",
    [
        MT940.replace("\n", "\r"),
        MT940.replace("\n", "\r\n"),
        "".join(f"  {line}\n" for line in MT940.splitlines()),
    ],
)
def test_line_ends_and_margins_of_mt940_do_not_matter(changed):
    assert rows(changed) == rows(MT940)


def test_the_day_of_entry_counts_where_that_of_value_lies_ahead():
    lines = [
        ":61:2604280427C7,00NTRFX//A",
        ":61:2604260427C8,00NTRFX//B",
        ":61:6204270427C9,00NTRFX//C",
        ":61:260428C1,00NTRFX//D",
        ":61:2404010401C2,00NTRFX//E",
    ]
    found = rows(HEAD + "\n".join(lines) + "\n")
    assert [(row.day, row.amount) for row in found[:2]] == [(TODAY, 7), (DAY, 8)]
    assert [row.amount for row in found[2:]] == [0, 0, 0]
    for row, why in zip(found[2:], (TOO_LATE, TOO_LATE, TOO_OLD), strict=True):
        assert why in row.problem


def test_a_day_to_come_is_refused_whoever_reads_it():
    with pytest.raises(Refused, match=TOO_LATE):
        read_day("28 April 2026", today=TODAY)
