"""What officers write of goods for buyers, and whether buyers see them."""

import pytest

from bekal.accounts.rules import Role
from bekal.catalogue.actions import set_price
from bekal.catalogue.models import Listing
from bekal.catalogue.rules import Halal, Making, Origin
from bekal.catalogue.tests.factories import NOW, RINA, TODAY, a_product, a_unit
from bekal.catalogue.tests.goods import PIRT
from bekal.catalogue.tests.test_goods import CHIPS, a_permit, described
from bekal.catalogue.tests.test_views import sign_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
NONSENSE = ["\x00", "a" * 5000, "-1", "1,5", "1e9", "٣", "<script>", "😀", "9" * 30]
COMPLETE = {
    "description": "Keripik pisang kepok.",
    "origin": "inside",
    "making": "stock",
    "weight_g": "1.270",
    "is_food": "ya",
    "composition": "Pisang, minyak, garam",
    "net_content": "250 g",
    "storage": "Tempat kering",
    "shelf_life_days": "90",
    "halal": "uncertified",
}


@pytest.fixture
def unit():
    return a_unit()


@pytest.fixture
def chips(unit):
    return a_product(unit=unit)


@pytest.fixture
def rina(client, unit):
    return sign_in(client, unit)


@pytest.fixture
def here(chips):
    return f"/kerja/lapas-palu/produk/{chips.code}/"


def test_the_product_says_what_it_lacks_for_buyers_and_by_which_rule(rina, here, chips):
    page = text(rina.get(here))
    assert "belum tayang" in page
    assert "Isi keterangan produk untuk pembeli." in page
    described(chips, type(CHIPS)(description="Keripik", is_food=True))
    page = text(rina.get(here))
    assert "Isi daftar bahan (komposisi)." in page
    assert "Peraturan BPOM 31/2018" in page
    assert "Tambahkan izin P-IRT atau BPOM yang masih berlaku" in page
    assert "Tayangkan</button>" not in page.replace("\n", "")


