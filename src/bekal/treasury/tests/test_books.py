"""The reports of the books: sums, where they lead, files, and who may see them."""

import datetime as dt
import io
import re

import pytest
import python_calamine

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.models import EntryLine
from bekal.ledger.rules import AccountKind, Line
from bekal.places.actions import move_place
from bekal.sales.actions import record_sale
from tests.support.pdf import Paper
from tests.support.world import NOON, TODAY, WAYAN, YESTERDAY, YOHANA, a_sale

UNIT = "/buku/lapas-kelas-iib-nabire/"
KANWIL = "/buku/kanwil-papua/"
NATION = "/buku/nasional/"
APRIL = "periode=2026-04"
pytestmark = pytest.mark.django_db


@pytest.fixture
def traded(world):
    """Nabire sold two nokens of 100,000 with cost 60,000, Bangli a cloth of 100,000."""
    sale = a_sale(world.nabire, (world.noken, 2))
    record_sale(sale=sale, by=YOHANA, now=NOON)
    record_sale(sale=a_sale(world.bangli, (world.endek, 1)), by=WAYAN, now=NOON)
    return sale


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(answer.content.decode().split())


def rows(text):
    """The texts of the cells of every row."""
    found = re.findall(r"<tr>(.*?)</tr>", text)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in found
    ]


def the(name, text):
    return next(row for row in rows(text) if row and row[0].startswith(name))


def links(text):
    return [
        address.replace("&amp;", "&") for address in re.findall(r'<a[^>]* href="([^"]+)"', text)
    ]


def premi(unit, amount, maker, on=TODAY):
    post_entry(
        lines=[
            Line(unit, AccountKind.PREMI_UNALLOCATED, amount),
            Line(unit, AccountKind.PREMI_PAYABLE, -amount, maker=maker),
        ],
        key=uuid7(),
        occurred_on=on,
        memo="bagian premi",
        source="premi:1",
        by=YOHANA,
        now=NOON,
    )


