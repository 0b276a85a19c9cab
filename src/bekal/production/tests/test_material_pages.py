"""The pages of a unit's materials, as an officer uses them."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.production.models import Material, MaterialMove, Purchase
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.materials import a_material, buy, given, there, use, with_money
from tests.support.pages import words

pytestmark = pytest.mark.django_db
PAGE = f"{HERE}bahan/"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def flour(world):
    """Ten kilogrammes of flour at Nabire, bought for Rp123.450, and money left."""
    with_money(world.nabire)
    flour = a_material(world.nabire)
    buy(world.nabire, (flour, 10_000, 123_450), receipt="N-1")
    return flour


@pytest.fixture
def siti(person):
    """Treasurer of Lapas Nabire."""
    return person("Siti", (Role.BENDAHARA, "nabire"))


def receipt(*lines, **changes):
    """What the form of a purchase sends; lines are (material, quantity, rupiah)."""
    sent = {
        "key": str(uuid7()),
        "rows": "4",
        "act": "simpan",
        "supplier": "Toko Sinar",
        "receipt": "N-2",
        "bought_on": "2026-04-27",
        "total": "50.000",
        "fund": "capital",
        "paid_from": "cash",
        "note": "",
    }
    for number, (material, quantity, amount) in enumerate(lines):
        sent |= {
            f"material_{number}": str(material),
            f"quantity_{number}": quantity,
            f"amount_{number}": amount,
        }
    return {**sent, **changes}


class TestTheList:
    def test_it_tells_what_is_there_and_what_it_is_worth(self, yohana, flour):
        page = words(yohana.get(PAGE))
        assert "Tepung terigu 10 kg Rp12.345 setiap kg Rp123.450 ada" in page
        assert "Nilai bahan Rp123.450" in page

    def test_it_is_narrowed_and_downloaded(self, yohana, world, flour):
        a_material(world.nabire, "Gula")
        page = words(yohana.get(PAGE, {"keadaan": "habis"}))
        assert "Gula" in page
        assert "Tepung" not in page
        assert "Tidak ada bahan yang cocok." in text(yohana.get(PAGE, {"cari": "xyz"}))
        file = yohana.get(f"{PAGE}unduh/", {"cari": "tepung"})
        assert text(file).splitlines()[1] == "Tepung terigu;kg;10;123450;12345;ada"
        use(world.nabire, flour, 2_500)
        assert "Tepung terigu;kg;7,5;" in text(yohana.get(f"{PAGE}unduh/"))
        book = yohana.get(f"{PAGE}unduh/", {"bentuk": "xlsx"})
        assert book["Content-Disposition"].endswith('nabire-2026-04-27.xlsx"')
        sheet = ZipFile(BytesIO(book.content)).read("xl/worksheets/sheet1.xml").decode()
        assert "<v>7.5</v>" in sheet

    def test_nonsense_in_its_address_narrows_nothing(self, yohana, flour):
        page = yohana.get(PAGE, {"keadaan": "x", "halaman": "²", "cari": "\x00"})
        assert page.status_code == 200

    def test_a_unit_without_materials_is_told_where_to_begin(self, yohana, world):
        assert "Belum ada bahan di unit ini." in text(yohana.get(PAGE))
        assert "Tambahkan bahannya dahulu" in text(yohana.get(f"{PAGE}beli/"))
        yohana.post(f"{PAGE}baru/", {"name": " Benang  katun ", "measure": "gulung"})
        material = Material.objects.get()
        assert (material.name, material.measure) == ("Benang katun", "gulung")
        again = yohana.post(f"{PAGE}baru/", {"name": "benang KATUN", "measure": "kg"})
        assert again.status_code == 422
        assert "sudah ada" in text(again)
        assert Material.objects.count() == 1

    def test_who_only_looks_sees_no_way_to_change(self, person, flour):
        rani = person("Rani", (Role.AUDITOR, "papua"))
        assert "Catat pembelian" not in text(rani.get(PAGE))
        assert "Catat yang keluar" not in text(rani.get(f"{PAGE}{flour}/"))
        assert rani.get(f"{PAGE}beli/").status_code == 403

    def test_another_units_materials_are_not_found(self, yohana, world, flour):
        theirs = a_material(world.bangli, "Benang")
        bought = given(world.bangli, (theirs, 1_000))
        assert yohana.get(f"{BANGLI}bahan/").status_code == 404
        for way in ("", "keluar/", "hitung/", "berhenti/"):
            assert yohana.get(f"{PAGE}{theirs}/{way}").status_code == 404
        assert yohana.get(f"{PAGE}pembelian/{bought}/").status_code == 404
        asked = yohana.post(f"{PAGE}beli/", receipt((theirs, "1", "50.000")))
        assert asked.status_code == 422
        assert Purchase.objects.count() == 2


class TestBuying:
    def test_a_receipt_becomes_material_and_money_at_once(self, yohana, world, flour):
        sugar = a_material(world.nabire, "Gula")
        page = text(yohana.get(f"{PAGE}beli/"))
        assert "Rp876.550" in page
        sent = receipt((flour, "2,5", "30.000"), (sugar, "1", "20.000"))
        yohana.post(f"{PAGE}beli/", sent)
        done = yohana.post(f"{PAGE}beli/", sent, follow=True)
        assert "Pembelian tersimpan." in text(done)
        assert "Gula 1 kg Rp20.000" in words(done)
        assert there(flour) == (12_500, 153_450)
        assert Purchase.objects.count() == 2

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"total": "49.000"}, "Samakan dahulu"),
            ({"total": "1,5"}, "rupiah bulat"),
            ({"quantity_0": "2.5"}, "Tulis jumlah dengan angka"),
            ({"quantity_0": ""}, "Isi jumlahnya"),
            ({"material_0": ""}, "Pilih bahannya"),
            ({"paid_from": ""}, "Pilih asal uangnya"),
            ({"fund": "premi_payable"}, "Pilih dananya"),
            ({"bought_on": "2026-04-28"}, "Isi tanggal sampai 27 April 2026"),
            ({"paid_from": "bank"}, "Rekening bank hanya Rp0"),
            ({"receipt": "n-1"}, "sudah dicatat"),
            ({"supplier": "x" * 81}, "Paling panjang 80 huruf"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
        self, yohana, flour, changes, sentence
    ):
        sent = receipt((flour, "2,5", "50.000"), **changes)
        answer = yohana.post(f"{PAGE}beli/", sent)
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert f'value="{sent["key"]}"' in text(answer)
        assert there(flour) == (10_000, 123_450)
        assert Purchase.objects.count() == 1

    def test_more_lines_are_asked_for_without_losing_what_was_typed(self, yohana, flour):
        sent = receipt((flour, "2,5", "50.000"), act="baris")
        page = text(yohana.post(f"{PAGE}beli/", sent))
        assert 'name="material_7"' in page
        assert 'value="2,5"' in page
        assert f'value="{sent["key"]}"' in page
        assert Purchase.objects.count() == 1

    def test_what_was_given_moves_no_money(self, yohana, flour):
        sent = receipt((flour, "10", ""), total="", fund="none", paid_from="", receipt="")
        assert "dari siapa dan atas dasar apa" in text(yohana.post(f"{PAGE}beli/", sent))
        done = yohana.post(f"{PAGE}beli/", {**sent, "note": "Hibah"}, follow=True)
        assert "Tanpa uang" in text(done)
        assert there(flour) == (20_000, 123_450)

    def test_a_used_key_with_other_content_is_kept_for_a_person(self, yohana, flour):
        sent = receipt((flour, "2,5", "50.000"))
        yohana.post(f"{PAGE}beli/", sent)
        other = {**sent, "quantity_0": "3"}
        answer = yohana.post(f"{PAGE}beli/", other)
        assert answer.status_code == 409
        assert sent["key"] not in text(answer)
        assert MessageConflict.objects.get().door == "production.purchase"
        page = text(yohana.get(f"{HERE}kiriman-ganda/"))
        assert "Pembelian bahan" in page
        assert Purchase.objects.count() == 2

    def test_the_list_is_searched_and_downloaded(self, yohana, flour):
        assert "Toko Sinar" in text(yohana.get(f"{PAGE}pembelian/", {"cari": "n-1"}))
        assert "Tidak ada pembelian" in text(yohana.get(f"{PAGE}pembelian/", {"cari": "zz"}))
        (_, line) = text(yohana.get(f"{PAGE}pembelian/unduh/")).splitlines()
        assert line.startswith("2026-04-27;Toko Sinar;N-1;123450;Dana penunjang bengkel;Kas;")


class TestUndoing:
    def test_the_treasurer_takes_a_wrong_one_back_and_the_officer_does_not(
        self, person, siti, flour
    ):
        bought = Purchase.objects.get()
        way = f"{PAGE}pembelian/{bought.pk}/"
        assert "Batalkan pembelian" in text(siti.get(way))
        assert siti.post(f"{way}batal/", {"reason": ""}).status_code == 422
        sent = {"key": str(uuid7()), "reason": "Jumlah salah ketik"}
        siti.post(f"{way}batal/", sent)
        done = siti.post(f"{way}batal/", sent, follow=True)
        assert "Jumlah salah ketik" in text(done)
        assert there(flour) == (0, 0)
        yohana = person("Yohana", (Role.PETUGAS, "nabire"))
        assert yohana.get(f"{way}batal/").status_code == 403


class TestOneMaterial:
    def test_its_moves_tell_what_was_there_after_each(self, yohana, world, flour):
        use(world.nabire, flour, 2_500)
        page = words(yohana.get(f"{PAGE}{flour}/"))
        assert "Dipakai roti -2,5 -Rp30.863 7,5" in page
        assert "Dibeli Toko Sinar +10 Rp123.450 10" in page

    def test_use_and_count_change_the_level_once(self, yohana, flour):
        way = f"{PAGE}{flour}/"
        sent = {"key": str(uuid7()), "why": "spoiled", "quantity": "1,5", "note": "basah"}
        for _ in range(2):
            assert "Bahan keluar tersimpan." in text(
                yohana.post(f"{way}keluar/", sent, follow=True)
            )
        count = {"key": str(uuid7()), "seen": "8500", "quantity": "8", "cause": "", "note": ""}
        asked = yohana.post(f"{way}hitung/", count)
        assert asked.status_code == 422
        assert "Pilih mengapa" in text(asked)
        yohana.post(f"{way}hitung/", {**count, "cause": "missing"})
        assert there(flour) == (8_000, 98_759)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"quantity": "11"}, "ada 10 kg, tidak bisa keluar 11"),
            ({"quantity": "0"}, "lebih dari 0"),
            ({"why": "bought"}, "Pilih sebabnya"),
            ({"note": ""}, "Isi catatan"),
        ],
    )
    def test_a_wrong_use_changes_nothing(self, yohana, flour, changes, sentence):
        sent = {"key": str(uuid7()), "why": "used", "quantity": "1", "note": "coba", **changes}
        answer = yohana.post(f"{PAGE}{flour}/keluar/", sent)
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert MaterialMove.objects.count() == 1

    def test_it_ends_when_none_is_left(self, yohana, world, flour):
        way = f"{PAGE}{flour}/"
        assert yohana.post(f"{way}berhenti/", {"reason": "x"}).status_code == 422
        use(world.nabire, flour, 10_000)
        yohana.post(f"{way}berhenti/", {"reason": "Ganti resep"})
        assert "Ganti resep" in text(yohana.get(way))
        assert "Tepung terigu (kg)" not in text(yohana.get(f"{PAGE}beli/"))


def test_what_was_used_more_than_came_is_a_task_of_the_desk(yohana, siti, world, flour, person):
    bought = Purchase.objects.get()
    use(world.nabire, flour, 1_000)
    siti.post(f"{PAGE}pembelian/{bought.pk}/batal/", {"reason": "salah"})
    person("Yohana", (Role.PETUGAS, "nabire"))
    page = text(yohana.get(HERE))
    assert "Bahan minus 1 jenis" in page
    assert "bahan/?keadaan=minus" in page


def test_the_pages_ask_the_database_little(yohana, world, flour, django_assert_max_num_queries):
    for number in range(12):
        material = a_material(world.nabire, f"Bahan {number}")
        buy(world.nabire, (material, 1_000, 1_000), (flour, 1_000, 1_000))
    bought = Purchase.objects.order_by("id")[0]
    ways = (
        ("", 10),
        ("unduh/", 8),
        ("baru/", 8),
        ("beli/", 10),
        ("pembelian/", 11),
        (f"pembelian/{bought.pk}/", 13),
        (f"{flour}/", 12),
        (f"{flour}/keluar/", 9),
    )
    for way, most in ways:
        with django_assert_max_num_queries(most):
            assert yohana.get(f"{PAGE}{way}").status_code == 200
