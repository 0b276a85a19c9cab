"""The desk of Lapas Nabire, as its people and others meet it."""

import datetime as dt

import pytest

from bekal.accounts.rules import Role
from bekal.catalogue.actions import add_permit, set_price
from bekal.catalogue.models import Listing, Product
from bekal.catalogue.rules import NewPermit, PermitKind
from bekal.foundation.ids import uuid7
from bekal.front import works
from bekal.front.tests.conftest import DESK
from bekal.people.actions import load_requirements
from bekal.people.tests.makers import a_maker, found, lets_go
from bekal.production import actions as production
from bekal.production.rules import NewHold, NewMove, Reason
from bekal.sales.actions import NewRefund, record_sale, refund_sale, report_day
from bekal.sales.models import SaleLine
from bekal.sales.rules import RefundKind
from bekal.treasury.actions import count_cash, propose_clearing
from bekal.treasury.rules import NewClearing, NewCount, Way
from tests.support.world import (
    NOON,
    SETUP,
    SITI,
    TODAY,
    YESTERDAY,
    YOHANA,
    a_product,
    a_sale,
    long_ago,
)

pytestmark = pytest.mark.django_db


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sell(unit, *items, **changes):
    sale = a_sale(unit, *items, **changes)
    record_sale(sale=sale, by=YOHANA, now=changes.get("sold_at") or NOON)
    return sale


def report(unit, day, *, expects_sales):
    report_day(unit_id=unit, day=day, expects_sales=expects_sales, by=YOHANA, now=NOON)


def test_an_empty_day_asks_for_yesterday_and_today(yohana):
    page = text(yohana.get(DESK))
    assert "Hari ini kira-kira 6 menit" in page
    assert "Senin, 27 April 2026" in page
    assert "Catat penjualan kemarin" in page
    assert "Catat penjualan hari ini" in page
    assert "Tidak ada penjualan kemarin" in page
    assert "Belum ada penjualan di unit ini." in page
    assert "catat/?tanggal=2026-04-26" in page


def test_yesterdays_sales_are_to_be_reported_and_not_denied(yohana, world):
    sell(world.nabire, (world.noken, 2), sold_on=YESTERDAY)
    page = text(yohana.get(DESK))
    assert "Laporkan hari kemarin" in page
    assert "1 nota, Rp200.000" in page
    assert "Cocokkan kas" in page
    assert "Hari ini kira-kira 6 menit" in page
    assert "Tidak ada penjualan kemarin" not in page


def test_when_all_is_done_the_desk_says_so(yohana, world):
    report(world.nabire, YESTERDAY, expects_sales=False)
    sell(world.nabire, (world.noken, 1))
    page = text(yohana.get(DESK))
    assert "Kas bergerak sampai hari ini." in page
    assert "Hari ini kira-kira 2 menit" in page
    new = NewCount(uuid7(), world.nabire, TODAY, expected=100_000)
    count_cash(new=new, by=YOHANA, now=NOON)
    page = text(yohana.get(DESK))
    assert "Selesai untuk hari ini. Sampai besok." in page
    assert page.count("Selesai</span>") == 2
    assert "kira-kira" not in page.lower().split("dari mana angka")[0]


def test_a_day_reported_without_sales_is_done(yohana, world):
    report(world.nabire, YESTERDAY, expects_sales=False)
    report(world.nabire, TODAY, expects_sales=False)
    assert "Selesai untuk hari ini." in text(yohana.get(DESK))


def test_products_without_a_price_can_be_priced_at_any_time(yohana, world):
    a_product(world.nabire, "Kursi rotan", "kerajinan")
    a_product(world.nabire, "Tas manik", "kerajinan", price=75_000)
    ranged = a_product(world.nabire, "Meja", "kerajinan")
    Product.objects.filter(pk=ranged).update(source_price_low=1_000, source_price_high=9_000)
    page = text(yohana.get(DESK))
    assert "Isi harga 1 produk" in page
    assert "produk/?status=harga-menyusul" in page
    assert "Tetapkan harga 1 produk" in page
    assert "produk/?status=rentang-harga-di-sumber" in page
    assert "Isi harga pokok 1 produk" in page


