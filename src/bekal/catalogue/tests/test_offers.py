"""The list begins with what can be bought, and PostgreSQL keeps which products those are."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from bekal.catalogue import actions, queries
from bekal.catalogue.models import Listing, Price, Product, Shelf
from bekal.catalogue.queries import ShowcaseFilters, ShowcaseSort
from bekal.catalogue.rules import ShelfState
from bekal.catalogue.tests.factories import BY, NOW, TODAY, a_product, a_unit

NEXT_MONTH = TODAY + dt.timedelta(days=30)


@pytest.fixture
def palu(db):
    return a_unit()


def priced(product, *, valid_from=TODAY):
    Price.objects.create(
        product=product, amount=5_000, valid_from=valid_from, set_at=NOW, set_by=str(BY)
    )


def shown(product):
    Listing.objects.create(
        product=product,
        is_published=True,
        is_food=False,
        description="Dibuat di bengkel.",
        origin="inside",
        weight_g=100,
        set_at=NOW,
        set_by=str(BY),
    )


def shelved(product, state=ShelfState.READY):
    days = 9 if state is ShelfState.MADE else None
    Shelf.objects.create(product=product, state=state, days=days, told_at=NOW, told_by=str(BY))


def offered(unit, name, **fields):
    product = a_product(unit=unit, name=name, **fields)
    for step in (priced, shown, shelved):
        step(product)
    return product


def is_offered(product):
    return Product.objects.get(pk=product.pk).is_offered


def names(sort=ShowcaseSort.BEST, on=TODAY, **asked):
    found = queries.showcase(filters=ShowcaseFilters(sort=sort, **asked), on=on)
    return [card.name for card in found.cards]


def test_what_can_be_bought_comes_before_what_is_newer_and_cannot(palu):
    offered(palu, "Kain tenun")
    offered(palu, "Bangku contoh", is_sample=True)
    priced(a_product(unit=palu, name="Keripik"))
    a_product(unit=palu, name="Meja")
    a_product(unit=palu, name="Kursi contoh", is_sample=True)
    assert names() == ["Kain tenun", "Bangku contoh", "Meja", "Keripik", "Kursi contoh"]
    newest = ["Meja", "Keripik", "Kain tenun", "Kursi contoh", "Bangku contoh"]
    assert names(sort=ShowcaseSort.NEWEST) == newest
    cards = queries.cards_of_unit(unit_id=palu.pk, on=TODAY, count=2)
    assert [card.name for card in cards] == ["Kain tenun", "Bangku contoh"]


def test_of_what_fits_alike_the_search_shows_first_what_can_be_bought(palu):
    for name in ("Keripik pisang", "Keripik talas", "Pisang sale"):
        a_product(unit=palu, name=name)
    offered(palu, "Keripik singkong pedas 100 g")
    offered(palu, "Kain tenun")
    assert names(text="keripik")[0] == "Keripik singkong pedas 100 g"
    assert names(text="pisang") == ["Pisang sale", "Keripik pisang"]


def test_a_product_is_found_by_the_code_on_its_label_however_typed(palu):
    cloth = a_product(unit=palu, name="Kain tenun")
    a_product(unit=palu, name="Meja")
    for typed in (cloth.code, cloth.code.lower(), f" {cloth.code[:2]} {cloth.code[2:]} "):
        assert names(text=typed) == ["Kain tenun"]
    assert names(text=cloth.code, category="mebel") == []
    mistyped = cloth.code[:-1] + ("0" if cloth.code[-1] != "0" else "1")
    assert names(text=mistyped) == []


@pytest.mark.parametrize("last", [priced, shown, shelved])
def test_a_product_is_offered_once_it_is_priced_shown_and_on_its_shelf(palu, last):
    product = a_product(unit=palu)
    for step in (priced, shown, shelved):
        if step is not last:
            step(product)
    assert not is_offered(product)
    last(product)
    assert is_offered(product)


def test_what_is_sold_out_paused_or_taken_down_is_offered_no_more(palu):
    product = offered(palu, "Kain tenun")
    for state, days, is_there in (
        ("sold_out", None, False),
        ("made", 9, True),
        ("paused", None, False),
        ("ready", None, True),
    ):
        Shelf.objects.filter(product=product).update(state=state, days=days)
        assert is_offered(product) == is_there
    Listing.objects.filter(product=product).update(is_published=False)
    assert not is_offered(product)
    Listing.objects.filter(product=product).update(is_published=True)
    Shelf.objects.filter(product=product).delete()
    assert not is_offered(product)
    assert queries.showcase_problems() == []


def test_a_price_that_begins_next_month_needs_no_writing_then(palu):
    cloth = a_product(unit=palu, name="Kain tenun")
    for step in (shown, shelved):
        step(cloth)
    a_product(unit=palu, name="Meja")
    assert names() == ["Meja", "Kain tenun"]
    priced(cloth, valid_from=NEXT_MONTH)
    for day in (TODAY, NEXT_MONTH):
        assert names(on=day) == ["Kain tenun", "Meja"]


def test_a_product_that_stands_wrong_is_told_and_put_right(palu):
    product = offered(palu, "Kain tenun")
    Product.objects.update(is_offered=False)
    assert len(queries.showcase_problems()) == 1
    actions.rebuild_showcase(by=BY, now=NOW)
    assert is_offered(product)
    assert queries.showcase_problems() == []


@pytest.mark.parametrize("sort", [ShowcaseSort.BEST, ShowcaseSort.NEWEST])
def test_any_place_of_the_list_is_reached_by_an_index(palu, sort):
    for number in range(40):
        a_product(unit=palu, name=f"Batik {number}")
    filters = ShowcaseFilters(sort=sort)
    first = queries.showcase(filters=filters, on=TODAY)
    _, mark = queries.marks(first, filters)
    with connection.execute_wrapper(explained := Explained()), connection.cursor() as cursor:
        # Of so few products each is read anyhow: looked at is whether an index could lead there.
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"set local enable_{way} = off")
        queries.showcase(filters=ShowcaseFilters(sort=sort, page=2, mark=mark), on=TODAY)
    (plan,) = explained.plans
    name = "offered" if sort is ShowcaseSort.BEST else "listed"
    assert f"Index Scan Backward using catalogue_product_{name}" in plan
    assert "Sort" not in plan
    assert "Index Cond" in plan


class Explained:
    """Keeps how PostgreSQL finds the stretch of a list."""

    def __init__(self):
        self.plans = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("select p.id from catalogue_product p"):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"explain {sql}", params)
                self.plans.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_who_shows_a_product_and_who_fills_its_shelf_at_once_do_not_miss_each_other():
    product = a_product(unit=a_unit())
    priced(product)
    waiting = threading.Event()

    def fill():
        waiting.set()
        shelved(product)
        connection.close()

    other = threading.Thread(target=fill)
    with transaction.atomic():
        shown(product)
        other.start()
        waiting.wait()
        other.join(0.5)
        assert other.is_alive()
    other.join()
    assert is_offered(product)
