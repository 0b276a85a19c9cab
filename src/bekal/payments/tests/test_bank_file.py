"""Statements are read row by row, whichever bank wrote them, and nonsense is told, not felt."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.refusals import Refused
from bekal.payments.bank_file import read_statement
from bekal.payments.bank_lines import StatementUnreadable, read_amount, read_day
from bekal.payments.tests.banks import ALL, BCA, MT940, csv_of

TODAY = dt.date(2026, 4, 27)
DAY = dt.date(2026, 4, 26)


@pytest.mark.parametrize("bank", list(ALL))
def test_every_bank_says_the_same_sum_on_the_same_day(bank):
    statement = read_statement(ALL[bank].encode(), today=TODAY)
    money = [line for line in statement.lines if not line.problem]
    assert [(line.day, line.amount) for line in money] == [(DAY, 148_007)]
    assert "budi" in money[0].text.lower()
    assert statement.kind == ("MT940" if bank == "mt940" else "CSV")
    assert all(line.problem for line in statement.lines if line not in money)


def test_each_row_that_is_not_used_says_why():
    rows = read_statement(BCA.encode(), today=TODAY).lines
    assert [row.problem for row in rows] == [
        "",
        "Bukan uang masuk.",
        "Masih menunggu di bank (PEND). Impor lagi besok.",
    ]
    rows = read_statement(MT940.encode(), today=TODAY).lines
    assert [row.problem for row in rows] == [
        "",
        "Bukan uang masuk.",
        "Baris ini tidak terbaca.",
        "Bukan uang masuk.",
    ]


def test_a_broken_row_does_not_take_others_with_it():
    file = csv_of(("26/04/2026", "a", "1000"), ("99/99/2026", "b", "5"), ("26/04/2026", "c", "x,y"))
    rows = read_statement(file, today=TODAY).lines
    assert [(row.row, row.amount, row.problem) for row in rows] == [
        (2, 1_000, ""),
        (3, 0, "Tanggalnya tidak terbaca."),
        (4, 0, "Jumlahnya tidak terbaca."),
    ]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("148,007.00 CR", (148_007, "CR")),
        ("148.007,00", (148_007, "")),
        ("148007", (148_007, "")),
        ("Rp 1.000.000", (1_000_000, "")),
        ("IDR1,000,000.00", (1_000_000, "")),
        ("-2.500,00", (2_500, "DB")),
        ("2,500.00 DB", (2_500, "DB")),
        ("1.500.000,0", (1_500_000, "")),
        ("500 K", (500, "CR")),
        ("0", (0, "")),
    ],
)
def test_sums_are_read_as_banks_write_them(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["", "abc", "1,5", "10,25", "1e9", "٥٠٠", "--5", "9" * 40, "="])
def test_sums_that_may_be_misread_are_refused(text):
    with pytest.raises(Refused):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27/04/2026", TODAY),
        ("27-04-26", TODAY),
        ("27.4.2026", TODAY),
        ("2026-04-27", TODAY),
        ("2026-04-27 09:12:44", TODAY),
        ("27/04/2026 00:00", TODAY),
        ("27 Apr 2026", TODAY),
        ("27-APR-26", TODAY),
        ("27 Agustus 2025", dt.date(2025, 8, 27)),
        ("'26/04", DAY),
        ("28/04", dt.date(2025, 4, 28)),
    ],
)
def test_days_are_read_as_banks_write_them(text, day):
    assert read_day(text, today=TODAY) == day


@pytest.mark.parametrize("text", ["", "kemarin", "31/02/2026", "00/00", "2026-13-01", "1/2/3/4/x9"])
def test_a_day_that_is_none_is_refused_or_read_whole(text):
    try:
        read_day(text, today=TODAY)
    except Refused:
        return
    assert text == "1/2/3/4/x9"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Pilih berkas"),
        (b"   \n ", "Pilih berkas"),
        (b"halo", "tidak ditemukan"),
        (b"Tanggal;Keterangan;Kredit\n", "tidak memuat baris"),
        (b"%PDF-1.7\0\0", "bukan teks"),
        (b"x" * 1_000_001, "1 MB"),
        (b"\x81\x8d", "tidak terbaca"),
        (b":20:x\n:60F:C260426IDR1,00\n", "tidak memuat baris"),
        (b"Tanggal;Kredit\n" + b"26/04/2026;1\n" * 5_001, "5000 baris"),
    ],
)
def test_what_is_no_statement_is_told(content, sentence):
    with pytest.raises(StatementUnreadable, match=sentence) as refusal:
        read_statement(content, today=TODAY)
    assert refusal.value.field == "file"


WORDS = st.characters(codec="utf-8", exclude_characters="\0")


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_nonsense_is_refused_and_never_an_error(content):
    with pytest.raises(StatementUnreadable):
        read_statement(content, today=TODAY)


@given(st.text(WORDS, max_size=60), st.text(WORDS, max_size=60), st.text(WORDS, max_size=200))
def test_nonsense_in_a_statement_stays_in_its_row(one, two, three):
    file = f"Tanggal;Keterangan;Kredit\n26/04/2026;a;7\n{one};{two};{three}\n".encode()
    try:
        rows = read_statement(file, today=TODAY).lines
    except StatementUnreadable:
        return
    assert rows[0].amount == 7


@given(st.text(WORDS, max_size=80), st.text(WORDS, max_size=80))
def test_nonsense_in_mt940_stays_in_its_row(line, text):
    head = ":20:S\n:25:1\n:28C:1/1\n:60F:C260425IDR1,00\n:61:2604260426C7,00NTRFX//Y\n:86:a\n"
    rows = read_statement(f"{head}:61:{line}\n:86:{text}\n".encode(), today=TODAY).lines
    assert rows[0].amount == 7


def test_lines_are_told_apart_the_same_in_files_that_overlap():
    a, b, c = ("25/04/2026", "x", "5"), ("26/04/2026", "y", "5"), ("26/04/2026", "z", "5")
    first = read_statement(csv_of(a, b, b), today=TODAY).lines
    second = read_statement(csv_of(b, b, b, c), today=TODAY).lines
    assert len({line.reference for line in (*first, *second)}) == 5
    assert [line.reference for line in first[1:]] == [line.reference for line in second[:2]]
