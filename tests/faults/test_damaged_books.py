"""A deliberately damaged database is caught by each check of `bekal check`.

Damage goes round every promise: by SQL with the triggers off, in a transaction that is undone. A
new check fails until `damages` has one for it. What only a superuser can damage has a test here.
"""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from bekal.config import footing
from bekal.config.checks import CHECKS
from bekal.foundation import clock
from tests.faults.busy_world import make_it_busy
from tests.faults.damages import DAMAGES, changed_table
from tests.support.world import NOON

ROLE = "the database role is no superuser"


def problems_of(name):
    return next(check for check in CHECKS if check.name == name).problems()


def all_problems():
    return [(check.name, problem) for check in CHECKS for problem in check.problems()]


def problems_after(name, sql):
    """What a check finds after a damage, which is undone."""
    table = changed_table(sql)
    with transaction.atomic(), connection.cursor() as cursor:
        if table:
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(sql)
        assert not table or cursor.rowcount, f"nothing is damaged by {sql}"
        found = problems_of(name)
        transaction.set_rollback(True)
    return found


@contextmanager
def superuser():
    """A connection of the server's superuser to the database of the tests; all is undone."""
    with connection.cursor() as cursor:
        cursor.execute("select rolname from pg_roles where rolsuper order by oid limit 1")
        name = cursor.fetchone()[0]
    strong = connection.copy()
    strong.settings_dict["USER"] = name
    strong.set_autocommit(False)
    try:
        yield strong
    finally:
        strong.rollback()
        strong.close()


@pytest.fixture
def busy(committed_world, monkeypatch):
    """A world in which everything has happened; it is noon."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    make_it_busy(committed_world)


def test_every_check_has_damages_that_it_must_catch():
    assert sorted([*DAMAGES, ROLE]) == sorted(check.name for check in CHECKS)
    assert [name for name, damages in DAMAGES.items() if len(set(damages)) < 2] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("busy")
def test_each_damage_is_caught_by_its_check():
    assert all_problems() == []
    cases = [(name, sql) for name, damages in DAMAGES.items() for sql in damages]
    assert [case for case in cases if not problems_after(*case)] == []
    assert all_problems() == []


@pytest.mark.django_db
def test_a_role_that_was_made_a_superuser_is_named(monkeypatch):
    role = connection.settings_dict["USER"]
    assert problems_of(ROLE) == []
    with superuser() as strong, strong.cursor() as cursor:
        cursor.execute(f"alter role {role} superuser")
        cursor.execute(f"set local session authorization {role}")
        monkeypatch.setattr(footing, "connection", strong)
        assert problems_of(ROLE) == [f"the application's role {role} is a superuser"]
