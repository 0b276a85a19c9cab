"""The pages of a unit's products, as Rina, officer of Palu, and others meet them."""

import csv
import datetime as dt
import io
import re

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.catalogue import queries
from bekal.catalogue.models import Category, Cost, Price, Product
from bekal.catalogue.tests.factories import BY, NOW, a_product, a_unit
from bekal.foundation.models import MessageConflict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HERE = "/kerja/lapas-palu/produk/"


@pytest.fixture
def unit():
    return a_unit()


@pytest.fixture
def chips(unit):
    return a_product(unit=unit)


def sign_in(client, unit, *, role=Role.PETUGAS, name="Rina"):
    user = User.objects.create(email=f"{name}@contoh.go.id".lower(), name=name)
    long_ago = NOW - dt.timedelta(days=1)
    Grant.objects.create(
        user=user, role=role, place=unit, granted_at=long_ago, granted_by="command:uji"
    )
    client.force_login(user)
    return client


@pytest.fixture
def rina(client, unit):
    return sign_in(client, unit)


def text(answer):
    return answer.content.decode()


def test_the_list_shows_what_can_be_sold_and_what_waits(rina, unit, chips):
    a_product(
        unit=unit, name="Meja", category="mebel", source_price_low=15_000, source_price_high=800_000
    )
    page = text(rina.get(HERE))
    assert "Keripik pisang" in page
    assert "harga menyusul" in page
    assert "Rp15.000 sampai Rp800.000" in page
    assert "Tambah produk" in page


def test_an_empty_list_says_what_to_do_first(rina):
    assert "Belum ada produk di unit ini." in text(rina.get(HERE))
    assert "Tidak ada produk yang cocok." in text(rina.get(HERE, {"cari": "apa saja"}))


@pytest.mark.parametrize("key", ["cari", "kategori", "status", "urut", "halaman"])
@pytest.mark.parametrize("value", ["", "\x00", "' or 1=1", "²", "-1", "9" * 5000, "<script>", "é"])
def test_nonsense_in_the_address_of_the_list_is_no_failure(*, rina, chips, key, value):
    answer = rina.get(HERE, {key: value})
    assert answer.status_code == 200
    assert "<script>alert" not in text(answer)


def test_pages_ask_the_database_little(rina, chips, django_assert_max_num_queries):
    rina.get(HERE)
    with django_assert_max_num_queries(8):
        rina.get(HERE)
    with django_assert_max_num_queries(13):
        rina.get(f"{HERE}{chips.code}/")


def test_the_file_is_guarded_against_formulas(rina, unit):
    a_product(unit=unit, name='=HYPERLINK("http://a.id")')
    answer = rina.get(f"{HERE}unduh/")
    assert answer["Content-Disposition"].endswith('produk-lapas-palu-2026-04-27.csv"')
    rows = list(csv.reader(io.StringIO(text(answer).lstrip("\ufeff")), delimiter=";"))
    assert rows[0][:5] == ["kode", "nama", "kategori", "harga", "harga_pokok"]
    assert rows[1][1] == '\'=HYPERLINK("http://a.id")'


def test_rina_adds_a_product_and_is_led_to_it(rina, unit):
    Category.objects.create(code="makanan", name="makanan")
    answer = rina.post(f"{HERE}baru/", {"name": " Abon  ikan ", "category": "makanan"})
    product = Product.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"{HERE}{product.code}/?tersimpan=produk"
    assert "Produk tersimpan." in text(rina.get(answer["Location"]))


def test_a_second_click_adds_nothing_and_names_the_first(rina, chips):
    answer = rina.post(f"{HERE}baru/", {"name": "keripik pisang", "category": "makanan"})
    assert answer.status_code == 422
    assert chips.code in text(answer)
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"name": "", "category": "makanan"},
        {"name": "x" * 121, "category": "makanan"},
        {"name": "a\x00b", "category": "makanan"},
        {"name": "Tahu", "category": "senjata"},
        {"name": "Tahu", "category": "\x00"},
    ],
)
def test_nonsense_in_the_fields_of_a_product_adds_nothing(rina, chips, sent):
    answer = rina.post(f"{HERE}baru/", sent)
    assert answer.status_code == 422
    assert "Gagal: " in text(answer)
    assert Product.objects.count() == 1


