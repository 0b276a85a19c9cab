"""Placing an order: all of it as the buyer saw it, or nothing of it."""

import dataclasses
import datetime as dt

import pytest

from bekal.audit.models import Event
from bekal.catalogue.actions import set_price, unpublish
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused, Refused
from bekal.payments.models import Request
from bekal.payments.rules import Method
from bekal.production.actions import pause_unit
from bekal.production.models import CapacityUse, Hold
from bekal.production.tests.goods import level, receive
from bekal.sales.rules import BuyerClass
from bekal.shipping.tests.factories import a_rate
from bekal.shop.actions import cancel_order
from bekal.shop.models import Order, OrderBuyer, OrderLine, OrderMove, OrderPart
from bekal.shop.rules import (
    MOST_TO_FETCH,
    ChangeKind,
    Delivery,
    OrderChanged,
    OrderItem,
    OrderRefused,
    PartAsked,
)
from bekal.shop.tests.market import MINUTE, RINA, a_buyer, an_order, place, sell_online
from tests.support.world import NOON, SETUP, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db


def nothing_was_written():
    tables = (Order, OrderPart, OrderLine, OrderBuyer, OrderMove, Request, Hold, CapacityUse)
    claimed = Message.objects.filter(door="shop.place_order")
    return not any(table.objects.exists() for table in tables) and not claimed.exists()


def test_an_order_of_two_workshops_is_kept_in_two_parts(market):
    order = an_order(market, ("noken", 1), ("endek", 2), ("coffee", 1))
    placed = place(order)
    kept = Order.objects.get()
    assert (kept.code, kept.pk, kept.status) == (placed.code, order.key, "waiting")
    assert (kept.goods_total, kept.shipping_total, kept.total) == (348_000, 36_000, 384_000)
    assert kept.expires_at == NOON + 20 * MINUTE
    parts = kept.parts.order_by("position")
    assert [(p.unit_id, p.goods_total, p.fee, p.service, p.weight_g) for p in parts] == [
        (market.nabire, 148_000, 18_000, "JNE REG", 1000),
        (market.bangli, 200_000, 18_000, "JNE REG", 1000),
    ]
    lines = OrderLine.objects.order_by("id").values_list("name", "pieces", "gross", "making")
    assert list(lines) == [
        ("Noken kulit kayu", 1, 100_000, "stock"),
        ("Kopi bubuk 200 g", 1, 48_000, "stock"),
        ("Kain endek", 2, 200_000, "stock"),
    ]
    buyer = OrderBuyer.objects.get()
    assert (buyer.name, buyer.district) == ("Rina", "Susut, Kab. Bangli, Bali")
    assert len(buyer.household) == 32
    assert Event.objects.latest("id").action == "shop.place_order"


def test_no_name_or_address_leaves_the_one_table_of_buyers(market):
    place(an_order(market, ("noken", 1)))
    said = (*Event.objects.values_list("detail", flat=True), *Message.objects.values_list("body"))
    assert "Rina" not in repr(said)
    assert "Merdeka" not in repr(said)


def test_goods_are_held_as_long_as_the_code_lives_and_five_minutes(market):
    order = an_order(market, ("noken", 3))
    placed = place(order)
    assert level(market.noken) == (10, 3)
    hold = Hold.objects.get()
    assert (hold.group, hold.until) == (OrderPart.objects.get().pk, NOON + 20 * MINUTE)
    assert placed.asked[0].expires_at == NOON + 15 * MINUTE


@pytest.mark.parametrize(
    ("items", "collector"),
    [
        ((("noken", 2), ("endek", 1)), "nabire"),
        ((("noken", 1), ("endek", 2)), "bangli"),
        ((("bread", 9), ("endek", 1)), "bangli"),  # the largest part is Merauke's: no merchant
        ((("endek", 1), ("noken", 1)), "nabire"),  # as large as the other: the lowest id
    ],
)
def test_the_unit_with_a_merchant_and_the_largest_part_collects(market, items, collector):
    place(an_order(market, *items))
    assert Order.objects.get().collector_id == getattr(market, collector)
    assert Request.objects.get().unit_id == getattr(market, collector)


