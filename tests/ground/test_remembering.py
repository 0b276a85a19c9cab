"""The world that most tests begin with is put back from memory as actions made it."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.audit.models import Event
from bekal.catalogue.models import Product
from tests.support import world
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db


@contextmanager
def undone():
    """A block of which nothing stays, as of a test."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def everything():
    """All rows of all tables, as text, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r'"
            " and relnamespace = current_schema()::regnamespace"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'select t::text from "{table}" t order by 1')
            found[table] = cursor.fetchall()
    return found


def a_little_world():
    """The world by calling actions; a builder that no other test remembers."""
    return world.build()


def test_it_is_put_back_to_the_last_row_with_nothing_of_what_a_test_did_to_it():
    seen = []
    for _ in range(3):
        with undone():
            made = remembered(a_little_world)
            seen.append((made, everything()))
            world.a_product(made.nabire, "Tas rajut", "kerajinan")
    assert seen[0] == seen[1] == seen[2]
    assert Product.objects.count() == 0


def test_what_comes_after_gets_numbers_of_its_own_and_meets_all_promises():
    with undone():
        remembered(a_little_world)
    world.number_products_anew()
    made = remembered(a_little_world)
    assert world.a_product(made.nabire, "Tas rajut", "kerajinan") > made.endek
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        Event.objects.update(action="x")


def test_on_other_ground_it_is_made_again():
    def goods_of(unit):
        return world.a_product(unit, "Tas rajut", "kerajinan")

    made = remembered(a_little_world)
    first = remembered(goods_of, made.nabire)
    second = remembered(goods_of, made.merauke)
    assert first != second
    assert Product.objects.get(pk=second).seller.unit_id == made.merauke
