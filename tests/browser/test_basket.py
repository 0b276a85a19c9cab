"""A buyer changes what lies in the basket, with a thumb, on a narrow phone and on a desk."""

import pytest
from django.utils import timezone

from bekal.catalogue.actions import set_price
from bekal.foundation.clock import Zone, local_day
from bekal.shop.tests.buying import code_of
from bekal.shop.tests.market import open_market
from tests.browser.test_every_page import OUTSIDE, WIDER
from tests.browser.visitor import DESK, PHONE
from tests.support.world import SETUP

DEAR = 32_750_000
COVERED = """[...document.querySelectorAll('.line__form :is(button, input)')].filter(one => {
  one.scrollIntoView({ block: 'center' });
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.width && !one.contains(top);
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def market(world):
    """Three units that sell online; a noken costs tens of millions."""
    market, now = open_market(world), timezone.now()
    day = local_day(now, Zone.WIT)
    set_price(product_id=market.noken, amount=DEAR, valid_from=day, by=SETUP, now=now)
    return market


def put(rina, product, pieces):
    """Open a product and put pieces of it into the basket."""
    rina.open(f"/p/{code_of(product)}/")
    rina.page.get_by_label("Jumlah barang").fill(str(pieces))
    rina.press("Tambah ke keranjang")


def test_a_buyer_on_a_phone_changes_the_basket_by_what_can_be_pressed(visit, market):
    rina = visit(width=PHONE)
    put(rina, market.noken, 1)
    put(rina, market.endek, 1)
    rina.page.get_by_role("button", name="Tambah Noken kulit kayu").click()
    rina.press("Ubah Noken kulit kayu")
    assert "Rp65.500.000" in rina.text(".line__sum")
    rina.press("Keluarkan Noken kulit kayu")
    assert "Noken kulit kayu dikeluarkan" in rina.text()
    rina.page.get_by_role("button", name="Tambah Kain endek").click()
    rina.press("Lanjut ke pesanan")
    rina.open("/keranjang/")
    assert "Rp200.000" in rina.text(".line__sum")


@pytest.mark.parametrize("javascript", [True, False])
def test_whoever_types_pieces_and_goes_on_orders_so_many(visit, market, javascript):
    rina = visit(javascript=javascript)
    put(rina, market.endek, 1)
    code = code_of(market.endek)
    rina.page.locator(f"[name=jumlah_{code}]").fill("banyak")
    rina.press("Lanjut ke pesanan")
    assert "Tulis jumlah dengan angka bulat" in rina.text(".line__form")
    assert rina.value(f"jumlah_{code}") == "banyak"
    rina.page.locator(f"[name=jumlah_{code}]").fill("3")
    rina.press("Lanjut ke pesanan")
    assert "/pesan/" in rina.page.url
    rina.open("/keranjang/")
    assert rina.value(f"jumlah_{code}") == "3"


def test_the_button_at_the_bottom_of_a_phone_is_large_and_says_the_price(visit, market):
    rina = visit(width=PHONE)
    rina.open(f"/p/{code_of(market.noken)}/")
    button = rina.page.get_by_role("button", name="Tambah ke keranjang", exact=True)
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 56
    assert box["y"] + box["height"] <= 844
    assert "Rp32.750.000" in button.inner_text()
    rina.page.set_viewport_size({"width": DESK, "height": 844})
    assert button.inner_text().strip() == "Tambah ke keranjang"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nothing_of_the_basket_is_covered_or_lies_outside_at_any_width(visit, market, prefix):
    rina = visit()
    put(rina, market.noken, 3)
    put(rina, market.endek, 1)
    rina.open(f"{prefix}/keranjang/")
    for width in (320, 360, PHONE, 412, DESK):
        rina.page.set_viewport_size({"width": width, "height": 844})
        assert rina.page.evaluate(WIDER) == 0, (width, rina.page.evaluate(OUTSIDE))
        assert rina.page.evaluate(COVERED) == [], width
