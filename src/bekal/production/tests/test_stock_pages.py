"""The pages of a unit's goods, as an officer uses them."""

import re

import pytest

from bekal.accounts.rules import Role
from bekal.catalogue.models import Product
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.production.models import Stock, StockMove
from bekal.production.rules import Reason
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import a_workshop, hold, level, made_in, move, receive
from tests.support.pages import words
from tests.support.world import a_product

pytestmark = pytest.mark.django_db
GOODS = f"{HERE}persediaan/"


def text(answer):
    return answer.content.decode()


def hidden(answer):
    """The hidden fields of a check page, to be sent again."""
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text(answer))
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}


def code_of(product):
    return Product.objects.get(pk=product).code


@pytest.fixture
def goods(world):
    """Nine noken, four of them ordered; coffee that nobody has counted."""
    receive(world.noken, 9)
    hold((world.noken, 4), until=None)
    return world


def typed(pieces, *, act="periksa", key=None, **changes):
    rows = {f"pieces_{product}": str(n) for product, n in pieces.items()}
    return {"key": str(key or uuid7()), "act": act, **rows, **changes}


class TestTheList:
    def test_it_tells_level_held_and_free(self, yohana, goods):
        page = words(yohana.get(GOODS))
        assert "Noken kulit kayu" in page
        assert "batas menipis 3" in page
        assert re.search(r"9 4 5 cukup", page)
        assert "belum dihitung" in page

    def test_it_is_narrowed_ordered_and_downloaded(self, yohana, goods):
        page = text(yohana.get(GOODS, {"keadaan": "belum-dihitung"}))
        assert "Kopi bubuk" in page
        assert "Noken kulit" not in page
        page = text(yohana.get(GOODS, {"cari": "noken", "urut": "paling sedikit bebas"}))
        assert "Kopi bubuk" not in page
        assert "Tidak ada produk yang cocok" in text(yohana.get(GOODS, {"cari": "xyz"}))
        file = yohana.get(f"{GOODS}unduh/", {"cari": "noken"})
        assert file["Content-Disposition"].endswith('nabire-2026-04-27.csv"')
        lines = text(file).splitlines()
        assert lines[0].endswith("dihitung_sejak")
        assert lines[1:] == [
            f"{code_of(goods.noken)};Noken kulit kayu;kerajinan;9;4;5;3;cukup;2026-04-27"
        ]

    def test_nonsense_in_its_address_narrows_nothing(self, yohana, goods):
        page = yohana.get(GOODS, {"keadaan": "x", "urut": "²", "halaman": "-1", "cari": "\x00"})
        assert page.status_code == 200

    def test_a_unit_without_goods_is_told_where_to_begin(self, person):
        ance = person("Ance", (Role.PETUGAS, "merauke"))
        address = GOODS.replace("nabire", "merauke")
        assert "Roti tawar" in text(ance.get(address))
        nabires = Product.objects.get(name="Noken kulit kayu").seller
        Product.objects.filter(name="Roti tawar").update(seller=nabires)
        assert "Belum ada produk di unit ini." in text(ance.get(address))
        assert "Belum ada produk di unit ini." in text(ance.get(f"{address}masuk/"))

    def test_who_only_looks_sees_no_way_to_change(self, person, goods):
        rani = person("Rani", (Role.AUDITOR, "papua"))
        page = text(rani.get(GOODS))
        assert "Catat barang masuk" not in page
        page = text(rani.get(f"{GOODS}{code_of(goods.noken)}/"))
        assert "Simpan batas" not in page
        assert rani.get(f"{GOODS}masuk/").status_code == 403

    def test_another_units_goods_are_not_found(self, yohana, goods):
        receive(goods.endek, 3)
        endek = code_of(goods.endek)
        for way in ("", "masuk/", "keluar/", "hitung/", f"{endek}/"):
            assert yohana.get(f"{BANGLI}persediaan/{way}").status_code == 404
        assert yohana.get(f"{GOODS}{endek}/").status_code == 404
        assert yohana.get(f"{GOODS}masuk/", {"barang": endek}).status_code == 404
        assert yohana.get(f"{GOODS}tidak-ada/").status_code == 404


