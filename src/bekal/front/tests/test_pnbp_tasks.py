"""What the state's share asks of a treasurer at the desk."""

import datetime as dt

import pytest

from bekal.accounts.rules import Role
from bekal.treasury.tests.deposits import billed, sells
from tests.support.world import NOON, TODAY

DESK = "/kerja/lapas-narkotika-kelas-iia-bangli/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def trade(world):
    """Bangli owes for two months; a code ends tomorrow, and one has ended."""
    sells(world.bangli, world.endek, 3, sold_on=TODAY - dt.timedelta(days=60))
    billed(world.bangli, 20_000, expires_at=NOON + dt.timedelta(days=1))
    billed(world.bangli, 20_000, number=2, expires_at=NOON + dt.timedelta(days=6))
    then = NOON - dt.timedelta(days=9)
    billed(world.bangli, 20_000, number=3, now=then, expires_at=NOON - dt.timedelta(days=2))


def test_the_treasurer_is_told_of_codes_that_end_and_of_what_is_late(trade, person):
    page = person("Ratna", (Role.BENDAHARA, "bangli")).get(DESK).content.decode()
    assert "Bayar 1 setoran PNBP" in page
    assert "Buat kode baru untuk 1 setoran PNBP" in page
    assert "Setorkan PNBP Rp150.000" in page


def test_who_keeps_no_money_is_not_asked(trade, person):
    page = person("Made", (Role.PETUGAS, "bangli")).get(DESK).content.decode()
    assert "setoran PNBP" not in page


def test_a_unit_that_keeps_up_has_no_task(world, person):
    sells(world.bangli, world.endek)
    page = person("Ratna", (Role.BENDAHARA, "bangli")).get(DESK).content.decode()
    assert "Setorkan PNBP" not in page