def test_what_is_written_is_kept_and_shown_again(rina, here, chips):
    answer = rina.post(f"{here}etalase/", COMPLETE)
    assert (answer.status_code, answer["Location"]) == (302, f"{here}?tersimpan=etalase")
    listing = Listing.objects.get()
    assert (listing.weight_g, listing.origin, listing.making) == (1270, Origin.INSIDE, Making.STOCK)
    assert (listing.is_food, listing.halal) == (True, Halal.UNCERTIFIED)
    page = text(rina.get(f"{here}etalase/"))
    assert 'value="1.270"' in page
    assert "Pisang, minyak, garam" in page
    assert "Keterangan untuk pembeli tersimpan." in text(rina.get(answer["Location"]))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"making": ""}, "Persediaan: pilih siap kirim atau dibuat sesuai pesanan."),
        ({"is_food": "mungkin"}, "Jenis barang: pilih dari yang ada."),
        ({"weight_g": "setengah kilo"}, "Berat kirim (gram): tulis angka bulat, misalnya 250."),
        ({"weight_g": "1.5"}, "Berat kirim (gram): tulis angka bulat, misalnya 250."),
        ({"weight_g": "12.50"}, "Berat kirim (gram): tulis angka bulat, misalnya 250."),
        ({"weight_g": "900.000.000"}, "isi angka dari 1 sampai"),
        ({"length_cm": "lima"}, "Panjang kemasan (cm): tulis angka bulat, misalnya 30."),
        ({"shelf_life_days": "lama"}, "Masa simpan (hari): tulis angka bulat, misalnya 90."),
        ({"making": "", "buyer_limit": "0"}, "Batas satu pembeli: isi angka dari 1 sampai 999."),
        ({"making": "", "buyer_limit": "0"}, "Persediaan: pilih siap kirim atau dibuat sesuai"),
        ({"weight_g": "500.001"}, "Berat kirim: isi angka dari 1 sampai 500.000."),
        ({"weight_g": "0"}, "Berat kirim: isi angka dari 1 sampai"),
        ({"origin": "luar"}, "Asal: pilih dari yang ada."),
        ({"material": "x" * 401}, "Bahan paling panjang 400 huruf."),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_the_rest_stays(rina, here, change, sentence):
    answer = rina.post(f"{here}etalase/", COMPLETE | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(sentence) == 2, "in the summary and at the field"
    assert "Pisang, minyak, garam" in page
    assert not Listing.objects.exists()


def test_whether_it_is_food_is_not_chosen_before_rina_has_said_it(rina, here, chips):
    page = text(rina.get(f"{here}etalase/"))
    kind = page.split("Jenis barang")[1].split("</fieldset>")[0]
    assert "checked" not in kind
    assert ("Bahan segar, bukan olahan" in kind, "Bukan makanan" in kind) == (True, False)
    rina.post(f"{here}etalase/", COMPLETE | {"is_food": ""})
    assert Listing.objects.get().is_food is None
    page = text(rina.get(here))
    assert "Pilih jenis barang: makanan olahan atau bukan." in page
    assert "Tambahkan izin P-IRT atau BPOM yang masih berlaku" in page
    answer = rina.post(f"{here}tayang/", {"tayang": "ya"})
    assert "Yang belum ada: jenis barang, izin edar." in answer.content.decode()
    assert not Listing.objects.get().is_published
    rina.post(f"{here}etalase/", COMPLETE | {"is_food": "tidak"})
    kind = text(rina.get(f"{here}etalase/")).split("Jenis barang")[1].split("</fieldset>")[0]
    assert kind.count("checked") == 1
    rina.post(f"{here}tayang/", {"tayang": "ya"})
    assert Listing.objects.get().is_published, "fresh things need no permit"


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_nonsense_in_any_field_is_no_error(rina, here, name):
    for value in NONSENSE:
        answer = rina.post(f"{here}etalase/", COMPLETE | {name: value})
        assert answer.status_code in {302, 422}, (name, value)


def test_a_complete_product_is_shown_and_taken_back_by_a_button(rina, here, chips):
    described(chips, CHIPS)
    a_permit(chips)
    assert "Tayangkan" in text(rina.get(here))
    answer = rina.post(f"{here}tayang/", {"tayang": "ya"})
    assert answer["Location"] == f"{here}?tersimpan=tayang"
    page = text(rina.get(answer["Location"]))
    assert "Produk tayang." in page
    assert "Tarik dari etalase" in page
    rina.post(f"{here}tayang/", {"tayang": "tidak"})
    assert not Listing.objects.get().is_published


def test_what_has_no_price_says_so_beside_the_button(rina, here, chips):
    described(chips, CHIPS)
    a_permit(chips)
    page = text(rina.get(here))
    assert page.index("Harga belum diisi.") < page.index('value="ya">Tayangkan')
    rina.post(f"{here}tayang/", {"tayang": "ya"})
    assert "tayang, harga menyusul" in text(rina.get(here))
    set_price(product_id=chips.pk, amount=15_000, valid_from=TODAY, by=RINA, now=NOW)
    assert "Harga belum diisi." not in text(rina.get(here))


def test_the_list_says_of_each_product_whether_buyers_see_it(rina, unit, here, chips):
    set_price(product_id=chips.pk, amount=15_000, valid_from=TODAY, by=RINA, now=NOW)
    sample = a_product(unit=unit, name="Kue (contoh)", is_sample=True)
    set_price(product_id=sample.pk, amount=15_000, valid_from=TODAY, by=RINA, now=NOW)
    described(chips, CHIPS)
    page = text(rina.get("/kerja/lapas-palu/produk/"))
    assert "belum tayang (1 kurang)" in page
    assert "siap dijual" not in page
    assert page.count("data contoh") == 1
    permit = a_permit(chips)
    rina.post(f"{here}tayang/", {"tayang": "ya"})
    shown = text(rina.get("/kerja/lapas-palu/produk/?status=tayang"))
    assert (chips.name in shown, sample.name in shown) == (True, False)
    type(permit).objects.update(withdrawn_at=NOW, withdrawn_by="user:1")
    stopped = text(rina.get("/kerja/lapas-palu/produk/?status=tayang-belum-bisa-dipesan"))
    assert (chips.name in stopped, sample.name in stopped) == (True, False)


def test_an_incomplete_product_is_not_shown_whatever_is_sent(rina, here, chips):
    described(chips, CHIPS)
    answer = rina.post(f"{here}tayang/", {"tayang": "ya"})
    assert answer.status_code == 422
    assert "Belum bisa ditayangkan. Yang belum ada: izin edar." in answer.content.decode()
    assert not Listing.objects.get().is_published


def test_a_product_whose_permit_has_ended_says_that_it_cannot_be_ordered(rina, here, chips):
    described(chips, CHIPS)
    permit = a_permit(chips)
    rina.post(f"{here}tayang/", {"tayang": "ya"})
    type(permit).objects.update(withdrawn_at=NOW, withdrawn_by="user:1")
    page = text(rina.get(here))
    assert "tayang, belum bisa dipesan" in page
    assert "Pembeli masih melihatnya, tetapi belum bisa memesan." in page
    assert Listing.objects.get().is_published, "nothing is unpublished silently"


def test_a_published_product_cannot_lose_its_facts_at_the_form(rina, here, chips):
    described(chips, CHIPS)
    a_permit(chips)
    rina.post(f"{here}tayang/", {"tayang": "ya"})
    answer = rina.post(f"{here}etalase/", COMPLETE | {"composition": ""})
    assert answer.status_code == 422
    assert "Yang belum ada: komposisi." in answer.content.decode()
    assert Listing.objects.get().composition == CHIPS.composition


def test_who_only_looks_sees_no_buttons(client, unit, here, chips):
    described(chips, CHIPS)
    a_permit(chips)
    siti = sign_in(client, unit, role=Role.BENDAHARA, name="Siti")
    page = text(siti.get(here))
    assert "Tayangkan" not in page
    assert siti.post(f"{here}tayang/", {"tayang": "ya"}).status_code == 403
    assert siti.get(f"{here}etalase/").status_code == 403
    assert not Listing.objects.get().is_published


def test_the_pages_of_a_described_product_ask_little(
    rina, here, chips, django_assert_max_num_queries
):
    described(chips, CHIPS)
    a_permit(chips, number=PIRT.number)
    rina.get(here)
    with django_assert_max_num_queries(13):
        rina.get(here)
    with django_assert_max_num_queries(10):
        rina.get(f"{here}etalase/")
