"""The page "Catat penjualan" as Yohana, officer at Lapas Nabire, meets it."""

import datetime as dt

import pytest
from lxml import html

from bekal.accounts.rules import Role
from bekal.catalogue.actions import set_price
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message, MessageConflict
from bekal.ledger.models import Entry
from bekal.ledger.rules import NoRule
from bekal.places.models import Place
from bekal.sales.actions import record_sale
from bekal.sales.models import Leaf, Sale, SaleLine, UnitDay
from bekal.sales.tests.desk import HERE, hidden, sign_in, text, typed
from tests.support.pages import words
from tests.support.world import NOON, SETUP, TODAY, YESTERDAY, a_product, a_sale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
RECORD = f"{HERE}catat/"


@pytest.fixture
def yohana(client, world):
    return sign_in(client, world.nabire)


def nothing_was_written():
    models = (Sale, SaleLine, Entry, Leaf, UnitDay, Message, MessageConflict)
    return not any(model.objects.exists() for model in models)


def test_yohana_records_a_sale_and_finds_its_receipt(yohana, world):
    checked = yohana.post(RECORD, typed((world.noken, 2, "100.000"), (world.coffee, "1")))
    assert checked.status_code == 200
    assert "Simpan penjualan Rp248.000" in text(checked)
    assert "Premi pembuat" in text(checked)
    assert nothing_was_written()
    saved = yohana.post(RECORD, {**hidden(checked), "act": "simpan"})
    sale = Sale.objects.get()
    assert saved.status_code == 303
    assert saved["Location"] == f"{HERE}{sale.pk}/?tersimpan=jual"
    assert (sale.total, sale.sold_on, sale.zone) == (248_000, TODAY, "WIT")
    receipt = text(yohana.get(saved["Location"]))
    assert "Tersimpan. Nomor PJ-0001." in receipt
    assert receipt.index("Catat lagi") < receipt.index("Batalkan")


def chosen(answer):
    """The tiles that are chosen on a page: {question: answer}."""
    tiles = html.fromstring(answer.content).xpath("//input[@type='radio'][@checked]")
    return {tile.get("name"): tile.get("value") for tile in tiles}


def test_the_next_sale_begins_like_the_one_before_it(yohana, world):
    like = {"channel": "exhibition", "buyer_class": "officer", "payment": "qris"}
    receipt = yohana.post(RECORD, typed((world.noken, 1), act="simpan", **like), follow=True)
    (again,) = html.fromstring(receipt.content).xpath("//a[contains(., 'Catat lagi')]/@href")
    assert chosen(yohana.get(again)) == like
    assert "tanggal=2026-04-27" in again


def test_whoever_sells_on_saves_and_has_the_next_sale_before_them(yohana, world):
    like = {"channel": "exhibition", "buyer_class": "public", "payment": "qris"}
    bought = typed((world.noken, 1), act="lanjut", **like)
    for _ in range(2):
        page = yohana.post(RECORD, bought, follow=True)
        sale = Sale.objects.get()
        assert f"{HERE}{sale.pk}/" in text(page)
        assert "Tersimpan. Nomor PJ-0001" in words(page)
        assert chosen(page) == like
        assert str(sale.pk) not in hidden(page).values()
    assert "Tersimpan" not in words(yohana.get(f"{RECORD}?nota={uuid7()}"))


def test_the_sale_of_another_unit_is_not_told_of(yohana, world):
    key = record_sale(sale=a_sale(world.bangli, (world.endek, 1)), by=SETUP, now=NOON).sale_id
    assert "Tersimpan" not in words(yohana.get(f"{RECORD}?nota={key}"))


def test_an_address_that_asks_for_nonsense_begins_with_nothing_chosen(yohana):
    page = yohana.get(f"{RECORD}?pembeli=raja&bayar=emas&saluran=pasar-gelap&tanggal=kapan&nota=x")
    assert chosen(page) == {"channel": "workshop"}


def test_late_at_night_in_papua_it_is_tomorrow(yohana, world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 4, 27, 15, 30, tzinfo=dt.UTC))
    assert 'value="2026-04-28"' in text(yohana.get(RECORD))


def test_the_page_begins_with_what_was_sold_last(yohana, world):
    yohana.post(RECORD, typed((world.coffee, 1), act="simpan"))
    page = text(yohana.get(RECORD))
    assert page.index("Terakhir dijual") < page.index("Kopi bubuk 200 g")
    assert page.index("Kopi bubuk 200 g") < page.index("Produk unit ini")
    assert page.index("Produk unit ini") < page.index("Noken kulit kayu")


def test_a_new_sale_takes_day_and_channel_of_the_one_before(yohana):
    page = text(yohana.get(RECORD, {"tanggal": str(YESTERDAY), "saluran": "exhibition"}))
    assert f'value="{YESTERDAY}"' in page
    assert 'value="exhibition" checked' in page


