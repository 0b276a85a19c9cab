"""A plot that ended is used again, with a reason; what was before stays written."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.production import queries
from bekal.production.models import Planting, PlotEnd, PlotReopened
from bekal.production.rules.land import LandRefused, PlotState
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.land import a_plot, done, ends, harvests, planted, reopens
from tests.support.pages import words
from tests.support.threads import all_at_once
from tests.support.world import NOON, TODAY, YESTERDAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MONTH_AGO = TODAY - 30 * DAY
AGAIN = """
insert into production_plotreopened (end_id, first_day, reason, reopened_at, reopened_by)
select id, %s, %s, now(), 'x' from production_plotend
"""


@pytest.fixture
def nabire(world):
    """Lapas Nabire."""
    return world.nabire


@pytest.fixture
def garden(nabire):
    """A garden that was harvested, and ended a month ago."""
    plot = a_plot(nabire, now=NOON - 90 * DAY)
    chillies = planted(nabire, plot, first=MONTH_AGO)
    harvests(nabire, chillies, harvested_on=MONTH_AGO)
    done(nabire, chillies, last=MONTH_AGO)
    ends(nabire, plot, last=MONTH_AGO)
    return plot


def row_of(unit, plot):
    return queries.plot_of(unit_id=unit, plot_id=plot, today=TODAY)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values, saying):
    with pytest.raises(DatabaseError, match=saying):
        run(sql, *values)


def test_it_stands_in_the_list_again_idle_since_then_and_keeps_its_history(nabire, garden):
    assert row_of(nabire, garden).state is PlotState.ENDED
    reopens(nabire, garden, first=YESTERDAY)
    row = row_of(nabire, garden)
    assert (row.state, row.idle_since, row.last_day) == (PlotState.IDLE, YESTERDAY, None)
    assert queries.alerts(unit_id=nabire, now=NOON).idle == 1
    (pause,) = queries.pauses_of_plot(plot_id=garden)
    assert (pause.last_day, pause.again) == (MONTH_AGO, YESTERDAY)
    assert (pause.reason, pause.again_reason) == ("menjadi gedung baru", "gedungnya batal dibangun")
    (planting,) = queries.plantings_of(unit_id=nabire, plot_id=garden)
    assert (planting.last_day, planting.grams) == (MONTH_AGO, 12_500)
    assert Event.objects.filter(action="production.reopen_plot").count() == 1
    assert queries.land_problems() + chain_problems() == []


def test_it_is_planted_from_then_on_and_no_day_before(nabire, garden):
    reopens(nabire, garden, first=YESTERDAY)
    for early in (MONTH_AGO, YESTERDAY - DAY):
        with pytest.raises(LandRefused, match="dipakai lagi sejak") as no:
            planted(nabire, garden, "Kangkung", planted_on=early, first=TODAY)
        assert no.value.field == "planted_on"
    assert Planting.objects.count() == 1
    kale = planted(nabire, garden, "Kangkung", planted_on=YESTERDAY, first=TODAY)
    harvests(nabire, kale, 3_000)
    assert row_of(nabire, garden).state is PlotState.GROWING
    assert queries.land_problems() == []


def test_it_may_end_and_be_used_again_more_than_once(nabire, garden):
    reopens(nabire, garden, first=YESTERDAY)
    with pytest.raises(LandRefused, match="dipakai lagi sejak") as no:
        ends(nabire, garden, last=YESTERDAY - DAY)
    assert no.value.field == "last"
    assert PlotEnd.objects.count() == 1
    ends(nabire, garden, last=TODAY, reason="banjir")
    assert row_of(nabire, garden).reason == "banjir"
    reopens(nabire, garden, first=TODAY, reason="airnya surut")
    assert [one.reason for one in queries.pauses_of_plot(plot_id=garden)] == [
        "banjir",
        "menjadi gedung baru",
    ]
    assert row_of(nabire, garden).state is PlotState.IDLE
    assert queries.land_problems() == []


def test_where_it_is_used_nothing_changes(nabire, garden):
    reopens(nabire, garden, first=YESTERDAY)
    reopens(nabire, garden, first=TODAY, reason="lain")
    assert PlotReopened.objects.get().first_day == YESTERDAY


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 201}, "reason"),
        ({"first": TODAY + DAY}, "first"),
        ({"first": MONTH_AGO - DAY}, "first"),
    ],
)
def test_what_says_too_little_or_a_wrong_day_is_refused(nabire, garden, changes, field):
    with pytest.raises(LandRefused) as no:
        reopens(nabire, garden, **changes)
    assert no.value.field == field
    assert not PlotReopened.objects.exists()


def test_it_is_the_units_own(world, garden):
    with pytest.raises(LandRefused, match="tidak ada di unit Anda"):
        reopens(world.bangli, garden)
    assert not PlotReopened.objects.exists()


def test_a_plot_that_is_used_has_nothing_to_open(world, yohana):
    plot = a_plot(world.nabire)
    for ask in (yohana.get, yohana.post):
        assert ask(f"{HERE}lahan/{plot}/buka-lagi/").url == f"{HERE}lahan/{plot}/"
    assert not PlotReopened.objects.exists()


class TestPostgreSQL:
    def test_it_is_used_again_when_it_has_ended_for_a_reason_and_once(self, nabire, garden):
        refused(AGAIN, MONTH_AGO - DAY, "x", saying="has ended")
        refused(AGAIN, TODAY, " ", saying="says_why")
        run(AGAIN, YESTERDAY, "x")
        refused(AGAIN, TODAY, "y", saying="pkey")
        refused("update production_plotreopened set reason = 'y'", saying="final")
        refused("delete from production_plotreopened", saying="final")

    def test_nothing_is_planted_before_and_it_ends_once_and_later(self, nabire, garden):
        end = """
        insert into production_plotend (plot_id, last_day, reason, ended_at, ended_by)
        select id, %s, 'x', now(), 'x' from production_plot
        """
        refused(end, TODAY, saying="ends once")
        reopens(nabire, garden, first=YESTERDAY)
        plant = """
        insert into production_planting (plot_id, key, crop, planted_on, harvest_from,
          harvest_until, recorded_at, recorded_by)
        select id, gen_random_uuid(), 'x', %s, '2026-05-02', '2026-05-03', now(), 'x'
        from production_plot
        """
        refused(plant, YESTERDAY - DAY, saying="used no more")
        refused(end, YESTERDAY - DAY, saying="ends once")
        run(plant, YESTERDAY)

    def test_the_check_finds_what_was_planted_while_it_was_not_used(self, nabire, garden):
        reopens(nabire, garden, first=YESTERDAY)
        kale = planted(nabire, garden, "Kangkung", planted_on=YESTERDAY, first=TODAY)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("alter table production_planting disable trigger user")
            cursor.execute(
                "update production_planting set planted_on = %s where id = %s",
                [MONTH_AGO + DAY, kale],
            )
        assert any("masih ditanami" in problem for problem in queries.land_problems())


class TestPages:
    def test_who_ends_a_plot_opens_it_again_with_a_reason(self, yohana, nabire, garden):
        there = f"{HERE}lahan/{garden}/"
        assert "Buka lagi" in words(yohana.get(there))
        way = f"{there}buka-lagi/"
        assert "menjadi gedung baru" in words(yohana.get(way))
        wrong = yohana.post(way, {"first": TODAY.isoformat(), "reason": ""})
        assert wrong.status_code == 422
        assert "Isi alasannya" in words(wrong)
        assert not PlotReopened.objects.exists()
        for _ in range(2):
            answer = yohana.post(way, {"first": TODAY.isoformat(), "reason": "Batal dibangun"})
            assert answer.url == f"{there}?tersimpan=lagi"
        page = words(yohana.get(there))
        assert "Pernah tidak dipakai" in page
        assert "Dipakai lagi sejak" in page
        assert "Catat tanaman" in page
        assert "Buka lagi" not in page

    def test_who_only_looks_and_other_units(self, person, garden):
        wayan = person("Wayan", (Role.PETUGAS, "bangli"))
        assert wayan.get(f"{BANGLI}lahan/{garden}/buka-lagi/").status_code == 404
        rani = person("Rani", (Role.AUDITOR, "papua"))
        assert rani.get(f"{HERE}lahan/{garden}/buka-lagi/").status_code == 403
        assert "Buka lagi" not in words(rani.get(f"{HERE}lahan/{garden}/"))
        assert not PlotReopened.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_presses_open_it_once(committed_world):
    unit = committed_world.nabire
    plot = a_plot(unit)
    ends(unit, plot)
    answers = all_at_once(8, lambda _: reopens(unit, plot))
    assert answers == [None] * 8
    assert PlotReopened.objects.count() == 1
    assert queries.land_problems() == []
