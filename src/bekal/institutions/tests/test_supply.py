"""A vendor of food takes greens of Nabire three days a week, and what that is of all it buys."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.audit.queries import chain_problems
from bekal.catalogue.models import Product
from bekal.foundation.attachments import read_attachment
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused
from bekal.institutions import queries
from bekal.institutions.actions import (
    NewPurchases,
    NewSupply,
    Told,
    agree_supply,
    declare_purchases,
    end_supply,
    tell_delivery,
)
from bekal.institutions.models import Purchases, Supply, SupplyDelivery, SupplyEnd
from bekal.institutions.rules import Agreed, SupplyRefused, due_days, percent
from bekal.institutions.tests.asked import register
from bekal.institutions.tests.pages import BANGLI, NABIRE, hidden, sign_in, text, words
from bekal.production.actions import move_stock
from bekal.production.models import Stock
from bekal.production.rules import NewMove, Reason
from bekal.sales.models import Sale
from bekal.shop.actions import check_institution
from bekal.shop.models import Order
from bekal.shop.rules import InstitutionKind, OrderStatus
from tests.support.threads import all_at_once
from tests.support.world import NOON, SETUP, TODAY, YOHANA

pytestmark = pytest.mark.usefixtures("noon")

HERE = f"{NABIRE}/pasokan/"
MODELS = (Supply, SupplyEnd, SupplyDelivery, Purchases, Order, Sale, Message)
DAY = dt.timedelta(days=1)
APRIL = dt.date(2026, 4, 1)


def counts():
    return [model.objects.count() for model in MODELS]


def a_vendor(*, is_checked=True, **changes):
    given: dict[str, Any] = {"name": "CV Pangan Nabire", "kind": InstitutionKind.VENDOR}
    vendor = register(**given | changes).institution_id
    if is_checked:
        check_institution(institution_id=vendor, by=SETUP, now=NOON)
    return vendor


def agreed(**changes):
    given: dict[str, Any] = {
        "pieces": 20,
        "unit_price": 45_000,
        "weekdays": frozenset({0, 2, 4}),
        "first_on": TODAY - 7 * DAY,
        "last_on": TODAY + 60 * DAY,
        "term_days": 30,
    }
    return Agreed(**given | changes)


def new_supply(world, vendor, *, key=None, product=None, **changes):
    return NewSupply(
        key or uuid7(), vendor, world.nabire, product or world.coffee, agreed(**changes)
    )


def agree(world, *, vendor=None, **changes):
    new = new_supply(world, vendor or a_vendor(), **changes)
    return agree_supply(new=new, by=YOHANA, now=NOON)


def stocked(product, pieces=100):
    move = NewMove(product, pieces, Reason.RECEIVED, f"uji:{product}")
    move_stock(moves=[move], by=YOHANA, now=NOON)


def told(world, supply, *, due_on=TODAY, pieces: int | None = 20, reason=""):
    return Told(supply, world.nabire, due_on, pieces, reason)


def tell(world, supply, **changes):
    return tell_delivery(told=told(world, supply, **changes), by=YOHANA, now=NOON)


def declare(world, vendor, *, total=20_000_000, month=APRIL, reason="", key=None, now=NOON):
    paper = read_attachment(name="rekap.pdf", content=b"%PDF-1.7")
    new = NewPurchases(key or uuid7(), vendor, world.nabire, month, total, paper, reason)
    return declare_purchases(new=new, by=YOHANA, now=now)


def test_the_days_of_an_agreement_are_its_weekdays_within_its_time():
    monday = dt.date(2026, 4, 27)
    days = due_days(
        mask=0b10101,
        first_on=monday,
        last_on=monday + 8 * DAY,
        since=monday - 30 * DAY,
        until=monday + 30 * DAY,
    )
    assert [(day - monday).days for day in days] == [0, 2, 4, 7]


def test_a_share_is_cut_and_never_rounded_up():
    assert [percent(*pair) for pair in ((5, 100), (4_999, 100_000), (0, 7), (7, 7))] == [
        "5,0",
        "4,9",
        "0,0",
        "100,0",
    ]


@pytest.mark.django_db
def test_a_delivery_becomes_an_order_and_a_sale_on_credit_with_its_invoice(world):
    stocked(world.coffee)
    supply = agree(world)
    code = tell(world, supply)
    order = Order.objects.get(code=code)
    assert (order.method, order.due_on) == ("invoice", TODAY + 30 * DAY)
    assert order.status == OrderStatus.PLACED
    sale = Sale.objects.get()
    assert (sale.total, sale.payment, sale.buyer_class) == (900_000, "credit", "institution")
    assert order.institution_id == Supply.objects.get().institution_id
    assert chain_problems() == []


@pytest.mark.django_db
def test_a_day_is_told_of_once_and_a_second_click_is_harmless(world):
    stocked(world.coffee)
    supply = agree(world)
    assert tell(world, supply) == tell(world, supply)
    before = counts()
    with pytest.raises(KeyReused):
        tell(world, supply, pieces=3)
    with pytest.raises(KeyReused):
        tell(world, supply, pieces=None, reason="Banjir")
    assert counts() == before
    assert Sale.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_who_confirm_at_once_make_one_sale(world):
    stocked(world.coffee)
    supply = agree(world)
    answers = all_at_once(8, lambda _number: tell(world, supply))
    assert len({str(one) for one in answers}) == 1
    assert (Order.objects.count(), Sale.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_what_was_not_sent_has_its_reason_and_makes_no_order(world):
    supply = agree(world)
    assert tell(world, supply, pieces=None, reason="Panen gagal") == ""
    assert (Order.objects.count(), SupplyDelivery.objects.get().reason) == (0, "Panen gagal")


@pytest.mark.django_db
def test_what_cannot_be_is_refused_and_nothing_changes(world):
    supply = agree(world)
    before = counts()
    for changes in (
        {"due_on": TODAY + DAY},
        {"due_on": TODAY + 2 * DAY},
        {"due_on": TODAY - 7 * DAY * 4},
        {"pieces": 0},
        {"pieces": 21},
        {"pieces": None, "reason": " "},
    ):
        with pytest.raises(SupplyRefused):
            tell(world, supply, **changes)
    assert counts() == before


@pytest.mark.django_db
def test_what_was_handed_over_is_a_fact_also_where_the_books_have_fewer(world):
    stocked(world.coffee, 5)
    tell(world, agree(world), pieces=6)
    assert Stock.objects.get(pk=world.coffee).on_hand == -1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"pieces": 0},
        {"unit_price": 0},
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"last_on": TODAY - 30 * DAY},
        {"term_days": 61},
    ],
)
def test_an_agreement_about_nothing_is_refused(world, changes):
    vendor = a_vendor()
    before = counts()
    with pytest.raises(SupplyRefused):
        agree(world, vendor=vendor, **changes)
    assert counts() == before


@pytest.mark.django_db
def test_only_checked_vendors_and_the_unit_s_own_goods(world):
    for vendor, product in (
        (a_vendor(is_checked=False), None),
        (a_vendor(kind=InstitutionKind.HOTEL, npwp="0013121660091000"), None),
        (a_vendor(npwp="0013121660091001", is_checked=True), world.endek),
    ):
        with pytest.raises(SupplyRefused):
            agree(world, vendor=vendor, product=product)
    assert not Supply.objects.exists()


@pytest.mark.django_db
def test_an_agreement_that_ends_early_asks_for_nothing_more(world):
    supply = agree(world)
    found = queries.supply_of(unit_id=world.nabire, supply_id=supply)
    assert found is not None
    ending = {"supply_id": supply, "unit_id": world.nabire, "by": YOHANA, "now": NOON}
    end_supply(last_on=TODAY, reason="Kontrak berakhir", **ending)
    end_supply(last_on=TODAY + DAY, reason="lagi", **ending)
    assert SupplyEnd.objects.get().last_on == TODAY
    found = queries.supply_of(unit_id=world.nabire, supply_id=supply)
    assert found is not None
    assert queries.days_of_supply(found, since=TODAY, until=TODAY + 30 * DAY) == [TODAY]


@pytest.mark.django_db
def test_numerator_and_denominator_stay_and_a_correction_follows_with_its_reason(world):
    stocked(world.coffee)
    vendor = a_vendor()
    supply = agree(world, vendor=vendor)
    tell(world, supply)
    declare(world, vendor)
    with pytest.raises(SupplyRefused):
        declare(world, vendor, total=18_000_000)
    declare(world, vendor, total=18_000_000, reason="Rekap salah jumlah")
    (row,) = queries.vendor_months(unit_ids=[world.nabire], month=APRIL)
    assert row.newest is not None
    assert (row.bought, row.newest.number, row.share, row.has_moved) == (900_000, 2, "5,0", False)
    totals = Purchases.objects.order_by("number").values_list("bought", "total")
    assert list(totals) == [(900_000, 20_000_000), (900_000, 18_000_000)]
    before = counts()
    for changes in (
        {"total": 800_000, "reason": "x"},
        {"total": 0, "reason": "x"},
        {"month": dt.date(2026, 5, 1)},
    ):
        with pytest.raises(SupplyRefused):
            declare(world, vendor, **changes)
    assert counts() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "update institutions_supply set unit_price = 1",
        "delete from institutions_supplydelivery",
        "update institutions_purchases set total = total + 1",
        "delete from institutions_purchasespaper",
        "update institutions_supplydelivery set due_on = due_on + 2",
    ],
)
def test_the_database_keeps_what_was_agreed_delivered_and_declared(world, sql):
    stocked(world.coffee)
    vendor = a_vendor()
    tell(world, agree(world, vendor=vendor))
    declare(world, vendor)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@transaction.atomic
def _declare_without_paper(world):
    Purchases.objects.create(
        id=uuid7(),
        institution_id=Supply.objects.get().institution_id,
        unit_id=world.nabire,
        month=APRIL,
        number=1,
        bought=0,
        total=5,
        declared_at=NOON,
        declared_by="uji",
    )
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


@pytest.mark.django_db
def test_the_database_knows_the_days_of_an_agreement_and_asks_for_a_document(world):
    supply = agree(world)
    with pytest.raises(DatabaseError, match="nothing is due"), transaction.atomic():
        SupplyDelivery.objects.create(
            supply_id=supply,
            due_on=TODAY + DAY,
            kind="missed",
            reason="x",
            told_at=NOON,
            told_by="uji",
        )
    with pytest.raises(DatabaseError, match="with its document"):
        _declare_without_paper(world)


@pytest.mark.django_db
def test_yohana_writes_down_an_agreement(client, world):
    vendor = a_vendor()
    yohana = sign_in(client, world.nabire)
    page = yohana.get(f"{HERE}baru/")
    assert "CV Pangan Nabire" in words(page)
    form = {
        **hidden(page),
        "vendor": str(vendor),
        "product": Product.objects.get(pk=world.coffee).code,
        "pieces": "20",
        "unit_price": "45.000",
        "weekdays": ["0", "2", "4"],
        "first_on": "2026-04-20",
        "last_on": "2026-06-30",
        "term_days": "30",
    }
    for name, typed in (("weekdays", []), ("term_days", "x"), ("term_days", "61"), ("pieces", "0")):
        assert yohana.post(f"{HERE}baru/", {**form, name: typed}).status_code == 422
    assert [yohana.post(f"{HERE}baru/", form).status_code for _ in range(2)] == [303, 303]
    assert yohana.post(f"{HERE}baru/", {**form, "pieces": "3"}).status_code == 409
    assert Supply.objects.count() == 1
    assert "Senin, Rabu, Jumat" in words(yohana.get(HERE))


@pytest.mark.django_db
def test_yohana_confirms_a_delivery_in_one_tap_or_says_why_not(client, world):
    stocked(world.coffee)
    supply = agree(world)
    yohana = sign_in(client, world.nabire)
    due = f"{HERE}{supply}/2026-04-27/"
    assert "Rp900.000" in words(yohana.get(due))
    assert yohana.get(f"{HERE}{supply}/2026-04-28/").status_code == 404
    refused = yohana.post(due, {"pieces": "banyak"})
    assert refused.status_code == 422
    assert "<title>Gagal: " in refused.content.decode()
    assert "Tersimpan. Pesanan BK-" in words(yohana.post(due, {"pieces": "20"}, follow=True))
    assert yohana.post(due, {"pieces": "3"}).status_code == 409
    no = {"jawaban": "tidak", "reason": "Panen gagal"}
    assert yohana.post(f"{HERE}{supply}/2026-04-24/", no).status_code == 303
    assert "Panen gagal" in words(yohana.get(f"{HERE}{supply}/"))
    end = {"last_on": "2026-05-01", "reason": "Usai"}
    assert yohana.post(f"{HERE}{supply}/akhiri/", {**end, "reason": ""}).status_code == 422
    assert yohana.post(f"{HERE}{supply}/akhiri/", end).status_code == 303
    assert "Diakhiri lebih awal: Usai" in words(yohana.get(f"{HERE}{supply}/"))


@pytest.mark.django_db
def test_yohana_declares_what_a_vendor_bought_in_all_with_its_document(client, world):
    stocked(world.coffee)
    vendor = a_vendor()
    tell(world, agree(world, vendor=vendor))
    yohana = sign_in(client, world.nabire)
    report = f"{HERE}penyedia/?bulan=2026-04"
    said = {**hidden(yohana.get(report)), "vendor": str(vendor), "total": "18.000.000"}
    declared = f"{HERE}penyedia/nyatakan/?bulan=2026-04"
    assert "Lampirkan dokumen" in words(yohana.post(declared, said))
    file = SimpleUploadedFile("rekap.pdf", b"%PDF-1.7")
    shown = words(yohana.post(declared, {**said, "file": file}, follow=True))
    assert "5,0 %" in shown
    assert "Rp18.000.000" in shown
    paper = Purchases.objects.get().pk
    assert yohana.get(f"{HERE}penyedia/dokumen/{paper}/").content == b"%PDF-1.7"
    rows = text(yohana.get(f"{HERE}penyedia/unduh/?bulan=2026-04"))
    assert "2026-04;CV Pangan Nabire;Lapas Kelas IIB Nabire;900000;900000;18000000;5,0;0" in rows


@pytest.mark.django_db
def test_a_kanwil_reads_all_its_units_and_nobody_reads_another_s(client, world):
    stocked(world.coffee)
    vendor = a_vendor()
    supply = agree(world, vendor=vendor)
    tell(world, supply)
    sign_in(client, world.papua, role=Role.KANWIL, name="Kanwil")
    page = words(client.get("/pasokan/?bulan=2026-04", follow=True))
    assert "Belanja penyedia bahan makanan" in page
    page = words(client.get("/kerja/kanwil-papua/pasokan/penyedia/?bulan=2026-04"))
    assert "Lapas Kelas IIB Nabire" in page
    assert "belum dinyatakan" in page
    assert client.post(f"{HERE}{supply}/2026-04-27/", {"pieces": "1"}).status_code == 403
    sign_in(client, world.bangli, name="Wayan")
    for path in (f"{HERE}{supply}/", f"{BANGLI}/pasokan/{supply}/", f"{HERE}penyedia/"):
        assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_the_pages_ask_few_questions(client, world, django_assert_max_num_queries):
    stocked(world.coffee)
    vendor = a_vendor()
    for _ in range(3):
        agree(world, vendor=vendor)
    yohana = sign_in(client, world.nabire)
    for path, most in ((HERE, 11), (f"{HERE}penyedia/", 14), (f"{HERE}penyedia/unduh/", 9)):
        with django_assert_max_num_queries(most):
            text(yohana.get(path))