def test_a_product_shows_its_source_its_histories_and_how_it_is_sold(rina, unit):
    product = a_product(unit=unit, name="Abon", source="https://contoh.id/abon")
    page = text(rina.get(f"{HERE}{product.code}/"))
    assert 'href="https://contoh.id/abon"' in page
    assert "Belum bisa dijual." in page
    rina.post(f"{HERE}{product.code}/harga/", {"amount": "Rp 48.000", "valid_from": "2026-04-27"})
    page = text(rina.get(f"{HERE}{product.code}/"))
    assert "Rp48.000" in page
    assert "bruto" in page
    rina.post(f"{HERE}{product.code}/harga-pokok/", {"amount": "0", "valid_from": "27/04/2026"})
    assert "Bisa dijual.</dd>" in text(rina.get(f"{HERE}{product.code}/"))
    assert (Price.objects.get().amount, Cost.objects.get().amount) == (48_000, 0)


def test_a_source_that_is_no_web_page_is_not_linked(rina, unit):
    product = a_product(unit=unit, name="Abon", source="javascript:alert(1)")
    assert 'href="javascript' not in text(rina.get(f"{HERE}{product.code}/"))


@pytest.mark.parametrize("sheet", ["harga", "harga-pokok"])
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", ""),
        ("amount", "lima ribu"),
        ("amount", "48,5"),
        ("amount", "-5000"),
        ("amount", "٥٠٠٠"),
        ("amount", "9" * 40),
        ("amount", "5\x00"),
        ("valid_from", ""),
        ("valid_from", "besok"),
        ("valid_from", "2026-02-30"),
        ("valid_from", "0001-01-01"),
        ("valid_from", "9999-12-31"),
        ("note", "x" * 201),
    ],
)
def test_nonsense_in_a_price_is_kept_on_the_page_and_changes_nothing(
    *, rina, chips, sheet, field, typed
):
    sent = {"amount": "5000", "valid_from": "2026-04-27", "note": "", field: typed}
    answer = rina.post(f"{HERE}{chips.code}/{sheet}/", sent)
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in text(answer)
    assert typed.replace("\x00", "") in text(answer).replace("\x00", "")
    assert not Price.objects.exists()
    assert not Cost.objects.exists()


def test_a_price_of_nothing_is_refused_at_its_field(rina, chips):
    answer = rina.post(f"{HERE}{chips.code}/harga/", {"amount": "0", "valid_from": "2026-04-27"})
    assert "Harga paling sedikit Rp1." in text(answer)
    assert not Price.objects.exists()


