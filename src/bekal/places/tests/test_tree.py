import datetime as dt
from typing import Any

import pytest

from bekal.audit.models import Event
from bekal.places import actions, queries
from bekal.places.models import Ancestry, Place, Tenure
from bekal.places.rules import Level, PlaceRefused
from bekal.places.tests.factories import (
    START,
    TODAY,
    WHO,
    a_centre,
    a_kanwil,
    a_province,
    a_unit,
)

pytestmark = pytest.mark.django_db
JULY = dt.date(2025, 7, 1)
JUNE = dt.date(2025, 6, 30)


@pytest.fixture
def tree():
    east, west = a_kanwil(), a_kanwil("kanwil-papua-barat", "Kanwil Ditjenpas Papua Barat")
    return east, west, a_unit(east)


def everything():
    return [list(m.objects.order_by("pk").values()) for m in (Place, Tenure, Ancestry, Event)]


def rename(place, name="Lapas Kelas I Jayapura", on=JULY):
    actions.rename_place(place_id=place.pk, name=name, kind="Lapas", unit_class="I", on=on, **WHO)


def test_a_renamed_unit_keeps_its_address(tree):
    *_, unit = tree
    rename(unit)
    old = queries.place_on(code="lapas-jayapura", on=JUNE)
    new = queries.place_on(code="lapas-jayapura", on=JULY)
    assert old is not None
    assert new is not None
    assert (old.name, new.name) == ("Lapas Kelas IIA Jayapura", "Lapas Kelas I Jayapura")
    assert (old.id, new.unit_class) == (new.id, "I")
    assert queries.ancestry_problems() == []


def test_a_new_name_does_not_touch_the_ancestry(tree):
    *_, unit = tree
    before = list(Ancestry.objects.order_by("pk").values())
    rename(unit)
    assert list(Ancestry.objects.order_by("pk").values()) == before


def test_a_moved_unit_is_under_the_old_kanwil_until_the_day(tree):
    east, west, unit = tree
    actions.move_place(place_id=unit.pk, parent_id=west.pk, on=JULY, **WHO)
    assert queries.unit_ids_below(place_ids=[east.pk], on=JUNE) == {unit.pk}
    assert queries.unit_ids_below(place_ids=[east.pk], on=JULY) == frozenset()
    assert queries.unit_ids_below(place_ids=[west.pk], on=JULY) == {unit.pk}
    assert queries.ancestry_problems() == []


def test_a_unit_may_come_back(tree):
    east, west, unit = tree
    actions.move_place(place_id=unit.pk, parent_id=west.pk, on=JULY, **WHO)
    back = dt.date(2026, 1, 1)
    actions.move_place(place_id=unit.pk, parent_id=east.pk, on=back, **WHO)
    under = [queries.line_of(place_id=unit.pk, on=day)[1].id for day in (JUNE, JULY, back)]
    assert under == [east.pk, west.pk, east.pk]
    assert queries.ancestry_problems() == []


def test_each_change_is_in_the_chain_of_its_place(tree):
    *_, west, unit = tree
    actions.move_place(place_id=unit.pk, parent_id=west.pk, on=JULY, **WHO)
    rename(unit, on=TODAY)
    chain = Event.objects.filter(chain=f"place:{unit.pk}").order_by("seq")
    assert [event.action for event in chain] == ["places.open", "places.move", "places.rename"]


def test_a_closed_unit_stands_until_the_day_and_keeps_its_history(tree):
    east, _, unit = tree
    actions.close_place(place_id=unit.pk, on=JULY, **WHO)
    assert queries.place_by_id(place_id=unit.pk, on=JUNE) is not None
    assert queries.place_by_id(place_id=unit.pk, on=JULY) is None
    assert queries.line_of(place_id=unit.pk, on=JULY) == []
    assert queries.unit_ids_below(place_ids=[east.pk], on=JUNE) == {unit.pk}
    assert queries.ancestry_problems() == []


def test_several_places_move_together_or_not_at_all(tree):
    east, west, unit = tree
    second = a_unit(east, "rutan-biak", "Rutan Kelas IIB Biak")
    moves = [actions.Move(unit.pk, west.pk), actions.Move(second.pk, second.pk)]
    before = everything()
    with pytest.raises(PlaceRefused):
        actions.reorganise(moves=moves, on=JULY, **WHO)
    assert everything() == before
    actions.reorganise(moves=[moves[0], actions.Move(second.pk, west.pk)], on=JULY, **WHO)
    assert queries.unit_ids_below(place_ids=[west.pk], on=JULY) == {unit.pk, second.pk}


def new_unit(parent, **changes):
    values: dict[str, Any] = {
        "code": "lapas-nabire",
        "level": Level.UNIT,
        "name": "Lapas Kelas IIB Nabire",
        "kind": "Lapas",
        "parent_id": parent.pk if parent else None,
        "province_code": "91",
    }
    return actions.NewPlace(**(values | changes))


