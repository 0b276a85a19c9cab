"""Couriers, rates and kecamatan for the tests of shipping; states are made by calling actions."""

from dataclasses import replace

from bekal.foundation.ids import uuid7
from bekal.shipping.actions import NewRate, add_service, load_districts, set_rate
from bekal.shipping.rules import Manner, Terms
from tests.support.world import NOON, SETUP, TODAY


def a_row(code, name, regency, province):
    """A row as the package has it."""
    return {
        "kode_provinsi": code[:2],
        "kode_kabkota": code[2:4],
        "kode_kecamatan": code[4:],
        "nama_kecamatan": name,
        "nama_kabkota": regency,
        "nama_provinsi": province,
    }


def the_districts():
    """Every kecamatan of the provinces that the world of the tests has."""
    return load_districts(by=SETUP, now=NOON)


TERMS = Terms(18_000, 9_000, 1, 30_000, 2, 3)
"""Rp18.000 for the first kilogram, Rp9.000 for each further one, up to 30 kg, 2 to 3 days."""


def a_service(unit_id, *, courier="JNE", name="REG", now=NOON, **manner):
    """A service of a unit; returns its id."""
    return add_service(
        key=uuid7(),
        unit_id=unit_id,
        courier=courier,
        name=name,
        manner=Manner(**manner),
        by=SETUP,
        now=now,
    )


def a_rate(unit_id, service_id, area="0", *, valid_from=TODAY, now=NOON, **changes):
    """A row of the table from a day on; `terms=None` says "not there". Returns its id."""
    terms = changes["terms"] if "terms" in changes else replace(TERMS, **changes)
    return set_rate(
        key=uuid7(),
        unit_id=unit_id,
        rate=NewRate(service_id, area, terms),
        valid_from=valid_from,
        by=SETUP,
        now=now,
    )
