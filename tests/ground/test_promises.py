"""`check`, the demo's seeds and the locks."""

import datetime as dt

import pytest
from django.db import connection

from bekal.accounts.models import User
from bekal.config import footing
from bekal.config.checks import CHECKS, Check, run_all
from bekal.config.demo.seeds import Seed, seed
from bekal.config.demo.signins import SignIn, table
from bekal.config.testing import freshness
from bekal.foundation.actors import command_actor

NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
BY = command_actor("demo")


@pytest.mark.django_db
def test_a_migrated_database_keeps_every_promise():
    assert [outcome.problems for outcome in run_all(CHECKS)] == [[]] * len(CHECKS)


@pytest.mark.django_db
def test_a_trigger_switched_off_is_named():
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgname from pg_trigger where tgname like 'pgtrigger_append_only%'"
            " and tgrelid = 'foundation_messageconflict'::regclass"
        )
        name = cursor.fetchone()[0]
        cursor.execute(f"alter table foundation_messageconflict disable trigger {name}")
    found = footing.missing_triggers()
    assert any("foundation_messageconflict: switched off" in problem for problem in found)


@pytest.mark.django_db
def test_a_dropped_trigger_is_named():
    with connection.cursor() as cursor:
        cursor.execute("drop function if exists pgtrigger_append_only_5a643 cascade")
    assert any("foundation_messageconflict: " in problem for problem in footing.missing_triggers())


def test_nothing_is_checked_above_a_failed_footing():
    footing = Check("footing", lambda: ["gone"], is_footing=True)
    assert [outcome.name for outcome in run_all([footing, *CHECKS])] == ["footing"]


@pytest.mark.django_db
def test_a_second_seeding_doubles_nothing():
    made, told = [], []
    parts = [Seed("units", lambda *, by, now: made.append(by) or "612 units")]
    for _start in range(2):
        seed(seeds=parts, by=BY, now=NOW, progress=told.append)
    assert made == [BY]
    assert told == ["units: 612 units"]


@pytest.mark.django_db
def test_a_part_that_fails_leaves_nothing_and_is_made_by_the_next_start():
    def half(*, by, now):
        User.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("create table half_made (id int)")
        if not told:
            told.append("failed")
            raise RuntimeError("the power went")
        return "made"

    told = []
    parts = [Seed("half", half)]
    with pytest.raises(RuntimeError):
        seed(seeds=parts, by=BY, now=NOW, progress=told.append)
    seed(seeds=parts, by=BY, now=NOW, progress=told.append)
    assert told == ["failed", "half: made"]


def test_the_sign_ins_are_printed_in_columns():
    lines = table([SignIn("petugas", "Sari", "sari@x.id", "1987", "rahasia", "Lapas Abepura")])
    assert lines[0].index("place") == lines[1].index("Lapas Abepura")


def test_the_locks_are_fresh():
    assert freshness.problems() == []


def test_a_requirement_that_the_lock_does_not_meet_is_named():
    locked = freshness.pins("django==5.2.19 \\\n    --hash=sha256:aa\n")
    assert freshness.unmet(["django~=5.2.1"], locked) == []
    assert freshness.unmet(["django>=6", "flask"], locked) == [
        "django>=6 is locked as 5.2.19",
        "flask is not locked",
    ]