def test_the_named_collector_stands_on_the_code(market):
    placed = place(an_order(market, ("noken", 1), ("endek", 1)))
    (asked,) = placed.asked
    assert asked.merchant.unit_id == min(market.nabire, market.bangli)
    assert asked.amount == 236_000
    assert placed.code in Request.objects.get().label


def test_what_is_made_to_order_takes_hours_and_promises_a_day(market):
    place(an_order(market, ("chair", 4)))
    assert not Hold.objects.exists()
    assert CapacityUse.objects.exists()
    part = OrderPart.objects.get()
    assert part.promised_on == dt.date(2026, 4, 28)
    assert OrderLine.objects.get().making == "order"


def test_who_fetches_needs_no_address_and_pays_no_shipping(market):
    order = an_order(
        market,
        ("noken", 1),
        ("bread", 2),
        delivery=Delivery.PICKUP,
        method=Method.AT_PICKUP,
        buyer=a_buyer(district_code="", address="", postal_code="", landmark=""),
    )
    placed = place(order)
    kept = Order.objects.get()
    assert (kept.status, kept.shipping_total, kept.collector_id) == ("placed", 0, None)
    assert kept.expires_at == NOON + dt.timedelta(days=7)
    assert {part.status for part in kept.parts.all()} == {"accepted"}
    # Each counter takes its own: also Merauke, which has no merchant.
    assert {(r.subject, r.unit_id, r.amount) for r in Request.objects.all()} == {
        (f"part:{part.pk}", part.unit_id, part.goods_total) for part in kept.parts.all()
    }
    assert len(placed.asked) == 2


def test_a_transfer_has_a_day_and_digits_of_its_own(market):
    first, second = (
        place(an_order(market, ("noken", 1), method=Method.TRANSFER)).asked[0] for _ in range(2)
    )
    assert first.amount != second.amount
    assert first.amount - first.extra == second.amount - second.extra == 118_000
    assert Order.objects.all()[0].expires_at == NOON + dt.timedelta(hours=24, minutes=5)


def test_the_same_order_twice_is_one(market):
    order = an_order(market, ("noken", 1))
    first, again = place(order), place(order, now=NOON + MINUTE)
    assert (again.code, again.order_id, again.is_repeat) == (first.code, first.order_id, True)
    assert Order.objects.count() == Request.objects.count() == 1
    assert level(market.noken) == (10, 1)


def test_the_same_key_with_another_order_is_refused_and_changes_nothing(market):
    order = an_order(market, ("noken", 1))
    place(order)
    with pytest.raises(KeyReused):
        place(dataclasses.replace(order, buyer=a_buyer(address="Jalan Lain 7")))
    assert OrderBuyer.objects.get().address.startswith("Jalan Merdeka")


def one_change(order):
    with pytest.raises(OrderChanged) as refusal:
        place(order)
    assert nothing_was_written()
    (change,) = refusal.value.changes
    return change


def test_a_price_that_changed_is_told_and_nothing_is_ordered(market):
    set_price(product_id=market.noken, amount=110_000, valid_from=TODAY, by=SETUP, now=NOON)
    change = one_change(an_order(market, ("noken", 1)))
    assert (change.kind, change.was, change.now) == (ChangeKind.PRICE, 100_000, 110_000)
    assert change.sentence == "Harganya berubah dari Rp100.000 menjadi Rp110.000."


@pytest.mark.parametrize("price", [1, 0, -5, 99_999, 10**15])
def test_a_price_that_somebody_made_up_buys_nothing(market, price):
    order = an_order(market, ("noken", 1))
    cheap = dataclasses.replace(order, items=(OrderItem(market.noken, 1, price),))
    assert one_change(cheap).now == 100_000