def test_goods_that_buyers_see_and_cannot_order_for_want_of_a_cost_come_first(yohana, world):
    bag = a_product(world.nabire, "Tas manik", "kerajinan", price=75_000)
    a_product(world.nabire, "Kursi rotan", "kerajinan", price=75_000)
    Listing.objects.create(
        product_id=bag,
        is_published=True,
        is_food=False,
        description="Buatan bengkel.",
        origin="inside",
        weight_g=250,
        set_at=NOON,
        set_by="uji",
    )
    page = text(yohana.get(DESK))
    assert "1 barang berhenti dijual: isi harga pokok" in page
    assert "produk/?status=tayang-belum-bisa-dipesan" in page
    assert "Isi harga pokok 1 produk" in page


def test_a_gross_rule_asks_for_no_cost(person, world):
    wayan = person("Wayan", (Role.PETUGAS, "bangli"))
    page = text(wayan.get("/kerja/lapas-narkotika-kelas-iia-bangli/"))
    assert "Isi harga pokok" not in page


def test_the_desk_shows_the_last_five_receipts_and_whose_the_money_is(yohana, world):
    for _ in range(6):
        sell(world.nabire, (world.noken, 1))
    page = text(yohana.get(DESK))
    assert page.count(">PJ-000") == 5
    assert "PJ-0001" not in page
    assert "Rp600.000" in page
    assert "Kas</dt>" in page
    assert "Premi pembuat" in page


def test_a_receipt_can_be_taken_back_from_the_desk_for_ten_minutes(yohana, world, at):
    sale = sell(world.nabire, (world.noken, 1))
    void = f"{DESK}penjualan/{sale.key}/batal/"
    assert void in text(yohana.get(DESK))
    at(NOON + dt.timedelta(minutes=11))
    assert void not in text(yohana.get(DESK))


def test_who_does_not_record_takes_nothing_back_within_ten_minutes(person, world):
    sell(world.nabire, (world.noken, 1))
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    assert "/batal/" not in text(siti.get(DESK))


def test_simulated_receipts_say_so(yohana, world):
    sample = a_product(world.nabire, "Contoh", "kerajinan", price=9_000, cost=1_000, is_sample=True)
    sell(world.nabire, (sample, 1))
    assert "(data contoh)" in text(yohana.get(DESK))


def test_what_came_back_is_told_and_the_day_is_net(yohana, world):
    sale = sell(world.nabire, (world.noken, 2))
    line = SaleLine.objects.get(sale_id=sale.key)
    new = NewRefund(
        key=uuid7(),
        sale_id=sale.key,
        pieces={line.pk: 1},
        kind=RefundKind.RETURN,
        reason="Tali putus",
    )
    refund_sale(refund=new, by=SITI, now=NOON)
    page = text(yohana.get(DESK))
    assert "kembali Rp100.000" in page
    assert "1 nota, Rp100.000" in page


def test_near_midnight_in_papua_the_desk_keeps_the_units_own_day(yohana, world, at):
    last_minute = dt.datetime(2026, 4, 27, 14, 59, tzinfo=dt.UTC)  # 23.59 WIT, 21.59 WIB
    at(last_minute)
    sell(world.nabire, (world.noken, 1), sold_on=None, sold_at=last_minute)
    page = text(yohana.get(DESK))
    assert "Senin, 27 April 2026" in page
    assert "dari=2026-04-27" in page
    at(last_minute + dt.timedelta(minutes=1))  # still the 27th in Jakarta
    page = text(yohana.get(DESK))
    assert "Selasa, 28 April 2026" in page
    assert "Laporkan hari kemarin" in page


def test_the_treasurer_has_refunds_and_nothing_to_record(person, world):
    sell(world.nabire, (world.noken, 1))
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    page = text(siti.get(DESK))
    assert "Batalkan nota atau catat barang kembali" in page
    assert "Pilih aturan" not in page
    assert "Catat penjualan" not in page
    assert "menit" not in page


