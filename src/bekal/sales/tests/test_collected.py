"""Sales of orders: the money stands in the advance of the unit that collected it, and goes back."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.accounts.rules import Role
from bekal.audit.queries import chain_problems
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused
from bekal.ledger.actions import post_entry
from bekal.ledger.models import Entry
from bekal.ledger.queries import balances_of, ledger_problems
from bekal.ledger.rules import AccountKind, Line
from bekal.production.actions import move_stock
from bekal.production.models import Stock
from bekal.production.rules import NewMove, Reason
from bekal.sales import actions, queries
from bekal.sales.models import Refund, Sale, SaleLine, UnitDay
from bekal.sales.rules import Channel, PaymentKind, RefundKind, RefundRefused, SaleRefused
from bekal.sales.tests.desk import HERE, sign_in
from tests.support.pages import words
from tests.support.world import NOON, SITI, TODAY, YOHANA, a_sale

pytestmark = pytest.mark.django_db
ORDER = Channel.ORDER
_PARTS = {"collected_is_of_an_order": ""}
ON_CREDIT = {"payment": PaymentKind.CREDIT}


def paid(unit_id, amount):
    """A buyer's money for an order came to a unit, as payments books it."""
    post_entry(
        lines=[
            Line(unit_id, AccountKind.QRIS, amount),
            Line(unit_id, AccountKind.ORDER_ADVANCE, -amount),
        ],
        key=uuid7(),
        occurred_on=TODAY,
        memo="Uang muka pesanan",
        source="uji",
        by=SITI,
        now=NOON,
    )


def ordered(unit_id, *items, collected_by, **changes):
    """The sale of a part of an order that was paid by QRIS."""
    key = uuid7()
    online = {"channel": Channel.ONLINE, "payment": PaymentKind.QRIS, **changes}
    of_an_order = {"collected_by": collected_by, "order_part": f"part:{key}", **online}
    sale = a_sale(unit_id, *items, key=key, **of_an_order)
    actions.record_sale(sale=sale, by=YOHANA, now=NOON)
    return sale


def moved(product, pieces, reason, source):
    move = NewMove(product, pieces, reason, source)
    move_stock(moves=[move], by=YOHANA, now=NOON)


def give_back(sale, pieces, *, goods_source=None, key=None):
    line = SaleLine.objects.get(sale_id=sale.key)
    refund = actions.NewRefund(
        key or uuid7(),
        sale.key,
        {line.pk: pieces},
        RefundKind.RETURN,
        "Bocor",
        order_part=sale.order_part,
        goods_source=f"uji:{uuid7()}" if goods_source is None else goods_source,
    )
    return actions.refund_sale(refund=refund, by=SITI, now=NOON)


def held(unit_id):
    """Rupiah by account, and by the other unit for what units hold for each other."""
    return {
        (b.account, b.counterpart_id) if b.counterpart_id else b.account: b.amount
        for b in balances_of(unit_id=unit_id)
        if b.amount
    }


def all_ties_out():
    return queries.summary_problems() == [] == ledger_problems() == chain_problems()


def test_a_unit_that_collected_for_itself_turns_its_advance_into_the_split(world):
    paid(world.nabire, 100_000)
    ordered(world.nabire, (world.noken, 1), collected_by=world.nabire)
    assert held(world.nabire) == {
        AccountKind.QRIS: 100_000,
        AccountKind.COST_RECOVERY: -60_000,
        AccountKind.PREMI_UNALLOCATED: -20_000,
        AccountKind.CAPITAL: -14_000,
        AccountKind.PNBP_PAYABLE: -6_000,
    }
    assert Sale.objects.get().collector_id == world.nabire
    assert all_ties_out()


def test_a_unit_that_collected_for_another_owes_it_and_keeps_the_money(world):
    paid(world.bangli, 100_000)
    ordered(world.nabire, (world.noken, 1), collected_by=world.bangli)
    assert held(world.bangli) == {
        AccountKind.QRIS: 100_000,
        (AccountKind.SETTLEMENT, world.nabire): -100_000,
    }
    assert held(world.nabire) == {
        (AccountKind.SETTLEMENT, world.bangli): 100_000,
        AccountKind.COST_RECOVERY: -60_000,
        AccountKind.PREMI_UNALLOCATED: -20_000,
        AccountKind.CAPITAL: -14_000,
        AccountKind.PNBP_PAYABLE: -6_000,
    }
    assert (UnitDay.objects.get().unit_id, UnitDay.objects.get().gross) == (world.nabire, 100_000)
    assert all_ties_out()


