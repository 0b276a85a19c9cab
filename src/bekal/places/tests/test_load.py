import datetime as dt

import pytest

from bekal.audit.models import Event
from bekal.places import actions, queries
from bekal.places.models import Ancestry, Place, Province, Tenure
from bekal.places.rules import Level
from bekal.places.tests.factories import NOW, TEST, TODAY

BEFORE = dt.date(2024, 10, 19)
REFORM = dt.date(2024, 10, 20)


@pytest.fixture
def report(db):
    return actions.load_places(by=TEST, now=NOW)


def test_the_whole_tree_is_loaded_and_nothing_is_left_out(report):
    assert (report.provinces, report.opened, report.known, report.problems) == (38, 679, 0, ())
    levels = [Place.objects.filter(level=level).count() for level in Level]
    assert levels == [1, 66, 612]
    assert queries.ancestry_problems() == []


def test_a_second_load_writes_nothing(report):
    before = [list(model.objects.order_by("pk").values()) for model in (Province, Place, Tenure)]
    again = actions.load_places(by=TEST, now=NOW)
    after = [list(model.objects.order_by("pk").values()) for model in (Province, Place, Tenure)]
    assert (again.provinces, again.opened, again.known) == (0, 0, 679)
    assert before == after
    assert Event.objects.filter(action="places.load").count() == 1


def test_a_load_leaves_alone_what_has_changed_since(report):
    unit = Place.objects.get(code="lapas-kelas-iib-kota-agung")
    actions.rename_place(
        place_id=unit.pk,
        name="Lapas Kelas IIA Kota Agung",
        kind="Lapas",
        unit_class="IIA",
        on=dt.date(2026, 2, 1),
        source="uji",
        by=TEST,
        now=NOW,
    )
    actions.load_places(by=TEST, now=NOW)
    found = queries.place_on(code=unit.code, on=TODAY)
    assert found is not None
    assert found.name == "Lapas Kelas IIA Kota Agung"


def test_before_the_reform_units_stood_under_kemenkumham(report):
    unit = Place.objects.get(code="bapas-kelas-ii-jayapura")
    for day, kanwil, ministry in (
        (BEFORE, "kanwil-kemenkumham-papua", "Kemenkumham"),
        (REFORM, "kanwil-papua", "Kemenimipas"),
    ):
        line = queries.line_of(place_id=unit.pk, on=day)
        assert [place.code for place in line] == ["nasional", kanwil, unit.code]
        assert line[0].name.endswith(ministry)


def test_on_each_side_of_the_reform_there_are_33_kanwil_and_all_units(report):
    top = Place.objects.get(level=Level.CENTRE)
    for day in (dt.date(2018, 3, 27), BEFORE, REFORM, TODAY):
        assert len(queries.children_of(place_id=top.pk, on=day)) == 33
        assert len(queries.unit_ids_below(place_ids=[top.pk], on=day)) == 612


def test_the_old_kanwil_ended_with_the_reform(report):
    assert queries.place_on(code="kanwil-kemenkumham-aceh", on=BEFORE) is not None
    assert queries.place_on(code="kanwil-kemenkumham-aceh", on=REFORM) is None
    assert queries.place_on(code="kanwil-aceh", on=BEFORE) is None


def test_a_unit_of_kanwil_kaltim_may_lie_in_kalimantan_utara(report):
    units = queries.search_places(text="Tarakan", within=None, on=TODAY)
    assert {unit.province for unit in units} == {"Kalimantan Utara"}
    assert queries.line_of(place_id=units[0].id, on=TODAY)[1].code == "kanwil-kalimantan-timur"


def test_clocks_follow_the_province(report):
    zones = {
        code: Province.objects.get(code=code).zone for code in ("11", "61", "62", "63", "51", "82")
    }
    assert zones == {
        "11": "WIB",
        "61": "WIB",
        "62": "WIB",
        "63": "WITA",
        "51": "WITA",
        "82": "WIT",
    }
    assert set(Province.objects.filter(code__gte="81").values_list("zone", flat=True)) == {"WIT"}


def test_each_tenure_says_what_is_not_known(report):
    assert not Tenure.objects.exclude(source__contains="tidak ada dalam sumber kami").exists()
    assert Ancestry.objects.filter(distance=2).count() == 612
