"""The basket: a cookie that knows nobody, and pages that tell all that changed."""

import re

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import translation

from bekal.catalogue.actions import set_price, unpublish
from bekal.catalogue.tests.goods import on_shelf, path_of
from bekal.production.actions import pause_unit
from bekal.shop.queries import draft
from bekal.shop.rules import MOST_LINES, Basket, BasketLine, BasketRefused, read_rows
from bekal.shop.tests.buying import FETCHED, begun, buyer, code_of, put, text, words
from bekal.shop.tests.market import sell_online
from tests.support.world import NOON, SETUP, TODAY, YOHANA, a_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
BASKET = "/keranjang/"


@pytest.fixture
def rina(market):
    return buyer()


def kept(client):
    """What the cookie of a browser holds."""
    return signing.loads(client.cookies["bekal_keranjang"].value, salt="bekal.basket")


def fields(answer):
    """What stands in the form of the basket's page."""
    own = re.search(r'<form class="basket".*?</form>', text(answer), re.DOTALL)
    assert own is not None
    pairs = re.findall(r'name="((?:semula|harga|jumlah)_\w+|pesanan)"[^>]* value="([^"]*)"', own[0])
    return dict(pairs)


def change(client, product, pieces, **more):
    """Type other pieces of a line and press a button, on the page as it is now."""
    typed = {f"jumlah_{code_of(product)}": str(pieces)}
    return press(client, client.get(BASKET), **typed, **more)


def press(client, page, *, act="ubah", **typed):
    """Press a button of a page that was made some time ago."""
    return client.post(reverse("shop:change"), {**fields(page), "act": act, **typed})


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


def test_a_price_that_changed_while_the_product_was_looked_at_is_told(rina, market):
    on_shelf(market.noken)
    page = text(rina.get(path_of(market.noken)))
    assert '<input type="hidden" name="harga" value="100000">' in page
    set_price(product_id=market.noken, amount=110_000, valid_from=TODAY, by=SETUP, now=NOON)
    data = {"produk": code_of(market.noken), "jumlah": "1", "harga": "100000"}
    answer = rina.post(reverse("shop:add"), data, follow=True)
    assert "Harganya berubah dari Rp100.000 menjadi Rp110.000." in words(answer)


@pytest.mark.parametrize("seen", ["", "0", "-1", "1e5", "9" * 40, "\x00", "\u0663"])
def test_a_price_that_is_none_was_not_seen(rina, market, seen):
    data = {"produk": code_of(market.noken), "jumlah": "1", "harga": seen}
    assert "Harganya berubah" not in words(rina.post(reverse("shop:add"), data, follow=True))
    assert kept(rina)[0][2] == 100_000


@pytest.mark.parametrize("door", ["shop:add", "shop:change"])
def test_an_address_that_takes_a_form_leads_to_the_basket(rina, market, door):
    put(rina, market.noken)
    for language in ("id", "en"):
        with translation.override(language):
            answer = rina.get(reverse(door))
            assert (answer.status_code, answer["Location"]) == (303, reverse("shop:basket"))
    assert "Noken" in text(rina.get(reverse("shop:basket"))), "and nothing is taken out"


@pytest.mark.parametrize("pieces", ["-1", "1,5", "banyak", "9" * 40, "\x00", "1e9", "1000"])
def test_nonsense_pieces_are_refused_and_put_nothing_in(rina, market, pieces):
    answer = put(rina, market.noken, pieces)
    assert answer.status_code in {303, 422}
    assert answer.status_code == 422 or kept(rina)[0][1] <= 999


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("abc", "Tulis jumlah dengan angka bulat, misalnya 3."),
        ("-3", "Tulis jumlah dengan angka bulat, misalnya 3."),
        ("0", "Tulis jumlahnya, paling sedikit 1."),
        ("1000000", "Paling banyak 999 buah setiap barang."),
        ("998", "Paling banyak 999 buah setiap barang."),
    ],
)
def test_a_bad_number_of_a_product_is_told_at_its_field_with_the_way_back(
    rina, market, typed, told
):
    put(rina, market.noken, 2)
    answer = put(rina, market.noken, typed)
    page = text(answer)
    assert answer.status_code == 422
    assert told in words(answer)
    assert f'value="{typed}"' in page
    assert 'aria-invalid="true"' in page
    assert "<h1>Noken kulit kayu</h1>" in page
    assert f'href="/p/noken-kulit-kayu-{code_of(market.noken)}/"' in page
    assert ('<a href="/lembaga/">Minta penawaran</a>' in page) == told.startswith("Paling banyak")
    assert kept(rina)[0][1] == 2


def test_no_pieces_named_are_one(rina, market):
    put(rina, market.noken, "")
    assert kept(rina)[0][1] == 1


def test_pieces_are_changed_line_by_line_so_that_two_tabs_lose_nothing(rina, market):
    put(rina, market.noken)
    first_tab = rina.get(BASKET)
    put(rina, market.endek)  # in a second tab
    assert "Kain endek" not in words(first_tab)
    press(rina, first_tab, **{f"jumlah_{code_of(market.noken)}": "4"})
    assert [line[1] for line in kept(rina)] == [4, 1]


def test_a_field_that_was_left_alone_takes_nothing_back_that_another_tab_changed(rina, market):
    put(rina, market.noken)
    put(rina, market.endek)
    first_tab = rina.get(BASKET)
    change(rina, market.noken, 4)  # in a second tab
    press(rina, first_tab, **{f"jumlah_{code_of(market.endek)}": "2"})
    assert [line[1] for line in kept(rina)] == [4, 2]


