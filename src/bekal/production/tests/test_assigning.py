"""Makers are given work: who may, in one workshop at a time, within the limit of the unit."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import DateRange

from bekal.audit.models import Event
from bekal.foundation.refusals import Refused
from bekal.people import queries as people
from bekal.people.tests.makers import (
    a_maker,
    found,
    goes_home,
    lets_go,
    receives,
    rules,
    who_may_work,
)
from bekal.production import actions, queries
from bekal.production.models import Assignment, WorkLimit
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits, stops, works
from tests.support.threads import all_at_once
from tests.support.world import NOON, TODAY, YESTERDAY, YOHANA

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
INSERT = """
insert into production_assignment (maker_id, workshop_id, during, minutes_a_day, days_a_week,
                                   assigned_at, assigned_by, ended_by)
values (%s, %s, %s, %s, %s, now(), 'x', '')
"""


@pytest.fixture
def nabire(world):
    """Lapas Nabire, with requirements, a limit and two workshops."""
    rules()
    limits(world.nabire)
    return world.nabire


@pytest.fixture
def weaving(nabire):
    """A workshop of Nabire."""
    return a_workshop(nabire, name="Bengkel anyam")


@pytest.fixture
def petrus(nabire):
    """Somebody of Nabire who may work."""
    return who_may_work(nabire)


def refused(act, *args, field="", **changes):
    """What is refused, in words; nothing may have changed then."""
    before = [list(model.objects.order_by("pk").values()) for model in (Assignment, Event)]
    with pytest.raises(Refused) as no:
        act(*args, **changes)
    after = [list(model.objects.order_by("pk").values()) for model in (Assignment, Event)]
    assert after == before
    assert no.value.field == field
    return no.value.message


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def never(sql, *values, saying=None):
    with pytest.raises(DatabaseError, match=saying), transaction.atomic():
        run(sql, *values)


class TestAssigning:
    def test_who_may_work_is_given_work_once(self, nabire, weaving, petrus):
        one = works(petrus, nabire, weaving)
        assert works(petrus, nabire, weaving) == one
        (row,) = queries.assigned_on(unit_id=nabire, on=TODAY)
        assert (row.maker, row.workshop, row.minutes_a_day) == (petrus, "Bengkel anyam", 360)
        assert queries.assigned_on(unit_id=nabire, on=YESTERDAY) == []
        assert queries.unassigned(unit_id=nabire, on=TODAY) == []

    def test_who_lacks_a_requirement_is_told_which(self, nabire, weaving):
        maker = a_maker(nabire, number="UJI-2")
        said = refused(works, maker, nabire, weaving)
        assert "Sidang TPP: belum dicatat" in said
        found(maker, nabire, "convicted", holds=False, known_on=TODAY)
        assert "Narapidana: tidak terpenuhi" in refused(works, maker, nabire, weaving)

    def test_what_ends_before_the_work_begins_does_not_count(self, nabire, weaving, petrus):
        found(petrus, nabire, "fitness", until=TODAY + 3 * DAY)
        assert works(petrus, nabire, weaving, first=TODAY + 3 * DAY)
        said = refused(works, petrus, nabire, weaving, first=TODAY - DAY, field="first")
        assert "sudah bertugas" in said
        stops(Assignment.objects.get().pk, nabire)
        said = refused(works, petrus, nabire, weaving, first=TODAY + 4 * DAY)
        assert "Sehat untuk bekerja: habis 30 April 2026" in said

    def test_one_works_in_one_workshop_at_a_time(self, nabire, weaving, petrus):
        sewing = a_workshop(nabire, name="Bengkel jahit")
        works(petrus, nabire, weaving, until=TODAY + 9 * DAY)
        said = refused(works, petrus, nabire, sewing, first=TODAY + 9 * DAY, field="first")
        assert "Bengkel anyam" in said
        works(petrus, nabire, sewing, first=TODAY + 10 * DAY)
        assert len(queries.assignments_now(unit_id=nabire, on=TODAY)) == 2

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"minutes": 421}, "minutes_a_day"),
            ({"minutes": 0}, "minutes_a_day"),
            ({"minutes": 420, "days": 6}, "minutes_a_day"),
            ({"days": 8}, "days_a_week"),
            ({"until": YESTERDAY}, "until"),
            ({"first": TODAY + 900 * DAY}, "first"),
            ({"first": TODAY - 99 * DAY}, "first"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, nabire, weaving, petrus, changes, field):
        refused(works, petrus, nabire, weaving, field=field, **changes)

    def test_without_a_limit_nobody_works(self, world, weaving):
        workshop = a_workshop(world.bangli)
        maker = who_may_work(world.bangli, number="UJI-3")
        assert "belum menetapkan batas" in refused(works, maker, world.bangli, workshop)

    def test_the_limit_of_the_day_counts_and_its_decision_is_named(self, nabire, weaving, petrus):
        limits(nabire, day=300, week=1_500, valid_from=TODAY + 7 * DAY)
        limits(nabire, day=300, week=1_500, valid_from=TODAY + 7 * DAY)
        assert WorkLimit.objects.count() == 2
        later = {"first": TODAY + 7 * DAY, "field": "minutes_a_day"}
        refused(works, petrus, nabire, weaving, **later)
        works(petrus, nabire, weaving, until=TODAY + 6 * DAY)
        for wrong in ({"day": 0}, {"day": 1_441}, {"week": 100}, {"week": 9_999}):
            with pytest.raises(Refused):
                limits(nabire, **wrong)

    def test_anothers_workshop_and_maker_are_refused(self, nabire, world, petrus):
        theirs = a_workshop(world.bangli)
        refused(works, petrus, nabire, theirs, field="workshop")
        other = who_may_work(world.bangli, number="UJI-4")
        refused(works, other, nabire, theirs)
        refused(works, "PB-0000-0000", nabire, theirs)

    def test_who_leaves_works_here_no_more_and_may_there(self, nabire, world, weaving, petrus):
        works(petrus, nabire, weaving)
        receives(lets_go(petrus, nabire, world.bangli), world.bangli)
        assert queries.assignments_now(unit_id=nabire, on=TODAY) == []
        there = a_workshop(world.bangli)
        limits(world.bangli)
        works(petrus, world.bangli, there)
        assert [row.maker for row in queries.assigned_on(unit_id=world.bangli, on=TODAY)] == [
            petrus
        ]

    def test_what_was_worked_before_leaving_stays_known(self, nabire, weaving, petrus):
        works(petrus, nabire, weaving)
        tomorrow = NOON + DAY
        goes_home(petrus, nabire, on=TODAY + DAY, now=tomorrow)
        (past,) = queries.assignments_past(unit_id=nabire, on=TODAY + DAY)
        assert (past.maker, past.first, past.until) == (petrus, TODAY, TODAY)

    def test_work_ends_on_its_last_day_and_a_repeat_changes_nothing(self, nabire, weaving, petrus):
        one = works(petrus, nabire, weaving)
        refused(stops, one, nabire, last=TODAY + 2 * DAY, field="last")
        refused(stops, one, nabire, last=TODAY - 2 * DAY, field="last")
        stops(one, nabire)
        stops(one, nabire, last=YESTERDAY)
        assert queries.assigned_on(unit_id=nabire, on=TODAY)
        assert queries.assigned_on(unit_id=nabire, on=TODAY + DAY) == []
        with pytest.raises(LookupError):
            stops(one + 1, nabire)

    def test_work_that_has_not_begun_is_taken_back(self, nabire, weaving, petrus):
        one = works(petrus, nabire, weaving, first=TODAY + 5 * DAY)
        stops(one, nabire)
        assert Assignment.objects.get().during.isempty
        assert queries.assignments_now(unit_id=nabire, on=TODAY) == []
        works(petrus, nabire, weaving, first=TODAY + 5 * DAY)


class TestPromises:
    """All of it goes round the Python."""

    def test_only_who_is_here_and_may_work_is_given_work(self, nabire, world, weaving, petrus):
        theirs = a_workshop(world.bangli)
        limits(world.bangli)
        never(INSERT, petrus, theirs, "[2026-04-27,)", 60, 5, saying="not in the unit")
        never(INSERT, petrus, weaving, "[2026-01-01,)", 60, 5, saying="not in the unit")
        poor = a_maker(nabire, number="UJI-2")
        never(INSERT, poor, weaving, "[2026-04-27,)", 60, 5, saying="not met")
        run(INSERT, petrus, weaving, "[2026-04-27,)", 60, 5)
        never(INSERT, petrus, weaving, "[2026-05-27,)", 60, 5, saying="one_at_a_time")

    def test_without_requirements_nobody_is_given_work(self, weaving, petrus):
        run("update people_requirement set during = daterange(lower(during), '2026-01-01')")
        never(INSERT, petrus, weaving, "[2026-04-27,)", 60, 5, saying="not met")

    def test_nobody_works_longer_than_the_unit_allows(self, nabire, world, weaving, petrus):
        for minutes, days in ((421, 1), (420, 6), (0, 5), (60, 8)):
            never(INSERT, petrus, weaving, "[2026-04-27,)", minutes, days)
        maker = who_may_work(world.bangli, number="UJI-3")
        theirs = a_workshop(world.bangli)
        never(INSERT, maker, theirs, "[2026-04-27,)", 60, 5, saying="longer than")

    def test_work_is_ended_once_and_stays(self, nabire, weaving, petrus):
        works(petrus, nabire, weaving)
        for change in (
            "minutes_a_day = 9",
            "during = '[2026-04-26,)', ended_at = now(), ended_by = 'x'",
            "during = '[2026-04-27,2026-04-29)'",
            "ended_at = now()",
        ):
            never(f"update production_assignment set {change}")
        never("delete from production_assignment", saying="final")
        end = "ended_at = now(), ended_by = 'x'"
        run(f"update production_assignment set during = '[2026-04-27,2026-04-29)', {end}")
        never(f"update production_assignment set during = '[2026-04-27,2026-04-28)', {end}")

    def test_the_check_finds_work_of_somebody_who_is_not_there(self, nabire, weaving, petrus):
        works(petrus, nabire, weaving)
        assert queries.work_problems() == []
        run("update people_stay set during = daterange(lower(during), '2026-04-28')")
        (told,) = queries.work_problems()
        assert told.startswith(f"{petrus}: bertugas di Bengkel anyam")

    def test_limits_are_final_and_possible(self, nabire):
        never("update production_worklimit set minutes_a_day = 1440", saying="final")
        for day, week in ((0, 0), (1441, 1441), (60, 59), (60, 421)):
            never(
                "insert into production_worklimit (unit_id, minutes_a_day, minutes_a_week, basis,"
                " valid_from, set_at, set_by) values (%s, %s, %s, 'x', now(), now(), 'x')",
                nabire,
                day,
                week,
                saying="of_a_day_and_a_week",
            )

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        holds=st.lists(st.booleans(), min_size=5, max_size=5),
        number=st.sampled_from(["", "SK 1"]),
        ends=st.sampled_from([None, -1, 0, 5]),
        first=st.integers(-3, 8),
    )
    def test_the_database_judges_as_the_rules_do(self, nabire, weaving, holds, number, ends, first):
        codes = ("convicted", "adult", "tpp", "interest", "fitness")
        day = TODAY + first * DAY
        with transaction.atomic():
            limits(nabire, valid_from=TODAY)
            WorkLimit.objects.create(
                unit_id=nabire,
                minutes_a_day=420,
                minutes_a_week=2_100,
                basis="uji",
                valid_from=TODAY - 9 * DAY,
                set_at=NOON,
                set_by="x",
            )
            maker = a_maker(nabire, number="UJI-9-9")
            for code, held in zip(codes, holds, strict=True):
                run(
                    "insert into people_fact (maker_id, code, holds, number, known_on, until,"
                    " recorded_at, recorded_by) values (%s, %s, %s, %s, %s, %s, now(), 'x')",
                    maker,
                    code,
                    held,
                    number if code == "tpp" else "",
                    TODAY - 2 * DAY,
                    TODAY + ends * DAY if code == "fitness" and ends is not None else None,
                )
            may = people.eligibility(maker=maker, on=day).is_eligible
            try:
                with transaction.atomic():
                    run(INSERT, maker, weaving, DateRange(day, None), 60, 5)
                is_kept = True
            except DatabaseError:
                is_kept = False
            transaction.set_rollback(True)
        assert is_kept is may


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_work_and_leaving_at_once_never_leave_work_behind(committed_world):
    rules()
    here = committed_world.nabire
    limits(here)
    workshop = a_workshop(here)
    for number in range(4):
        maker = who_may_work(here, number=f"UJI-{number}-1")

        def either(turn, maker=maker):
            if turn % 2:
                return goes_home(maker, here)
            return works(maker, here, workshop)

        answers = all_at_once(4, either)
        assert all(isinstance(answer, Refused | int | None) for answer in answers), answers
        assert people.stay_of(maker=maker, on=TODAY) is None
        assert all(row.maker != maker for row in queries.assignments_now(unit_id=here, on=TODAY))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_work_given_eight_times_at_once_is_given_once(committed_world):
    rules()
    here = committed_world.nabire
    limits(here)
    shops = [a_workshop(here, name=f"Bengkel {number}") for number in range(2)]
    maker = who_may_work(here)
    answers = all_at_once(8, lambda number: works(maker, here, shops[number % 2]))
    assert len({answer for answer in answers if isinstance(answer, int)}) == 1
    assert Assignment.objects.count() == 1
    assert actions.end_assignments(maker=maker, unit_id=here, on=TODAY, by=YOHANA, now=NOON) == 1
