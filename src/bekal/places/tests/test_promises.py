"""What PostgreSQL refuses, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.places import actions, queries
from bekal.places.models import Ancestry, Place
from bekal.places.tests.factories import NOW, TEST, a_centre, a_kanwil, a_unit

pytestmark = pytest.mark.django_db
TENURE = """
insert into places_tenure (place_id, name, kind, unit_class, parent_id, during, source)
values ({unit}, 'Lapas', 'Lapas', '', {kanwil}, '{during}', 'uji')
"""
PLACE = """
insert into places_place (code, level, province_id, city, source)
values ('{code}', '{level}', {province}, '', 'uji')
"""


@pytest.fixture
def unit():
    return a_unit(a_kanwil())


def run(sql, **values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(**values))
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize("during", ["[2025-01-01,)", "(,)", "[2020-01-01,2024-10-21)"])
def test_a_place_has_one_tenure_at_a_time(unit, during):
    with pytest.raises(IntegrityError, match="places_tenure_one_at_a_time"):
        run(TENURE, unit=unit.pk, kanwil="null", during=during)


def test_a_tenure_lasts_a_day_or_more(unit):
    with pytest.raises(IntegrityError, match="places_tenure_during_not_empty"):
        run(TENURE, unit=unit.pk, kanwil="null", during="[2020-01-01,2020-01-01)")


def test_a_level_is_known(unit):
    with pytest.raises(IntegrityError, match="places_place_level_known"):
        run(PLACE, code="x", level="cabang", province="'91'")


def test_a_unit_has_a_province(unit):
    with pytest.raises(IntegrityError, match="places_place_unit_has_province"):
        run(PLACE, code="x", level="unit", province="null")


def test_a_code_is_used_once(unit):
    with pytest.raises(IntegrityError, match="unique"):
        run(PLACE, code=unit.code, level="unit", province="'91'")


def test_there_is_one_centre(unit):
    with pytest.raises(IntegrityError, match="places_place_one_centre"):
        run(PLACE, code="pusat", level="centre", province="null")


def test_a_zone_is_known(db):
    with pytest.raises(IntegrityError, match="places_province_zone_known"):
        run("insert into places_province (code, name, zone) values ('99', 'Uji', 'WIS')")


def test_a_place_with_tenures_cannot_be_deleted(unit):
    run("delete from places_ancestry")
    with pytest.raises(IntegrityError, match="foreign key"):
        run("delete from places_place where id = {id}", id=unit.pk)


def test_a_place_has_one_way_up_at_a_time(unit):
    with pytest.raises(IntegrityError, match="places_ancestry_one_way_at_a_time"):
        run(
            "insert into places_ancestry (ancestor_id, descendant_id, distance, during) "
            "values ({top}, {unit}, 1, '[2026-01-01,)')",
            top=a_centre().pk,
            unit=unit.pk,
        )


def test_a_row_missing_from_the_ancestry_is_found_and_repaired(unit):
    run("delete from places_ancestry where descendant_id = {id} and distance = 1", id=unit.pk)
    assert queries.ancestry_problems() == [
        "lapas-jayapura stood under kanwil-papua in [2024-10-20,), but the ancestry does not say so"
    ]
    actions.refresh_ancestry(by=TEST, now=NOW)
    assert queries.ancestry_problems() == []


def test_a_row_too_many_in_the_ancestry_is_found_and_repaired(unit):
    run(
        "update places_ancestry set during = '[2020-01-01,)' "
        "where descendant_id = {id} and distance = 2",
        id=unit.pk,
    )
    assert len(queries.ancestry_problems()) == 2
    actions.refresh_ancestry(by=TEST, now=NOW)
    assert queries.ancestry_problems() == []


def test_a_repair_writes_only_what_differs(unit):
    before = set(Ancestry.objects.values_list("pk", flat=True))
    actions.refresh_ancestry(by=TEST, now=NOW)
    assert set(Ancestry.objects.values_list("pk", flat=True)) == before


def test_a_place_without_a_way_to_the_centre_is_found(unit):
    run("update places_tenure set parent_id = null where place_id = {id}", id=unit.pk)
    actions.refresh_ancestry(by=TEST, now=NOW)
    assert queries.ancestry_problems() == [
        "lapas-jayapura has no way to the centre in [2024-10-20,)"
    ]


def test_a_circle_made_by_hand_ends(unit):
    run(
        "update places_tenure set parent_id = {unit} where place_id = {kanwil}",
        unit=unit.pk,
        kanwil=Place.objects.get(code="kanwil-papua").pk,
    )
    assert any("no way to the centre" in line for line in queries.ancestry_problems())