def test_going_on_to_the_order_takes_the_pieces_that_stand_in_the_fields(rina, market):
    put(rina, market.noken)
    put(rina, market.endek)
    answer = change(rina, market.noken, 3, act="lanjut")
    assert answer["Location"] == reverse("shop:begin")
    assert [line[1] for line in kept(rina)] == [3, 1]
    change(rina, market.endek, 2, act="wa")
    assert [line[1] for line in kept(rina)] == [3, 2]


def test_going_on_with_more_than_there_is_tells_it_before_anything_is_asked(rina, market):
    put(rina, market.noken)
    answer = change(rina, market.noken, 11, act="lanjut")
    assert "Stok tinggal 10. Kurangi jumlahnya." in words(rina.get(answer["Location"]))
    assert kept(rina)[0][1] == 11


def test_going_on_with_a_draft_changes_the_draft(rina, market):
    put(rina, market.noken)
    token = begun(rina).split("/")[2]
    page = rina.get(f"{BASKET}?pesanan={token}")
    typed = {f"jumlah_{code_of(market.noken)}": "3"}
    answer = press(rina, page, act="lanjut", **typed)
    assert (answer.status_code, answer["Location"]) == (307, reverse("shop:begin"))
    step = rina.post(answer["Location"], {"pesanan": token, "act": "lanjut", **typed})
    assert step["Location"] == f"/pesan/{token}/"
    changed = draft(token=token, now=NOON)
    assert changed is not None
    assert changed.basket.pieces == 3


@pytest.mark.parametrize("pieces", ["x", "-3", "2.5", "99999999999", "1.000.000"])
def test_a_nonsense_change_is_told_at_its_line_and_changes_nothing(rina, market, pieces):
    put(rina, market.noken, 2)
    put(rina, market.endek)
    answer = change(rina, market.noken, pieces, **{f"jumlah_{code_of(market.endek)}": "5"})
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert [line[1] for line in kept(rina)] == [2, 1]
    typed = fields(answer)
    assert typed[f"jumlah_{code_of(market.noken)}"] == pieces
    assert typed[f"jumlah_{code_of(market.endek)}"] == "5"
    assert f'aria-invalid="true" aria-describedby="salah-{code_of(market.noken)}"' in text(answer)


def test_a_bad_number_stops_the_way_to_the_order_and_is_told_at_its_line(rina, market):
    put(rina, market.noken)
    answer = change(rina, market.noken, "abc", act="lanjut")
    assert answer.status_code == 422
    assert "Tulis jumlah dengan angka bulat, misalnya 3." in words(answer)
    many = change(rina, market.noken, "1000000", act="lanjut")
    assert "Paling banyak 999 buah setiap barang. Untuk lebih, minta penawaran." in words(many)
    assert '<a href="/lembaga/">Minta penawaran</a>' in text(many)
    assert kept(rina)[0][1] == 1


def test_a_line_with_a_bad_number_can_be_taken_out(rina, market):
    put(rina, market.noken)
    put(rina, market.endek)
    change(rina, market.noken, "abc", keluarkan=code_of(market.noken))
    assert [line[0] for line in kept(rina)] == [code_of(market.endek)]


def test_a_line_is_taken_out_and_can_be_put_back(rina, market):
    put(rina, market.noken, 2)
    put(rina, market.endek)
    answer = change(rina, market.noken, 2, keluarkan=code_of(market.noken))
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
    change(rina, market.noken, 2)
    assert "berubah" in words(rina.get(BASKET))
    change(rina, market.noken, 2, setuju=code_of(market.noken))
    assert "berubah" not in words(rina.get(BASKET))


def test_going_on_to_the_order_agrees_to_the_price_that_stood_there_and_to_no_later_one(
    rina, market
):
    put(rina, market.noken)
    set_price(product_id=market.noken, amount=110_000, valid_from=TODAY, by=SETUP, now=NOON)
    seen = rina.get(BASKET)
    set_price(product_id=market.noken, amount=120_000, valid_from=TODAY, by=SETUP, now=NOON)
    press(rina, seen, act="lanjut")
    assert kept(rina)[0][2] == 110_000
    last = rina.post(reverse("shop:begin"), FETCHED)["Location"]
    assert "Harganya berubah dari Rp110.000 menjadi Rp120.000." in words(rina.get(last))


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
    rina.post(reverse("shop:change"), {"keluarkan": "ZZZZZ"})
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
    assert "1 piece Rp100,000" in page
    assert "Rp100,000" in page
    assert "Lanjut" not in page


def test_english_buttons_name_the_goods_as_the_page_does(rina, market):
    sell_online(market.noken, name_en="Bark fibre noken")
    put(rina, market.noken)
    page = text(rina.get("/en/keranjang/"))
    assert 'aria-label="Pieces of Bark fibre noken"' in page
    assert "Noken kulit kayu" not in page


def test_the_english_page_calls_the_receiver_recipient(rina, market):
    put(rina, market.noken)
    last = rina.post(reverse("shop:begin"), FETCHED)["Location"]
    page = words(rina.get(f"/en{last}"))
    assert "Recipient" in page
    assert "Payee" not in page
    assert re.search(r"\bInstitution\b", page)


def test_the_basket_asks_the_database_little(rina, market, django_assert_num_queries):
    put(rina, market.noken)
    put(rina, market.endek)
    with django_assert_num_queries(2):
        rina.get(BASKET)
    put(rina, market.chair)
    with django_assert_num_queries(3):
        rina.get(BASKET)
