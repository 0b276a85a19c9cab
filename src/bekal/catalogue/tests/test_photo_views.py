"""Photographs at the desk of Rina, officer of Palu: sent, looked at, moved, taken away."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bekal.catalogue import goods_forms, rules
from bekal.catalogue.models import Picture, PictureFile
from bekal.catalogue.tests.factories import a_product, a_unit
from bekal.catalogue.tests.photos import a_bomb, a_photo, a_photo_from_a_telephone
from bekal.catalogue.tests.test_views import sign_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def unit():
    return a_unit()


@pytest.fixture
def rina(client, unit):
    return sign_in(client, unit)


@pytest.fixture
def here(unit):
    product = a_product(unit=unit, name="Keranjang rotan", category="kerajinan")
    return f"/kerja/lapas-palu/produk/{product.code}/foto/"


def file(name="a.jpg", content=None, colour="#6e4522"):
    return SimpleUploadedFile(name, content or a_photo(500, 600, colour=colour), "image/jpeg")


def send(client, here, *files):
    return client.post(here, {"photos": list(files)})


def test_the_form_reminds_of_what_must_not_be_seen(rina, here):
    page = text(rina.get(here))
    assert "Jangan ada wajah, tato, seragam, nomor, kunci, tembok, atau jeruji." in page
    assert re.search(r'<input type="file"[^>]* multiple', page)
    assert "Belum ada foto." in page


def test_several_are_sent_at_once_and_wait_to_be_looked_at(rina, here):
    answer = send(rina, here, file(), file("b.png", a_photo_from_a_telephone()))
    assert (answer.status_code, answer["Location"]) == (302, f"{here}?tersimpan=foto")
    page = text(rina.get(answer["Location"]))
    assert page.count("menunggu diperiksa") == 2
    assert page.count("Sudah saya periksa") == 2
    assert Picture.objects.filter(checked_at=None).count() == 2


def test_a_picture_is_shown_with_words_and_a_check_alone(rina, here):
    send(rina, here, file())
    picture = Picture.objects.get()
    address = f"{here}{picture.pk}/"
    told = {"aksi": "simpan", "alt": "Keranjang <bulat>"}
    answer = rina.post(address, told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Periksa fotonya dulu, lalu beri tanda." in page
    assert 'value="Keranjang &lt;bulat&gt;"' in page, "what was typed stays"
    assert rina.post(address, {"aksi": "simpan", "diperiksa": "ya"}).status_code == 422
    assert Picture.objects.get().checked_at is None
    answer = rina.post(address, told | {"diperiksa": "ya"})
    assert answer["Location"] == f"{here}?tersimpan=diperiksa"
    assert Picture.objects.get().checked_by.startswith("user:")
    assert "dilihat pembeli" in text(rina.get(here))


def test_pictures_are_moved_and_taken_away(rina, here):
    send(rina, here, file(colour="#111111"), file(colour="#222222"), file(colour="#333333"))
    one, two, three = Picture.objects.order_by("position")
    rina.post(f"{here}{three.pk}/", {"aksi": "naik"})
    rina.post(f"{here}{one.pk}/", {"aksi": "turun"})
    order = list(Picture.objects.order_by("position").values_list("pk", flat=True))
    assert order == [three.pk, one.pk, two.pk]
    rina.post(f"{here}{three.pk}/", {"aksi": "naik"})
    rina.post(f"{here}{one.pk}/", {"aksi": "hapus"})
    order = list(Picture.objects.order_by("position").values_list("pk", flat=True))
    assert order == [three.pk, two.pk]
    assert rina.post(f"{here}{one.pk}/", {"aksi": "hapus"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gambar.svg", SVG, "bukan foto JPEG, PNG, WebP, atau AVIF"),
        ("foto.jpg", b"GIF89a" + b"\0" * 900, "bukan foto JPEG"),
        ("foto.jpg", b"%PDF-1.7 palsu", "bukan foto JPEG"),
        ("IMG_0417.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 900, "Foto HEIC belum bisa dibaca"),
        ("putus.jpg", a_photo()[:3000], "yang utuh"),
        ("bom.png", a_bomb(), "lebih dari 40 megapiksel"),
        ("kecil.jpg", a_photo(200, 200), "terlalu kecil"),
    ],
)
def test_what_is_refused_is_named_and_the_rest_is_kept(rina, here, name, content, sentence):
    answer = send(rina, here, file("baik.jpg"), file(name, content))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"{name}: " in page
    assert sentence in page
    assert "Gagal:" in page
    assert Picture.objects.count() == 1, "the good one is there"
    assert PictureFile.objects.count() == 2


def test_a_file_of_more_than_twelve_megabytes_is_let_go(rina, here):
    heavy = file("besar.jpg", a_photo(500, 600) + b"\0" * rules.LARGEST_PICTURE)
    answer = send(rina, here, heavy, file("baik.jpg"))
    assert answer.status_code == 422
    assert "besar.jpg lebih besar dari 12 MB, jadi tidak diambil." in answer.content.decode()
    assert Picture.objects.count() == 1


def test_two_hundred_megabytes_are_not_even_read(rina, here):
    send(rina, here, file())
    answer = rina.post(here, {"photos": [file()]}, CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Kiriman ini terlalu besar, jadi tidak ada yang diambil." in page
    assert "field--bad" in page
    assert "menunggu diperiksa" in page, "what was there is still there"
    assert Picture.objects.count() == 1
    assert goods_forms.WHOLE_UPLOAD < 100 * 1024 * 1024


def test_nothing_and_too_many_are_told(rina, here):
    assert "Pilih foto dulu." in send(rina, here).content.decode()
    nine = [f"#{25 * number:02x}4000" for number in range(9)]
    answer = send(rina, here, *(file(colour=colour) for colour in nine))
    assert "paling banyak 8 foto" in answer.content.decode()
    assert not Picture.objects.exists()
    send(rina, here, *(file(colour=colour) for colour in nine[:8]))
    page = text(rina.get(here))
    assert "Sudah ada 8 foto." in page
    assert 'type="file"' not in page
    answer = send(rina, here, file(colour=nine[8]))
    assert answer.status_code == 422
    assert Picture.objects.count() == 8


def test_a_name_of_a_file_cannot_break_out(rina, here):
    answer = send(rina, here, file('"><script>alert(1)</script>.jpg', b"x" * 300))
    assert "<script>alert" not in answer.content.decode()


def test_a_forged_request_is_refused(client, unit, here):
    strict = type(client)(enforce_csrf_checks=True)
    sign_in(strict, unit, name="Rina")
    assert send(strict, here, file()).status_code == 403
    assert not Picture.objects.exists()


def test_pictures_of_another_product_are_out_of_reach(rina, unit, here):
    send(rina, here, file())
    picture = Picture.objects.get()
    tray = a_product(unit=unit, name="Tampah", category="kerajinan")
    other = f"/kerja/lapas-palu/produk/{tray.code}/foto/{picture.pk}/"
    for act in ("hapus", "naik", "simpan"):
        assert rina.post(other, {"aksi": act, "alt": "x"}).status_code == 404
    assert Picture.objects.get().alt == ""


def test_a_page_of_eight_asks_as_often_as_one_of_none(rina, here, django_assert_max_num_queries):
    send(rina, here, *(file(colour=f"#{25 * number:02x}4000") for number in range(8)))
    with django_assert_max_num_queries(9):
        rina.get(here)
