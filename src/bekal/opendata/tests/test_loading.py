"""The figures of the past are loaded row by row, once, and never enter a sum."""

import datetime as dt
from decimal import Decimal

import pytest

from bekal.foundation.actors import command_actor
from bekal.foundation.clock import Period
from bekal.opendata.actions import Outcome, load_claims
from bekal.opendata.models import Claim
from bekal.opendata.queries import claims, fairs, series
from bekal.opendata.source import UnreadableRow, packaged_rows, read_rows
from bekal.sales.actions import record_sale
from bekal.turnover.queries import days, total
from bekal.turnover.rules import Basis
from tests.support import world

pytestmark = pytest.mark.django_db
LOADER = command_actor("load")
HEAD = "what,scope,period,value,unit,source\n"
READ_HEAD = (
    "line;theme;event;series;kind;title;measure;base;qualifier;remark;subject;"
    "differs;differs_en;refused\n"
)
READING = "2;pnbp;;;unit;Realisasi PNBP;rupiah;pnbp;;;;;;\n"


def load(rows=None):
    return load_claims(by=LOADER, now=world.NOON, rows=rows)


def a_row(value="93500000", period="2021", reading=READING):
    figures = f"{HEAD}UPT PNBP realised,Lapas I Malang,{period},{value},IDR,https://example.id/a\n"
    return read_rows(figures, READ_HEAD + reading)


def test_every_line_of_the_file_is_either_a_claim_or_says_why_not():
    report = load()
    assert len(report.rows) == 218
    assert report.added == Claim.objects.count() == 175
    assert len(report.refused) == 43
    assert all(row.reason for row in report.refused)


def test_loading_again_adds_nothing():
    load()
    again = load()
    assert (again.added, again.known, len(again.refused)) == (0, 175, 43)
    assert Claim.objects.count() == 175


def test_a_reading_put_right_is_appended_and_the_newest_is_shown():
    load(a_row())
    put_right = load(a_row(reading=READING.replace("Realisasi", "Jumlah")))
    assert put_right.rows[0].outcome is Outcome.ADDED
    assert Claim.objects.count() == 2
    (shown,) = claims()
    assert shown.wording == "Jumlah PNBP"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"value": "50/35/15"}, "bukan satu angka"),
        ({"value": "9-3"}, "terbalik"),
        ({"value": "NaN"}, "bukan satu angka"),
        ({"value": "1" * 40}, "bukan satu angka"),
        ({"period": "undated"}, "tidak menyebut tahun"),
        ({"period": "2021-13"}, "tidak menyebut tahun"),
        ({"period": "early 2025 or 2024"}, "tidak menyebut tahun"),
        ({"reading": ""}, "belum ada bacaannya"),
        ({"reading": READING.replace("pnbp", "profit", 1)}, "tidak dikenal"),
        ({"reading": READING.replace("Realisasi PNBP", "")}, "judul"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_reason_and_nothing_is_kept(row, reason):
    report = load(a_row(**row))
    assert reason in report.refused[0].reason
    assert Claim.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2021", "2021-01-01", "2021-12-31", "year"),
        ("2023-01..07", "2023-01-01", "2023-07-31", "month"),
        ("2023-03-23..2023-04-29", "2023-03-23", "2023-04-29", "day"),
        ("2014-04-22..25", "2014-04-22", "2014-04-25", "day"),
        ("8-10 Aug 2025", "2025-08-08", "2025-08-10", "day"),
        ("Mar-Apr 2023 (HBP 59)", "2023-03-01", "2023-04-30", "month"),
        ("2020-2021", "2020-01-01", "2021-12-31", "year"),
        ("to 2025-11-19", None, "2025-11-19", "day"),
    ],
)
def test_a_period_is_as_precise_as_its_source(text, first, last, precision):
    load(a_row(period=text))
    claim = Claim.objects.get()
    day = dt.date.fromisoformat
    assert (claim.first_day, claim.last_day) == (first and day(first), day(last))
    assert claim.precision == precision
    assert claim.period_words == text


def test_a_range_and_a_part_of_a_whole_are_kept_as_such():
    load(a_row(value="300000-500000"))
    load(a_row(value="8 of 14", period="2022"))
    of_harvest, of_hearing = Claim.objects.order_by("pk")
    assert (of_harvest.low, of_harvest.high) == (Decimal(300_000), Decimal(500_000))
    assert (of_hearing.low, of_hearing.whole) == (Decimal(8), Decimal(14))


def test_five_fairs_of_the_plasa_industri_are_told_apart():
    load()
    found = fairs(claims())
    assert list(found) == [2014, 2016, 2017, 2018, 2019]
    assert found[2014][0].low == 44


def test_a_unit_that_the_press_names_without_kelas_is_found():
    built = world.build()
    load()
    (latest, *_) = reversed(series(claims(), "bangli-penjualan"))
    assert latest.place_id == built.bangli


def test_what_a_source_calls_profit_stays_profit_and_its_contradiction_is_told():
    load()
    fest = Claim.objects.get(low=241_878_503)
    assert fest.base == "keuntungan"
    assert "penjualan" in fest.differs


def test_no_source_address_carries_the_name_of_a_person_in_custody():
    (row,) = [row for row in packaged_rows() if row.line == 64]
    assert isinstance(row, UnreadableRow)
    assert "nama seorang warga binaan" in row.reason


def test_turnover_is_the_same_with_and_without_claims():
    built = world.build()
    record_sale(sale=world.a_sale(built.bangli, (built.endek, 2)), by=world.WAYAN, now=world.NOON)
    period = Period(dt.date(2026, 1, 1), world.TODAY)

    def counted():
        place, on = built.centre, world.TODAY
        whole = total(place_id=place, period=period, basis=Basis.AS_IT_WAS, on=on)
        return whole, days(place_id=place, period=period, basis=Basis.AS_IT_WAS, on=on)

    before = counted()
    assert before[0].total.gross > 0
    load()
    assert counted() == before
