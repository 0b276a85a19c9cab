"""Permits: written down once, renewed, withdrawn, of the unit's own goods."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import Error, connection, transaction

from bekal.audit.models import Event
from bekal.catalogue import rules
from bekal.catalogue.actions import add_permit, set_permit_products, withdraw_permit
from bekal.catalogue.models import Permit, PermitProduct
from bekal.catalogue.rules import NewPermit, PermitKind, PermitRefused, PermitState
from bekal.catalogue.tests.factories import NOW, RINA, a_product, a_unit

pytestmark = pytest.mark.django_db
PIRT = NewPermit(
    kind=PermitKind.PIRT,
    number="2067271010001-30",
    holder="Koperasi Lapas Kelas IIA Palu",
    valid_from=dt.date(2025, 1, 1),
    valid_until=dt.date(2029, 12, 31),
)


@pytest.fixture
def chips():
    return a_product(unit=a_unit())


def added(product, permit=PIRT, renews=None):
    return add_permit(
        unit_id=product.seller.unit_id, permit=permit, renews=renews, by=RINA, now=NOW
    )


def test_a_permit_is_written_down_once_with_its_products(chips):
    told = replace(PIRT, number=" 2067271010001-30 ", product_ids=(chips.pk,))
    assert added(chips, told) == added(chips, told)
    permit = Permit.objects.get()
    assert permit.number == PIRT.number
    assert [each.product_id for each in permit.goods.all()] == [chips.pk]
    assert Event.objects.count() == 1


def test_a_number_stands_once_whoever_writes_it(chips):
    added(chips)
    poso = a_product(unit=a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso"))
    with pytest.raises(PermitRefused, match="di unit lain"):
        added(poso)
    with pytest.raises(PermitRefused, match="dengan isi lain"):
        added(chips, replace(PIRT, holder="Koperasi lain"))
    assert Permit.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": " "}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"holder": ""}, "holder"),
        ({"holder": "x" * 121}, "holder"),
        ({"valid_until": dt.date(2024, 1, 1)}, "valid_until"),
        ({"product_ids": (999,)}, "products"),
    ],
)
def test_a_permit_that_cannot_be_is_refused_at_its_field(chips, change, field):
    with pytest.raises(PermitRefused) as refused:
        added(chips, replace(PIRT, **change))
    assert refused.value.field == field
    assert not Permit.objects.exists()
    assert not Event.objects.exists()


def test_a_permit_is_renewed_once_by_one_of_its_kind(chips):
    before = added(chips)
    after = replace(PIRT, valid_from=dt.date(2030, 1, 1), valid_until=dt.date(2034, 12, 31))
    assert added(chips, after, renews=before.pk).renews == before
    third = replace(after, number="2067271010001-99")
    with pytest.raises(PermitRefused, match="sudah diperpanjang"):
        added(chips, third, renews=before.pk)
    with pytest.raises(PermitRefused, match="sejenis"):
        added(chips, replace(third, kind=PermitKind.HALAL), renews=before.pk)
    with pytest.raises(PermitRefused, match="tidak ada di unit ini"):
        added(chips, third, renews=999)


def test_what_a_permit_speaks_of_is_said_anew(chips):
    permit = added(chips, replace(PIRT, product_ids=(chips.pk,)))
    unit = chips.seller.unit
    sambal = a_product(unit=unit, name="Sambal")
    for _ in range(2):
        set_permit_products(
            unit_id=unit.pk, permit_id=permit.pk, product_ids=[sambal.pk], by=RINA, now=NOW
        )
    assert PermitProduct.objects.get().product == sambal
    assert Event.objects.filter(action="catalogue.set_permit_products").count() == 1


def test_a_permit_is_withdrawn_once_and_its_number_is_free_again(chips):
    permit = added(chips)
    for _ in range(2):
        withdraw_permit(unit_id=chips.seller.unit_id, permit_id=permit.pk, by=RINA, now=NOW)
    assert Event.objects.filter(action="catalogue.withdraw_permit").count() == 1
    assert added(chips, replace(PIRT, holder="Koperasi lain")) != permit


def test_a_permit_of_another_unit_is_out_of_reach(chips):
    permit = added(chips)
    poso = a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso")
    with pytest.raises(PermitRefused):
        withdraw_permit(unit_id=poso.pk, permit_id=permit.pk, by=RINA, now=NOW)
    with pytest.raises(PermitRefused):
        set_permit_products(unit_id=poso.pk, permit_id=permit.pk, product_ids=[], by=RINA, now=NOW)
    assert Permit.objects.get().withdrawn_at is None


def test_the_database_keeps_permits_as_they_were_written(chips):
    permit = added(chips, replace(PIRT, product_ids=(chips.pk,)))
    poso = a_product(unit=a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso"))
    told = [
        ("update catalogue_permit set number = 'lain'", "only withdrawn"),
        ("update catalogue_permit set valid_until = null", "only withdrawn"),
        ("delete from catalogue_permit", "final"),
        (f"update catalogue_permitproduct set product_id = {poso.pk}", "its own seller"),
        ("update catalogue_permit set withdrawn_at = now()", "withdrawn_by_somebody"),
    ]
    for sql, promise in told:
        with pytest.raises(Error, match=promise), transaction.atomic():
            connection.cursor().execute(sql)
    assert Permit.objects.get() == permit


@pytest.mark.parametrize(
    ("days_left", "is_renewed", "state"),
    [
        (None, False, PermitState.IN_FORCE),
        (61, False, PermitState.IN_FORCE),
        (60, False, PermitState.ENDING),
        (0, False, PermitState.ENDING),
        (-1, False, PermitState.ENDED),
        (30, True, PermitState.RENEWED),
        (-1, True, PermitState.RENEWED),
    ],
)
def test_a_permit_stands_somewhere_on_a_day(days_left, is_renewed, state):
    day = dt.date(2026, 4, 27)
    until = None if days_left is None else day + dt.timedelta(days=days_left)
    told: dict[str, Any] = {"valid_from": PIRT.valid_from, "valid_until": until, "on": day}
    here = rules.state_of_permit(is_renewed=is_renewed, is_withdrawn=False, **told)
    assert here is state
    gone = rules.state_of_permit(is_renewed=False, is_withdrawn=True, **told)
    assert gone is PermitState.WITHDRAWN
    ahead = rules.state_of_permit(
        is_renewed=False,
        is_withdrawn=False,
        valid_from=day + dt.timedelta(days=1),
        valid_until=None,
        on=day,
    )
    assert ahead is PermitState.AHEAD