def test_a_fee_that_changed_or_was_made_up_is_told(market):
    a_rate(market.nabire, market.services[market.nabire], first_kg=25_000)
    change = one_change(an_order(market, ("noken", 1)))
    assert (change.kind, change.was, change.now) == (ChangeKind.FEE, 18_000, 25_000)
    assert change.unit_id == market.nabire


def test_a_courier_of_another_unit_or_none_is_refused(market):
    order = an_order(market, ("noken", 1))
    for service in (market.services[market.bangli], 987_654, None):
        part = PartAsked(market.nabire, Delivery.COURIER, service, 0)
        change = one_change(dataclasses.replace(order, parts=(part,)))
        assert change.kind is ChangeKind.NO_COURIER


def test_an_address_outside_every_zone_is_told_with_the_way_that_is_left(market):
    a_rate(market.nabire, market.services[market.nabire], area="51", terms=None)
    change = one_change(an_order(market, ("noken", 1)))
    assert "belum mengantar ke alamat itu. Pilih ambil di bengkel" in change.sentence


def test_more_than_there_is_is_told_with_what_is_left(market):
    change = one_change(an_order(market, ("noken", 11)))
    assert (change.kind, change.now) == (ChangeKind.SHORT, 10)
    assert change.sentence == "Stok tinggal 10. Kurangi jumlahnya."


def test_goods_that_are_no_longer_sold_are_told(market):
    unpublish(product_id=market.noken, by=SETUP, now=NOON)
    assert one_change(an_order(market, ("noken", 1))).kind is ChangeKind.GONE
    order = an_order(market, ("noken", 1))
    unknown = dataclasses.replace(order, items=(OrderItem(987_654, 1, 5),))
    assert one_change(unknown).kind is ChangeKind.GONE


def test_a_unit_that_takes_no_orders_says_why(market):
    words = "Bengkel tutup sampai Senin karena pengamanan."
    pause_unit(unit_id=market.nabire, sentence=words, until=None, by=YOHANA, now=NOON)
    change = one_change(an_order(market, ("noken", 1)))
    assert (change.kind, change.sentence) == (ChangeKind.PAUSED, words)


def test_a_workshop_without_hours_is_full(market):
    change = one_change(an_order(market, ("chair", 900)))
    assert change.kind is ChangeKind.FULL


def test_samples_and_real_goods_never_share_an_order(market):
    sample = a_product(
        market.nabire, "Gelang contoh", "kerajinan", price=5_000, cost=1_000, is_sample=True
    )
    sell_online(sample)
    receive(sample, 5)
    order = an_order(market, ("noken", 1))
    mixed = dataclasses.replace(order, items=(*order.items, OrderItem(sample, 1, 5_000)))
    assert one_change(mixed).kind is ChangeKind.MIXED


