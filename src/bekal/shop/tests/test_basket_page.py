"""The basket: a cookie that knows nobody, and pages that tell all that changed."""

import pytest
from django.core import signing
from django.urls import reverse

from bekal.catalogue.actions import set_price, unpublish
from bekal.foundation import clock
from bekal.production.actions import pause_unit
from bekal.shop.rules import MOST_LINES, Basket, BasketLine, BasketRefused, read_rows
from bekal.shop.tests.buying import buyer, code_of, put, text, words
from bekal.shop.tests.market import sell_online
from tests.support.world import NOON, SETUP, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db
BASKET = "/keranjang/"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def rina(market):
    return buyer()


def kept(client):
    """What the cookie of a browser holds."""
    return signing.loads(client.cookies["bekal_keranjang"].value, salt="bekal.basket")


def change(client, product, pieces, **more):
    data = {"produk": code_of(product), "act": "ubah", "jumlah": str(pieces), **more}
    return client.post(reverse("shop:change"), data)


def test_what_is_put_in_lies_in_the_basket_by_workshop(rina, market):
    put(rina, market.noken, 2)
    put(rina, market.endek)
    put(rina, market.noken)
    page = words(rina.get(BASKET))
    for told in (
        "Lapas Kelas IIB Nabire",
        "Noken kulit kayu",
        "Rp300.000",
        "Lapas Narkotika Kelas IIA Bangli",
        "Kain endek",
        "4 barang Rp400.000",
        "Setiap bengkel mengirim sendiri",
    ):
        assert told in page
    assert kept(rina) == [
        [code_of(market.noken), 3, 100_000],
        [code_of(market.endek), 1, 100_000],
    ]


def test_the_basket_knows_nobody_and_no_script_reads_it(rina, market):
    answer = put(rina, market.noken)
    cookie = answer.cookies["bekal_keranjang"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 2592000)
    count = answer.cookies["bekal_isi"]
    assert (count.value, count["httponly"]) == ("1", "")


def test_the_page_is_kept_by_nobody_and_found_by_no_engine(rina, market):
    answer = rina.get(BASKET)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text(answer)


def test_an_empty_basket_says_so(rina):
    assert "Keranjang Anda kosong." in words(rina.get(BASKET))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://lain.example"},
        {"Origin": "null"},
        {"Referer": "https://lain.example/p/"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_a_form_of_another_site_puts_nothing_in(rina, market, headers):
    rina.defaults = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items()}
    assert put(rina, market.noken).status_code == 400
    assert "bekal_keranjang" not in rina.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_ORIGIN": "http://testserver"},
        {"HTTP_REFERER": "http://testserver/p/noken/"},
    ],
)
def test_old_and_new_browsers_of_our_own_pages_may(rina, market, headers):
    rina.defaults = headers
    assert put(rina, market.noken).status_code == 303


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"produk": "", "jumlah": "1"},
        {"produk": "00000", "jumlah": "1"},
        {"produk": "' or 1=1", "jumlah": "1"},
        {"produk": "\x00" * 50, "jumlah": "1"},
        {"produk": "Ω" * 500, "jumlah": "1"},
    ],
)
def test_what_is_no_product_is_refused_with_a_sentence(rina, data):
    answer = rina.post(reverse("shop:add"), data)
    assert answer.status_code == 422
    assert "tidak dijual lagi" in words(answer)


@pytest.mark.parametrize("pieces", ["-1", "1,5", "banyak", "9" * 40, "\x00", "1e9", "1000"])
def test_nonsense_pieces_are_refused_and_put_nothing_in(rina, market, pieces):
    answer = put(rina, market.noken, pieces)
    assert answer.status_code in {303, 422}
    assert answer.status_code == 422 or kept(rina)[0][1] <= 999


def test_no_pieces_named_are_one(rina, market):
    put(rina, market.noken, "")
    assert kept(rina)[0][1] == 1


def test_pieces_are_changed_line_by_line_so_that_two_tabs_lose_nothing(rina, market):
    put(rina, market.noken)
    first_tab = rina.get(BASKET)
    put(rina, market.endek)  # in a second tab
    assert "Kain endek" not in words(first_tab)
    change(rina, market.noken, 4)
    assert [line[1] for line in kept(rina)] == [4, 1]


@pytest.mark.parametrize("pieces", ["x", "-3", "2.5", "99999999999", "\x00"])
def test_a_nonsense_change_is_told_at_its_line_and_changes_nothing(rina, market, pieces):
    put(rina, market.noken, 2)
    answer = change(rina, market.noken, pieces)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert kept(rina)[0][1] == 2


def test_a_line_is_taken_out_and_can_be_put_back(rina, market):
    put(rina, market.noken, 2)
    put(rina, market.endek)
    answer = change(rina, market.noken, 2, act="keluarkan")
    page = words(rina.get(answer["Location"]))
    assert "Noken kulit kayu dikeluarkan dari keranjang. Kembalikan" in page
    assert [line[0] for line in kept(rina)] == [code_of(market.endek)]
    change(rina, market.endek, 0)
    assert rina.cookies["bekal_keranjang"].value == ""


