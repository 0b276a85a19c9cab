"""Price sheets: what a piece costs, where the money of a sale then goes, and why a price is so."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.catalogue.queries import sale_terms
from bekal.catalogue.rules import DayRefused
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.production import actions, queries
from bekal.production.models import CostSheet
from bekal.production.rules.costing import NewCostSheet, NewMaterialLine, NewOtherLine
from bekal.production.rules.materials import MaterialRefused, Measure
from bekal.production.tests.materials import a_material, buy, with_money
from tests.support.world import NOON, TODAY, YESTERDAY, YOHANA, a_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def nabire(world):
    """Lapas Nabire with thirty millions of capital in cash."""
    with_money(world.nabire, 30_000_000)
    return world.nabire


@pytest.fixture
def bun(nabire):
    """Sweet buns at Rp5.000, without a cost."""
    return a_product(nabire, "Roti manis", "makanan", price=5_000)


def a_sheet(unit, product, *, materials=(), others=(), **changes):
    values = {
        "key": uuid7(),
        "unit_id": unit,
        "product_id": product,
        "valid_from": TODAY,
        "pieces": 1,
        "materials": [NewMaterialLine(*line) for line in materials],
        "others": [NewOtherLine(*line) for line in others],
        "minutes": 0,
        "labour": 0,
        "labour_reason": "",
        "price": None,
        "reason": "harga pasar",
    }
    return NewCostSheet(**{**values, **changes})


def write(unit, product, **changes):
    new = a_sheet(unit, product, **changes)
    actions.write_cost_sheet(new=new, by=YOHANA, now=NOON)
    return new


def terms(product, on=TODAY):
    return sale_terms(product_ids=[product], on=on)[product]


def newest(product):
    return queries.sheet_of(sheets=queries.sheets_of(product_id=product))


def test_the_broilers_of_pekanbaru_cost_what_their_sheet_says(nabire):
    """domain.md 2: 1.000 chicks at 6.200, 30 sacks at 382.000, capital 18.160.000."""
    chicks = a_material(nabire, "Bibit ayam", Measure.HEAD)
    feed = a_material(nabire, "Pakan", Measure.SACK)
    buy(nabire, (chicks, 1_000_000, 6_200_000), (feed, 30_000, 11_460_000))
    chicken = a_product(nabire, "Ayam potong", "makanan", price=25_000)
    rest = ("Tidak dirinci di sumber", 500_000)
    lines = ((chicks, 1_000_000), (feed, 30_000))
    write(nabire, chicken, pieces=1_000, materials=lines, others=[rest])
    sheet = newest(chicken)
    assert (sheet.total, sheet.cost, sheet.margin) == (18_160_000, 18_160, 6_840)
    assert [line.amount for line in sheet.lines] == [6_200_000, 11_460_000, 500_000]
    assert terms(chicken).cost == 18_160
    assert queries.costing_problems() == []


def test_a_pinch_for_fifty_pieces_is_divided_to_the_nearest_rupiah(nabire, bun):
    yeast = a_material(nabire, "Ragi")
    buy(nabire, (yeast, 500, 45_000))
    write(nabire, bun, pieces=50, materials=[(yeast, 11)], others=[("Gas", 20_000)])
    assert (newest(bun).total, newest(bun).cost) == (20_990, 420)


def test_a_new_sheet_stands_beside_the_last_and_prices_move_it(nabire, bun):
    flour = a_material(nabire)
    buy(nabire, (flour, 10_000, 100_000))
    write(nabire, bun, materials=[(flour, 100)], others=[("Gas", 300)])
    buy(nabire, (flour, 10_000, 140_000))
    write(nabire, bun, materials=[(flour, 100)], others=[("Gas", 300)])
    sheet = newest(bun)
    assert (sheet.cost_before, sheet.cost, sheet.change) == (1_300, 1_500, 200)
    assert [(line.of_one, line.before) for line in sheet.lines] == [(1_200, 1_000), (300, 300)]
    first = queries.sheet_of(
        sheets=queries.sheets_of(product_id=bun), sheet_id=CostSheet.objects.order_by("id")[0].pk
    )
    assert first is not None
    assert first.change is None
    assert queries.recipe_of(product_ids=[bun]) == {bun: {flour: (100, 1)}}


def test_hours_are_told_and_cost_only_what_the_unit_says(nabire, bun):
    with pytest.raises(MaterialRefused, match="dari mana angka upah") as refused:
        write(nabire, bun, others=[("Gas", 300)], minutes=30, labour=500)
    assert refused.value.field == "labour_reason"
    write(nabire, bun, others=[("Gas", 300)], minutes=30)
    assert newest(bun).cost == 300
    write(nabire, bun, others=[("Gas", 300)], minutes=30, labour=500, labour_reason="SK 4/2026")
    assert newest(bun).cost == 800


class TestThePrice:
    def test_below_the_cost_it_is_kept_with_its_reason(self, nabire, bun):
        with pytest.raises(MaterialRefused, match="di bawah harga pokok") as refused:
            write(nabire, bun, others=[("Gas", 6_000)], reason="")
        assert refused.value.field == "reason"
        assert terms(bun).cost is None
        assert not CostSheet.objects.exists()
        write(nabire, bun, others=[("Gas", 6_000)], reason="Bazar untuk warga sekitar")
        assert newest(bun).margin == -1_000
        (row,) = queries.priced_of(unit_id=nabire, on=TODAY, filters=below())
        assert row.product_id == bun
        assert queries.alerts(unit_id=nabire, now=NOON).below_cost == 1

    def test_a_margin_says_why(self, nabire, bun):
        with pytest.raises(MaterialRefused, match=r"untung Rp4\.700"):
            write(nabire, bun, others=[("Gas", 300)], reason="")

    def test_it_goes_into_the_catalogue_from_its_day_on(self, nabire, bun):
        later = TODAY + dt.timedelta(days=7)
        write(nabire, bun, others=[("Gas", 300)], price=7_000, valid_from=later)
        assert (terms(bun).price, terms(bun).cost) == (5_000, None)
        assert (terms(bun, later).price, terms(bun, later).cost) == (7_000, 300)

    def test_never_backwards_over_what_was_in_force(self, nabire, bun):
        actions.write_cost_sheet(
            new=a_sheet(nabire, bun, others=[("Gas", 300)], valid_from=YESTERDAY),
            by=YOHANA,
            now=NOON - dt.timedelta(days=1),
        )
        with pytest.raises(DayRefused):
            write(nabire, bun, others=[("Gas", 900)], valid_from=YESTERDAY)
        assert terms(bun).cost == 300
        assert CostSheet.objects.count() == 1


def below():
    return queries.PricedFilters(standing=queries.Priced.BELOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"others": []}, "lines"),
        ({"pieces": 0}, "pieces"),
        ({"minutes": -1}, "minutes"),
        ({"others": [("", 5)]}, "lines"),
        ({"others": [("Gas", 0)]}, "lines"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
def test_what_says_nothing_is_refused(nabire, bun, changes, field):
    with pytest.raises(MaterialRefused) as refused:
        write(nabire, bun, **{"others": [("Gas", 300)], **changes})
    assert refused.value.field == field
    assert not CostSheet.objects.exists()


def test_material_of_others_and_what_never_came_has_no_price(world, nabire, bun):
    theirs = a_material(world.bangli, "Benang")
    with pytest.raises(MaterialRefused, match="tidak ada di unit Anda"):
        write(nabire, bun, materials=[(theirs, 100)])
    flour = a_material(nabire)
    with pytest.raises(MaterialRefused, match="belum pernah masuk"):
        write(nabire, bun, materials=[(flour, 100)])
    with pytest.raises(MaterialRefused, match="tidak ada di unit Anda"):
        write(world.bangli, bun, others=[("Gas", 300)])
    assert not CostSheet.objects.exists()


def test_the_same_key_writes_once(nabire, bun):
    new = write(nabire, bun, others=[("Gas", 300)])
    actions.write_cost_sheet(new=new, by=YOHANA, now=NOON)
    assert CostSheet.objects.count() == 1
    with pytest.raises(KeyReused):
        write(nabire, bun, others=[("Gas", 400)], key=new.key)


def _at_once(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize(
    "sql",
    [
        "update production_costsheet set cost = 1",
        "delete from production_costline",
        (
            "insert into production_costline (sheet_id, words, rate_value, rate_quantity, amount) "
            "select id, '', 0, 0, 5 from production_costsheet"
        ),
        (
            "insert into production_costsheet (product_id, key, valid_from, pieces, minutes, "
            "labour, labour_reason, total, cost, reason, written_at, written_by, xid) "
            "select product_id, gen_random_uuid(), valid_from, 1, 0, 0, '', 7, 7, "
            "'', now(), 'x', 0 from production_costsheet"
        ),
        (
            "insert into production_costsheet (product_id, key, valid_from, pieces, minutes, "
            "labour, labour_reason, total, cost, reason, written_at, written_by, xid) "
            "select product_id, gen_random_uuid(), valid_from, 2, 0, 8, 'SK', 8, 8, "
            "'', now(), 'x', 0 from production_costsheet"
        ),
    ],
)
def test_a_sheet_is_final_and_sums_its_lines(nabire, bun, sql):
    write(nabire, bun, others=[("Gas", 300)])
    _at_once("select 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        _at_once(sql)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("update production_costline set amount = 5 where words <> ''", "jumlah baris"),
        ("update production_costline set amount = 5 where words = ''", "dengan hitungannya"),
    ],
)
def test_the_check_finds_damage(nabire, bun, damage, sentence):
    flour = a_material(nabire)
    buy(nabire, (flour, 10_000, 100_000))
    write(nabire, bun, materials=[(flour, 100)], others=[("Gas", 300)])
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table production_costline disable trigger user")
        cursor.execute(damage)
    assert any(sentence in problem for problem in queries.costing_problems())