def test_the_head_prices_refunds_and_chooses_rules(person, world):
    a_product(world.nabire, "Kursi rotan", "kerajinan")
    markus = person("Markus", (Role.KEPALA_UPT, "nabire"))
    page = text(markus.get(DESK))
    assert "Pilih aturan bagi hasil" in page
    assert "Batalkan nota" in page
    assert "Isi harga 1 produk" in page
    assert "Catat penjualan" not in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.KANWIL])
def test_who_only_looks_sees_no_button_that_writes(person, world, role):
    a_product(world.nabire, "Kursi rotan", "kerajinan")
    rani = person("Rani", (role, "papua"))
    page = text(rani.get(DESK))
    main = page.split("<main")[1].split("</main>")[0]
    assert "<button" not in main
    assert "Isi harga" not in main
    assert "Catat" not in main
    assert "Pilih unit" in main


def test_another_units_desk_is_not_found(yohana):
    assert yohana.get("/kerja/lapas-narkotika-kelas-iia-bangli/").status_code == 404
    assert yohana.get("/kerja/kanwil-papua/").status_code == 404
    assert yohana.get("/kerja/tidak-ada/").status_code == 404


def test_two_roles_at_two_units_do_not_mix(person, world):
    both = person("Dewi", (Role.PETUGAS, "nabire"), (Role.BENDAHARA, "merauke"))
    assert "Catat penjualan" in text(both.get(DESK))
    page = text(both.get("/kerja/lapas-kelas-iib-merauke/"))
    assert "Catat penjualan" not in page
    assert "Batalkan nota" in page


def test_a_full_desk_asks_the_database_little(yohana, world, django_assert_max_num_queries):
    a_product(world.nabire, "Tas manik", "kerajinan", price=75_000)
    for day in (TODAY, YESTERDAY):
        for _ in range(4):
            sell(world.nabire, (world.noken, 1), (world.coffee, 2), sold_on=day)
    come(world.noken, 1)
    yohana.get(DESK)  # the first click also writes the session
    with django_assert_max_num_queries(23):
        yohana.get(DESK)


def test_the_head_is_asked_to_decide_on_a_difference_by_one_statement_more(
    person, world, django_assert_max_num_queries
):
    sell(world.nabire, (world.noken, 1))
    markus = person("Markus", (Role.KEPALA_UPT, "nabire"))
    assert "selisih kas" not in text(markus.get(DESK))
    new = NewCount(uuid7(), world.nabire, TODAY, {"n50000": 1}, reason="Belum tahu")
    count_cash(new=new, by=YOHANA, now=NOON)
    wish = NewClearing(uuid7(), world.nabire, Way.REPLACED, 50_000, "BA-1 (uji)")
    propose_clearing(new=wish, by=YOHANA, now=NOON)
    with django_assert_max_num_queries(22):
        page = text(markus.get(DESK))
    assert "Putuskan 1 selisih kas" in page
    assert "uang/kas/selisih/?keadaan=menunggu" in page


def test_a_price_set_today_is_no_task_any_more(yohana, world):
    chair = a_product(world.nabire, "Kursi rotan", "kerajinan", cost=1_000)
    assert "Isi harga 1 produk" in text(yohana.get(DESK))
    day = long_ago().date()
    set_price(product_id=chair, amount=5_000, valid_from=day, by=SETUP, now=long_ago())
    assert "Isi harga" not in text(yohana.get(DESK))


def come(product, pieces, reason=Reason.RECEIVED):
    new = NewMove(product, pieces, reason, f"uji:{uuid7()}")
    production.move_stock(moves=[new], by=YOHANA, now=NOON)