def test_a_new_price_is_told_at_the_line_until_it_is_agreed_to(rina, market):
    put(rina, market.noken)
    set_price(product_id=market.noken, amount=110_000, valid_from=TODAY, by=SETUP, now=NOON)
    page = words(rina.get(BASKET))
    assert "Harganya berubah dari Rp100.000 menjadi Rp110.000." in page
    assert "1 barang Rp110.000" in page
    assert kept(rina)[0][2] == 100_000
    change(rina, market.noken, 1, harga="110000")
    assert "berubah" not in words(rina.get(BASKET))


def test_what_became_short_is_told_and_stops_the_way(rina, market):
    put(rina, market.noken, 11)
    page = words(rina.get(BASKET))
    assert "Stok tinggal 10. Kurangi jumlahnya." in page
    assert "Lanjut ke pesanan" not in page
    assert rina.post(reverse("shop:begin"))["Location"] == BASKET


def test_what_is_no_longer_sold_and_who_pauses_are_told(rina, market):
    put(rina, market.noken)
    put(rina, market.endek)
    unpublish(product_id=market.noken, by=SETUP, now=NOON)
    words_of_pause = "Bengkel tutup sampai Senin karena pengamanan."
    pause_unit(unit_id=market.bangli, sentence=words_of_pause, until=None, by=YOHANA, now=NOON)
    page = words(rina.get(BASKET))
    assert "Barang ini tidak dijual lagi. Keluarkan dari keranjang." in page
    assert words_of_pause in page


def test_work_to_order_tells_its_day(rina, market):
    put(rina, market.chair)
    assert "dibuat dahulu, siap 28 April 2026" in words(rina.get(BASKET))


def test_sixty_lines_fit_and_the_sixty_first_is_refused_clearly(rina, market):
    goods = [
        a_product(market.nabire, f"Gelang {n}", "kerajinan", price=5_000 + n, cost=1_000)
        for n in range(MOST_LINES + 1)
    ]
    for product in goods:
        sell_online(product)
    for product in goods[:MOST_LINES]:
        assert put(rina, product).status_code == 303
    answer = put(rina, goods[-1])
    assert answer.status_code == 422
    assert "paling banyak 60 barang" in words(answer)
    assert len(kept(rina)) == MOST_LINES
    assert len(rina.cookies["bekal_keranjang"].value) < 3_500
    assert put(rina, goods[0], 2).status_code == 303  # more of what lies there is no new line


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "x" * 9000, "eyJ:abc:def", "\u00e9", signing.dumps("x", salt="bekal.basket")],
    ids=["none", "short", "long", "of another shape", "not ASCII", "signed for another"],
)
def test_a_cookie_that_was_changed_is_an_empty_basket(rina, cookie):
    rina.cookies["bekal_keranjang"] = cookie
    assert "Keranjang Anda kosong." in words(rina.get(BASKET))


@pytest.mark.parametrize(
    "rows",
    [
        None,
        {},
        "[]",
        [[]],
        [["A", 1]],
        [["A", "1", 2]],
        [["A", 0, 2]],
        [["A", True, 2]],
        [["A", 1, -1]],
        [["A" * 50, 1, 1]],
        [[1, 1, 1]],
        ["abc"],
        [{"A": 1}],
    ],
)
def test_rows_that_are_none_are_left_out(rows):
    assert read_rows(rows) == Basket()


def test_a_code_of_no_product_is_told_and_can_be_taken_out(rina, market):
    rows = [["ZZZZZ", 1, 5], [code_of(market.noken), 1, 100_000]]
    rina.cookies["bekal_keranjang"] = signing.dumps(rows, salt="bekal.basket", compress=True)
    page = words(rina.get(BASKET))
    assert "Tidak ada lagi di katalog" in page
    assert "Lanjut ke pesanan" not in page
    rina.post(reverse("shop:change"), {"produk": "ZZZZZ", "act": "keluarkan"})
    assert len(kept(rina)) == 1


def test_ordering_takes_out_what_was_ordered_and_keeps_what_came_meanwhile():
    basket = Basket((BasketLine("A", 3, 1), BasketLine("B", 1, 1)))
    assert basket.less({"A": 2, "C": 5}).rows() == [["A", 1, 1], ["B", 1, 1]]
    with pytest.raises(BasketRefused):
        basket.with_more("A", 999, price=1)


def test_the_basket_speaks_english(rina, market):
    put(rina, market.noken)
    page = words(rina.get("/en/keranjang/"))
    assert "Basket" in page
    assert "Rp100,000" in page
    assert "Lanjut" not in page


def test_the_basket_asks_the_database_little(rina, market, django_assert_num_queries):
    put(rina, market.noken)
    put(rina, market.endek)
    with django_assert_num_queries(2):
        rina.get(BASKET)
    put(rina, market.chair)
    with django_assert_num_queries(3):
        rina.get(BASKET)
