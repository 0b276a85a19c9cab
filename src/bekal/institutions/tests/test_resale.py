"""Ibu Lina sells noken again in her shop: by terms of Nabire, which nobody else sees."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.catalogue.tests.goods import NOKEN, offered
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused
from bekal.institutions import queries
from bekal.institutions.actions import (
    NewResale,
    NewResaleTerms,
    order_for_resale,
    set_resale_terms,
)
from bekal.institutions.models import ResaleTerms
from bekal.institutions.rules import ResaleRefused, resale_price
from bekal.institutions.tests.asked import SRI, register
from bekal.institutions.tests.pages import NABIRE, hidden, sign_in, text, words
from bekal.production.actions import move_stock
from bekal.production.rules import NewMove, Reason
from bekal.shop.actions import check_institution
from bekal.shop.models import Institution, Order
from bekal.shop.rules import InstitutionKind, InstitutionRefused, OrderItem
from tests.support.threads import at_once
from tests.support.world import NOON, SETUP, TODAY, YOHANA

pytestmark = pytest.mark.usefixtures("noon")

DAY = dt.timedelta(days=1)
MODELS = (ResaleTerms, Order, Message)
HERE = f"{NABIRE}/pengecer/"


@pytest.fixture
def world(world):
    offered(world.noken, NOKEN)
    move = NewMove(world.noken, 100, Reason.RECEIVED, "uji")
    move_stock(moves=[move], by=YOHANA, now=NOON)
    return world


def counts():
    return [model.objects.count() for model in MODELS]


def a_reseller(*, is_checked=True, **changes):
    given: dict[str, Any] = {
        "name": "Toko Lina",
        "kind": InstitutionKind.RESELLER,
        "npwp": "",
        "outlet": "Pasar Oyehe, Nabire",
    }
    made = register(**given | changes)
    if is_checked:
        check_institution(institution_id=made.institution_id, by=SETUP, now=NOON)
    return made


def give(world, reseller, *, percent=10, least=20, valid_from=TODAY, key=None):
    new = NewResaleTerms(
        key or uuid7(), reseller.institution_id, world.nabire, valid_from, percent, least
    )
    set_resale_terms(new=new, by=YOHANA, now=NOON)


def order(world, reseller, *, pieces=20, price=90_000, key=None, product=None):
    item = OrderItem(product or world.noken, pieces, price)
    new = NewResale(key or uuid7(), reseller.institution_id, (item,))
    return order_for_resale(new=new, by=SRI, now=NOON)


def test_a_price_is_cut_by_a_percentage_and_never_below_the_cost():
    cut = resale_price(price=100_000, percent=10, cost=60_000)
    assert (cut.amount, cut.is_at_cost) == (90_000, False)
    cut = resale_price(price=100_000, percent=50, cost=60_000)
    assert (cut.amount, cut.is_at_cost) == (60_000, True)
    assert resale_price(price=99, percent=10, cost=None).amount == 90
    assert resale_price(price=50, percent=10, cost=60).amount == 50


@pytest.mark.django_db
def test_a_reseller_needs_no_tax_number_and_says_where_it_sells(world):
    a_reseller()
    a_reseller(name="Toko lain")
    assert Institution.objects.filter(npwp="", checked_at__isnull=False).count() == 2
    for changes in ({"outlet": " "}, {"kind": InstitutionKind.HOTEL}):
        with pytest.raises(InstitutionRefused):
            a_reseller(**changes)
    sql = "update shop_institution set kind = 'hotel' where npwp = ''"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_terms_hold_from_their_day_and_the_newest_hold(world):
    lina = a_reseller()
    give(world, lina)
    give(world, lina, percent=20, valid_from=TODAY + 7 * DAY)
    for day, percent in ((TODAY, 10), (TODAY + 7 * DAY, 20)):
        (held,) = queries.resale_terms(institution_id=lina.institution_id, on=day)
        assert held.percent == percent
    give(world, lina, percent=0)
    assert queries.resale_terms(institution_id=lina.institution_id, on=TODAY) == []


@pytest.mark.django_db
def test_terms_that_cannot_be_are_refused(world):
    lina, unchecked = a_reseller(), a_reseller(is_checked=False)
    hotel = register(kind=InstitutionKind.HOTEL)
    before = counts()
    for reseller, changes in (
        (lina, {"percent": 51}),
        (lina, {"least": 0}),
        (lina, {"valid_from": TODAY - DAY}),
        (unchecked, {}),
        (hotel, {}),
    ):
        with pytest.raises(ResaleRefused):
            give(world, reseller, **changes)
    assert counts() == before
    key = uuid7()
    give(world, lina, key=key)
    give(world, lina, key=key)
    with pytest.raises(KeyReused):
        give(world, lina, key=key, percent=5)
    assert ResaleTerms.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "update institutions_resaleterms set percent = 50",
        "delete from institutions_resaleterms",
    ],
)
def test_the_database_keeps_terms(world, sql):
    give(world, a_reseller())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_the_database_gives_terms_to_checked_resellers_alone(world):
    hotel = register(kind=InstitutionKind.HOTEL).institution_id
    with pytest.raises(DatabaseError, match="were checked"), transaction.atomic():
        ResaleTerms.objects.create(
            institution_id=hotel,
            unit_id=world.nabire,
            valid_from=TODAY,
            percent=10,
            least=1,
            set_at=NOON,
            set_by="uji",
        )


@pytest.mark.django_db
def test_an_order_is_at_the_reseller_s_price_and_paid_when_fetched(world):
    lina = a_reseller()
    give(world, lina)
    code = order(world, lina)
    placed = Order.objects.get(code=code)
    assert (placed.goods_total, placed.method) == (1_800_000, "at_pickup")
    assert placed.institution_id == lina.institution_id
    assert placed.buyer_class == "institution"


@pytest.mark.django_db
def test_no_other_price_no_smaller_order_and_nobody_else(world):
    lina, other = a_reseller(), a_reseller(name="Toko lain")
    give(world, lina)
    before = counts()
    for reseller, changes in (
        (lina, {"price": 80_000}),
        (lina, {"pieces": 19}),
        (lina, {"product": world.coffee}),
        (other, {}),
    ):
        with pytest.raises(ResaleRefused):
            order(world, reseller, **changes)
    assert counts() == before


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_make_one_order(world):
    lina = a_reseller()
    give(world, lina)
    key = uuid7()
    codes = at_once(8, lambda _number: order(world, lina, key=key))
    assert len(set(codes)) == 1
    assert Order.objects.count() == 1


@pytest.mark.django_db
def test_lina_registers_sees_her_own_prices_and_orders(client, world):
    page = client.get("/lembaga/daftar/")
    said = {
        **hidden(page),
        "name": "Toko Lina",
        "kind": "reseller",
        "outlet": "Pasar Oyehe",
        "contact_name": "Lina",
        "phone": "0812 3456 7890",
        "email": "lina@example.id",
    }
    assert client.post("/lembaga/daftar/", {**said, "outlet": ""}).status_code == 422
    assert "Isi NPWP lembaga" in text(client.post("/lembaga/daftar/", {**said, "kind": "hotel"}))
    home = client.post("/lembaga/daftar/", said)["Location"].split("?")[0]
    assert "Harga untuk pengecer" in text(client.get(home))
    here = f"{home}harga/"
    assert "Belum diperiksa kantor wilayah." in words(client.get(here))
    lina = Institution.objects.get()
    check_institution(institution_id=lina.pk, by=SETUP, now=NOON)
    assert "Belum ada bengkel yang memberi syarat." in words(client.get(here))
    terms = NewResaleTerms(uuid7(), lina.pk, world.nabire, TODAY, 10, 20)
    set_resale_terms(new=terms, by=YOHANA, now=NOON)
    shown = client.get(here)
    assert "Rp90.000 untuk Anda, Rp100.000 untuk umum" in words(shown)
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    field = re.findall(r'name="(p_\w+)"', text(shown))[0]
    key = hidden(shown)["key"]
    assert client.post(here, {"key": key, field: "5"}).status_code == 422
    assert client.post(here, {"key": key}).status_code == 422
    assert "Rp90.000" not in text(client.get("/katalog/"))


@pytest.mark.django_db
def test_yohana_gives_terms_and_is_told_what_stays_at_its_cost(client, world):
    yohana = sign_in(client, world.nabire)
    assert "Belum ada pengecer dengan syarat." in words(yohana.get(HERE))
    lina = a_reseller()
    said = {
        **hidden(yohana.get(HERE)),
        "reseller": str(lina.institution_id),
        "percent": "50%",
        "least": "20",
        "valid_from": "2026-04-27",
    }
    assert yohana.post(f"{HERE}syarat/", {**said, "percent": "x"}).status_code == 422
    assert [yohana.post(f"{HERE}syarat/", said).status_code for _ in range(2)] == [303, 303]
    assert yohana.post(f"{HERE}syarat/", {**said, "least": "7"}).status_code == 409
    page = words(yohana.get(HERE))
    assert "Toko Lina 50 % 20 27 April 2026 berlaku" in page
    assert "Noken kulit kayu Rp60.000" in page


@pytest.mark.django_db
def test_the_pages_ask_few_questions(client, world, django_assert_max_num_queries):
    lina = a_reseller()
    give(world, lina)
    with django_assert_max_num_queries(7):
        client.get(f"/lembaga/pribadi/{lina.key}/harga/")
    yohana = sign_in(client, world.nabire)
    with django_assert_max_num_queries(14):
        yohana.get(HERE)


@pytest.mark.django_db
def test_more_than_is_there_is_told_before_the_last_step_and_nothing_is_placed(client, world):
    lina = a_reseller()
    give(world, lina)
    here = f"/lembaga/pribadi/{lina.key}/harga/"
    shown = client.get(here)
    field = re.findall(r'name="(p_\w+)"', text(shown))[0]
    before = counts()
    refused = client.post(here, {**hidden(shown), field: "101", "langkah": "periksa"})
    assert refused.status_code == 422
    assert "Bengkel tidak punya sebanyak itu." in words(refused)
    assert counts() == before


@pytest.mark.django_db
def test_an_order_is_checked_before_it_is_placed_and_listed_at_home(client, world):
    lina = a_reseller()
    give(world, lina)
    home = f"/lembaga/pribadi/{lina.key}/"
    here = f"{home}harga/"
    shown = client.get(here)
    field = re.findall(r'name="(p_\w+)"', text(shown))[0]
    check = client.post(here, {**hidden(shown), field: "20", "langkah": "periksa"})
    told = words(check)
    assert "Noken kulit kayu Lapas Kelas IIB Nabire 20 Rp90.000 Rp1.800.000" in told
    assert "Disimpan sampai 4 Mei 2026" in told
    assert not Order.objects.exists()
    back = client.post(here, {**hidden(check), "langkah": "ubah"})
    assert back.status_code == 200
    assert 'value="20"' in text(back)
    done = client.post(here, {**hidden(check), "langkah": "simpan"}, follow=True)
    placed = Order.objects.get()
    assert placed.goods_total == 1_800_000
    assert f"Pesanan {placed.code} tercatat." in words(done)
    listed = client.get(home)
    assert f"{placed.code}</a>" in text(listed)
    assert "Rp1.800.000" in words(listed)
    assert "AAAA tercatat" not in words(client.get(f"{home}?pesanan=BK-AAAA-AAAA"))
