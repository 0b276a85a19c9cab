"""The public page of a product that can be ordered, and of one that cannot."""

import datetime as dt
import gzip
import re
from urllib.parse import unquote

import pytest
from django.utils.html import escape

from bekal.catalogue import queries
from bekal.catalogue.actions import (
    encode_waiting,
    moderate_review,
    set_contact,
    set_price,
    unpublish,
    write_review,
)
from bekal.catalogue.models import Permit, Product
from bekal.catalogue.rules import ShelfState
from bekal.catalogue.share_pictures import share_of
from bekal.catalogue.tests.goods import (
    COFFEE,
    HALAL,
    NOKEN,
    PIRT,
    offered,
    on_shelf,
    path_of,
    permitted,
    photographed,
)
from bekal.foundation.actors import Actor, ActorKind
from tests.support.world import NOON, TODAY, YOHANA, a_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
BUYER = Actor(ActorKind.BUYER, "8b9d")


@pytest.fixture
def see(client):
    def page(product_id, language=""):
        answer = client.get(f"{language}{path_of(product_id)}")
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return page


def test_a_product_is_passed_on_by_a_link_that_needs_no_script(see, world):
    for language, word in (("", "Bagikan"), ("/en", "Share")):
        page = see(world.noken, language)
        link = re.search(r'<a [^>]*href="https://wa\.me/\?text=([^"]+)" data-share>(.*?)</a>', page)
        assert link is not None
        told = unquote(link[1])
        assert told.startswith("Noken kulit kayu http")
        assert told.endswith(f"{language}{path_of(world.noken)}")
        assert word in link[2]


def reviewed(product_id, *stars, is_shown=True, text="Kuat dan rapat."):
    for number, given in enumerate(stars):
        key = f"part:{number}:{product_id}"
        review = write_review(
            product_id=product_id, key=key, stars=given, text=text, by=BUYER, now=NOON
        )
        reason = "" if is_shown else "Menyebut nama orang."
        moderate_review(review_id=review.pk, is_shown=is_shown, reason=reason, by=YOHANA, now=NOON)


def test_what_is_ready_can_be_ordered(see, world):
    offered(world.noken)
    text = see(world.noken)
    assert '<form class="goods__order" method="post" action="/keranjang/tambah/">' in text
    code = path_of(world.noken)[-6:-1]
    assert f'name="produk" value="{code}"' in text
    assert re.search(r'name="jumlah"[^>]*value="1" data-min="1" data-max="5"', text)
    assert text.count("btn--wide") == 1, "one primary action"
    assert '<form class="goods__postage" method="get" action="/ongkir/">' in text
    assert "csrfmiddlewaretoken" not in text
    assert "Pemesanan" not in text
    assert "bisa dikembalikan dalam 7 hari" in text.lower()
    assert "petugas bengkel Lapas Kelas IIB Nabire yang menjawab" in text
    assert 'class="goods__stock"' not in text


def test_the_form_offers_no_more_than_there_are(see, world):
    offered(world.noken, NOKEN, ShelfState.FEW, left=3)
    text = see(world.noken)
    assert '<p class="goods__stock">Sisa 3</p>' in text
    assert 'data-max="3"' in text
    on_shelf(world.noken, ShelfState.MADE, days=12)
    text = see(world.noken)
    assert "Dibuat sesuai pesanan, kira-kira 12 hari" in text
    assert 'data-max="5"' in text


@pytest.mark.parametrize(
    ("state", "told", "words"),
    [
        (ShelfState.SOLD_OUT, {}, "Sedang habis. Pesanan dibuka lagi begitu"),
        (ShelfState.PAUSED, {"sentence": "Bengkel tutup sampai 4 Mei."}, "Bengkel tutup sampai"),
    ],
)
def test_what_is_not_there_says_so_and_offers_nothing(see, world, state, told, words):
    offered(world.noken, NOKEN, state, **told)
    text = see(world.noken)
    assert words in text
    assert "/keranjang/tambah/" not in text


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ShelfState.READY, {}),
        (ShelfState.SOLD_OUT, {}),
        (ShelfState.PAUSED, {"sentence": "Bengkel tutup sampai 4 Mei."}),
    ],
)
def test_a_buyer_can_always_ask_the_workshop(see, world, state, told):
    set_contact(
        unit_id=world.nabire,
        number="+6281234567890",
        pickup_point="Loket",
        pickup_hours="Senin",
        by=YOHANA,
        now=NOON,
    )
    offered(world.noken, NOKEN, state, **told)
    text = see(world.noken)
    assert text.count("Tanya lewat WhatsApp") == 1
    assert "https://wa.me/6281234567890" in text
    pause = told.get("sentence")
    assert not pause or f'<p lang="id">{pause}</p>' in see(world.noken, "/en")


