"""Orders by WhatsApp: written down first, confirmed by the unit, or declined, or over."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.catalogue.actions import set_price, unpublish
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.payments.models import Request
from bekal.payments.queries import ask_of
from bekal.payments.rules import Method
from bekal.production.actions import move_stock, pause_unit
from bekal.production.models import Hold
from bekal.production.rules import NewMove, Reason
from bekal.production.tests.goods import level
from bekal.sales.models import Sale
from bekal.shop.actions import (
    address_order,
    confirm_order,
    decline_order,
    draft_order,
    expire_orders,
)
from bekal.shop.models import Closing, Notice, Order, OrderLine, OrderPart
from bekal.shop.rules import (
    DRAFT_LIFE,
    MESSAGE_LIFE,
    ChangeKind,
    Confirmation,
    ConfirmRefused,
    Delivery,
    OrderChanged,
    OrderRefused,
    OrderStatus,
)
from bekal.shop.tests.market import RINA, a_buyer, pay
from bekal.shop.tests.proposing import a_draft, answers_messages, confirm, draft, order_of
from tests.support.world import NOON, SETUP, TODAY, YOHANA

pytestmark = pytest.mark.django_db
NIA = Actor(ActorKind.USER, "nia")
SENT = {"delivery": Delivery.COURIER, "method": Method.QRIS, "fee": 18_000}


@pytest.fixture(autouse=True)
def reachable(market):
    answers_messages(market.nabire)


def priced(product, amount):
    set_price(product_id=product, amount=amount, valid_from=TODAY, by=SETUP, now=NOON)


def asked_of(part):
    ask = ask_of(subject=f"part:{part.pk}")
    return ask and ask.amount


def events(part):
    rows = Notice.objects.filter(order_id=part.order_id)
    return set(rows.values_list("event", "way"))


def test_a_draft_has_a_code_and_keeps_nothing(market):
    part = draft(market)
    order = part.order
    assert order.code.startswith("BK-")
    assert (order.status, order.channel, order.method) == ("draft", "whatsapp", "")
    assert (order.total, order.expires_at) == (200_000, NOON + DRAFT_LIFE)
    assert level(market.noken) == (10, 0)
    assert not Request.objects.exists()
    assert not Notice.objects.exists()


def test_the_same_draft_twice_is_one_and_another_under_its_key_is_refused(market):
    new = a_draft(market)
    codes = {draft_order(draft=new, by=RINA, now=NOON) for _ in range(2)}
    assert len(codes) == Order.objects.count() == 1
    other = a_draft(market, ("coffee", 1), key=new.key)
    with pytest.raises(KeyReused):
        draft_order(draft=other, by=RINA, now=NOON)
    assert OrderLine.objects.get().product_id == market.noken


def test_what_is_not_as_the_buyer_saw_it_is_told_before_anything_is_written(market):
    priced(market.noken, 120_000)
    with pytest.raises(OrderChanged) as told:
        draft(market, ("noken", 1))
    assert [(c.kind, c.was, c.now) for c in told.value.changes] == [
        (ChangeKind.PRICE, 100_000, 120_000)
    ]
    assert not Order.objects.exists()


def test_a_unit_without_a_number_takes_no_such_order(market):
    answers_messages(market.nabire, "")
    with pytest.raises(OrderRefused, match="tidak menerima pesanan lewat WhatsApp"):
        draft(market)
    assert not Order.objects.exists()


def test_goods_of_another_unit_are_refused(market):
    with pytest.raises(OrderRefused, match="satu pesanan untuk satu bengkel"):
        draft(market, ("noken", 1), ("endek", 1))
    assert not Order.objects.exists()


def test_confirmed_for_the_counter_its_goods_are_held_and_its_buyer_told(market):
    part = draft(market)
    assert confirm(part) is OrderStatus.PLACED
    order = order_of(part)
    assert (order.status, order.method, order.total) == ("placed", "at_pickup", 200_000)
    assert OrderPart.objects.get().status == "accepted"
    assert level(market.noken) == (10, 2)
    assert asked_of(part) == 200_000
    assert events(part) == {("confirmed", "whatsapp")}


def test_confirmed_to_be_sent_it_waits_a_day_for_its_payment_and_is_sold_by_it(market):
    part = draft(market, delivery=Delivery.COURIER, buyer=a_buyer())
    assert confirm(part, service_id=market.services[market.nabire], **SENT) is OrderStatus.WAITING
    order = order_of(part)
    assert (order.shipping_total, order.total) == (18_000, 218_000)
    assert order.expires_at == NOON + MESSAGE_LIFE + dt.timedelta(minutes=5)
    part.refresh_from_db()
    assert (part.service, part.fee, part.status) == ("JNE REG", 18_000, "waiting")
    assert Request.objects.get().expires_at == NOON + MESSAGE_LIFE
    pay(order.pk, now=NOON + dt.timedelta(hours=20))
    assert order_of(part).status == "paid"
    assert Sale.objects.get().pk == part.pk
    assert level(market.noken) == (8, 0)


def test_a_colleague_who_was_first_is_not_undone(market):
    part = draft(market)
    confirm(part)
    assert confirm(part, by=NIA) is OrderStatus.PLACED
    assert confirm(part, by=NIA, method=Method.QRIS) is OrderStatus.PLACED
    assert Hold.objects.count() == Request.objects.count() == 1
    assert order_of(part).status_by == str(YOHANA)


def test_a_price_that_changed_is_told_and_the_buyer_pays_what_they_saw(market):
    part = draft(market)
    priced(market.noken, 120_000)
    with pytest.raises(OrderChanged) as told:
        confirm(part)
    assert [(c.was, c.now) for c in told.value.changes] == [(100_000, 120_000)]
    assert order_of(part).status == "draft"
    assert level(market.noken) == (10, 0)
    confirm(part, prices={market.noken: 120_000})
    assert order_of(part).total == 200_000
    assert asked_of(part) == 200_000


def gone(market):
    move_stock(
        moves=[NewMove(market.noken, -9, Reason.MOVED, f"uji:{uuid7()}")], by=SETUP, now=NOON
    )


@pytest.mark.parametrize(
    ("happens", "kind"),
    [
        (gone, ChangeKind.SHORT),
        (
            lambda market: pause_unit(
                unit_id=market.nabire, sentence="Sedang ditata.", until=None, by=SETUP, now=NOON
            ),
            ChangeKind.PAUSED,
        ),
        (lambda market: unpublish(product_id=market.noken, by=SETUP, now=NOON), ChangeKind.GONE),
    ],
)
def test_what_is_not_there_any_more_is_told_and_nothing_is_kept(market, happens, kind):
    part = draft(market)
    happens(market)
    with pytest.raises(OrderChanged) as told:
        confirm(part)
    assert [change.kind for change in told.value.changes] == [kind]
    assert order_of(part).status == "draft"
    assert not Hold.objects.exists()
    assert not Request.objects.exists()


def test_a_fee_that_the_officer_did_not_see_is_told(market):
    part = draft(market, delivery=Delivery.COURIER, buyer=a_buyer())
    with pytest.raises(OrderChanged) as told:
        confirm(part, service_id=market.services[market.nabire], **{**SENT, "fee": 1})
    assert [change.kind for change in told.value.changes] == [ChangeKind.FEE]
    assert OrderPart.objects.get().fee == 0


def test_work_to_order_takes_hours_when_it_is_confirmed(market):
    part = draft(market, ("chair", 1))
    confirm(part)
    promised = OrderPart.objects.get().promised_on
    assert promised is not None
    assert promised > TODAY


def test_who_asked_first_may_have_it_sent_after_all(market):
    part = draft(market)
    with pytest.raises(OrderRefused, match="alamat"):
        confirm(part, service_id=market.services[market.nabire], **SENT)
    address_order(part_id=part.pk, unit_id=part.unit_id, told=a_buyer(), by=YOHANA, now=NOON)
    confirm(part, service_id=market.services[market.nabire], **SENT)
    part.refresh_from_db()
    assert (part.delivery, order_of(part).total) == ("courier", 218_000)
    address_order(
        part_id=part.pk, unit_id=part.unit_id, told=a_buyer(address="Lain"), by=YOHANA, now=NOON
    )
    assert part.order.buyer.address == a_buyer().address


def test_declined_with_a_reason_that_its_buyer_reads(market):
    part = draft(market)
    for reason in ("", "  ", "x" * 201):
        with pytest.raises(ConfirmRefused):
            decline_order(part_id=part.pk, unit_id=part.unit_id, reason=reason, by=YOHANA, now=NOON)
    assert order_of(part).status == "draft"
    for _ in range(2):
        decline_order(
            part_id=part.pk, unit_id=part.unit_id, reason="Bahan habis.", by=YOHANA, now=NOON
        )
    assert order_of(part).status == "cancelled"
    assert Closing.objects.get().reason == "Bahan habis."
    assert events(part) == {("declined", "whatsapp")}
    with pytest.raises(ConfirmRefused, match="berakhir"):
        confirm(part)


def test_what_was_confirmed_is_not_declined(market):
    part = draft(market)
    confirm(part)
    with pytest.raises(ConfirmRefused, match="sudah dikonfirmasi"):
        decline_order(part_id=part.pk, unit_id=part.unit_id, reason="Habis.", by=NIA, now=NOON)
    assert not Closing.objects.exists()


def test_what_nobody_confirmed_in_three_days_is_over(market):
    part = draft(market)
    late = NOON + DRAFT_LIFE
    assert expire_orders(by=SETUP, now=late - dt.timedelta(seconds=1)) == 0
    with pytest.raises(ConfirmRefused, match="berakhir"):
        confirm(part, now=late)
    assert expire_orders(by=SETUP, now=late) == 1
    assert (order_of(part).status, OrderPart.objects.get().status) == ("expired", "cancelled")
    assert not Notice.objects.exists()


def test_another_unit_has_no_such_part(market):
    part = draft(market)
    said = Confirmation(Delivery.PICKUP, Method.AT_PICKUP)
    with pytest.raises(LookupError):
        confirm_order(part_id=part.pk, unit_id=market.bangli, said=said, by=YOHANA, now=NOON)
    with pytest.raises(LookupError):
        decline_order(part_id=part.pk, unit_id=market.bangli, reason="x", by=YOHANA, now=NOON)
    assert order_of(part).status == "draft"


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("set constraints all immediate")


def test_past_all_python_a_fee_is_open_in_a_draft_alone_and_sums_up(market):
    part = draft(market)
    with pytest.raises(DatabaseError, match="does not sum up"):
        run(
            "update shop_order set shipping_total = 1, total = total + 1 where id = %s",
            part.order_id,
        )
    confirm(part)
    with pytest.raises(DatabaseError, match="what was ordered stays"):
        run("update shop_orderpart set fee = 1, delivery = 'courier' where id = %s", part.pk)
    with pytest.raises(DatabaseError, match="what was ordered stays"):
        run(
            "update shop_order set shipping_total = 1, total = total + 1 where id = %s",
            part.order_id,
        )