def test_a_search_keeps_all_that_was_typed(yohana, world):
    sent = typed((world.noken, "3 buah", "90.000"), act="cari", cari="kopi", payment="qris")
    answer = yohana.post(RECORD, sent)
    page = text(answer)
    assert answer.status_code == 200
    assert "Ada yang perlu diperbaiki" not in page
    for kept in ('value="3 buah"', 'value="90.000"', 'value="qris" checked', sent["key"]):
        assert kept in page
    assert page.index("Hasil pencarian") < page.index("Kopi bubuk 200 g")


def test_a_search_that_finds_nothing_says_so(yohana):
    assert "Tidak ada produk yang cocok." in text(
        yohana.post(RECORD, typed(act="cari", cari="emas"))
    )


def test_a_product_without_price_cannot_be_chosen(yohana, world):
    bag = a_product(world.nabire, "Tas noken besar", "kerajinan")
    page = text(yohana.get(RECORD))
    assert "harga menyusul" in page
    assert f'name="pieces_{bag}"' not in page
    answer = yohana.post(RECORD, typed((bag, 1)))
    assert answer.status_code == 422
    assert "Tas noken besar belum punya harga pada 27 April 2026." in text(answer)
    assert nothing_was_written()


@pytest.mark.parametrize("nonsense", ["\x00", "²", "-1", "9" * 400, "<script>", "é", "1,5", "nol"])
@pytest.mark.parametrize("field", ["key", "sold_on", "channel", "buyer_class", "payment", "pieces"])
def test_nonsense_is_shown_again_at_its_field(*, yohana, world, field, nonsense):
    name = f"pieces_{world.noken}" if field == "pieces" else field
    answer = yohana.post(RECORD, typed((world.noken, 1), act="simpan", **{name: nonsense}))
    assert answer.status_code == 422
    assert "<title>Gagal: " in text(answer)
    assert f'href="#id_{name}' in text(answer)
    assert "<script>" not in text(answer)
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"sold_on": ""}, "Isi tanggal penjualan.", "sold_on"),
        ({"sold_on": "2026-04-28"}, "tidak bisa sesudah hari ini, 27 April 2026", "sold_on"),
        ({"sold_on": "2025-04-01"}, "lebih dari setahun yang lalu", "sold_on"),
        ({"channel": None}, "Pilih di mana barang terjual.", "channel_0"),
        ({"buyer_class": None}, "Pilih siapa yang membeli.", "buyer_class_0"),
        ({"payment": "gold"}, "Pilih cara bayar.", "payment_0"),
    ],
)
def test_each_refusal_stands_at_its_field(*, yohana, world, changes, sentence, field):
    for act in ("periksa", "simpan"):
        answer = yohana.post(RECORD, typed((world.noken, 7, "95.000"), act=act, **changes))
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert f'href="#id_{field}"' in text(answer)
        assert 'value="95.000"' in text(answer)
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("pieces", "price", "sentence"),
    [
        ("", "100.000", "Pilih paling sedikit satu produk"),
        ("0", "100.000", "Pilih paling sedikit satu produk"),
        ("1", "0", "Harga paling sedikit Rp1."),
        ("1", "48,5", "Tulis rupiah bulat tanpa koma"),
        ("1", "murah", "Tulis jumlah dengan angka"),
        ("1000000", "999999999999", "Jumlah nota paling besar"),
    ],
)
def test_pieces_and_prices_are_looked_at(*, yohana, world, pieces, price, sentence):
    answer = yohana.post(RECORD, typed((world.noken, pieces, price), act="simpan"))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert nothing_was_written()


def test_products_of_others_are_refused(yohana, world):
    for product in (world.endek, 10**17):
        answer = yohana.post(RECORD, typed((world.noken, 1), (product, 1), act="simpan"))
        assert answer.status_code == 422
        assert "Ada produk yang bukan milik unit Anda." in text(answer)
    assert nothing_was_written()


def test_a_changed_price_is_told_with_the_price_of_the_sheet(yohana, world):
    answer = yohana.post(RECORD, typed((world.noken, 1, "80.000")))
    assert "1 x Rp80.000, harga daftar Rp100.000" in words(answer)


def test_who_changes_only_the_day_means_that_days_prices(yohana, world):
    set_price(product_id=world.noken, amount=120_000, valid_from=TODAY, by=SETUP, now=NOON)
    page = text(yohana.get(RECORD))
    assert 'value="120.000"' in page
    untouched = typed((world.noken, 1, "120.000"), sold_on=str(YESTERDAY))
    checked = yohana.post(RECORD, untouched)
    assert "Simpan penjualan Rp100.000" in text(checked)
    touched = typed((world.noken, 1, "110.000"), sold_on=str(YESTERDAY))
    assert "Simpan penjualan Rp110.000" in text(yohana.post(RECORD, touched))
    yohana.post(RECORD, {**hidden(checked), "act": "simpan"})
    assert SaleLine.objects.get().unit_price == 100_000


