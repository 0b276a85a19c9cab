"""Photographs of products: taken in, looked at, in order, taken away, also by many at once."""

import pytest
from django.db import Error, connection, transaction

from bekal.audit.models import Event
from bekal.catalogue import queries, rules
from bekal.catalogue.actions import (
    add_picture,
    check_picture,
    encode_waiting,
    order_pictures,
    remove_picture,
)
from bekal.catalogue.models import Picture, PictureFile
from bekal.catalogue.tests.factories import NOW, RINA, TODAY, a_product, a_unit
from bekal.catalogue.tests.photos import a_photo
from tests.support.threads import all_at_once

pytestmark = pytest.mark.django_db
TWICE = """
insert into catalogue_picture
  (product_id, digest, width, height, position, alt, added_at, added_by, checked_by)
select product_id, 'x', 500, 600, 1, '', added_at, added_by, '' from catalogue_picture;
set constraints all immediate
"""
COLOURS = ["#111111", "#222222", "#333333", "#444444", "#555555", "#666666", "#777777", "#888888"]


@pytest.fixture
def basket():
    return a_product(unit=a_unit(), name="Keranjang rotan", category="kerajinan")


def added(product, colour=COLOURS[0]):
    content = a_photo(500, 600, colour=colour)
    return add_picture(product_id=product.pk, content=content, by=RINA, now=NOW)


def checked(product, picture, alt="Keranjang rotan bulat", *, is_checked=True):
    return check_picture(
        product_id=product.pk,
        picture_id=picture.pk,
        alt=alt,
        is_checked=is_checked,
        by=RINA,
        now=NOW,
    )


def remove(product, picture):
    remove_picture(product_id=product.pk, picture_id=picture.pk, by=RINA, now=NOW)


def photo_of(product):
    (card,) = [card for card in queries.newest(on=TODAY) if card.id == product.pk]
    return card.photo


def test_a_photograph_is_seen_by_buyers_once_somebody_has_looked_at_it(basket):
    picture = added(basket)
    assert photo_of(basket) is None
    with pytest.raises(rules.PictureRefused, match="Periksa fotonya dulu"):
        checked(basket, picture, is_checked=False)
    with pytest.raises(rules.PictureRefused, match="apa yang terlihat"):
        checked(basket, picture, alt=" ")
    assert photo_of(basket) is None
    checked(basket, picture)
    photo = photo_of(basket)
    assert (photo.alt, photo.width, photo.height) == ("Keranjang rotan bulat", 500, 600)
    assert photo.address == f"/gambar/{picture.digest}-500.webp"
    assert photo.webp == f"/gambar/{picture.digest}-320.webp 320w, {photo.address} 500w"
    goods = queries.goods_for_sale(product_ids=[basket.pk], on=TODAY)[basket.pk]
    assert goods.picture_url == f"/gambar/{picture.digest}-320.webp"


def test_the_words_of_a_photograph_can_be_put_right(basket):
    picture = checked(basket, added(basket))
    before = Event.objects.count()
    checked(basket, picture)
    assert Event.objects.count() == before
    checked(basket, picture, alt="Keranjang rotan oval", is_checked=False)
    assert photo_of(basket).alt == "Keranjang rotan oval"


def test_the_same_photograph_again_is_the_one_that_is_there(basket):
    assert added(basket).pk == added(basket).pk
    assert Picture.objects.count() == 1
    assert Event.objects.count() == 1


def test_there_are_eight_at_most_and_the_ninth_is_refused(basket):
    for colour in COLOURS:
        added(basket, colour)
    with pytest.raises(rules.PictureRefused, match="sudah punya 8 foto"):
        added(basket, "#999999")
    assert [each.position for each in Picture.objects.order_by("position")] == list(range(1, 9))
    assert PictureFile.objects.count() == 16


def test_photographs_are_put_in_order_and_what_is_not_named_comes_behind(basket):
    one, two, three = (added(basket, colour) for colour in COLOURS[:3])
    wanted = [three.pk, one.pk]
    for _ in range(2):
        order_pictures(product_id=basket.pk, picture_ids=wanted, by=RINA, now=NOW)
    there = list(Picture.objects.order_by("position"))
    assert [each.pk for each in there] == [three.pk, one.pk, two.pk]
    assert Event.objects.filter(action="catalogue.order_pictures").count() == 1
    other = added(a_product(unit=basket.seller.unit, name="Tampah", category="kerajinan"))
    with pytest.raises(rules.PictureRefused, match="bukan foto produk ini"):
        order_pictures(product_id=basket.pk, picture_ids=[other.pk], by=RINA, now=NOW)


def test_what_is_taken_away_is_gone_with_its_files(basket):
    one, two = added(basket), added(basket, COLOURS[1])
    tray = a_product(unit=basket.seller.unit, name="Tampah", category="kerajinan")
    same = added(tray)
    for _ in range(2):
        remove(basket, one)
    assert [each.position for each in Picture.objects.filter(product=basket)] == [1]
    assert PictureFile.objects.filter(digest=one.digest).exists(), "the tray shows it too"
    remove(tray, same)
    assert not PictureFile.objects.filter(digest=one.digest).exists()
    assert PictureFile.objects.filter(digest=two.digest).count() == 2


def test_a_picture_of_another_product_is_neither_checked_nor_removed(basket):
    tray = a_product(unit=basket.seller.unit, name="Tampah", category="kerajinan")
    picture = added(tray)
    with pytest.raises(rules.PictureRefused, match="sudah tidak ada"):
        checked(basket, picture)
    remove(basket, picture)
    assert Picture.objects.get().checked_at is None


def test_avif_is_made_of_what_buyers_see_and_once(basket):
    waiting, seen = added(basket), added(basket, COLOURS[1])
    assert encode_waiting(by=RINA, now=NOW) == 0
    checked(basket, seen)
    assert encode_waiting(by=RINA, now=NOW) == 1
    assert encode_waiting(by=RINA, now=NOW) == 0
    kinds = PictureFile.objects.filter(digest=seen.digest).order_by("kind", "width")
    assert [(f.kind, f.width) for f in kinds] == [
        ("avif", 320),
        ("avif", 500),
        ("webp", 320),
        ("webp", 500),
    ]
    assert not PictureFile.objects.filter(digest=waiting.digest, kind="avif").exists()
    assert Event.objects.filter(action="catalogue.encode_picture").count() == 1


def test_a_file_never_changes_and_no_ninth_place_is_there(basket):
    picture = added(basket)
    told = [
        ("update catalogue_picturefile set content = ''", "never changes"),
        ("update catalogue_picture set position = 9", "position_known"),
        (
            "update catalogue_picture set checked_at = now(), checked_by = 'user:1'",
            "checked_says_what_it_shows",
        ),
        (
            TWICE,
            "one_at_a_position",
        ),
    ]
    for sql, promise in told:
        with pytest.raises(Error, match=promise), transaction.atomic():
            connection.cursor().execute(sql)
    assert Picture.objects.get() == picture


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_make_eight():
    product = a_product(unit=a_unit())
    shades = [*COLOURS, "#999999", "#aaaaaa"]
    answers = all_at_once(len(shades), lambda number: added(product, shades[number]))
    refused = [each for each in answers if isinstance(each, Exception)]
    assert len(refused) == 2
    assert all(isinstance(each, rules.PictureRefused) for each in refused)
    there = Picture.objects.order_by("position").values_list("position", flat=True)
    assert list(there) == list(range(1, 9))