class TestOneProduct:
    def test_it_tells_every_move_with_the_level_after_it(self, yohana, goods):
        move(goods.noken, -2, Reason.SALE)
        move(goods.noken, -1, Reason.DONATED)
        page = words(yohana.get(f"{GOODS}{code_of(goods.noken)}/"))
        assert re.search(r"Disumbangkan -1 6 Sen, 27 Apr 2026, 12.00 WIT", page)
        assert re.search(r"Penjualan -2 7", page)
        assert re.search(r"Hasil produksi \+9 9", page)
        assert "Penjualan sebelum 27 April 2026 sudah termasuk" in page

    def test_a_product_that_nobody_counts_asks_for_a_count(self, yohana, goods):
        code = code_of(goods.coffee)
        page = text(yohana.get(f"{GOODS}{code}/"))
        assert "belum dihitung" in page
        assert f"hitung/?barang={code}" in page

    def test_its_low_mark_can_be_set(self, yohana, goods):
        address = f"{GOODS}{code_of(goods.noken)}/"
        answer = yohana.post(f"{address}batas/", {"low_mark": "5"})
        assert answer.status_code == 302
        assert Stock.objects.get(pk=goods.noken).low_mark == 5
        assert "menipis" in words(yohana.get(answer["Location"]))
        for wrong in ("", "x", "-1", "999999999"):
            assert yohana.post(f"{address}batas/", {"low_mark": wrong}).status_code == 422
        assert Stock.objects.get(pk=goods.noken).low_mark == 5

    def test_a_long_history_has_pages(self, yohana, goods):
        for _ in range(31):
            receive(goods.noken, 1)
        page = words(yohana.get(f"{GOODS}{code_of(goods.noken)}/", {"halaman": "2"}))
        assert re.search(r"Hasil produksi \+1 10", page)
        assert re.search(r"Hasil produksi \+9 9", page)


class TestGoodsThatCome:
    def test_they_are_typed_checked_and_saved_once(self, yohana, goods):
        assert "stok 9, 4 dipesan" in words(yohana.get(f"{GOODS}masuk/"))
        sent = typed({goods.noken: 3, goods.coffee: 12}, reason="received")
        checked = yohana.post(f"{GOODS}masuk/", sent)
        assert checked.status_code == 200
        assert re.search(r"Noken kulit kayu 9 \+3 12", words(checked))
        assert re.search(r"Kopi bubuk 200 g belum dihitung \+12 12", words(checked))
        assert StockMove.objects.count() == 1
        saved = yohana.post(f"{GOODS}masuk/", {**hidden(checked), "act": "simpan"})
        again = yohana.post(f"{GOODS}masuk/", {**hidden(checked), "act": "simpan"})
        assert (saved.status_code, again.status_code) == (302, 302)
        assert "Barang masuk tersimpan." in text(yohana.get(saved["Location"]))
        assert level(goods.noken) == (12, 4)
        assert level(goods.coffee) == (12, 0)

    def test_what_was_typed_can_be_changed_again(self, yohana, goods):
        sent = typed({goods.noken: 3}, reason="moved", note="Expo")
        checked = yohana.post(f"{GOODS}masuk/", sent)
        again = yohana.post(f"{GOODS}masuk/", {**hidden(checked), "act": "ubah"})
        assert again.status_code == 200
        assert f'name="pieces_{goods.noken}"' in text(again)
        assert 'value="3"' in text(again)
        assert 'value="Expo"' in text(again)
        assert hidden(again)["key"] == hidden(checked)["key"]

    def test_one_product_can_be_asked_for_alone(self, yohana, goods):
        page = text(yohana.get(f"{GOODS}masuk/", {"barang": code_of(goods.noken)}))
        assert "Noken kulit kayu" in page
        assert "Kopi bubuk" not in page

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"reason": ""}, "Pilih sebabnya."),
            ({"reason": "sale"}, "Pilih sebabnya."),
            ({"pieces": "0"}, "Isi jumlah paling sedikit satu produk."),
            ({"pieces": "tiga"}, "Tulis jumlah dengan angka bulat"),
            ({"pieces": "-3"}, "Tulis jumlah dengan angka bulat"),
            ({"pieces": "9999999"}, "Jumlah paling banyak"),
            ({"pieces": "3\x00"}, "Tulis jumlah dengan angka bulat"),
            ({"note": "x" * 201}, "Paling panjang 200 huruf"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, yohana, goods, changes, sentence):
        pieces = changes.pop("pieces", "3") if "pieces" in changes else "3"
        sent = typed({goods.noken: pieces}, **{"reason": "received", **changes})
        for act in ("periksa", "simpan"):
            answer = yohana.post(f"{GOODS}masuk/", {**sent, "act": act})
            assert answer.status_code == 422
            assert sentence in words(answer)
        assert level(goods.noken) == (9, 4)

    def test_a_used_key_with_another_sheet_is_kept_for_a_person(self, yohana, goods):
        key = uuid7()
        sent = typed({goods.noken: 3}, act="simpan", key=key, reason="received")
        yohana.post(f"{GOODS}masuk/", sent)
        answer = yohana.post(f"{GOODS}masuk/", {**sent, f"pieces_{goods.noken}": "4"})
        assert answer.status_code == 409
        assert MessageConflict.objects.get().door == "production.move"
        assert hidden(answer)["key"] != str(key)
        assert level(goods.noken) == (12, 4)
        page = words(yohana.get(f"{HERE}kiriman-ganda/"))
        assert "3 x Noken kulit kayu" in page
        assert "4 x Noken kulit kayu" in page
        assert "Hasil produksi" in page


