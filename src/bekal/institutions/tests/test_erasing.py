"""Who speaks for an institution is forgotten when its time is over; what was ordered stays."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.institutions.actions import erase_institutions, send_addresses
from bekal.institutions.tests.asked import (
    NPWP,
    SRI,
    answer,
    ask,
    choose,
    register,
)
from bekal.shop import queries as shop
from bekal.shop.actions import check_institution
from bekal.shop.models import Institution, Order
from bekal.shop.rules import KEPT_IN_USE, KEPT_UNUSED
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def erase(now):
    return erase_institutions(by=SETUP, now=now)


def kept():
    return Institution.objects.get()


def test_who_registered_and_never_asked_is_forgotten_after_a_year(db):
    made = register()
    assert erase(NOON + KEPT_UNUSED - DAY) == 0
    assert erase(NOON + KEPT_UNUSED + DAY) == 1
    party = kept()
    assert (party.npwp, party.contact_name, party.phone, party.email) == ("", "", "", "")
    assert party.erased_by == str(SETUP)
    assert shop.institution_by_key(key=made.key) is None
    assert not shop.institutions().exists()
    assert send_addresses(email="pengadaan@rsud.example.id", by=SRI, now=NOON) == 0
    assert erase(NOON + KEPT_UNUSED + 2 * DAY) == 0


def test_who_asked_or_was_checked_is_kept_for_five_years(world):
    asking, checked = register(), register(npwp="0013121660091000")
    ask(world, institution=asking)
    check_institution(institution_id=checked.institution_id, by=SETUP, now=NOON)
    assert erase(NOON + KEPT_IN_USE - DAY) == 0
    assert erase(NOON + KEPT_IN_USE + DAY) == 2


def test_an_order_keeps_its_institution_and_its_name_outlives_the_contact(world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    choose(asked, (noken, 20))
    assert erase(NOON + KEPT_UNUSED + DAY) == 0
    assert erase(NOON + KEPT_IN_USE + DAY) == 1
    order = Order.objects.get()
    assert order.institution == kept()
    assert kept().name == "RSUD Nabire"


def test_an_npwp_is_free_again_and_many_may_be_erased(db):
    for _ in range(2):
        made = register()
        check_institution(institution_id=made.institution_id, by=SETUP, now=NOON)
        assert erase(NOON + KEPT_IN_USE + DAY) == 1
    assert Institution.objects.filter(npwp="").count() == 2


@pytest.mark.parametrize(
    "change",
    [
        "npwp = ''",
        f"npwp = '{NPWP[::-1]}'",
        "erased_at = now()",
        "erased_at = now(), erased_by = 'x', email = '', phone = '', contact_name = ''",
    ],
)
def test_postgresql_erases_all_of_a_contact_or_nothing(db, change):
    register()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update shop_institution set {change}")
    assert kept().npwp == NPWP


def test_what_was_erased_is_not_written_again(db):
    register()
    erase(NOON + KEPT_UNUSED + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.update(contact_name="Sri")
    assert kept().contact_name == ""