def test_levels_that_cannot_be_are_work_for_today(yohana, world):
    come(world.noken, 2)
    come(world.coffee, 5)
    assert "Stok minus" not in text(yohana.get(DESK))
    sell(world.nabire, (world.noken, 4))
    hold = NewHold(uuid7(), world.coffee, 5)
    production.hold_stock(holds=[hold], until=None, by=YOHANA, now=NOON)
    sell(world.nabire, (world.coffee, 1))
    page = text(yohana.get(DESK))
    assert "Stok minus 1 produk" in page
    assert "persediaan/?keadaan=minus" in page
    assert "Stok kurang untuk pesanan: 1 produk" in page
    assert "persediaan/?keadaan=kurang-untuk-pesanan" in page
    assert f"{3 * works.COUNT_GOODS.estimate + works.RECORD_SALE.estimate} menit" in page
    assert "menipis" not in page


def test_goods_that_run_low_can_be_made_at_any_time(yohana, world):
    come(world.noken, 3)
    come(world.coffee, 1)
    come(world.coffee, -1, Reason.DONATED)
    page = text(yohana.get(DESK))
    assert "Stok 2 produk menipis atau habis" in page
    assert "persediaan/?urut=paling+sedikit+bebas" in page


def test_a_pause_is_told_at_the_desk_and_begun_by_the_head(person, world):
    markus = person("Markus", (Role.KEPALA_UPT, "nabire"))
    assert "Jeda pesanan" in text(markus.get(DESK))
    production.pause_unit(
        unit_id=world.nabire, sentence="Penggeledahan.", until=None, by=YOHANA, now=NOON
    )
    page = text(markus.get(DESK))
    assert "Buka pesanan lagi" in page
    assert "Dijeda: Penggeledahan." in page
    yohana = person("Yohana", (Role.PETUGAS, "nabire"))
    page = text(yohana.get(DESK))
    assert "Pesanan unit ini sedang dijeda" in page
    assert "Buka pesanan lagi" not in page


def test_stock_is_no_task_of_who_does_not_keep_it(person, world):
    come(world.noken, 1)
    sell(world.nabire, (world.noken, 4))
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    assert "Stok minus" not in text(siti.get(DESK))


def a_permit(world, number, valid_until):
    new = NewPermit(
        kind=PermitKind.PIRT,
        number=number,
        holder="Koperasi Lapas Nabire",
        valid_from=TODAY.replace(year=2025),
        valid_until=valid_until,
    )
    add_permit(unit_id=world.nabire, permit=new, by=YOHANA, now=NOON)


def test_a_permit_is_to_be_renewed_sixty_days_before_it_ends(person, yohana, world):
    a_permit(world, "2067271010001-31", TODAY + dt.timedelta(days=61))
    assert "Perpanjang" not in text(yohana.get(DESK))
    a_permit(world, "2067271010001-30", TODAY + dt.timedelta(days=60))
    page = text(yohana.get(DESK))
    assert "Perpanjang P-IRT 2067271010001-30" in page
    assert "Berlaku sampai 26 Juni 2026" in page
    assert f"{DESK}izin/" in page
    a_permit(world, "2067271010001-29", TODAY - dt.timedelta(days=1))
    page = text(yohana.get(DESK))
    assert "Perpanjang 2 izin" in page
    assert "P-IRT 2067271010001-29: Habis sejak 26 April 2026" in page
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    assert "Perpanjang" not in text(siti.get(DESK))


def test_facts_of_makers_that_end_are_a_task_of_the_officer(yohana, world):
    load_requirements(by=SETUP, now=NOON)
    maker = a_maker(world.nabire)
    assert "Perbarui syarat" not in text(yohana.get(DESK))
    found(maker, world.nabire, "fitness", until=TODAY + dt.timedelta(days=7))
    page = text(yohana.get(DESK))
    assert "Perbarui syarat 1 pembuat" in page
    assert "Sehat untuk bekerja berlaku sampai 4 Mei 2026" in page


def test_makers_who_come_are_a_task_of_the_head(person, world):
    load_requirements(by=SETUP, now=NOON)
    head = person("Markus", (Role.KEPALA_UPT, "nabire"))
    lets_go(a_maker(world.bangli), world.bangli, world.nabire)
    assert "Terima 1 pembuat" in text(head.get(DESK))