@pytest.mark.parametrize("collector", ["nabire", "bangli"])
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_any_partial_refunds_give_back_to_the_advance_of_the_collecting_unit(
    world, collector, steps
):
    collecting = getattr(world, collector)
    with transaction.atomic():
        paid(collecting, 5 * 48_000)
        before = held(collecting)
        sale = ordered(world.nabire, (world.coffee, 5), collected_by=collecting)
        left = 5
        for wanted in steps:
            if pieces := min(wanted, left):
                give_back(sale, pieces)
                left -= pieces
            back = (5 - left) * 48_000
            assert held(collecting).get(AccountKind.ORDER_ADVANCE, 0) == -back
            assert all_ties_out()
        if left:
            give_back(sale, left)
        assert held(collecting) == before
        if collecting != world.nabire:
            assert held(world.nabire) == {}
        transaction.set_rollback(True)


def test_who_collected_is_part_of_the_message(world):
    sale = ordered(world.nabire, (world.noken, 1), collected_by=world.nabire)
    again = a_sale(
        world.nabire,
        (world.noken, 1),
        key=sale.key,
        channel=Channel.ONLINE,
        payment=PaymentKind.QRIS,
        collected_by=world.bangli,
        order_part=sale.order_part,
    )
    with pytest.raises(KeyReused):
        actions.record_sale(sale=again, by=YOHANA, now=NOON)
    assert Entry.objects.count() == 1


def test_a_message_from_before_units_collected_for_each_other_has_the_same_bytes(world):
    frozen = a_sale(world.nabire, (world.noken, 1)).frozen()
    assert b"collected_by" not in frozen
    assert b"order_part" not in frozen


def test_a_hand_record_cannot_be_of_the_online_shop(world):
    with pytest.raises(SaleRefused, match="tercatat sendiri dari pesanannya"):
        actions.record_sale(
            sale=a_sale(world.nabire, (world.noken, 1), channel=Channel.ONLINE), by=YOHANA, now=NOON
        )
    assert not Sale.objects.exists()
    assert not Message.objects.exists()


def test_the_page_of_a_hand_record_does_not_offer_the_online_shop(client, world):
    page = words(sign_in(client, world.nabire).get(f"{HERE}catat/?saluran=online"))
    assert "Pesanan lembaga" in page
    assert "Toko daring" not in page


def test_a_sale_of_an_order_is_not_voided_but_goes_back_by_the_order(world):
    sale = ordered(world.nabire, (world.noken, 1), collected_by=world.bangli)
    with pytest.raises(RefundRefused, match="halaman pesanannya"):
        actions.void_sale(key=uuid7(), sale_id=sale.key, by=YOHANA, now=NOON)
    assert not Refund.objects.exists()


@pytest.mark.parametrize("payment", [PaymentKind.QRIS, PaymentKind.CREDIT])
def test_pieces_of_a_sale_of_an_order_come_back_only_to_who_names_its_part(world, payment):
    collector = None if payment is PaymentKind.CREDIT else world.bangli
    sale = ordered(
        world.nabire, (world.noken, 2), collected_by=collector, channel=ORDER, payment=payment
    )
    before = held(world.nabire)
    for named in ("", "part:lain"):
        with pytest.raises(RefundRefused, match="halaman pesanannya"):
            give_back(replace(sale, order_part=named), 1)
    assert not Refund.objects.exists()
    assert held(world.nabire) == before
    give_back(sale, 1)
    assert Refund.objects.get().order_part == sale.order_part
    assert all_ties_out()


def test_a_record_by_hand_is_no_order_that_somebody_can_name(world):
    sale = a_sale(world.nabire, (world.noken, 1))
    actions.record_sale(sale=sale, by=YOHANA, now=NOON)
    with pytest.raises(RefundRefused):
        give_back(replace(sale, order_part="part:lain"), 1)
    assert not Refund.objects.exists()


