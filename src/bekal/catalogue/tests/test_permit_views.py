"""Permits at the desk of Rina, officer of Palu."""

import csv
import datetime as dt
import io

import pytest

from bekal.accounts.rules import Role
from bekal.catalogue.models import Permit, PermitProduct
from bekal.catalogue.tests.factories import TODAY, a_product, a_unit
from bekal.catalogue.tests.test_goods import a_permit
from bekal.catalogue.tests.test_views import sign_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HERE = "/kerja/lapas-palu/izin/"
NONSENSE = ["\x00", "a" * 5000, "-1", "٣", "<script>", "😀", "9" * 30, "31/02/2026"]


@pytest.fixture
def unit():
    return a_unit()


@pytest.fixture
def chips(unit):
    return a_product(unit=unit)


@pytest.fixture
def rina(client, unit):
    return sign_in(client, unit)


def told(product, **changes):
    return {
        "kind": "pirt",
        "number": "2067271010001-30",
        "holder": "Koperasi Lapas Palu",
        "valid_from": "2025-01-01",
        "valid_until": "31/12/2029",
        "products": [str(product.pk)],
        **changes,
    }


def test_a_permit_is_written_down_and_seen_in_the_list(rina, chips):
    assert "Belum ada izin." in text(rina.get(HERE))
    answer = rina.post(f"{HERE}baru/", told(chips))
    permit = Permit.objects.get()
    assert answer["Location"] == f"{HERE}{permit.pk}/?tersimpan=izin"
    assert "Izin tersimpan." in text(rina.get(answer["Location"]))
    page = text(rina.get(HERE))
    for words in ("P-IRT", "2067271010001-30", "31 Desember 2029", "berlaku", "Keripik pisang"):
        assert words in page, words


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": ""}, "Pilih jenis izin."),
        ({"number": " "}, "Isi nomor izin seperti di suratnya."),
        ({"holder": ""}, "Isi lembaga pemegang izin."),
        ({"valid_from": "besok"}, "Tulis tanggal seperti 27/04/2026"),
        ({"valid_until": "2020-01-01"}, "Tanggal berakhir harus sesudah tanggal mulai."),
        ({"products": ["999"]}, "Pilih produk unit ini dari daftar."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(rina, chips, change, sentence):
    answer = rina.post(f"{HERE}baru/", told(chips, **change))
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2
    assert not Permit.objects.exists()


@pytest.mark.parametrize(
    "name", ["kind", "number", "holder", "valid_from", "valid_until", "products"]
)
def test_nonsense_in_any_field_is_no_error(rina, chips, name):
    for value in NONSENSE:
        assert rina.post(f"{HERE}baru/", told(chips, **{name: value})).status_code in {302, 422}
    for value in NONSENSE:
        for asked in ("keadaan", "halaman"):
            assert rina.get(HERE, {asked: value}).status_code == 200
        assert rina.get(f"{HERE}baru/", {"perpanjang": value}).status_code == 404


def test_a_permit_is_renewed_with_what_stays_filled_in(rina, chips):
    before = a_permit(chips, valid_until=TODAY + dt.timedelta(days=20))
    assert "segera habis" in text(rina.get(HERE))
    page = text(rina.get(f"{HERE}baru/?perpanjang={before.pk}"))
    assert "Perpanjang izin" in page
    assert 'value="2067271010001-30"' in page
    after = told(chips, valid_from="2026-05-17", valid_until="2031-05-16")
    rina.post(f"{HERE}baru/?perpanjang={before.pk}", after)
    assert Permit.objects.get(renews=before).valid_until == dt.date(2031, 5, 16)
    assert "segera habis" not in text(rina.get(HERE)).partition("<tbody>")[2]


def test_the_list_is_narrowed_by_state_and_is_a_file_too(rina, chips):
    a_permit(chips, valid_until=TODAY - dt.timedelta(days=1), number="=habis()")
    a_permit(chips, kind="halal", number="ID331", valid_until=None)
    page = text(rina.get(HERE, {"keadaan": "habis"})).partition("<tbody>")[2]
    assert "habis()" in page
    assert "ID331" not in page
    assert "Tidak ada izin dengan keadaan itu." in text(rina.get(HERE, {"keadaan": "dicabut"}))
    answer = rina.get(f"{HERE}unduh/")
    assert 'filename="izin-lapas-palu-2026-04-27.csv"' in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(text(answer).lstrip("\ufeff")), delimiter=";"))
    if len(rows[0]) == 1:
        rows = list(csv.DictReader(io.StringIO(text(answer).lstrip("\ufeff"))))
    assert {row["keadaan"] for row in rows} == {"habis", "berlaku"}
    assert all(not row["nomor"].startswith("=") for row in rows), "no formula"


def test_what_a_permit_speaks_of_is_changed_and_it_is_withdrawn(rina, unit, chips):
    permit = a_permit(chips)
    sambal = a_product(unit=unit, name="Sambal")
    answer = rina.post(f"{HERE}{permit.pk}/produk/", {"products": [str(sambal.pk)]})
    assert answer["Location"].endswith("?tersimpan=produk")
    assert PermitProduct.objects.get().product == sambal
    assert rina.post(f"{HERE}{permit.pk}/produk/", {"products": ["x"]}).status_code == 422
    answer = rina.post(f"{HERE}{permit.pk}/cabut/")
    page = text(rina.get(answer["Location"]))
    assert "Izin dicabut." in page
    assert "Cabut izin ini" not in page


def test_who_only_looks_changes_nothing(client, unit, chips):
    permit = a_permit(chips)
    siti = sign_in(client, unit, role=Role.BENDAHARA, name="Siti")
    assert "Tambah izin" not in text(siti.get(HERE))
    assert "Cabut izin" not in text(siti.get(f"{HERE}{permit.pk}/"))
    for path in ("baru/", f"{permit.pk}/produk/", f"{permit.pk}/cabut/"):
        assert siti.post(f"{HERE}{path}").status_code == 403
    assert Permit.objects.get().withdrawn_at is None


def test_permits_of_another_unit_are_not_found(rina, chips):
    poso = a_product(unit=a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso"))
    permit = a_permit(poso)
    assert rina.get(f"{HERE}{permit.pk}/").status_code == 404
    assert rina.post(f"{HERE}{permit.pk}/cabut/").status_code == 404
    assert rina.get(f"{HERE}baru/?perpanjang={permit.pk}").status_code == 404
    assert permit.number not in text(rina.get(HERE))


def test_a_list_of_thirty_asks_as_often_as_one_of_one(rina, chips, django_assert_max_num_queries):
    for number in range(30):
        a_permit(chips, number=f"nomor-{number}")
    with django_assert_max_num_queries(11):
        rina.get(HERE)
