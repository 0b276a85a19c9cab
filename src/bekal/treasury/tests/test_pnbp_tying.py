"""The treasury's own list is read by columns that a person chose, taken in once, tied by NTPN."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from bekal.accounts.rules import Role
from bekal.foundation.sheets import SheetUnreadable, text_of
from bekal.treasury.actions import NewList, take_list
from bekal.treasury.models import TreasuryFile, TreasuryRow
from bekal.treasury.queries import results_of, tie_rows
from bekal.treasury.rules import Columns, Tie, heading_of, read_list
from bekal.treasury.tests.deposits import deposits, ntpn, sells
from tests.support import world as known

TIES = "/kerja/lapas-narkotika-kelas-iia-bangli/uang/pnbp/kas-negara/"
COLUMNS = Columns("Nomor NTPN", "Nilai", "Tgl Bayar")
HEADING = "No;Nomor NTPN;Tgl Bayar;Nilai"
pytestmark = pytest.mark.django_db


def sheet(*rows):
    return "\n".join([HEADING, *rows])


@pytest.fixture
def bangli(world):
    """Bangli, which has deposited 30.000, 20.000 and 10.000."""
    sells(world.bangli, world.endek, 2)
    for number, amount in ((1, 30_000), (2, 20_000), (3, 10_000)):
        deposits(world.bangli, amount, number=number)
    return world.bangli


LIST = sheet(
    f"1;{ntpn(1)};27/04/2026;30.000",
    f"2;{ntpn(2).lower()};2026-04-27 10:12:00;25,000.00",
    f"3;{ntpn(9)};;7000",
    "4;BUKANNTPN;27/04/2026;5.000",
    f"5;{ntpn(8)};27/04/2026;dua ribu",
    f"6;{ntpn(7)};31/02/2026;2.000",
    f"7;{ntpn(6)};27/04/2026;1.500,50",
    f"8;{ntpn(9)};27/04/2026;7.000",
)


def taken(unit, text=LIST):
    new = NewList(unit, text, COLUMNS)
    return take_list(new=new, by=known.SITI, now=known.NOON)


def test_each_row_has_its_result_and_a_bad_one_leaves_the_others_alone(bangli):
    results = taken(bangli)
    assert [result.tie for result in results] == [
        Tie.MATCHED,
        Tie.AMOUNT,
        Tie.UNKNOWN,
        None,
        None,
        None,
        None,
        Tie.UNKNOWN,
    ]
    assert [result.row.line for result in results] == list(range(2, 10))
    assert "NTPN 16" in results[3].words
    assert "rupiah bulat" in results[6].words
    assert results[7].words.startswith("Sudah ada.")
    assert TreasuryRow.objects.count() == 3


def test_both_sides_are_told_with_what_each_says(bangli):
    taken(bangli)
    told = [(row.ntpn, row.tie, row.ours, row.theirs) for row in tie_rows(unit_id=bangli)]
    assert told == [
        (ntpn(2), Tie.AMOUNT, 20_000, 25_000),
        (ntpn(3), Tie.MISSING, 10_000, None),
        (ntpn(9), Tie.UNKNOWN, None, 7_000),
        (ntpn(1), Tie.MATCHED, 30_000, 30_000),
    ]


def test_the_same_list_again_and_one_that_overlaps_add_nothing_that_is_there(bangli):
    taken(bangli)
    again = taken(bangli)
    assert all(result.is_known or result.tie is None for result in again)
    assert TreasuryFile.objects.count() == 1
    more = taken(bangli, sheet(f"1;{ntpn(1)};27/04/2026;30000", f"2;{ntpn(3)};27/04/2026;10000"))
    assert [result.is_known for result in more] == [True, False]
    assert TreasuryRow.objects.count() == 4


def test_what_a_list_said_once_stays(bangli):
    taken(bangli)
    (result,) = taken(bangli, sheet(f"1;{ntpn(1)};27/04/2026;31000"))
    assert "Yang pertama tetap dipakai" in result.words
    assert TreasuryRow.objects.get(ntpn=ntpn(1)).amount == 30_000


def test_a_list_that_was_read_by_the_wrong_columns_can_be_sent_again(bangli):
    wrong = NewList(bangli, LIST, Columns("Nomor NTPN", "Tgl Bayar"))
    results = take_list(new=wrong, by=known.SITI, now=known.NOON)
    assert all(result.tie is None for result in results)
    taken(bangli)
    assert TreasuryRow.objects.count() == 3


def test_a_look_writes_nothing(bangli):
    rows = read_list(LIST, COLUMNS)
    assert len(results_of(unit_id=bangli, rows=rows)) == 8
    assert not TreasuryFile.objects.exists()


def test_the_list_of_another_unit_says_nothing_of_this_one(world, bangli):
    taken(world.nabire)
    assert {row.tie for row in tie_rows(unit_id=bangli)} == {Tie.MISSING}
    assert {row.tie for row in tie_rows(unit_id=world.nabire)} == {Tie.UNKNOWN}


@pytest.mark.parametrize("text", ["", HEADING, "a;b\n1;2", sheet(*["1;x;;1"] * 2_001)])
def test_a_sheet_that_is_none_is_refused_whole(text):
    with pytest.raises(SheetUnreadable):
        read_list(text, COLUMNS)


def test_a_spreadsheet_is_read_like_the_text_of_it():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADING.split(";"))
        page.write_row(1, 0, [1, ntpn(1), "27/04/2026", 30000.0])
    text = text_of(file.getvalue())
    assert heading_of(text) == HEADING.split(";")
    (row,) = read_list(text, COLUMNS)
    assert (row.ntpn, row.amount, row.day) == (ntpn(1), 30_000, known.TODAY)


class TestPages:
    @pytest.fixture
    def ratna(self, bangli, person):
        return person("Ratna", (Role.BENDAHARA, "bangli"))

    def test_the_treasurer_sends_chooses_looks_and_saves(self, ratna):
        file = SimpleUploadedFile("omspan.csv", LIST.encode())
        asked = ratna.post(f"{TIES}impor/", {"file": file}).content.decode()
        assert "Nomor NTPN" in asked
        chosen = {"sheet": LIST, "ntpn": "Nomor NTPN", "amount": "Nilai", "day": "Tgl Bayar"}
        looked = ratna.post(f"{TIES}impor/", {**chosen, "act": "periksa"}).content.decode()
        assert "belum tercatat di sini" in looked
        assert not TreasuryRow.objects.exists()
        saved = ratna.post(f"{TIES}impor/", {**chosen, "act": "simpan"}).content.decode()
        assert "3 baris baru tersimpan" in saved
        page = ratna.get(TIES).content.decode()
        assert "NTPN sama, jumlah berbeda" in page
        told = b"".join(ratna.get(f"{TIES}unduh/?keadaan=tanpa-baris")).decode()
        assert ntpn(3) in told
        assert ntpn(1) not in told

    def test_the_columns_are_remembered(self, ratna, bangli):
        taken(bangli)
        page = ratna.post(f"{TIES}impor/", {"sheet": LIST}).content.decode()
        assert '<option value="Nilai" selected>' in page

    def test_a_wrong_choice_and_an_unreadable_file_are_told_at_their_place(self, ratna):
        chosen = {"sheet": LIST, "ntpn": "", "amount": "Nilai", "act": "simpan"}
        assert ratna.post(f"{TIES}impor/", chosen).status_code == 422
        broken = SimpleUploadedFile("x.xlsx", b"PK\x03\x04broken")
        answer = ratna.post(f"{TIES}impor/", {"file": broken})
        assert answer.status_code == 422
        assert "XLSX ini tidak terbaca" in answer.content.decode()
        large = SimpleUploadedFile("x.csv", b"x" * 1_100_000)
        assert ratna.post(f"{TIES}impor/", {"file": large}).status_code == 422
        assert not TreasuryFile.objects.exists()

    def test_who_keeps_no_money_looks_and_takes_nothing(self, bangli, person):
        made = person("Made", (Role.AUDITOR, "bangli"))
        assert "Impor" not in made.get(TIES).content.decode().split("<main")[1]
        assert made.post(f"{TIES}impor/", {"sheet": LIST}).status_code == 403

    def test_the_page_asks_little(self, ratna, bangli, django_assert_max_num_queries):
        taken(bangli)
        ratna.get(TIES)
        with django_assert_max_num_queries(6):
            ratna.get(TIES)
