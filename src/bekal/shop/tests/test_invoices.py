"""Invoices that wait for their money: by age, as a task, and until they are settled."""

import datetime as dt
from dataclasses import replace

import pytest

from bekal.accounts.rules import Role
from bekal.foundation import formats
from bekal.foundation.ids import uuid7
from bekal.payments.rules import Means, Method
from bekal.shop.actions import cancel_order, register_institution
from bekal.shop.models import Institution, Notice, Order
from bekal.shop.queries import (
    InvoiceFilters,
    claims_elsewhere,
    due_days_of,
    late_invoices,
    narrowed,
    sums_by_age,
    unpaid_invoices,
)
from bekal.shop.queries.notices import told_notices
from bekal.shop.rules import Age, InstitutionKind, InstitutionSaid, OrderChannel, age_of
from bekal.shop.tests.market import an_order, open_market, pay, place
from bekal.shop.tests.office import BANGLI, HERE, sign_in
from tests.support.pages import words
from tests.support.remembering import remembered
from tests.support.world import NOON, SETUP, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DAY = dt.timedelta(days=1)
PAGE = f"{HERE}faktur/"
DESK = "/kerja/lapas-kelas-iib-nabire/"


@pytest.fixture
def market(world):
    return remembered(open_market, world)


@pytest.fixture
def hospital(db):
    """RSUD Nabire, for which Sri Wahyuni speaks."""
    said = InstitutionSaid(
        name="RSUD Nabire",
        npwp="0021832415000000",
        kind=InstitutionKind.OFFICE,
        contact_name="Sri Wahyuni",
        phone="+6281234567890",
        email="pengadaan@rsud.example.id",
    )
    made = register_institution(key=uuid7(), said=said, language="id", by=SETUP, now=NOON)
    return made.institution_id


def invoiced(market, hospital, *items, due=30, **changes):
    """The hospital ordered by invoice, due so many days from today."""
    given = {
        "method": Method.INVOICE,
        "channel": OrderChannel.INSTITUTION,
        "institution_id": hospital,
        "reference": "PO-7/2026",
        "due_on": TODAY + due * DAY,
        **changes,
    }
    order = an_order(market, *(items or [("noken", 2)]))
    placed = place(replace(order, **given))
    return Order.objects.get(pk=placed.order_id)


@pytest.mark.parametrize(
    ("late", "age"),
    [
        (-30, Age.AHEAD),
        (0, Age.AHEAD),
        (1, Age.MONTH),
        (30, Age.MONTH),
        (31, Age.TWO_MONTHS),
        (60, Age.TWO_MONTHS),
        (61, Age.OLDER),
    ],
)
def test_the_last_day_of_paying_is_not_late_and_ages_meet_without_a_gap(late, age):
    assert age_of(TODAY - late * DAY, today=TODAY) is age


def test_sri_is_told_by_when_her_invoice_is_to_be_paid(market, hospital):
    sri = replace(an_order(market, ("noken", 2)).buyer, email="sri@rsud.example.id")
    order = invoiced(market, hospital, buyer=sri)
    (told,) = told_notices(notices=Notice.objects.filter(order=order), on=TODAY)
    assert "dibayar menurut faktur paling lambat 27 Mei 2026." in told.told.body
    assert "saat mengambil" not in told.told.body


def test_invoices_are_listed_by_their_day_with_what_they_lack(market, hospital):
    later = invoiced(market, hospital, due=10)
    late = invoiced(market, hospital, due=-40)
    pay(late.pk, 50_000, means=Means.TRANSFER)
    rows = unpaid_invoices(unit_id=market.nabire, today=TODAY)
    assert [(row.order_id, row.days_late, row.owed) for row in rows] == [
        (late.pk, 40, late.total - 50_000),
        (later.pk, 0, later.total),
    ]
    sums = {one.age: (one.count, one.owed) for one in sums_by_age(rows) if one.count}
    assert sums == {
        Age.AHEAD: (1, later.total),
        Age.TWO_MONTHS: (1, late.total - 50_000),
    }
    assert late_invoices(unit_id=market.nabire, today=TODAY) == 1


def test_payments_are_told_by_when_an_order_is_to_be_paid(market, hospital):
    due, other = invoiced(market, hospital, due=10), an_order(market, ("noken", 1))
    subjects = [f"order:{due.pk}", f"order:{other.key}", f"part:{due.pk}", "receipt:x"]
    assert due_days_of(subjects=subjects) == {f"order:{due.pk}": due.due_on}


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (InvoiceFilters(text="rsud po-7"), 2),
        (InvoiceFilters(text="hotel"), 0),
        (InvoiceFilters(age=Age.AHEAD), 1),
        (InvoiceFilters(age=Age.OLDER), 0),
    ],
)
def test_the_list_is_narrowed_by_words_and_age(market, hospital, filters, count):
    for due in (10, -5):
        invoiced(market, hospital, due=due)
    rows = unpaid_invoices(unit_id=market.nabire, today=TODAY)
    assert len(narrowed(rows, filters=filters)) == count


