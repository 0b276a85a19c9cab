"""Files of photographs and share pictures as browsers and messengers get them."""

import re

import pytest
from django.utils.translation import override
from PIL import Image

from bekal.catalogue import queries
from bekal.catalogue.actions import encode_waiting, remove_picture, set_price
from bekal.catalogue.models import Picture, Product, SharePicture
from bekal.catalogue.rules import Photo
from bekal.catalogue.share_pictures import LARGEST, Share, drawn, share_of
from bekal.catalogue.tests.goods import offered, path_of, photographed
from bekal.catalogue.tests.photos import opened, written
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def files_of(product_id):
    picture = Picture.objects.get(product_id=product_id)
    photo = Photo(picture.digest, picture.width, picture.height, picture.alt)
    return [each.split()[0] for each in f"{photo.webp}, {photo.avif}".split(", ")]


def share_address(product_id):
    code = Product.objects.get(pk=product_id).code
    found = queries.showcase_product(code=code, on=TODAY)
    assert found is not None
    return share_of(found.card).address


def test_a_file_is_kept_for_ever_and_is_what_it_says(client, world, django_assert_num_queries):
    photographed(world.noken, "Noken")
    encode_waiting(by=YOHANA, now=NOON)
    for path in files_of(world.noken):
        with django_assert_num_queries(1):
            answer = client.get(path)
        kind = path.rpartition(".")[2]
        assert answer["Content-Type"] == f"image/{kind}"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer
        width = int(path.rpartition("-")[2].partition(".")[0])
        assert opened(answer.content).size == (width, width * 5 // 4)
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405


def test_what_is_no_file_is_not_found(client, world):
    photographed(world.noken, "Noken")
    good = files_of(world.noken)[0]
    wrong = [
        good.replace("-320.", "-321."),
        good.replace(".webp", ".svg"),
        good.replace(".webp", ".avif"),
        "/gambar/" + "0" * 32 + "-320.webp",
        "/gambar/x",
        "/gambar/..%2f..%2fetc%2fpasswd",
        "/gambar/%00-320.webp",
        "/gambar/" + "a" * 5000,
        "/gambar/bagikan/x.jpg",
        "/gambar/bagikan/00000-" + "0" * 32 + ".jpg",
    ]
    for path in wrong:
        assert client.get(path).status_code == 404, path


def test_a_photograph_that_was_taken_away_is_gone_at_once(client, world):
    photographed(world.noken, "Noken")
    paths = files_of(world.noken)[:3]
    assert [client.get(path).status_code for path in paths] == [200] * 3
    remove_picture(product_id=world.noken, picture_id=Picture.objects.get().pk, by=YOHANA, now=NOON)
    assert [client.get(path).status_code for path in paths] == [404] * 3
    assert "gambar ilustrasi" in client.get(path_of(world.noken)).content.decode().lower()


def test_a_share_picture_is_drawn_once_and_kept(client, world, monkeypatch):
    path = share_address(world.noken)
    first = client.get(path)
    assert (first.status_code, first["Content-Type"]) == (200, "image/jpeg")
    assert opened(first.content).size == (1200, 630)
    assert len(first.content) <= LARGEST
    assert "immutable" in first["Cache-Control"]
    monkeypatch.setattr("bekal.catalogue.actions.keep_share_picture", None)
    assert client.get(path).content == first.content


def test_a_share_picture_is_made_anew_when_what_it_says_has_changed(client, world):
    old = share_address(world.noken)
    client.get(old)
    set_price(product_id=world.noken, amount=120_000, valid_from=TODAY, by=YOHANA, now=NOON)
    new = share_address(world.noken)
    assert new != old
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (302, new)
    assert client.get(new).status_code == 200
    photographed(world.noken, "Noken")
    assert share_address(world.noken) != new
    client.get(share_address(world.noken))
    assert SharePicture.objects.count() == 1


def test_an_english_page_has_a_share_picture_with_the_english_name(client, world):
    offered(world.noken)
    text = client.get(f"/en{path_of(world.noken)}").content.decode()
    found = re.search(r'og:image" content="http://testserver([^"]+)"', text)
    assert found is not None
    address = found[1]
    assert address != share_address(world.noken)
    for each in (address, share_address(world.noken)):
        assert client.get(each).status_code == 200
    kept = dict(SharePicture.objects.values_list("language", "digest"))
    assert sorted(kept) == ["en", "id"]
    assert kept["en"] in address
    with override("en"):
        card = queries.newest(on=TODAY)
        noken = next(one for one in card if one.name_en)
        assert share_of(noken).title == "Bark noken"


def test_every_product_has_a_share_picture_however_its_name_is_written():
    for title, unit in [
        ("Kain tenun songket benang emas motif pucuk rebung pewarna alami 200 x 90 cm", "Rutan"),
        ("#strong[x] \\ $y$ <b> @label //", "Lapas Perempuan Kelas IIA Palembang" * 2),
        ("😀 ⅷ \x00", "ü"),
        ("", ""),
    ]:
        share = Share("00011", title, "Rp1", unit, "Bali", "keranjang", "", True)
        picture = drawn(share, photo=None, made_at=NOON)
        assert opened(picture).size == (1200, 630)
        assert len(picture) <= LARGEST


def test_a_busy_photograph_stays_within_the_weight_that_messengers_take():
    noise = Image.effect_noise((640, 800), 100).convert("RGB")
    share = Share("00011", "Noken", "Rp1", "Lapas", "Bali", "", "x", False)
    photo = written(noise, "WEBP", quality=95)
    assert len(drawn(share, photo=photo, made_at=NOON)) <= LARGEST


def test_the_page_names_the_picture_that_is_there(client, world):
    text = client.get(path_of(world.noken)).content.decode()
    found = re.search(r'og:image" content="http://testserver([^"]+)"', text)
    assert found is not None
    assert found[1] == share_address(world.noken)
