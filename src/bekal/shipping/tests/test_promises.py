"""What PostgreSQL refuses, whoever asks: every test here goes round the Python."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.shipping.actions import load_districts
from bekal.shipping.tests.factories import a_rate, a_row, a_service
from tests.support.world import NOON, SETUP

RATE = """
insert into shipping_rate (service_id, area_id, first_kg, next_kg, min_weight_g, max_weight_g,
  days_min, days_max, valid_from, set_at, set_by)
values ({service}, '0', {numbers}, '2026-04-27', now(), 'x')
"""


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("set constraints all immediate")


def refuses(sql, *params):
    with pytest.raises(DatabaseError):
        run(sql, *params)


@pytest.fixture
def service(world):
    rows = [a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah")]
    load_districts(by=SETUP, now=NOON, rows=rows)
    made = a_service(world.nabire)
    a_rate(world.nabire, made)
    return made


@pytest.mark.parametrize(
    "sql",
    [
        "update shipping_rate set first_kg = 1",
        "delete from shipping_rate",
        "update shipping_courier set name = 'J&T'",
        "delete from shipping_courier",
        "delete from shipping_service",
        "update shipping_service set name = 'YES'",
        "update shipping_service set divisor = 4000",
        "update shipping_service set stopped_on = '2026-05-01'",
        "update shipping_service set stopped_by = 'x'",
    ],
)
def test_what_was_written_stays(service, sql):
    refuses(sql)


def test_a_stopped_service_stays_stopped(service):
    stop = "update shipping_service set stopped_on = %s, stopped_at = now(), stopped_by = 'x'"
    run(stop, "2026-05-01")
    refuses(stop, "2026-06-01")
    refuses("update shipping_service set stopped_on = null, stopped_at = null, stopped_by = ''")


@pytest.mark.parametrize(
    "numbers",
    [
        "0, 0, 1, 1000, 1, 2",
        "18000, -1, 1, 1000, 1, 2",
        "18000, 9000, 0, 1000, 1, 2",
        "18000, 9000, 2000, 1000, 1, 2",
        "18000, 9000, 1, 1000001, 1, 2",
        "18000, 9000, 1, 1000, 3, 2",
        "18000, 9000, 1, 1000, 1, 61",
        "18000, null, 1, 1000, 1, 2",
        "null, null, null, null, 1, 2",
        "100000001, 0, 1, 1000, 1, 2",
    ],
)
def test_numbers_that_make_no_rate_are_refused(service, numbers):
    refuses(RATE.format(service=service, numbers=numbers))


def test_a_row_without_any_number_and_a_whole_one_are_taken(service):
    for numbers in ("null, null, null, null, null, null", "1, 0, 1, 1, 0, 0"):
        run(RATE.format(service=service, numbers=numbers))


@pytest.mark.parametrize(
    "sql",
    [
        "insert into shipping_area values ('1', 'x', null)",
        "insert into shipping_area values ('94', 'x', '51')",
        "insert into shipping_area values ('5101', 'x', '94')",
        "insert into shipping_area values ('33', 'x', null)",
        "insert into shipping_area values ('33', '', '33')",
        "insert into shipping_district values ('510101', 'x', '', ' x ', '9401')",
        "insert into shipping_district values ('94010', 'x', '', ' x ', '9401')",
        "insert into shipping_district values ('940102', '', '', ' x ', '9401')",
    ],
)
def test_a_code_is_of_its_province_and_regency(service, sql):
    refuses(sql)


def test_a_courier_and_a_running_service_are_there_once(service, world):
    courier = "insert into shipping_courier (unit_id, name, is_sample, added_at, added_by)"
    refuses(f"{courier} values (%s, 'jne', false, now(), 'x')", world.nabire)
    same = """
    insert into shipping_service (courier_id, name, tolerance_g, added_at, added_by, stopped_by)
    select courier_id, 'reg', 0, now(), 'x', '' from shipping_service
    """
    refuses(same)


@pytest.mark.parametrize("column", ["divisor = 500", "tolerance_g = 1000", "name = ' '"])
def test_a_service_counts_as_couriers_do(service, column):
    name, _, value = column.partition(" = ")
    values = {"name": "'YES'", "divisor": "6000", "tolerance_g": "0", name: value}
    refuses(
        "insert into shipping_service (courier_id, name, divisor, tolerance_g, added_at, added_by,"
        " stopped_by) select courier_id, {name}, {divisor}, {tolerance_g}, now(), 'x', ''"
        " from shipping_service".format(**values)
    )