def test_the_trial_balance_sums_to_zero_and_debit_equals_credit(traded, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    text = page(siti, f"{UNIT}?{APRIL}")
    assert the("Kas", text) == ["Kas", "Rp0", "Rp200.000", "Rp0", "Rp200.000 D"]
    assert the("PNBP terutang", text)[-1] == "Rp12.000 K"
    assert the("Jumlah", text) == ["Jumlah", "Rp0", "Rp200.000", "Rp200.000", "Rp0"]


def test_what_was_before_the_period_is_its_opening(world, person):
    yesterday = a_sale(world.nabire, (world.noken, 2), sold_on=YESTERDAY)
    record_sale(sale=yesterday, by=YOHANA, now=NOON)
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    text = page(siti, f"{UNIT}?dari=2026-04-27&sampai=2026-04-27")
    assert the("Kas", text) == ["Kas", "Rp200.000 D", "Rp0", "Rp0", "Rp200.000 D"]


def test_the_nation_is_the_sum_of_its_kanwil_and_units(traded, person):
    rina = person("Rina", (Role.DITJENPAS, "centre"))
    nation = page(rina, f"{NATION}?{APRIL}")
    assert the("Kas", nation)[-1] == "Rp300.000 D"
    assert the("Kanwil Ditjenpas Papua", nation)[1] == "Rp200.000"
    assert the("Kanwil Ditjenpas Bali", nation)[1] == "Rp100.000"
    kanwil = page(rina, f"{KANWIL}akun/kas/?{APRIL}")
    assert the("Lapas Kelas IIB Nabire", kanwil)[-1] == "Rp200.000"


def test_funds_and_money_have_one_sum(traded, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    text = page(siti, f"{UNIT}dana/?{APRIL}")
    sums = [row for row in rows(text) if row and row[0] == "Jumlah"]
    assert [row[-1] for row in sums] == ["Rp200.000", "Rp200.000"]
    assert the("Bahan dan biaya", text)[-1] == "Rp120.000"


def test_receipts_and_payments_are_told_by_cause(traded, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    text = page(siti, f"{UNIT}arus/?{APRIL}")
    assert the("Penjualan", text) == ["Penjualan", "Rp200.000", "Rp0"]


def test_every_figure_leads_down_to_the_receipt(traded, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    report = page(siti, f"{UNIT}?{APRIL}")
    account = next(link for link in links(report) if "/akun/kas/" in link and "susunan" in link)
    book = page(siti, account)
    assert the("Penjualan", book)[3:] == ["Rp200.000", "", "Rp200.000 D"]
    entry = next(link for link in links(book) if "/jurnal/" in link)
    told = page(siti, entry)
    assert the("Kas", told) == ["Kas", "Rp200.000", ""]
    receipt = next(
        link for link in links(told) if "/penjualan/" in link and str(traded.key) in link
    )
    assert "Nota PJ-0001" in page(siti, receipt)
    day = page(siti, next(link for link in links(told) if "/hari/" in link))
    assert entry in links(day)


def test_makers_are_one_sum_with_a_list_by_code_one_tap_deeper(world, person):
    for number in range(3):
        premi(world.nabire, 1000 + number, f"PB-AAAA-000{number}")
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    text = page(siti, f"{UNIT}?{APRIL}")
    assert the("Premi terutang", text)[-1] == "Rp3.003 K"
    assert "PB-AAAA" not in text
    parts = page(siti, next(link for link in links(text) if "/rincian/" in link))
    assert the("PB-AAAA-0001", parts)[-1] == "Rp1.001 K"
    assert the("Jumlah semua", parts)[-1] == "Rp3.003 K"
    one = page(siti, next(link for link in links(parts) if "pb-aaaa-0001" in link))
    assert "Rp1.001 K" in one
    assert "PB-AAAA-0002" not in one
    found = page(siti, f"{UNIT}akun/premi-terutang/rincian/?cari=0002")
    assert "PB-AAAA-0001" not in found


def test_what_other_units_owe_is_told_unit_by_unit(world, person):
    post_entry(
        lines=[
            Line(world.merauke, AccountKind.CASH, 15),
            Line(world.merauke, AccountKind.SETTLEMENT, -15, counterpart_id=world.nabire),
            Line(world.nabire, AccountKind.SETTLEMENT, 15, counterpart_id=world.merauke),
            Line(world.nabire, AccountKind.CAPITAL, -15),
        ],
        key=uuid7(),
        occurred_on=TODAY,
        memo="titip jual",
        source="uji",
        by=YOHANA,
        now=NOON,
    )
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    parts = page(siti, f"{UNIT}akun/titipan/rincian/?{APRIL}")
    assert the("Lapas Kelas IIB Merauke", parts)[-1] == "Rp15 D"
    one = page(siti, f"{UNIT}akun/titipan-lapas-kelas-iib-merauke/?{APRIL}")
    assert "Rp15 D" in one
    other = siti.get(f"{UNIT}akun/titipan-lapas-narkotika-kelas-iia-bangli/")
    assert other.status_code == 404


def test_a_book_is_narrowed_by_cause_and_then_tells_no_balances(traded, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    text = page(siti, f"{UNIT}akun/kas/?{APRIL}&sebab=sale")
    assert the("Penjualan", text)[-1] == ""
    assert "Belum ada mutasi" in page(siti, f"{UNIT}akun/kas/?{APRIL}&sebab=refund")


def bare(cell):
    return f"{cell:.0f}" if isinstance(cell, float) else cell


@pytest.mark.parametrize("report", ["neraca-saldo", "posisi-dana", "penerimaan-pengeluaran"])
def test_each_report_is_taken_along_as_csv_xlsx_and_pdf(traded, person, report):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    at = f"{UNIT}unduh/{report}"
    lines = b"".join(siti.get(f"{at}.csv?{APRIL}").streaming_content).decode("utf-8-sig")
    sheet = io.BytesIO(siti.get(f"{at}.xlsx?{APRIL}").content)
    book = python_calamine.CalamineWorkbook.from_filelike(sheet)
    cells = book.get_sheet_by_index(0).to_python()
    read = [line.split(";") for line in lines.split("\r\n") if line]
    assert [
        [f"{cell:.0f}" if isinstance(cell, float) else cell for cell in row] for row in cells
    ] == read
    paper = Paper(siti.get(f"{at}.pdf?{APRIL}").content).text
    assert "200.000" in paper
    assert "Lapas Kelas IIB Nabire" in paper


def test_a_book_is_taken_along_with_its_balances(traded, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    answer = siti.get(f"{UNIT}unduh/buku-besar.csv?{APRIL}&akun=kas")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").split("\r\n")
    assert lines[1].split(";")[-3:] == ["200000", "", "200000"]
    assert lines[1].split(";")[4] == f"sale:{traded.key}"
    assert lines[-2].split(";")[-1] == "0"
    assert siti.get(f"{KANWIL}unduh/buku-besar.csv?akun=kas").status_code == 404
    assert siti.get(f"{UNIT}unduh/buku-besar.csv?akun=emas").status_code == 404


def test_a_unit_that_moved_is_summed_where_it_stood_or_where_it_stands(traded, world, person):
    move_place(
        place_id=world.nabire,
        parent_id=world.bali,
        on=dt.date(2026, 4, 1),
        source="uji",
        by=YOHANA,
        now=NOON,
    )
    rina = person("Rina", (Role.DITJENPAS, "centre"))
    then = page(rina, f"{NATION}?periode=2026-03")
    assert "Kanwil Ditjenpas Papua" in then
    now = page(rina, f"{NATION}?{APRIL}&susunan=sekarang")
    assert the("Kanwil Ditjenpas Bali", now)[1] == "Rp300.000"
    assert the("Kas", now)[-1] == "Rp300.000 D"


def test_books_of_other_places_are_not_found(traded, world, person):
    rina = person("Rina", (Role.KANWIL, "papua"))
    assert rina.get(UNIT).status_code == 200
    for address in (NATION, "/buku/kanwil-bali/", "/buku/lapas-narkotika-kelas-iia-bangli/"):
        assert rina.get(address).status_code == 404
    other = post_of(world.bangli)
    assert rina.get(f"{UNIT}jurnal/{other}/").status_code == 404


def post_of(unit):
    return EntryLine.objects.filter(unit_id=unit).values_list("entry_id", flat=True).first()


def test_whoever_watches_over_units_is_led_to_the_books(world, person):
    rina = person("Rina", (Role.KANWIL, "papua"))
    assert rina.get("/buku/").headers["Location"] == KANWIL
    assert '<a href="/buku/"' in page(rina, KANWIL)


@pytest.mark.parametrize("day", ["2026-02-30", "2999-01-01", "1999-12-31", "kemarin"])
def test_a_day_that_no_book_has_is_not_found(person, day):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    assert siti.get(f"{UNIT}hari/{day}/").status_code == 404


def test_a_wrong_period_is_told_and_this_month_is_shown(person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    answer = siti.get(f"{UNIT}?dari=besok")
    assert answer.status_code == 422
    assert "Periode belum bisa dibaca" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (UNIT, 8),
        (f"{UNIT}dana/", 8),
        (f"{UNIT}arus/", 8),
        (f"{UNIT}akun/kas/", 14),
        (f"{UNIT}hari/2026-04-27/", 12),
    ],
)
def test_the_pages_ask_little(traded, person, django_assert_max_num_queries, address, most):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    page(siti, address)
    with django_assert_max_num_queries(most):
        page(siti, address)


def test_a_period_of_the_past_is_not_changed_by_what_comes_later(traded, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    before = rows(page(siti, f"{UNIT}?periode=2026-03"))
    assert before == []
    assert dt.date(2026, 3, 31) < TODAY
