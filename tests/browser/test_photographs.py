"""An officer photographs and shows a product; a buyer sees it and can order."""

import pytest

from bekal.catalogue.actions import (
    add_permit,
    moderate_review,
    tell_shelf,
    write_review,
)
from bekal.catalogue.models import Picture, Product
from bekal.catalogue.rules import NewShelf, ShelfState
from bekal.catalogue.tests.goods import NOKEN, PIRT, offered, path_of, photographed
from bekal.catalogue.tests.photos import a_photo, a_photo_from_a_telephone
from bekal.foundation.actors import Actor, ActorKind
from tests.browser.steps import NABIRE
from tests.browser.test_every_page import Inspector
from tests.browser.visitor import DESK, PHONE
from tests.support.world import NOON, YOHANA


@pytest.fixture
def files(tmp_path):
    """A photograph, one from a telephone, a drawing that is none, and one of 200 MB."""
    (tmp_path / "depan.jpg").write_bytes(a_photo(900, 1200))
    (tmp_path / "samping.jpg").write_bytes(a_photo_from_a_telephone())
    (tmp_path / "gambar.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with (tmp_path / "raksasa.jpg").open("wb") as large:
        large.truncate(200 * 1024 * 1024)
    return tmp_path


def product_page(world):
    return f"{NABIRE}produk/{Product.objects.get(pk=world.noken).code}/"


def describe_and_publish(officer, world):
    """Say what it is, and show it."""
    officer.open(f"{product_page(world)}etalase/")
    page = officer.page
    page.get_by_label("Keterangan untuk pembeli").fill("Noken dari serat kulit kayu.")
    page.get_by_label("Dibuat seluruhnya di bengkel").check()
    page.get_by_label("Berat kirim (gram)").fill("1.420")
    page.get_by_label("Bukan makanan").check()
    officer.press("Simpan keterangan")
    assert "Keterangan untuk pembeli tersimpan." in officer.text()
    officer.press("Tayangkan")
    assert "Produk tayang." in officer.text()


def photograph(officer, world, files):
    """Send three files of which one is no photograph, and look at the first."""
    officer.open(f"{product_page(world)}foto/")
    page = officer.page
    sent = [files / "depan.jpg", files / "samping.jpg", files / "gambar.svg"]
    page.get_by_label("Pilih foto").set_input_files(sent)
    officer.press("Unggah foto")
    assert "gambar.svg: Berkas ini bukan foto" in officer.text()
    assert Picture.objects.count() == 2
    page.get_by_label("Apa yang terlihat").first.fill("Noken dari depan")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Tampilkan ke pembeli").first.click()
    assert "Pembeli sekarang melihatnya." in officer.text()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_photographs_and_shows_a_product_and_a_buyer_can_order(
    visit, people, world, files, javascript
):
    yohana = visit(people.yohana, width=PHONE, javascript=javascript)
    describe_and_publish(yohana, world)
    photograph(yohana, world, files)
    tell_shelf(shelves=[NewShelf(world.noken, ShelfState.FEW, left=2)], by=YOHANA, now=NOON)

    buyer = visit(width=PHONE, javascript=javascript)
    buyer.open(path_of(world.noken))
    assert buyer.page.get_by_role("img", name="Noken dari depan").is_visible()
    natural = "document.querySelector('.gallery img').naturalWidth"
    if javascript:
        assert buyer.page.evaluate(natural) > 0
    text = buyer.text()
    assert "Sisa 2" in text
    add = buyer.page.get_by_role("button", name="Tambah ke keranjang")
    box = add.bounding_box()
    assert box["y"] + box["height"] <= 844, "the one button stands in the first window"


def test_two_hundred_megabytes_are_refused_with_a_sentence(visit, people, world, files):
    yohana = visit(people.yohana)
    yohana.open(f"{product_page(world)}foto/")
    yohana.page.get_by_label("Pilih foto").set_input_files(files / "raksasa.jpg")
    yohana.press("Unggah foto")
    assert "Kiriman ini terlalu besar, jadi tidak ada yang diambil." in yohana.text()
    assert not Picture.objects.exists()


def test_the_gallery_is_pushed_aside_and_its_thumbs_lead_to_each(visit, world):
    offered(world.noken)
    photographed(world.noken, "Dari depan", "Dari dalam", "Tali")
    buyer = visit(width=DESK)
    buyer.open(path_of(world.noken))
    buyer.page.get_by_role("link", name="Foto 3").click()
    third = buyer.page.get_by_role("img", name="Tali")
    buyer.page.wait_for_function("document.querySelector('.gallery__row').scrollLeft > 500")
    assert third.is_visible()


def test_every_page_of_goods_is_for_everyones_eyes_and_fingers(visit, people, world):
    offered(world.noken, NOKEN, ShelfState.MADE, days=12)
    photographed(world.noken, "Dari depan", "Dari dalam")
    unit = {"unit_id": world.nabire, "by": YOHANA, "now": NOON}
    permit = add_permit(permit=PIRT, **unit)
    for number in range(3):
        review = write_review(
            product_id=world.noken,
            key=f"part:{number}:1",
            stars=4,
            text="Kuat dan rapat.",
            by=Actor(ActorKind.BUYER, "x"),
            now=NOON,
        )
        if number:
            moderate_review(review_id=review.pk, is_shown=True, reason="", by=YOHANA, now=NOON)
    guest = Inspector(visit())
    guest.look("product", path_of(world.noken))
    guest.look("product in English", f"/en{path_of(world.noken)}")
    yohana = Inspector(visit(people.yohana))
    for name, path in (
        ("product at the desk", product_page(world)),
        ("listing", f"{product_page(world)}etalase/"),
        ("photographs", f"{product_page(world)}foto/"),
        ("permits", f"{NABIRE}izin/"),
        ("permit", f"{NABIRE}izin/{permit.pk}/"),
        ("new permit", f"{NABIRE}izin/baru/?perpanjang={permit.pk}"),
    ):
        yohana.look(name, path)
    yohana.visitor.press("Simpan izin", inside="main")
    yohana.look("refused permit")
    frans = Inspector(visit(people.frans))
    frans.look("reviews", "/ulasan/")
    for seen in (guest, yohana, frans):
        seen.report()