def test_what_is_paid_or_cancelled_waits_no_more(market, hospital):
    paid, gone = (invoiced(market, hospital, due=-1) for _ in range(2))
    pay(paid.pk, means=Means.TRANSFER)
    cancel_order(order_id=gone.pk, by=SETUP, now=NOON)
    assert unpaid_invoices(unit_id=market.nabire, today=TODAY) == []
    assert late_invoices(unit_id=market.nabire, today=TODAY) == 0


def test_a_unit_sees_its_part_of_what_another_collects(market, hospital):
    order = invoiced(market, hospital, ("noken", 3), ("endek", 1), due=-2)
    (claim,) = claims_elsewhere(unit_id=market.bangli, today=TODAY)
    part = order.parts.get(unit_id=market.bangli)
    assert (claim.code, claim.total, claim.days_late) == (
        order.code,
        part.goods_total + part.fee,
        2,
    )
    assert claim.collector == "Lapas Kelas IIB Nabire"
    assert claims_elsewhere(unit_id=market.nabire, today=TODAY) == []
    assert unpaid_invoices(unit_id=market.bangli, today=TODAY) == []


def test_the_treasurer_sees_who_is_late_and_reminds_them_in_one_tap(client, market, hospital):
    order = invoiced(market, hospital, due=-3)
    sign_in(client, market.nabire, role=Role.BENDAHARA, name="Maria")
    answered = client.get(PAGE)
    said = words(answered)
    assert f"{order.code} PO-7/2026 RSUD Nabire" in said
    assert "lewat 3 hari" in said
    page = answered.content.decode()
    assert "https://wa.me/6281234567890?text=Yth.%20Sri%20Wahyuni" in page
    assert f"/uang-masuk/tagihan/{order.pk}/" in page
    assert "Tagih 1 faktur lembaga" in words(client.get(DESK))


def test_nobody_is_reminded_of_what_came_in_and_is_being_checked(
    client, market, hospital, settings
):
    order = invoiced(market, hospital, due=-3)
    owed = unpaid_invoices(unit_id=market.nabire, today=TODAY)[0].owed
    settings.BEKAL_ON_PAID = {"order": "bekal.payments.tests.hearing.refuse"}
    pay(order.pk, means=Means.TRANSFER)
    sign_in(client, market.nabire, role=Role.BENDAHARA, name="Maria")
    answered = client.get(PAGE)
    assert f"{formats.rupiah(owed)} sudah masuk dan sedang diperiksa" in words(answered)
    assert "Ingatkan" not in answered.content.decode()
    assert "Tagih" not in words(client.get(DESK))
    assert late_invoices(unit_id=market.nabire, today=TODAY) == 0
    lines = b"".join(client.get(f"{PAGE}unduh/").streaming_content).decode().splitlines()
    told = dict(zip(lines[0].split(";"), lines[1].split(";"), strict=True))
    assert (told["kurang"], told["sedang_diperiksa"]) == (str(owed), str(owed))


def test_an_institution_with_a_landline_is_written_to_by_e_mail_or_called(client, market, hospital):
    Institution.objects.update(phone="+62967321555")
    order = invoiced(market, hospital, due=-3)
    sign_in(client, market.nabire, role=Role.BENDAHARA, name="Maria")
    page = client.get(PAGE).content.decode()
    assert "wa.me" not in page
    mail = f"mailto:pengadaan@rsud.example.id?subject=Faktur%20pesanan%20{order.code}"
    assert f'href="{mail}&amp;body=Yth.%20Sri%20Wahyuni' in page
    assert 'href="tel:+62967321555"' in page
    assert "Telepon 0967-321555" in page


def test_who_does_not_handle_money_sees_the_sums_and_no_person(client, market, hospital):
    invoiced(market, hospital, due=-3)
    sign_in(client, market.nabire)
    page = client.get(PAGE).content.decode()
    assert "RSUD Nabire" in page
    assert "wa.me" not in page
    assert "Sri" not in page
    assert "Tagih" not in words(client.get(DESK))


def test_the_file_names_no_person_and_another_unit_s_list_is_not_there(client, market, hospital):
    order = invoiced(market, hospital, due=-3)
    sign_in(client, market.nabire, role=Role.BENDAHARA)
    lines = b"".join(client.get(f"{PAGE}unduh/").streaming_content).decode()
    assert f"{order.code};RSUD Nabire;PO-7/2026" in lines
    assert "Sri" not in lines
    assert client.get(f"{BANGLI}faktur/").status_code == 404


def test_a_unit_without_invoices_is_told_so(client, market):
    sign_in(client, market.nabire, role=Role.BENDAHARA)
    assert "Tidak ada faktur yang menunggu pembayaran." in words(client.get(PAGE))


def test_many_invoices_ask_the_database_little(
    client, market, hospital, django_assert_max_num_queries
):
    for due in range(4):
        invoiced(market, hospital, ("noken", 1), due=due)
    sign_in(client, market.nabire, role=Role.BENDAHARA)
    client.get(PAGE)
    with django_assert_max_num_queries(9):
        client.get(PAGE)
