import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from bekal.places import actions, queries
from bekal.places.models import Tenure
from bekal.places.rules import PlaceRefused
from bekal.places.tests.factories import WHO, a_kanwil, a_unit

JULY = dt.date(2025, 7, 1)


def at_once(calls):
    def run(call):
        try:
            call()
        except PlaceRefused:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_eight_moves_of_one_unit_at_once_one_is_done():
    kanwil = [a_kanwil(f"kanwil-{n}", f"Kanwil {n}") for n in range(9)]
    unit = a_unit(kanwil[8])

    def move(to):
        return lambda: actions.move_place(place_id=unit.pk, parent_id=to.pk, on=JULY, **WHO)

    assert at_once([move(to) for to in kanwil[:8]]) == ["done"] + ["refused"] * 7
    assert Tenure.objects.filter(place=unit).count() == 2
    assert queries.ancestry_problems() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_kanwil_does_not_close_while_a_unit_moves_under_it():
    east, west = a_kanwil(), a_kanwil("kanwil-barat", "Kanwil Barat")
    unit = a_unit(east)
    done = at_once(
        [
            lambda: actions.close_place(place_id=west.pk, on=JULY, **WHO),
            lambda: actions.move_place(place_id=unit.pk, parent_id=west.pk, on=JULY, **WHO),
        ]
    )
    assert done == ["done", "refused"]
    assert queries.ancestry_problems() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_reorganisations_in_opposite_order_wait_for_each_other():
    east, west = a_kanwil(), a_kanwil("kanwil-barat", "Kanwil Barat")
    units = [a_unit(east, f"lapas-{n}", f"Lapas {n}") for n in range(12)]
    moves = [actions.Move(unit.pk, west.pk) for unit in units]
    ways = [moves, moves[::-1]] * 3

    def reorganise(way):
        return lambda: actions.reorganise(moves=way, on=JULY, **WHO)

    assert at_once([reorganise(way) for way in ways]) == ["done"] + ["refused"] * 5
    assert len(queries.unit_ids_below(place_ids=[west.pk], on=JULY)) == 12
    assert queries.ancestry_problems() == []