def test_an_english_page_names_the_kind_and_marks_what_stayed_indonesian(see, world):
    offered(world.noken)
    text = see(world.noken, "/en")
    assert "<dt>Category</dt><dd>Wickerwork and crafts</dd>" in text
    assert '<dt>Material</dt><dd lang="id">Serat kulit kayu</dd>' in text
    assert "<dt>Kategori</dt><dd>Kerajinan</dd>" in see(world.noken)


def test_a_product_without_a_price_says_so_in_the_same_words_everywhere(see, world):
    bag = a_product(world.nabire, "Tas manik 100 g", "kerajinan")
    assert "Harga menyusul" in see(bag)
    assert "Price to follow" in see(bag, "/en")
    found = queries.showcase_product(code=path_of(bag)[-6:-1], on=TODAY)
    assert found is not None
    share = share_of(found.card)
    assert (share.price, share.title) == ("Harga menyusul", "Tas manik 100\u00a0g")


def test_what_was_never_offered_or_was_taken_back_keeps_the_present_words(see, world):
    assert "belum bisa dipesan lewat Bekal" in see(world.noken)
    offered(world.noken)
    unpublish(product_id=world.noken, by=YOHANA, now=NOON)
    text = see(world.noken)
    assert "belum bisa dipesan lewat Bekal" in text
    assert "/keranjang/tambah/" not in text


def test_what_is_written_of_the_goods_is_told(see, world):
    offered(world.noken)
    text = see(world.noken)
    for words in (
        "<p>Noken dari serat kulit kayu.</p> <p>Disimpul tanpa jarum.</p>",
        "Dibuat seluruhnya di bengkel",
        "dari awal sampai jadi",
        "1.420 g dengan kemasan",
        "40 × 30 × 8 cm",
        "Lap dengan kain lembap",
        "5 buah untuk satu pembeli dalam 30 hari",
    ):
        assert words in text, words
    assert "Komposisi" not in text


def test_a_food_tells_the_facts_of_its_label_and_its_permits(see, world):
    permitted(world.coffee, PIRT, HALAL)
    offered(world.coffee, COFFEE, ShelfState.MADE, days=4)
    text = see(world.coffee)
    for words in (
        "Kopi arabika 100%",
        "<dt>Isi bersih</dt><dd>200 g</dd>",
        "Simpan tertutup di tempat kering.",
        "Kira-kira 180 hari sejak dibuat",
        "<dt>Halal</dt><dd>Bersertifikat halal</dd>",
        "2109171010001-30",
        "Koperasi Lapas Nabire. Berlaku sampai 31 Desember 2029",
        "ID91110000662051022",
        "Makanan: laporkan dalam 3 hari",
        "Dirakit di bengkel, sebagian bahan dari mitra",
    ):
        assert words in text, words


def test_an_ended_permit_takes_the_order_form_and_the_halal_mark_away(see, world):
    permitted(world.coffee, PIRT, HALAL)
    offered(world.coffee, COFFEE)
    assert "/keranjang/tambah/" in see(world.coffee)
    Permit.objects.filter(kind="halal").update(withdrawn_at=NOON, withdrawn_by="user:1")
    text = see(world.coffee)
    assert "/keranjang/tambah/" not in text
    assert "Bersertifikat halal" not in text
    assert "ID91110000662051022" not in text