ADDRESSES = ["", "unduh/", "baru/", "impor/", "{code}/", "{code}/harga/", "{code}/harga-pokok/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_from_another_unit_finds_nothing(*, client, unit, chips, address):
    other = a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso")
    sari = sign_in(client, other, name="Sari")
    where = address.format(code=chips.code)
    sent = {"amount": "1", "valid_from": "2026-04-27", "name": "Tahu", "category": "makanan"}
    assert sari.get(HERE + where).status_code == 404
    if "harga" in where or "baru" in where:
        assert sari.post(HERE + where, sent).status_code == 404
    if chips.code in where:
        assert sari.get(f"/kerja/rutan-poso/produk/{where}").status_code == 404
    assert not Price.objects.exists()
    assert Product.objects.count() == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_not_signed_in_is_sent_to_sign_in(client, chips, address):
    answer = client.get(HERE + address.format(code=chips.code))
    assert answer.status_code == 302
    assert "/masuk/" in answer["Location"]


def test_the_auditor_reads_and_cannot_change(client, unit, chips):
    auditor = sign_in(client, unit, role=Role.AUDITOR, name="Budi")
    page = text(auditor.get(f"{HERE}{chips.code}/"))
    assert "Ubah harga" not in page
    sent = {"amount": "5000", "valid_from": "2026-04-27"}
    assert auditor.post(f"{HERE}{chips.code}/harga/", sent).status_code == 403
    assert not Price.objects.exists()


def test_a_mistyped_code_is_not_found(rina, chips):
    for code in ("apa", "00000", "99999", "%00"):
        assert rina.get(f"{HERE}{code}/").status_code == 404
    assert queries.product_row(unit_id=0, code=chips.code, on=NOW.date()) is None
    assert str(BY) == chips.added_by


def test_rina_looks_at_a_sheet_before_it_is_written(rina, chips):
    sent = {"sheet": f"{chips.code};15.000;6.000\nXXXXX;1;1", "valid_from": "2026-04-27"}
    page = text(rina.post(f"{HERE}impor/", sent))
    assert "Simpan 1 baris" in page
    assert "1 baris tidak akan disimpan." in page
    assert not Price.objects.exists()
    page = text(rina.post(f"{HERE}impor/simpan/", sent))
    assert "1 baris tersimpan." in page
    assert (Price.objects.get().amount, Cost.objects.get().amount) == (15_000, 6_000)


def test_a_sheet_may_come_as_a_file(rina, chips):
    file = io.BytesIO(f"\ufeffkode;harga\r\n{chips.code};15000\r\n".encode())
    file.name = "harga.csv"
    page = text(rina.post(f"{HERE}impor/", {"file": file, "valid_from": "2026-04-27"}))
    assert "Simpan 1 baris" in page


@pytest.mark.parametrize("address", ["impor/", "impor/simpan/"])
@pytest.mark.parametrize(
    "sent", [{}, {"sheet": ""}, {"sheet": "\x00", "valid_from": "2026-04-27"}, {"sheet": "00011;5"}]
)
def test_a_sheet_that_cannot_be_read_writes_nothing(*, rina, chips, address, sent):
    answer = rina.post(HERE + address, sent)
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in text(answer)
    assert not Price.objects.exists()


def key_of(answer):
    (key,) = re.findall(r'name="key" value="([^"]+)"', text(answer))
    return key


@pytest.mark.parametrize(("sheet", "rows"), [("harga", Price), ("harga-pokok", Cost)])
def test_an_old_price_form_sent_again_leaves_the_newer_price(*, rina, unit, chips, sheet, rows):
    address = f"{HERE}{chips.code}/{sheet}/"
    sent = {"key": key_of(rina.get(address)), "amount": "lima", "valid_from": "2026-04-27"}
    assert key_of(rina.post(address, sent)) == sent["key"]
    sent["amount"] = "10.000"
    for form in (sent, {**sent, "key": key_of(rina.get(address)), "amount": "20.000"}, sent):
        assert rina.post(address, form).status_code == 302
    assert list(rows.objects.order_by("id").values_list("amount", flat=True)) == [10_000, 20_000]
    answer = rina.post(address, {**sent, "amount": "30.000"})
    assert answer.status_code == 409
    assert "sudah pernah tersimpan dengan isi yang berbeda" in text(answer)
    assert 'value="30.000"' in text(answer)
    assert key_of(answer) != sent["key"]
    assert rows.objects.count() == 2
    conflict = MessageConflict.objects.get()
    assert (str(conflict.key), conflict.scope) == (sent["key"], f"place:{unit.pk}")


def test_an_old_sheet_sent_again_leaves_the_newer_price(rina, unit, chips):
    sent = {"sheet": f"{chips.code};15.000;6.000", "valid_from": "2026-04-27"}
    sent["key"] = key_of(rina.post(f"{HERE}impor/", sent))
    first = text(rina.post(f"{HERE}impor/simpan/", sent))
    rina.post(f"{HERE}{chips.code}/harga/", {"amount": "20000", "valid_from": "2026-04-27"})
    assert "1 baris tersimpan." in first
    assert "1 baris tersimpan." in text(rina.post(f"{HERE}impor/simpan/", sent))
    assert list(Price.objects.order_by("id").values_list("amount", flat=True)) == [15_000, 20_000]
    answer = rina.post(f"{HERE}impor/simpan/", {**sent, "sheet": f"{chips.code};1;1"})
    assert answer.status_code == 409
    assert "sudah pernah tersimpan dengan isi yang berbeda" in text(answer)
    assert key_of(answer) != sent["key"]
    assert (Price.objects.count(), Cost.objects.count()) == (2, 1)
    assert MessageConflict.objects.get().door == "catalogue.import_amounts"