@pytest.mark.parametrize("named", ["", "part:lain"])
def test_postgresql_refuses_a_refund_that_goes_past_the_order_of_its_sale(world, named):
    sale = ordered(world.nabire, (world.noken, 1), collected_by=None, channel=ORDER, **ON_CREDIT)
    with pytest.raises(DatabaseError, match="taken back by its order"), transaction.atomic():
        connection.cursor().execute(
            "insert into sales_refund (id, sale_id, kind, counts_on, reason, total, order_part,"
            " recorded_at, recorded_by) values"
            " (%s, %s, 'return', %s, 'uji', 1000, %s, now(), 'x')",
            [uuid7(), sale.key, TODAY, named],
        )
    assert not Refund.objects.exists()


def test_goods_of_an_order_do_not_move_again_with_their_money(world):
    moved(world.noken, 10, Reason.RECEIVED, "uji:1")
    sale = ordered(world.nabire, (world.noken, 2), collected_by=world.bangli)
    moved(world.noken, 1, Reason.RETURN, "uji:2")
    give_back(sale, 1, goods_source="uji:2")
    assert Stock.objects.get().on_hand == 9
    assert Refund.objects.get().goods_source == "uji:2"
    assert all_ties_out()


@pytest.mark.parametrize("collected", [True, False])
def test_postgresql_wants_goods_of_orders_to_move_before_and_of_no_other_sale(world, collected):
    collector = {"collected_by": world.bangli} if collected else {}
    sale = a_sale(world.nabire, (world.noken, 1), **collector)
    actions.record_sale(sale=sale, by=YOHANA, now=NOON)
    source = "" if collected else "uji:1"
    with pytest.raises(DatabaseError, match="move before their refund"), transaction.atomic():
        give_back(sale, 1, goods_source=source)
    assert not Refund.objects.exists()


def in_turn(acts):
    for act in acts:
        act()
    connection.cursor().execute("set constraints all immediate")


@pytest.mark.parametrize("is_first", [True, False])
def test_postgresql_refuses_goods_that_move_with_the_refund_too(world, is_first):
    moved(world.noken, 10, Reason.RECEIVED, "uji:1")
    sale, key = ordered(world.nabire, (world.noken, 1), collected_by=world.bangli), uuid7()
    acts = [
        lambda: moved(world.noken, 1, Reason.RETURN, f"refund:{key}"),
        lambda: give_back(sale, 1, key=key),
    ]
    with pytest.raises(DatabaseError, match="came back before it"), transaction.atomic():
        in_turn(acts if is_first else acts[::-1])
    assert not Refund.objects.exists()
    assert Stock.objects.get().on_hand == 9


def test_what_was_frozen_before_goods_moved_by_themselves_has_the_same_bytes():
    refund = actions.NewRefund(uuid7(), uuid7(), {1: 1}, RefundKind.RETURN, "Bocor")
    assert b"goods" not in refund.frozen()
    assert b"uji:1" in replace(refund, goods_source="uji:1").frozen()


def test_recording_a_sale_of_an_order_asks_no_more_than_any_other(world, django_assert_num_queries):
    ordered(world.nabire, (world.noken, 1), collected_by=world.bangli)  # opens the accounts
    with django_assert_num_queries(9):
        ordered(world.nabire, (world.noken, 1), collected_by=world.bangli)


@pytest.mark.parametrize(
    ("channel", "payment", "collected", "what"),
    [
        ("online", "qris", False, "online_is_collected"),
        ("order", "credit", True, "credit_is_not"),
        ("order", "qris", True, "collected_is_of_an_order"),
    ],
)
def test_postgresql_refuses_online_sales_that_nobody_collected_and_collected_credit(
    world, channel, payment, collected, what
):
    with pytest.raises(DatabaseError, match=what), transaction.atomic():
        connection.cursor().execute(
            "insert into sales_sale (id, unit_id, number, sold_on, zone, channel, buyer_class,"
            " payment, total, collector_id, order_part, is_sample, recorded_at, recorded_by) values"
            " (%s, %s, 1, %s, 'WIT', %s, 'public', %s, 1000, %s, %s, false, now(), 'x')",
            [
                uuid7(),
                world.nabire,
                TODAY,
                channel,
                payment,
                world.bangli if collected else None,
                _PARTS.get(what, "part:1"),
            ],
        )
    assert not Sale.objects.exists()