def test_photographs_stand_in_a_gallery_that_needs_no_script(see, world):
    offered(world.noken)
    photographed(world.noken, "Noken dari depan", 'Tali "panjang"')
    text = see(world.noken)
    assert 'alt="Noken dari depan" fetchpriority="high"' in text
    assert f'alt="{escape(chr(34).join(["Tali ", "panjang", ""]))}" loading="lazy"' in text
    assert 'id="foto-2"' in text
    assert 'href="#foto-2"' in text
    assert re.search(r'srcset="(/gambar/[0-9a-f]{32}-\d+\.webp \d+w,? ?){3}"', text)
    assert 'width="800" height="1000"' in text
    assert "image/avif" not in text
    assert "bukan foto karyanya" not in text
    encode_waiting(by=YOHANA, now=NOON)
    assert text.count("<source") == 0
    assert see(world.noken).count('<source type="image/avif"') == 2


def test_without_a_photograph_the_drawing_says_what_it_is(see, world):
    offered(world.noken)
    text = see(world.noken)
    assert "Gambar ilustrasi, bukan foto karyanya" in text
    assert "gallery" not in text


def test_reviews_are_shown_without_names_and_without_an_average_of_two(see, world):
    offered(world.noken)
    reviewed(world.noken, 5, 4)
    text = see(world.noken)
    assert "Kata pembeli" in text
    assert "Kuat dan rapat." in text
    assert "Ulasan contoh" not in text
    assert "dari 2 ulasan" not in text
    reviewed(world.noken, 5, 4, 5)
    assert "4,7 dari 5 bintang, dari 3 ulasan" in see(world.noken)
    assert "4.7 of 5 stars, of 3 reviews" in see(world.noken, "/en")
    assert "buyer" not in text


def test_reviews_of_a_sample_say_that_nobody_wrote_them(see, world):
    offered(world.noken)
    Product.objects.filter(pk=world.noken).update(is_sample=True)
    reviewed(world.noken, 5)
    assert "Ulasan contoh, dari pembeli yang tidak ada." in see(world.noken)


def test_a_review_that_waits_or_was_refused_is_not_shown(see, world):
    write_review(
        product_id=world.noken, key="part:9:1", stars=1, text="Menunggu", by=BUYER, now=NOON
    )
    reviewed(world.noken, 1, is_shown=False, text="Ditolak")
    text = see(world.noken)
    assert "Menunggu" not in text
    assert "Ditolak" not in text
    assert "Kata pembeli" not in text


def test_the_english_page_speaks_english_and_says_what_stayed_indonesian(see, world):
    offered(world.noken)
    text = see(world.noken, "/en")
    assert "<h1>Bark noken</h1>" in text
    assert "A noken of bark fibre." in text
    assert '<dd lang="id">Serat kulit kayu</dd>' in text
    assert 'action="/en/keranjang/tambah/"' in text
    heavy = type(NOKEN)(**{**vars(NOKEN), "weight_g": 1_100, "buyer_limit": 1})
    offered(world.noken, heavy)
    text = see(world.noken, "/en")
    assert "1,100 g with packaging" in text
    assert "1 piece for one buyer in 30 days" in text
    permitted(world.coffee, PIRT, HALAL)
    offered(world.coffee, COFFEE)
    text = see(world.coffee, "/en")
    assert '<div class="text stack-s" lang="id"><p>Kopi arabika' in text
    assert '<h1 lang="id">Kopi bubuk 200 g</h1>' in text


def test_what_an_officer_writes_cannot_break_out(see, world):
    evil = '"><script>alert(1)</script>'
    offered(world.noken, type(NOKEN)(**{**vars(NOKEN), "description": evil, "care": evil}))
    photographed(world.noken, evil)
    reviewed(world.noken, 5, text=evil)
    text = see(world.noken)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_page_with_everything_is_still_light(see, world):
    long = type(NOKEN)(**{**vars(NOKEN), "description": "Kata-kata panjang. " * 100})
    offered(world.noken, long)
    photographed(world.noken, *(f"Foto nomor {number}" for number in range(8)))
    reviewed(world.noken, *([5] * 12), text="Bagus sekali. " * 70)
    assert len(gzip.compress(see(world.noken).encode(), 9)) < 14 * 1024


def test_the_price_of_tomorrow_does_not_offer_today(see, world):
    offered(world.endek)
    product = world.bread
    offered(product)
    assert "/keranjang/tambah/" in see(product)
    set_price(
        product_id=product,
        amount=99_000,
        valid_from=TODAY + dt.timedelta(days=1),
        by=YOHANA,
        now=NOON,
    )
    assert "Rp99.000" not in see(product)