def test_the_way_back_keeps_all_answers(yohana, world):
    checked = yohana.post(RECORD, typed((world.noken, 4, "90.000"), payment="credit"))
    page = text(yohana.post(RECORD, {**hidden(checked), "act": "ubah"}))
    for kept in ('value="4"', 'value="90000"', 'value="credit" checked', hidden(checked)["key"]):
        assert kept in page
    assert nothing_was_written()


def test_a_rule_after_cost_needs_the_cost_sheet(yohana, world):
    mat = a_product(world.nabire, "Tikar pandan", "kerajinan", price=75_000)
    for act in ("periksa", "simpan"):
        answer = yohana.post(RECORD, typed((mat, 1), act=act))
        assert answer.status_code == 422
        assert "Produk ini belum punya harga pokok" in text(answer)
        assert "Isi harga pokok Tikar pandan" in text(answer)
        assert "/harga-pokok/" in text(answer)
    assert nothing_was_written()


def test_without_a_rule_the_way_to_the_rules_is_shown(yohana, world, monkeypatch):
    def none(**_asked):
        raise NoRule("Belum ada aturan bagi hasil.")

    monkeypatch.setattr("bekal.ledger.queries.rules_in_force", none)
    monkeypatch.setattr("bekal.ledger.queries.rules_of_units", none)
    for act in ("periksa", "simpan"):
        answer = yohana.post(RECORD, typed((world.noken, 1), act=act))
        assert answer.status_code == 422
        assert "Belum ada aturan bagi hasil." in text(answer)
        assert 'href="/kerja/lapas-kelas-iib-nabire/bagi-hasil/"' in text(answer)
    assert nothing_was_written()


def test_a_second_click_answers_the_first_sale(yohana, world):
    sent = typed((world.noken, 1), act="simpan")
    first, second = yohana.post(RECORD, sent), yohana.post(RECORD, sent)
    assert first["Location"] == second["Location"]
    assert Sale.objects.count() == 1
    assert Entry.objects.count() == 1


def test_the_same_key_with_other_content_is_shown_beside_what_is_stored(yohana, world):
    sent = typed((world.noken, 1), act="simpan")
    yohana.post(RECORD, sent)
    answer = yohana.post(RECORD, {**sent, f"pieces_{world.noken}": "2"})
    assert answer.status_code == 409
    assert "PJ-0001" in text(answer)
    assert Sale.objects.count() == 1
    conflict = MessageConflict.objects.get()
    assert (str(conflict.key), conflict.scope) == (sent["key"], f"place:{world.nabire}")
    again = hidden(answer)
    assert again["key"] != sent["key"]
    checked = yohana.post(RECORD, {**again, "act": "periksa"})
    assert "Simpan penjualan Rp200.000" in text(checked)
    yohana.post(RECORD, {**hidden(checked), "act": "simpan"})
    assert list(Sale.objects.order_by("number").values_list("total", flat=True)) == [
        100_000,
        200_000,
    ]


def test_a_key_of_another_unit_shows_nothing_of_it(yohana, world, client):
    sent = typed((world.noken, 1), act="simpan")
    yohana.post(RECORD, sent)
    wayan = sign_in(client, world.bangli, name="Wayan")
    there = RECORD.replace("lapas-kelas-iib-nabire", Place.objects.get(pk=world.bangli).code)
    answer = wayan.post(there, {**sent, f"pieces_{world.noken}": "", f"pieces_{world.endek}": "1"})
    assert answer.status_code == 409
    assert "Noken" not in text(answer)
    assert Sale.objects.count() == 1


@pytest.mark.parametrize("role", [Role.BENDAHARA, Role.AUDITOR, Role.MITRA, Role.KANWIL])
def test_only_officers_record(client, world, role):
    place = world.papua if role is Role.KANWIL else world.nabire
    somebody = sign_in(client, place, role=role, name=role)
    assert somebody.get(RECORD).status_code == 403
    assert somebody.post(RECORD, typed((world.noken, 1), act="simpan")).status_code == 403
    assert nothing_was_written()


def test_another_unit_is_not_found(client, world):
    wayan = sign_in(client, world.bangli, name="Wayan")
    assert wayan.get(RECORD).status_code == 404
    assert wayan.post(RECORD, typed((world.noken, 1), act="simpan")).status_code == 404
    assert nothing_was_written()


def test_each_look_asks_the_database_little(yohana, world, django_assert_num_queries):
    yohana.get(RECORD)
    with django_assert_num_queries(8):
        yohana.get(RECORD)
    with django_assert_num_queries(10):
        yohana.post(RECORD, typed((world.noken, 1), act="cari", cari="kopi"))
    with django_assert_num_queries(9):
        yohana.post(RECORD, typed((world.noken, 1)))