@pytest.mark.parametrize("collector", ["bangli", None])
def test_the_check_finds_money_that_stands_with_another_unit_than_the_sale_says(world, collector):
    ordered(world.nabire, (world.noken, 1), collected_by=world.merauke, channel=Channel.ORDER)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        cursor.execute("alter table sales_sale disable trigger user")
        unit = collector and getattr(world, collector)
        cursor.execute("update sales_sale set collector_id = %s", [unit])
    assert any("menurut fakta" in problem for problem in queries.summary_problems())


@pytest.mark.usefixtures("noon")
class TestPages:
    @pytest.fixture
    def sale(self, world):
        paid(world.bangli, 100_000)
        return ordered(world.nabire, (world.noken, 1), collected_by=world.bangli)

    def test_the_receipt_says_who_received_the_money_and_offers_no_way_back(
        self, client, world, sale
    ):
        for role in (Role.PETUGAS, Role.BENDAHARA):
            user = sign_in(client, world.nabire, role=role, name=role)
            page = words(user.get(f"{HERE}{sale.key}/"))
            assert "Toko daring" in page
            assert "Uangnya diterima Lapas Narkotika Kelas IIA Bangli sebagai uang muka" in page
            assert "Batalkan" not in page
            assert "Kembalikan barang" not in page

    @pytest.mark.parametrize(("role", "way"), [("petugas", "batal"), ("bendahara", "kembali")])
    def test_the_pages_of_taking_back_lead_to_its_order(self, client, world, sale, role, way):
        user = sign_in(client, world.nabire, role=Role(role), name=role)
        there = f"/kerja/lapas-kelas-iib-nabire/pesanan/{sale.key}/"
        assert f'href="{there}"'.encode() in user.get(f"{HERE}{sale.key}/").content
        address = f"{HERE}{sale.key}/{way}/"
        for answer in (user.get(address), user.post(address, {"key": str(uuid7())})):
            assert (answer.status_code, answer.headers["Location"]) == (303, there)
        assert not Refund.objects.exists()

    @pytest.mark.parametrize(("role", "way"), [("petugas", "batal"), ("bendahara", "kembali")])
    def test_what_an_invoice_sold_is_taken_back_by_its_order_too(self, client, world, role, way):
        sale = ordered(
            world.nabire, (world.noken, 1), collected_by=None, channel=ORDER, **ON_CREDIT
        )
        user = sign_in(client, world.nabire, role=Role(role), name=role)
        page = words(user.get(f"{HERE}{sale.key}/"))
        assert "Dibayar dengan faktur. Pengembaliannya lewat halaman pesanannya" in page
        assert "Kembalikan barang" not in page
        assert "Batalkan" not in page
        answer = user.post(f"{HERE}{sale.key}/{way}/", {"key": str(uuid7())})
        there = f"/kerja/lapas-kelas-iib-nabire/pesanan/{sale.key}/"
        assert (answer.status_code, answer.headers["Location"]) == (303, there)
        assert not Refund.objects.exists()

    def test_why_tells_the_books_of_both_units(self, client, world, sale):
        line = SaleLine.objects.get()
        user = sign_in(client, world.nabire)
        page = words(user.get(f"{HERE}{sale.key}/{line.pk}/mengapa/"))
        assert "Lapas Narkotika Kelas IIA Bangli, uang muka pesanan" in page
        assert "Uang muka pesanan, Lapas Narkotika Kelas IIA Bangli 100.000" in page
        assert "Titipan antarunit 100.000" in page

    def test_a_unit_that_collected_for_itself_is_told_without_another_question(
        self, client, world, django_assert_max_num_queries
    ):
        user = sign_in(client, world.nabire)
        hand = a_sale(world.nabire, (world.noken, 1))
        actions.record_sale(sale=hand, by=YOHANA, now=NOON)
        own = ordered(world.nabire, (world.noken, 1), collected_by=world.nabire)
        for key in (hand.key, own.key):
            with django_assert_max_num_queries(14):
                user.get(f"{HERE}{key}/")