class TestGoodsThatGo:
    def test_they_go_for_a_reason_with_a_warning_for_orders(self, yohana, goods):
        sent = typed({goods.noken: 7}, reason="written_off", note="Kena air")
        checked = yohana.post(f"{GOODS}keluar/", sent)
        assert "2 barang yang sudah dipesan tidak akan ada lagi." in words(checked)
        assert re.search(r"9 -7 2", words(checked))
        yohana.post(f"{GOODS}keluar/", {**hidden(checked), "act": "simpan"})
        assert level(goods.noken) == (2, 4)
        assert StockMove.objects.get(reason="written_off").note == "Kena air"
        assert "kurang untuk pesanan" in words(yohana.get(GOODS))

    def test_only_what_is_counted_can_go(self, yohana, goods):
        assert "Kopi bubuk" not in text(yohana.get(f"{GOODS}keluar/"))

    def test_where_nothing_is_counted_the_page_says_what_to_do(self, yohana, world):
        assert "Belum ada barang yang dihitung." in text(yohana.get(f"{GOODS}keluar/"))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"pieces": "10"}, "stok 9, tidak bisa keluar 10"),
            ({"note": ""}, "Isi catatan: apa yang terjadi"),
            ({"reason": "received"}, "Pilih sebabnya."),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, yohana, goods, changes, sentence):
        pieces = changes.pop("pieces", "3") if "pieces" in changes else "3"
        sent = typed({goods.noken: pieces}, reason="written_off", note="Kena air")
        answer = yohana.post(f"{GOODS}keluar/", {**sent, **changes, "act": "simpan"})
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert level(goods.noken) == (9, 4)


class TestCounting:
    def test_a_count_that_differs_asks_why_and_makes_the_level(self, yohana, goods):
        page = yohana.get(f"{GOODS}hitung/")
        assert hidden(page)[f"seen_{goods.noken}"] == "9"
        sent = {**hidden(page), **typed({goods.noken: 8, goods.coffee: 0})}
        checked = yohana.post(f"{GOODS}hitung/", sent)
        assert re.search(r"Noken kulit kayu 9 -1 8", words(checked))
        assert re.search(r"Kopi bubuk 200 g belum dihitung 0 0", words(checked))
        assert "Mengapa berbeda dari catatan" in words(checked)
        without = yohana.post(f"{GOODS}hitung/", {**hidden(checked), "act": "simpan"})
        assert without.status_code == 422
        assert "Pilih mengapa hitungan berbeda" in words(without)
        assert level(goods.noken) == (9, 4)
        why = {"cause": "missing", "note": "rak bawah"}
        for _ in range(2):
            saved = yohana.post(f"{GOODS}hitung/", {**hidden(checked), **why, "act": "simpan"})
            assert saved.status_code == 302
        assert level(goods.noken) == (8, 4)
        assert level(goods.coffee) == (0, 0)
        assert StockMove.objects.get(pieces=-1).note == "Hilang: rak bawah"

    def test_a_count_that_agrees_asks_nothing_more(self, yohana, goods):
        checked = yohana.post(
            f"{GOODS}hitung/", typed({goods.noken: 9}, **{f"seen_{goods.noken}": "9"})
        )
        assert "Mengapa berbeda" not in words(checked)
        saved = yohana.post(f"{GOODS}hitung/", {**hidden(checked), "act": "simpan"})
        assert saved.status_code == 302
        assert StockMove.objects.get(reason="counted").pieces == 0

    def test_what_moved_meanwhile_is_counted_again(self, yohana, goods):
        page = yohana.get(f"{GOODS}hitung/")
        move(goods.noken, -1, Reason.SALE)
        sent = {**hidden(page), **typed({goods.noken: 9}, act="simpan")}
        answer = yohana.post(f"{GOODS}hitung/", sent)
        assert answer.status_code == 422
        assert "berubah sejak Anda menghitung (sekarang 8)" in words(answer)
        assert level(goods.noken) == (8, 4)

    def test_a_blank_count_counts_nothing(self, yohana, goods):
        answer = yohana.post(f"{GOODS}hitung/", typed({goods.noken: ""}))
        assert answer.status_code == 422
        assert "Isi hasil hitung paling sedikit satu produk." in words(answer)

    def test_a_page_that_lost_its_key_gets_another(self, yohana, goods):
        sent = typed({goods.noken: 9}, **{f"seen_{goods.noken}": "x"})
        del sent["key"]
        assert yohana.post(f"{GOODS}hitung/", {**sent, "act": "simpan"}).status_code == 422
        assert level(goods.noken) == (9, 4)


def test_pages_ask_the_database_little(yohana, goods, django_assert_num_queries):
    made_in(a_workshop(goods.nabire), goods.coffee)
    for number in range(30):
        a_product(goods.nabire, f"Gelang {number}", "kerajinan")
    noken = code_of(goods.noken)
    yohana.get(GOODS)  # the first click also writes the session
    for page, count in (
        ("", 6),
        ("unduh/", 4),
        (f"{noken}/", 9),
        ("masuk/", 5),
        ("keluar/", 5),
        ("hitung/", 5),
    ):
        with django_assert_num_queries(count):
            yohana.get(GOODS + page)
