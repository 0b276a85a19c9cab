"""Adding products and writing their sheets; Rina is the officer of the workshop."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from bekal.audit.models import Event
from bekal.catalogue import actions, queries, rules
from bekal.catalogue.models import Category, Cost, Price, Product
from bekal.catalogue.tests.factories import NOW, RINA, TODAY, a_product, a_unit
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def unit():
    Category.objects.create(code="makanan", name="makanan")
    return a_unit()


def add(unit, name="Keripik pisang", category="makanan", **more):
    return actions.add_product(
        unit_id=unit.pk, name=name, category=category, by=RINA, now=NOW, **more
    )


def set_price(product, amount, *, valid_from=TODAY, now=NOW, note=""):
    return actions.set_price(
        product_id=product.pk, amount=amount, valid_from=valid_from, by=RINA, now=now, note=note
    )


def price_on(product, day):
    return queries.sale_terms(product_ids=[product.pk], on=day)[product.pk].price


def test_an_officer_adds_a_product_with_a_code_of_five_signs(unit):
    product = add(unit, "  Keripik   pisang ")
    assert (product.name, len(product.code), product.is_sample) == ("Keripik pisang", 5, False)
    assert product.added_by == "user:17"
    assert queries.product_row(unit_id=unit.pk, code=product.code.lower(), on=TODAY)


def test_a_second_click_is_told_of_the_product_that_is_there(unit):
    product = add(unit)
    with pytest.raises(rules.NameTaken) as refused:
        add(unit, "keripik PISANG")
    assert product.code in refused.value.message
    assert refused.value.field == "name"
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "category", "refusal"),
    [
        ("", "makanan", rules.NameMissing),
        ("\x00 \u200b", "makanan", rules.NameMissing),
        ("x" * 121, "makanan", rules.NameTooLong),
        ("Tahu", "", rules.CategoryUnknown),
        ("Tahu", "senjata", rules.CategoryUnknown),
    ],
)
def test_nonsense_adds_no_product(*, unit, name, category, refusal):
    with pytest.raises(refusal):
        add(unit, name, category)
    assert not Product.objects.exists()


def test_adding_and_pricing_are_audited_on_the_chain_of_the_unit(unit):
    product = add(unit)
    set_price(product, 15_000)
    actions.set_cost(product_id=product.pk, amount=6_000, valid_from=TODAY, by=RINA, now=NOW)
    events = Event.objects.filter(chain=f"place:{unit.pk}").order_by("seq")
    assert [event.action for event in events] == [
        "catalogue.add_product",
        "catalogue.set_price",
        "catalogue.set_cost",
    ]
    assert {event.actor for event in events} == {"user:17"}


def test_a_price_mistyped_a_minute_ago_is_put_right_by_writing_it_again(unit):
    product = add(unit)
    set_price(product, 150_000)
    set_price(product, 15_000, now=NOW + dt.timedelta(minutes=1))
    assert price_on(product, TODAY) == 15_000
    assert list(product.prices.order_by("id").values_list("amount", flat=True)) == [150_000, 15_000]


def test_the_same_price_sent_twice_is_one_row_and_one_event(unit):
    product = add(unit)
    first = set_price(product, 15_000)
    assert set_price(product, 15_000) == first
    assert Price.objects.count() == 1
    assert Event.objects.filter(action="catalogue.set_price").count() == 1


def test_a_first_price_may_begin_in_the_past_and_be_put_right_the_same_day(unit):
    product = add(unit)
    set_price(product, 150_000, valid_from=rules.FIRST_DAY)
    set_price(product, 15_000, valid_from=rules.FIRST_DAY)
    assert price_on(product, YESTERDAY) == 15_000


def test_what_was_in_force_yesterday_is_not_changed_any_more(unit):
    product = add(unit)
    set_price(product, 15_000, valid_from=YESTERDAY, now=NOW - dt.timedelta(days=1))
    with pytest.raises(rules.DayRefused):
        set_price(product, 20_000, valid_from=YESTERDAY)
    assert price_on(product, YESTERDAY) == 15_000
    assert Price.objects.count() == 1


def test_an_announced_price_waits_for_its_day_and_today_can_still_change(unit):
    product = add(unit)
    set_price(product, 20_000, valid_from=dt.date(2026, 5, 1))
    assert price_on(product, TODAY) is None
    set_price(product, 15_000)
    assert price_on(product, TODAY) == 15_000
    assert price_on(product, dt.date(2026, 5, 1)) == 20_000


def test_today_is_the_day_of_the_unit(unit):
    papuan = a_unit(name="Lapas Kelas IIB Merauke", code="lapas-merauke", zone="WIT")
    product = add(papuan)
    before_midnight_in_palu = dt.datetime(2026, 4, 27, 15, 30, tzinfo=dt.UTC)  # 00.30 WIT
    set_price(product, 1_000, now=before_midnight_in_palu - dt.timedelta(hours=1))
    with pytest.raises(rules.DayRefused):
        set_price(product, 2_000, now=before_midnight_in_palu)
    assert price_on(product, TODAY) == 1_000


@pytest.mark.parametrize("amount", [0, -1, 10**12, 10**30])
def test_a_price_that_is_none_is_refused(unit, amount):
    product = add(unit)
    with pytest.raises(rules.AmountRefused):
        set_price(product, amount)
    assert not Price.objects.exists()


def test_a_cost_of_nothing_is_a_cost_and_a_negative_one_is_not(unit):
    product = add(unit)
    write = {"product_id": product.pk, "valid_from": TODAY, "by": RINA, "now": NOW}
    with pytest.raises(rules.AmountRefused):
        actions.set_cost(amount=-1, **write)
    assert actions.set_cost(amount=0, **write).amount == 0
    assert Cost.objects.count() == 1


def test_a_price_of_no_product_and_a_note_too_long_are_refused(unit):
    product = add(unit)
    with pytest.raises(rules.NoteTooLong):
        set_price(product, 5_000, note="x" * 201)
    product.pk = 0
    with pytest.raises(rules.ProductUnknown):
        set_price(product, 5_000)
    assert not Price.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_eight_clicks_at_once_add_one_product_and_one_price():
    Category.objects.create(code="makanan", name="makanan")
    unit = a_unit()
    other = a_product(unit=unit, name="Tas anyam")

    def click(_):
        try:
            set_price(other, 15_000)
            return add(unit).code
        except rules.NameTaken as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        codes = set(pool.map(click, range(8)))
    assert len(codes) == 1
    assert Product.objects.count() == 2
    assert Price.objects.count() == 1
    connection.close()


@pytest.mark.parametrize(("write", "rows"), [("set_price", Price), ("set_cost", Cost)])
def test_a_late_repeat_under_its_key_leaves_the_newer_amount(unit, write, rows):
    product, key = a_product(unit=unit), uuid7()
    say = {"product_id": product.pk, "valid_from": TODAY, "by": RINA}
    set_amount = getattr(actions, write)
    first = set_amount(amount=10_000, key=key, now=NOW, **say)
    set_amount(amount=20_000, key=uuid7(), now=NOW + dt.timedelta(minutes=1), **say)
    late = NOW + dt.timedelta(minutes=2)
    assert set_amount(amount=10_000, key=key, now=late, **say) == first
    assert list(rows.objects.order_by("id").values_list("amount", flat=True)) == [10_000, 20_000]
    with pytest.raises(KeyReused):
        set_amount(amount=10_001, key=key, now=late, **say)
    assert rows.objects.count() == 2


def test_a_key_of_a_price_is_none_of_a_cost(unit):
    product, key = a_product(unit=unit), uuid7()
    say = {"product_id": product.pk, "valid_from": TODAY, "by": RINA, "now": NOW}
    actions.set_price(amount=10_000, key=key, **say)
    with pytest.raises(KeyReused):
        actions.set_cost(amount=10_000, key=key, **say)
    assert not Cost.objects.exists()


def test_a_refused_price_leaves_its_key_free(unit):
    product, key = a_product(unit=unit), uuid7()
    say = {"product_id": product.pk, "valid_from": TODAY, "by": RINA, "now": NOW, "key": key}
    with pytest.raises(rules.AmountRefused):
        actions.set_price(amount=0, **say)
    assert actions.set_price(amount=10_000, **say).amount == 10_000
