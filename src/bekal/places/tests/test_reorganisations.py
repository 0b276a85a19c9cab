"""Any sequence of changes leaves an ancestry that a simple walk confirms, day by day."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.places import actions, queries
from bekal.places.models import Ancestry, Place, Tenure
from bekal.places.rules import CENTRE_CODE, Level, PlaceRefused
from bekal.places.tests.factories import START, WHO, a_centre, a_kanwil, a_unit

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "move", "move", "rename", "close", "open unit", "open kanwil"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(-1, 12),
    ),
    max_size=12,
)


def change(step, number):
    verb, a, b, offset = step
    places = list(Place.objects.order_by("id"))
    on = START + dt.timedelta(days=offset)
    one, other = places[a % len(places)], places[b % len(places)]
    match verb:
        case "move":
            actions.move_place(place_id=one.pk, parent_id=other.pk, on=on, **WHO)
        case "rename":
            actions.rename_place(
                place_id=one.pk, name=f"Nama {number}", kind="Lapas", unit_class="", on=on, **WHO
            )
        case "close":
            actions.close_place(place_id=one.pk, on=on, **WHO)
        case "open unit":
            a_unit(other, f"unit-{number}", f"Unit {number}", on=on)
        case "open kanwil":
            a_kanwil(f"kanwil-{number}", f"Kanwil {number}", on=on)


def walk(tenures, place_id, day):
    """From a place up to the top on a day, looking at each tenure in turn."""
    way = []
    while place_id is not None:
        here = [t for t in tenures if t.place_id == place_id and day in days(t)]
        assert len(here) == 1, "one parent each day, and it is there"
        way.append(place_id)
        place_id = here[0].parent_id
    return way


class days:  # noqa: N801
    def __init__(self, tenure):
        self.lower, self.upper = tenure.during.lower, tenure.during.upper

    def __contains__(self, day):
        return self.lower <= day and (self.upper is None or day < self.upper)


def check_every_day():
    tenures = list(Tenure.objects.all())
    centre = Place.objects.get(code=CENTRE_CODE).pk
    for offset in range(-2, 16):
        day = START + dt.timedelta(days=offset)
        kept = Ancestry.objects.filter(during__contains=day)
        rows = set(kept.values_list("descendant_id", "distance", "ancestor_id"))
        walked = set()
        for place_id in {t.place_id for t in tenures if day in days(t)}:
            way = walk(tenures, place_id, day)
            assert way[-1] == centre
            walked |= {(place_id, far, above) for far, above in enumerate(way)}
        assert rows == walked
        assert len(kept) == len(rows)
    assert queries.ancestry_problems() == []


@pytest.mark.slow
@given(steps=STEPS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_ancestry_is_what_a_walk_finds_on_every_day(db, steps):
    with transaction.atomic():
        a_centre()
        kanwil = [a_kanwil(f"kanwil-{name}", f"Kanwil {name}") for name in "abc"]
        for number in range(4):
            a_unit(kanwil[number % 3], f"lapas-{number}", f"Lapas {number}")
        for number, step in enumerate(steps):
            with suppress(PlaceRefused):
                change(step, number)
        check_every_day()
        check_sums()
        transaction.set_rollback(True)


FACTS = """
create temporary table fact (unit_id bigint, day date, amount bigint) on commit drop
"""
FILL = """
insert into fact
select t.place_id, d::date, t.place_id * 1000 + extract(day from d)::int
from places_tenure t join places_place p on p.id = t.place_id and p.level = 'unit',
     generate_series(lower(t.during), least(upper(t.during) - 1, lower(t.during) + 20), '1 day') d
"""
SUMS = """
select p.level, sum(f.amount) from fact f {join}
join places_place p on p.id = a.ancestor_id group by p.level
"""


def check_sums():
    """Nation = kanwil = units = facts, as it was and as it is now."""
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists fact")
        cursor.execute(FACTS)
        cursor.execute(FILL)
        cursor.execute("select sum(amount) from fact")
        total = cursor.fetchone()[0]
        for join in (
            queries.as_it_was(unit="f.unit_id", day="f.day"),
            queries.as_it_is_now(unit="f.unit_id"),
        ):
            cursor.execute(SUMS.format(join=join), {"on": START + dt.timedelta(days=14)})
            assert dict(cursor.fetchall()) == dict.fromkeys(Level, total)