REFUSED = {
    "a circle": lambda e, w, u: actions.move_place(place_id=e.pk, parent_id=u.pk, on=JULY, **WHO),
    "itself": lambda e, w, u: actions.move_place(place_id=u.pk, parent_id=u.pk, on=JULY, **WHO),
    "a unit under the centre": lambda e, w, u: actions.move_place(
        place_id=u.pk, parent_id=a_centre().pk, on=JULY, **WHO
    ),
    "where it is": lambda e, w, u: actions.move_place(
        place_id=u.pk, parent_id=e.pk, on=JULY, **WHO
    ),
    "nowhere": lambda e, w, u: actions.move_place(place_id=u.pk, parent_id=0, on=JULY, **WHO),
    "nobody": lambda e, w, u: actions.close_place(place_id=0, on=JULY, **WHO),
    "the first day": lambda e, w, u: actions.move_place(
        place_id=u.pk, parent_id=w.pk, on=START, **WHO
    ),
    "before the first day": lambda e, w, u: rename(u, on=dt.date(2020, 1, 1)),
    "no change": lambda e, w, u: actions.rename_place(
        place_id=u.pk,
        name="Lapas Kelas IIA Jayapura",
        kind="Lapas",
        unit_class="",
        on=JULY,
        **WHO,
    ),
    "children left alone": lambda e, w, u: actions.close_place(place_id=e.pk, on=JULY, **WHO),
    "a code in use": lambda e, w, u: actions.open_place(
        new=new_unit(e, code=u.code), on=JULY, **WHO
    ),
    "no province": lambda e, w, u: actions.open_place(
        new=new_unit(e, province_code=None), on=JULY, **WHO
    ),
    "an unknown province": lambda e, w, u: actions.open_place(
        new=new_unit(e, province_code="99"), on=JULY, **WHO
    ),
    "no parent": lambda e, w, u: actions.open_place(new=new_unit(None), on=JULY, **WHO),
    "a parent that comes later": lambda e, w, u: actions.open_place(
        new=new_unit(e), on=START - dt.timedelta(days=1), **WHO
    ),
    "a second centre": lambda e, w, u: actions.open_place(
        new=new_unit(None, level=Level.CENTRE, code="pusat"), on=JULY, **WHO
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_change_that_breaks_the_tree_is_refused_and_changes_nothing(tree, case):
    a_province()
    before = everything()
    with pytest.raises(PlaceRefused) as refused:
        REFUSED[case](*tree)
    assert refused.value.message.endswith(".")
    assert everything() == before


def test_nothing_goes_under_a_closed_kanwil(tree):
    _, west, unit = tree
    actions.close_place(place_id=west.pk, on=JULY, **WHO)
    before = everything()
    for day in (JUNE, JULY, TODAY):
        with pytest.raises(PlaceRefused):
            actions.move_place(place_id=unit.pk, parent_id=west.pk, on=day, **WHO)
    with pytest.raises(PlaceRefused):
        actions.close_place(place_id=west.pk, on=TODAY, **WHO)
    assert everything() == before


def test_a_kanwil_is_not_closed_under_a_move_planned_for_later(tree):
    _, west, unit = tree
    actions.move_place(place_id=unit.pk, parent_id=west.pk, on=dt.date(2027, 1, 1), **WHO)
    with pytest.raises(PlaceRefused):
        actions.close_place(place_id=west.pk, on=JULY, **WHO)


def test_search_knows_name_and_city_within_a_part_of_the_tree(tree):
    east, west, unit = tree
    found = queries.search_places(text="  jayapura LAPAS ", within=[east.pk], on=TODAY)
    assert [place.id for place in found] == [unit.pk]
    assert queries.search_places(text="jayapura", within=[west.pk], on=TODAY) == []
    assert queries.search_places(text="%", within=None, on=TODAY) == []
    assert queries.search_places(text="jaya\0pura", within=[], on=TODAY) == []


def test_a_unit_is_found_by_the_name_it_has_or_had(tree):
    east, _, unit = tree
    rename(unit)
    old, new = "Lapas Kelas IIA Jayapura", "Lapas Kelas I Jayapura"
    names = [old, new, "Kanwil Ditjenpas Papua", "Lapas (tidak disebut)"]
    assert queries.unit_ids_by_name(names=names, on=TODAY) == {old: unit.pk, new: unit.pk}
    a_unit(east, "lapas-baru", old)
    assert queries.unit_ids_by_name(names=names, on=TODAY) == {new: unit.pk}
    actions.close_place(place_id=unit.pk, on=TODAY, **WHO)
    assert list(queries.unit_ids_by_name(names=names, on=TODAY)) == [old]


def test_places_below_counts_each_once(tree):
    east, west, unit = tree
    ids = [a_centre().pk, east.pk, unit.pk]
    below = queries.places_below(place_ids=ids, on=TODAY)
    assert [place.id for place in below] == [a_centre().pk, east.pk, west.pk, unit.pk]


def test_each_question_is_one_statement(tree, django_assert_num_queries):
    *_, unit = tree
    top = a_centre().pk
    for ask in (
        lambda: queries.place_on(code=unit.code, on=TODAY),
        lambda: queries.place_by_id(place_id=unit.pk, on=TODAY),
        lambda: queries.centre(on=TODAY),
        lambda: queries.children_of(place_id=top, on=TODAY),
        lambda: queries.line_of(place_id=unit.pk, on=TODAY),
        lambda: queries.places_below(place_ids=[top], on=TODAY),
        lambda: queries.unit_ids_below(place_ids=[top], on=TODAY),
        lambda: queries.search_places(text="lapas", within=[top], on=TODAY),
        queries.ancestry_problems,
    ):
        with django_assert_num_queries(1):
            ask()
