"""Plots that are used no more, and harvests that were written down wrongly."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.audit.queries import chain_problems
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.production import actions, queries
from bekal.production.models import (
    Batch,
    BatchCorrection,
    HarvestUndone,
    MaterialMove,
    Planting,
    PlotEnd,
    StockMove,
)
from bekal.production.rules import Reason
from bekal.production.rules.land import LandRefused, PlotState
from bekal.production.tests.batches import corrects
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import hold, level, move
from bekal.production.tests.land import a_plot, done, ends, harvests, planted, undoes
from bekal.production.tests.materials import a_material, given, there
from bekal.production.tests.test_costing import write
from bekal.production.tests.test_land import for_sale
from tests.support.pages import words
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YESTERDAY, YOHANA

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MONTH = Period(TODAY - 30 * DAY, TODAY)
PAGE = f"{HERE}lahan/"


@pytest.fixture
def nabire(world):
    """Lapas Nabire."""
    return world.nabire


@pytest.fixture
def garden(nabire):
    """Four hundred square metres."""
    return a_plot(nabire)


def problems():
    return (
        queries.land_problems()
        + queries.batch_problems()
        + queries.stock_problems()
        + queries.use_problems()
        + queries.material_problems()
        + chain_problems()
    )


def named(unit, state=None):
    return [row.name for row in queries.plots_of(unit_id=unit, today=TODAY, state=state)]


def _for(harvest, minutes):
    """The makers of a harvest for sale, with fewer minutes."""
    return tuple((maker, minutes) for maker, _ in harvest.batch.shares)


class TestPlots:
    def test_one_that_is_used_no_more_leaves_the_list_and_keeps_its_history(self, nabire, garden):
        a_plot(nabire, "Kolam")
        chillies = planted(nabire, garden)
        harvests(nabire, chillies)
        done(nabire, chillies)
        assert queries.alerts(unit_id=nabire, now=NOON).idle == 2
        ends(nabire, garden)
        assert named(nabire) == ["Kolam"]
        assert named(nabire, PlotState.ENDED) == ["Kebun belakang"]
        assert queries.alerts(unit_id=nabire, now=NOON).idle == 1
        (row,) = queries.plantings_of(unit_id=nabire, plot_id=garden)
        assert row.grams == 12_500
        assert problems() == []

    def test_while_something_grows_or_grew_there_later_it_does_not_end(self, nabire, garden):
        chillies = planted(nabire, garden)
        with pytest.raises(LandRefused, match="Masih ada tanaman"):
            ends(nabire, garden)
        done(nabire, chillies)
        with pytest.raises(LandRefused, match="Sesudah hari itu") as refused:
            ends(nabire, garden, last=YESTERDAY)
        assert refused.value.field == "last"
        assert not PlotEnd.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"reason": " "}, "reason"),
            ({"reason": "x" * 201}, "reason"),
            ({"last": TODAY + DAY}, "last"),
        ],
    )
    def test_what_says_too_little_is_refused(self, nabire, garden, changes, field):
        with pytest.raises(LandRefused) as refused:
            ends(nabire, garden, **changes)
        assert refused.value.field == field
        assert not PlotEnd.objects.exists()

    def test_nothing_is_planted_there_any_more_and_it_ends_once(self, world, nabire, garden):
        with pytest.raises(LandRefused, match="tidak ada di unit Anda"):
            ends(world.bangli, garden)
        ends(nabire, garden)
        ends(nabire, garden, reason="lain")
        assert PlotEnd.objects.get().reason == "menjadi gedung baru"
        with pytest.raises(LandRefused, match="tidak dipakai lagi"):
            planted(nabire, garden)
        assert not Planting.objects.exists()


class TestHarvests:
    def test_the_kitchens_is_taken_back_and_counts_no_more(self, nabire, garden):
        chillies = planted(nabire, garden)
        wrong = harvests(nabire, chillies, 125_000)
        undoes(nabire, wrong)
        undoes(nabire, wrong, reason="lain")
        assert HarvestUndone.objects.get().reason == "salah timbang"
        assert queries.harvested(unit_id=nabire, period=MONTH) == []
        row = queries.plot_of(unit_id=nabire, plot_id=garden, today=TODAY)
        assert row is not None
        assert (row.grams, row.state) == (0, PlotState.DUE)
        assert queries.alerts(unit_id=nabire, now=NOON).harvests == 1
        (planting,) = queries.plantings_of(unit_id=nabire, plot_id=garden)
        assert planting.grams == 0
        done(nabire, chillies, last=YESTERDAY)
        assert problems() == []

    def test_with_what_is_for_sale_its_batch_goes(self, nabire, garden):
        sold, chillies = for_sale(nabire, planted(nabire, garden))
        undoes(nabire, sold)
        undoes(nabire, sold)
        assert level(chillies) == (0, 0)
        batch = queries.batch_row(unit_id=nabire, batch_id=Batch.objects.get().pk)
        assert batch is not None
        assert batch.is_taken_back
        assert BatchCorrection.objects.get().reason == "salah timbang"
        assert queries.harvested(unit_id=nabire, period=MONTH) == []
        assert problems() == []

    def test_what_its_batch_used_comes_back(self, nabire, garden):
        bags = a_material(nabire, "Kantong")
        given(nabire, (bags, 100_000))
        planting = planted(nabire, garden)
        sold, chillies = for_sale(nabire, planting)
        assert there(bags) == (100_000, 0)
        undoes(nabire, sold)
        write(nabire, chillies, pieces=1, materials=[(bags, 1_000)], others=[("Gas", 10)])
        again = replace(sold, key=uuid7(), batch=replace(sold.batch, key=uuid7()))
        actions.record_harvest(new=again, by=YOHANA, now=NOON)
        assert there(bags) == (88_000, 0)
        undoes(nabire, again)
        assert there(bags) == (100_000, 0)
        assert MaterialMove.objects.filter(why="returned").count() == 1
        assert problems() == []

    @pytest.mark.parametrize("way", ["held", "gone"])
    def test_goods_that_went_further_keep_their_harvest(self, nabire, garden, way):
        sold, chillies = for_sale(nabire, planted(nabire, garden))
        if way == "held":
            hold((chillies, 1))
        else:
            move(chillies, -1, Reason.WRITTEN_OFF)
        before = StockMove.objects.count()
        with pytest.raises(LandRefused, match="yang bebas tinggal 11"):
            undoes(nabire, sold)
        assert not HarvestUndone.objects.exists()
        assert not BatchCorrection.objects.exists()
        assert StockMove.objects.count() == before

    def test_what_is_sold_of_it_oldest_first_keeps_its_harvest(self, nabire, garden):
        sold, chillies = for_sale(nabire, planted(nabire, garden))
        more = replace(
            sold, key=uuid7(), batch=replace(sold.batch, key=uuid7(), shares=_for(sold, 10))
        )
        actions.record_harvest(new=more, by=YOHANA, now=NOON)
        move(chillies, -2, Reason.SALE)
        with pytest.raises(LandRefused, match="2 barang dari panen ini sudah terjual"):
            undoes(nabire, sold)
        assert not HarvestUndone.objects.exists()
        undoes(nabire, more)
        assert level(chillies) == (10, 0)
        assert problems() == []

    def test_one_whose_batch_was_taken_back_before_is_taken_back_alone(self, nabire, garden):
        sold, chillies = for_sale(nabire, planted(nabire, garden))
        corrects(nabire, Batch.objects.get().pk, good=0)
        undoes(nabire, sold)
        assert level(chillies) == (0, 0)
        assert BatchCorrection.objects.count() == 1
        assert problems() == []

    def test_without_a_reason_or_of_another_unit_nothing_is_taken_back(self, world, nabire, garden):
        wrong = harvests(nabire, planted(nabire, garden))
        with pytest.raises(LandRefused) as refused:
            undoes(nabire, wrong, reason=" ")
        assert refused.value.field == "reason"
        with pytest.raises(LandRefused, match="tidak ada di unit Anda"):
            undoes(world.bangli, wrong)
        assert not HarvestUndone.objects.exists()


UNDONE = """
insert into production_harvestundone (harvest_id, reason, undone_at, undone_by)
select id, %s, now(), 'x' from production_harvest
"""
ENDED = """
insert into production_plotend (plot_id, last_day, reason, ended_at, ended_by)
select id, %s, %s, now(), 'x' from production_plot
"""


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("set constraints all immediate")


def refused(sql, *values, saying=None):
    with pytest.raises(DatabaseError, match=saying):
        run(sql, *values)


class TestPostgreSQL:
    def test_it_ends_no_plot_on_which_something_grows(self, nabire, garden):
        chillies = planted(nabire, garden)
        refused(ENDED, TODAY, "x", saying="nothing grows")
        done(nabire, chillies)
        refused(ENDED, YESTERDAY, "x", saying="nothing grows")
        refused(ENDED, TODAY, " ", saying="says_why")

    def test_it_plants_nothing_on_a_plot_that_ended(self, nabire, garden):
        ends(nabire, garden)
        sql = """
        insert into production_planting (plot_id, key, crop, planted_on, harvest_from,
          harvest_until, recorded_at, recorded_by)
        select id, gen_random_uuid(), 'x', '2026-04-01', '2026-04-02', '2026-04-03', now(), 'x'
        from production_plot
        """
        refused(sql, saying="used no more")
        refused("delete from production_plotend", saying="final")
        refused("update production_plotend set reason = 'y'", saying="final")

    def test_it_takes_no_harvest_back_without_its_batch(self, nabire, garden):
        for_sale(nabire, planted(nabire, garden))
        refused(UNDONE, "x", saying="with its batch")

    def test_what_was_taken_back_stays_so(self, nabire, garden):
        wrong = harvests(nabire, planted(nabire, garden))
        refused(UNDONE, " ", saying="says_why")
        undoes(nabire, wrong)
        refused(UNDONE, "x")
        refused("delete from production_harvestundone", saying="final")

    @pytest.mark.parametrize(
        ("damage", "sentence"),
        [
            ("delete from production_batchcorrection", "dibatalkan, hasil produksinya masih ada"),
            ("delete from production_plantingend", "tidak dipakai lagi, tetapi masih ditanami"),
        ],
    )
    def test_the_check_finds_damage(self, nabire, garden, damage, sentence):
        planting = planted(nabire, garden)
        sold, _ = for_sale(nabire, planting)
        undoes(nabire, sold)
        done(nabire, planting)
        ends(nabire, garden)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            for table in ("batchcorrection", "plantingend"):
                cursor.execute(f"alter table production_{table} disable trigger user")
            cursor.execute(damage)
        assert any(sentence in problem for problem in queries.land_problems())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestThreads:
    def test_eight_clicks_take_a_harvest_back_once(self, committed_world):
        unit = committed_world.nabire
        sold, chillies = for_sale(unit, planted(unit, a_plot(unit)))
        at_once(8, lambda _: undoes(unit, sold))
        assert level(chillies) == (0, 0)
        assert HarvestUndone.objects.count() == BatchCorrection.objects.count() == 1
        assert problems() == []

    def test_a_buyer_and_who_takes_back_do_not_both_have_the_goods(self, committed_world):
        unit = committed_world.nabire
        sold, chillies = for_sale(unit, planted(unit, a_plot(unit)))
        answers = all_at_once(6, lambda n: hold((chillies, 1)) if n % 2 else undoes(unit, sold))
        on_hand, held = level(chillies)
        is_undone = HarvestUndone.objects.exists()
        assert (on_hand, held) == ((0, 0) if is_undone else (12, 3)), answers
        assert problems() == []

    def test_a_plot_ends_or_is_planted(self, committed_world):
        unit = committed_world.nabire
        plot = a_plot(unit)
        answers = all_at_once(6, lambda n: planted(unit, plot) if n % 2 else ends(unit, plot))
        assert PlotEnd.objects.exists() != Planting.objects.exists(), answers
        assert queries.land_problems() == []


class TestPages:
    def test_a_plot_is_ended_with_its_day_and_reason(self, yohana, garden):
        there_is = f"{PAGE}{garden}/"
        assert "lahan ini tidak dipakai lagi" in words(yohana.get(there_is))
        way = f"{there_is}berhenti/"
        wrong = yohana.post(way, {"last": "2026-04-28", "reason": "Menjadi gedung baru"})
        assert wrong.status_code == 422
        assert "paling akhir hari ini" in words(wrong)
        assert "Menjadi gedung baru" in wrong.content.decode()
        assert not PlotEnd.objects.exists()
        sent = {"last": "2026-04-27", "reason": "Menjadi gedung baru"}
        for _ in range(2):
            answer = yohana.post(way, sent)
            assert answer.url == f"{there_is}?tersimpan=berhenti"
        page = words(yohana.get(there_is))
        assert "tidak dipakai lagi sesudah Sen, 27 Apr 2026" in page or "27 April 2026" in page
        assert "Catat tanaman" not in page
        assert yohana.post(f"{there_is}tanam/", {}).status_code == 422
        assert "Kebun belakang" not in words(yohana.get(PAGE))
        assert "Kebun belakang" in words(yohana.get(PAGE, {"keadaan": "tidak-dipakai-lagi"}))
        assert "Kebun belakang" not in yohana.get(f"{PAGE}unduh/").content.decode()

    def test_a_harvest_is_taken_back_from_the_list(self, yohana, nabire, garden):
        wrong = harvests(nabire, planted(nabire, garden))
        assert "Batalkan" in words(yohana.get(f"{PAGE}panen/"))
        way = f"{PAGE}panen/{wrong.key}/batal/"
        assert "tidak pernah masuk stok" in words(yohana.get(way))
        assert yohana.post(way, {"reason": ""}).status_code == 422
        assert not HarvestUndone.objects.exists()
        saved = f"{PAGE}panen/?tersimpan=batal"
        for _ in range(2):
            assert yohana.post(way, {"reason": "salah timbang"}).url == saved
        page = words(yohana.get(saved))
        assert "Panen dibatalkan." in page
        assert "dibatalkan salah timbang" in page
        line = yohana.get(f"{PAGE}panen/unduh/").content.decode().splitlines()[1]
        assert line.endswith(";salah timbang")

    def test_what_went_further_is_told_on_the_page(self, yohana, nabire, garden):
        sold, chillies = for_sale(nabire, planted(nabire, garden))
        hold((chillies, 1))
        answer = yohana.post(f"{PAGE}panen/{sold.key}/batal/", {"reason": "salah timbang"})
        assert answer.status_code == 422
        assert "yang bebas tinggal 11" in words(answer)
        assert "salah timbang" in answer.content.decode()
        assert not HarvestUndone.objects.exists()

    def test_who_only_looks_and_other_units(self, person, nabire, garden):
        wrong = harvests(nabire, planted(nabire, garden))
        wayan = person("Wayan", (Role.PETUGAS, "bangli"))
        for way in (f"panen/{wrong.key}/batal/", f"{garden}/berhenti/"):
            assert wayan.post(f"{BANGLI}lahan/{way}", {"reason": "x"}).status_code == 404
        rani = person("Rani", (Role.AUDITOR, "papua"))
        assert rani.post(f"{PAGE}panen/{wrong.key}/batal/", {"reason": "x"}).status_code == 403
        assert "Batalkan" not in words(rani.get(f"{PAGE}panen/"))
        assert not HarvestUndone.objects.exists()

    def test_the_pages_ask_the_database_little(
        self, yohana, nabire, garden, django_assert_max_num_queries
    ):
        chillies = planted(nabire, garden)
        rows = [harvests(nabire, chillies, 1_000) for _ in range(6)]
        undoes(nabire, rows[0])
        for way, most in (
            ("panen/", 11),
            (f"panen/{rows[1].key}/batal/", 9),
            (f"{garden}/berhenti/", 9),
        ):
            with django_assert_max_num_queries(most):
                assert yohana.get(f"{PAGE}{way}").status_code == 200