def test_all_that_changed_is_told_at_once(market):
    set_price(product_id=market.noken, amount=110_000, valid_from=TODAY, by=SETUP, now=NOON)
    unpublish(product_id=market.endek, by=SETUP, now=NOON)
    with pytest.raises(OrderChanged) as refusal:
        place(an_order(market, ("noken", 11), ("endek", 1), ("coffee", 1)))
    kinds = {change.kind for change in refusal.value.changes}
    assert kinds == {ChangeKind.PRICE, ChangeKind.SHORT, ChangeKind.GONE}
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"items": ()}, "masih kosong"),
        ({"parts": ()}, "Pilih lagi"),
        ({"method": Method.AT_PICKUP}, "semua barang diambil"),
        ({"buyer": a_buyer(name=" ")}, "Isi nama penerima"),
        ({"buyer": a_buyer(phone="")}, "nomor WhatsApp"),
        ({"buyer": a_buyer(address="  ")}, "Isi alamat"),
        ({"buyer": a_buyer(address=" x ")}, "supaya kurir sampai"),
        ({"buyer": a_buyer(address="12/3 004/005")}, "supaya kurir sampai"),
        ({"buyer": a_buyer(district_code="")}, "Pilih kecamatan"),
        ({"buyer": a_buyer(district="")}, "Pilih kecamatan"),
        ({"buyer": a_buyer(district_code="999999")}, "Ada yang berubah"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_and_nothing_is_written(market, changes, text):
    with pytest.raises(Refused) as refusal:
        place(dataclasses.replace(an_order(market, ("noken", 1)), **changes))
    assert text in refusal.value.message
    assert nothing_was_written()


@pytest.mark.parametrize("pieces", [0, -1, 1000])
def test_a_number_that_is_none_is_refused(market, pieces):
    order = an_order(market, ("noken", 1))
    with pytest.raises(OrderRefused, match="dari 1 sampai 999"):
        place(dataclasses.replace(order, items=(OrderItem(market.noken, pieces, 100_000),)))
    assert nothing_was_written()


def test_no_unit_of_the_order_takes_money_that_way(market):
    with pytest.raises(OrderRefused, match="belum menerima cara bayar itu"):
        place(an_order(market, ("bread", 1)))
    assert nothing_was_written()


class TestLimits:
    @pytest.fixture
    def limited(self, market):
        sell_online(market.noken, buyer_limit=3)
        return market

    def test_one_buyer_has_as_many_as_the_limit_in_thirty_days(self, limited):
        place(an_order(limited, ("noken", 2)))
        with pytest.raises(OrderChanged) as refusal:
            place(an_order(limited, ("noken", 2)))
        (change,) = refusal.value.changes
        assert (change.kind, change.now) == (ChangeKind.LIMIT, 1)
        place(an_order(limited, ("noken", 1)))
        place(an_order(limited, ("noken", 3)), now=NOON + dt.timedelta(days=31))
        assert Order.objects.count() == 3

    def test_another_number_at_the_same_door_is_the_same_buyer(self, limited):
        place(an_order(limited, ("noken", 3)))
        door = "JALAN MERDEKA no 5 - RT02 RW01".replace("no ", "")
        twin = a_buyer(name="Budi", phone="+628111111111", address=door)
        with pytest.raises(OrderChanged):
            place(an_order(limited, ("noken", 1), buyer=twin))
        neighbour = a_buyer(phone="+628111111111", address="Jalan Merdeka 6")
        place(an_order(limited, ("noken", 1), buyer=neighbour))

    def test_what_was_cancelled_or_ran_out_counts_for_nothing(self, limited):
        for status in ("expired", "cancelled"):
            place(an_order(limited, ("noken", 3)))
            Order.objects.filter(status="waiting").update(status=status)
        place(an_order(limited, ("noken", 3)))

    def test_goods_without_a_limit_are_not_counted(self, limited, django_assert_max_num_queries):
        place(an_order(limited, ("coffee", 5)))
        place(an_order(limited, ("coffee", 5)))


def test_an_officer_s_order_says_so(market):
    place(an_order(market, ("noken", 1), buyer_class=BuyerClass.OFFICER))
    assert Order.objects.get().buyer_class == "officer"


def to_be_fetched(market, **changes):
    """Rina's order of a noken that she fetches and pays at the counter."""
    return an_order(
        market, ("noken", 1), delivery=Delivery.PICKUP, method=Method.AT_PICKUP, **changes
    )


def test_one_number_keeps_no_more_than_three_orders_to_be_fetched_and_paid(market):
    for _ in range(MOST_TO_FETCH):
        place(to_be_fetched(market))
    with pytest.raises(OrderRefused, match="Ambil dulu salah satunya") as refused:
        place(to_be_fetched(market))
    assert refused.value.field == "method"
    assert (Order.objects.count(), level(market.noken)) == (MOST_TO_FETCH, (10, MOST_TO_FETCH))
    place(an_order(market, ("noken", 1)))
    place(to_be_fetched(market, buyer=a_buyer(phone="+6281200000009")))


def test_what_was_cancelled_makes_room_for_another(market):
    first, *_ = [place(to_be_fetched(market)) for _ in range(MOST_TO_FETCH)]
    cancel_order(order_id=first.order_id, by=RINA, now=NOON)
    place(to_be_fetched(market))
