"""Land: idle plots, harvests that fall due, and where what was harvested went."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused, Refused
from bekal.people.tests.makers import rules, who_may_work
from bekal.production import actions, queries
from bekal.production.models import Batch, Harvest, Planting, Stock
from bekal.production.queries import Harvested
from bekal.production.rules.land import Fate, LandKind, LandRefused, PlotState, Weighed
from bekal.production.tests.batches import a_batch
from bekal.production.tests.goods import a_workshop, level
from bekal.production.tests.land import a_harvest, a_plot, done, harvests, planted
from bekal.production.tests.work import limits, works
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YESTERDAY, YOHANA, a_product

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MONTH = Period(TODAY - 30 * DAY, TODAY)


@pytest.fixture
def nabire(world):
    """Lapas Nabire."""
    return world.nabire


@pytest.fixture
def garden(nabire):
    """Four hundred square metres."""
    return a_plot(nabire)


def state(unit, plot):
    row = queries.plot_of(unit_id=unit, plot_id=plot, today=TODAY)
    assert row is not None
    return row.state


def for_sale(unit, planting, *, good=12, key=None, made_on=TODAY, minutes=120):
    """A harvest that becomes twelve pieces of a product, by the work of one maker."""
    rules()
    limits(unit, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    field = a_workshop(unit, name="Kebun")
    maker = who_may_work(unit)
    works(maker, unit, field, first=TODAY - 10 * DAY)
    chillies = a_product(unit, "Cabai 1 kg", "kerajinan", price=30_000)
    batch = a_batch(
        unit, field, chillies, good=good, rejected=0, made_on=made_on, shares=((maker, minutes),)
    )
    new = a_harvest(unit, planting, fate=Fate.SOLD, batch=batch, key=key or uuid7())
    actions.record_harvest(new=new, by=YOHANA, now=NOON)
    return new, chillies


class TestPlots:
    def test_nothing_on_it_is_idle_and_something_due_is_told(self, nabire, garden):
        assert state(nabire, garden) is PlotState.IDLE
        chillies = planted(nabire, garden, first=TODAY + DAY)
        assert state(nabire, garden) is PlotState.GROWING
        done(nabire, chillies, last=YESTERDAY, reason="gagal")
        assert state(nabire, garden) is PlotState.IDLE
        (row,) = queries.plots_of(unit_id=nabire, today=TODAY, state=PlotState.IDLE)
        assert row.idle_since == YESTERDAY

    def test_a_harvest_is_due_until_the_first_of_it(self, nabire, garden):
        chillies = planted(nabire, garden)
        assert state(nabire, garden) is PlotState.DUE
        assert queries.alerts(unit_id=nabire, now=NOON).harvests == 1
        harvests(nabire, chillies)
        assert state(nabire, garden) is PlotState.GROWING
        alerts = queries.alerts(unit_id=nabire, now=NOON)
        assert (alerts.harvests, alerts.idle) == (0, 0)

    def test_the_yield_is_grams_by_the_square_metre(self, nabire, garden):
        chillies = planted(nabire, garden)
        harvests(nabire, chillies, 100_000)
        harvests(nabire, chillies, 50_200)
        row = queries.plot_of(unit_id=nabire, plot_id=garden, today=TODAY)
        assert row is not None
        assert (row.grams, row.yield_text) == (150_200, "0,375 kg/m2")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"name": " "}, "name"), ({"kind": "sea"}, "kind"), ({"area": 0}, "area")],
    )
    def test_what_is_no_plot_is_refused(self, nabire, changes, field):
        values = {"name": "Kolam", "kind": LandKind.POND, "area": 20, **changes}
        with pytest.raises(LandRefused) as refused:
            actions.open_plot(unit_id=nabire, **values, by=YOHANA, now=NOON)
        assert refused.value.field == field
        assert queries.plots_of(unit_id=nabire, today=TODAY) == []

    def test_a_name_is_one_plot(self, nabire, garden):
        with pytest.raises(LandRefused, match="sudah ada"):
            a_plot(nabire, "kebun  BELAKANG")


class TestPlanting:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"crop": ""}, "crop"),
            ({"planted_on": TODAY + DAY}, "planted_on"),
            ({"first": TODAY - 100 * DAY}, "harvest_from"),
            ({"last": YESTERDAY}, "harvest_until"),
        ],
    )
    def test_what_cannot_be_is_refused(self, nabire, garden, changes, field):
        with pytest.raises(LandRefused) as refused:
            planted(nabire, garden, **changes)
        assert refused.value.field == field
        assert not Planting.objects.exists()

    def test_the_same_key_plants_once_and_never_elsewhere(self, world, nabire, garden):
        key = uuid7()
        assert planted(nabire, garden, key=key) == planted(nabire, garden, key=key)
        with pytest.raises(KeyReused):
            planted(nabire, garden, "Terong", key=key)
        with pytest.raises(LandRefused, match="tidak ada di unit Anda"):
            planted(world.bangli, garden)
        assert Planting.objects.count() == 1


class TestHarvests:
    def test_what_is_sold_is_a_batch_and_the_rest_is_no_sale(self, nabire, garden):
        planting = planted(nabire, garden)
        sold, chillies = for_sale(nabire, planting)
        harvests(nabire, planting, 3_000)
        harvests(nabire, planting, 2_000, fate=Fate.DONATED, recipient="Panti Asuhan Nabire")
        assert level(chillies) == (12, 0)
        assert Batch.objects.get().pk == Harvest.objects.get(fate="sold").batch_id
        assert Stock.objects.count() == 1
        assert queries.harvested(unit_id=nabire, period=MONTH) == [
            Harvested("Cabai rawit", LandKind.FIELD, Fate.DONATED, Weighed.GRAM, 2_000, 1),
            Harvested("Cabai rawit", LandKind.FIELD, Fate.KITCHEN, Weighed.GRAM, 3_000, 1),
            Harvested("Cabai rawit", LandKind.FIELD, Fate.SOLD, Weighed.GRAM, 12_500, 1),
        ]
        assert queries.land_problems() == queries.batch_problems() == []
        actions.record_harvest(new=sold, by=YOHANA, now=NOON)
        assert Batch.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"quantity": 0}, "quantity"),
            ({"fate": Fate.DONATED}, "recipient"),
            ({"recipient": "Panti"}, "recipient"),
            ({"fate": Fate.SOLD}, "product"),
            ({"harvested_on": TODAY + DAY}, "harvested_on"),
            ({"harvested_on": TODAY - 40 * DAY}, "harvested_on"),
        ],
    )
    def test_what_does_not_say_where_it_went_is_refused(self, nabire, garden, changes, field):
        planting = planted(nabire, garden)
        with pytest.raises(LandRefused) as refused:
            harvests(nabire, planting, **changes)
        assert refused.value.field == field
        assert not Harvest.objects.exists()

    def test_a_batch_that_is_refused_leaves_no_harvest(self, nabire, garden):
        planting = planted(nabire, garden)
        with pytest.raises(Refused, match="menit sehari"):
            for_sale(nabire, planting, minutes=1_000)
        assert not Harvest.objects.exists()
        assert not Batch.objects.exists()

    def test_nothing_is_harvested_of_what_has_ended_or_of_others(self, world, nabire, garden):
        planting = planted(nabire, garden)
        done(nabire, planting, last=YESTERDAY)
        with pytest.raises(LandRefused, match="sudah selesai"):
            harvests(nabire, planting)
        with pytest.raises(LandRefused, match="tidak ada di unit Anda"):
            harvests(world.bangli, planting)
        assert not Harvest.objects.exists()

    def test_a_planting_ends_after_its_last_harvest(self, nabire, garden):
        planting = planted(nabire, garden)
        harvests(nabire, planting)
        with pytest.raises(LandRefused, match="masih ada panen"):
            done(nabire, planting, last=YESTERDAY)
        done(nabire, planting)
        done(nabire, planting)
        assert state(nabire, garden) is PlotState.IDLE


def _run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "update production_plot set area = 1",
        "update production_harvest set quantity = 1",
        "delete from production_planting",
        (
            "insert into production_plantingend "
            "(planting_id, last_day, reason, ended_at, ended_by) "
            "select planting_id, harvested_on - 1, 'x', now(), 'x' from production_harvest"
        ),
        (
            "insert into production_harvest (id, planting_id, harvested_on, quantity, weighed, "
            "fate, recipient, note, recorded_at, recorded_by) "
            "select gen_random_uuid(), id, planted_on - 1, 5, 'gram', 'kitchen', '', '', "
            "now(), 'x' from production_planting"
        ),
        (
            "insert into production_harvest (id, planting_id, harvested_on, quantity, weighed, "
            "fate, recipient, note, recorded_at, recorded_by) "
            "select gen_random_uuid(), id, planted_on, 5, 'gram', 'sold', '', '', "
            "now(), 'x' from production_planting"
        ),
    ],
)
def test_postgresql_keeps_land_and_harvests(nabire, garden, sql):
    harvests(nabire, planted(nabire, garden))
    with pytest.raises(IntegrityError), transaction.atomic():
        _run(sql)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("update production_harvest set harvested_on = '2020-01-01'", "tidak ada yang tumbuh"),
        ("update production_batch set made_on = made_on - 1", "pada hari lain"),
    ],
)
def test_the_check_finds_damage(nabire, garden, damage, sentence):
    for_sale(nabire, planted(nabire, garden))
    _run("set constraints all immediate")
    for table in ("harvest", "batch"):
        _run(f"alter table production_{table} disable trigger user")
    _run(damage)
    assert any(sentence in problem for problem in queries.land_problems())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_clicks_of_one_harvest_are_one(committed_world):
    unit = committed_world.nabire
    planting = planted(unit, a_plot(unit))
    new = a_harvest(unit, planting)
    at_once(8, lambda _: actions.record_harvest(new=new, by=YOHANA, now=NOON))
    assert Harvest.objects.count() == 1
