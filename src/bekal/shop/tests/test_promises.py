"""What PostgreSQL keeps of orders, whoever writes."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.shop.models import Order, OrderBuyer, OrderMove, OrderPart, PartMove
from bekal.shop.rules import ORDER_MOVES, PART_MOVES, OrderStatus, PartStatus
from bekal.shop.tests.orders import an_order
from tests.support.world import NOON

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def at_commit():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


@pytest.fixture
def order(world):
    values = an_order(world.nabire, world.noken)
    at_commit()
    return values


@pytest.mark.parametrize("there", list(OrderStatus))
@pytest.mark.parametrize("here", list(OrderStatus))
def test_an_order_moves_as_the_table_says(world, here, there):
    order = an_order(world.nabire, world.noken, status=here)
    move = "update shop_order set status = %s where id = %s"
    if here is there or there in ORDER_MOVES[here]:
        run(move, there, order["id"])
        assert Order.objects.get().status == there
    else:
        with pytest.raises(DatabaseError, match="no way from"):
            run(move, there, order["id"])
        assert Order.objects.get().status == here


@pytest.mark.parametrize("there", list(PartStatus))
@pytest.mark.parametrize("here", list(PartStatus))
def test_a_part_moves_as_the_table_says(world, here, there):
    order = an_order(world.nabire, world.noken, part_status=here)
    move = "update shop_orderpart set status = %s where id = %s"
    if here is there or there in PART_MOVES[here]:
        run(move, there, order["part"])
        assert OrderPart.objects.get().status == there
    else:
        with pytest.raises(DatabaseError, match="no way from"):
            run(move, there, order["part"])
        assert OrderPart.objects.get().status == here


def test_every_status_leaves_a_move_and_the_same_again_none(order):
    for status in ("expired", "expired", "paid"):
        run(
            "update shop_order set status = %s, status_at = %s, status_by = 'job:uji'",
            status,
            NOON,
        )
    run("update shop_orderpart set status = 'accepted', status_by = 'user:1'")
    moves = OrderMove.objects.order_by("id").values_list("status", "moved_by")
    assert list(moves) == [("waiting", "uji"), ("expired", "job:uji"), ("paid", "job:uji")]
    parts = PartMove.objects.order_by("id").values_list("status", "moved_by")
    assert list(parts) == [("waiting", "uji"), ("accepted", "user:1")]


@pytest.mark.parametrize("table", ["shop_ordermove", "shop_partmove"])
def test_a_move_is_written_by_nothing_else_and_never_changed(order, table):
    key = "order_id" if table == "shop_ordermove" else "part_id"
    put = f"insert into {table} ({key}, status, moved_at, moved_by) values (%s, 'paid', now(), 'x')"
    with pytest.raises(DatabaseError, match="by the status alone"):
        run(put, order["id"] if key == "order_id" else order["part"])
    for change in (f"update {table} set moved_by = 'x'", f"delete from {table}"):
        with pytest.raises(DatabaseError, match="final"):
            run(change)


@pytest.mark.parametrize(
    "sql",
    [
        "update shop_order set total = total + 1, goods_total = goods_total + 1",
        "update shop_order set code = 'BK-0000-0000'",
        "update shop_order set placed_at = placed_at + interval '1 day'",
        "update shop_order set method = 'transfer'",
        "update shop_order set collector_id = null",
        "update shop_orderpart set fee = 0",
        "update shop_orderpart set goods_total = 1",
        "update shop_orderpart set delivery = 'pickup', service_id = null, service = '', fee = 0",
        "update shop_orderline set pieces = 1, gross = unit_price",
        "delete from shop_orderline",
        "delete from shop_orderpart",
        "delete from shop_order",
    ],
)
def test_what_was_ordered_stays(order, sql):
    with pytest.raises(DatabaseError, match=r"stays|final"):
        run(sql)


def test_a_draft_may_still_say_how_it_is_paid(world):
    draft = an_order(world.nabire, world.noken, status="draft", buyer_class="", method="")
    at_commit()
    run("update shop_order set method = 'at_pickup', buyer_class = 'public'")
    run("update shop_order set status = 'placed' where id = %s", draft["id"])
    with pytest.raises(DatabaseError, match="stays"):
        run("update shop_order set method = 'qris'")


OPEN = {"delivery": "open", "service": None, "label": "", "shipping": 0}


def test_no_money_is_asked_for_what_nobody_knows_how_to_hand_over(world):
    draft = an_order(
        world.nabire, world.noken, status="draft", buyer_class="public", method="", **OPEN
    )
    at_commit()
    run("update shop_order set method = 'qris' where id = %s", draft["id"])
    for status in ("waiting", "placed"):
        with pytest.raises(DatabaseError, match="reaches its buyer is open"):
            run("update shop_order set status = %s where id = %s", status, draft["id"])
    with pytest.raises(DatabaseError, match="way_is_chosen_first"):
        run("update shop_orderpart set status = 'accepted'")
    assert Order.objects.get().status == "draft"
    run("update shop_orderpart set delivery = 'pickup'")
    run("update shop_order set status = 'placed' where id = %s", draft["id"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"goods": 200_001},
        {"gross": 100_000, "pieces": 1},
        {"pieces": 3, "gross": 300_000},
    ],
)
def test_lines_sum_to_parts_and_parts_to_the_order(world, wrong):
    def put_in():
        with transaction.atomic():
            an_order(world.nabire, world.noken, **wrong)
            at_commit()

    with pytest.raises(DatabaseError, match="does not sum up"):
        put_in()
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"method": ""}, "who_pays_how"),
        ({"buyer_class": ""}, "who_pays_how"),
        ({"method": "cheque"}, "method_known"),
        ({"status": "lost"}, "status_known"),
        ({"part_status": "lost"}, "status_known"),
        ({"delivery": "drone"}, "delivery_known|pickup_is_free"),
        ({"delivery": "pickup"}, "pickup_is_free"),
        ({"delivery": "open"}, "pickup_is_free"),
        ({"label": ""}, "pickup_is_free"),
        ({"gross": 199_999}, "gross_is_the_product"),
        ({"pieces": 0, "gross": 0}, "gross_is_the_product"),
    ],
)
def test_what_cannot_be_is_refused(world, wrong, what):
    with pytest.raises(DatabaseError, match=what), transaction.atomic():
        an_order(world.nabire, world.noken, **wrong)
    assert not Order.objects.exists()


def test_a_part_has_no_sale_but_its_own(order):
    with pytest.raises(DatabaseError, match="sale_is_its_own"):
        run("update shop_orderpart set sale_id = %s", order["id"])


def test_a_code_is_given_once(order, world):
    with pytest.raises(DatabaseError, match="code"), transaction.atomic():
        an_order(world.nabire, world.noken, code=order["code"])
    assert Order.objects.count() == 1


def test_a_buyer_is_known_whole_or_erased_whole(order):
    put = "insert into shop_orderbuyer (order_id, {}) values (%s, {})"
    blank = "'', '', '', '', '', '', '', '', '', ''"
    names = (
        "name, phone, email, district_code, district, address, postal_code, landmark, note,"
        " household, erased_by"
    )
    with pytest.raises(DatabaseError, match="erased_at_and_by"):
        run(put.format(names, f"'Rina', {blank}"), order["id"])
    run(put.format(names, f"'Rina', '+62811', {blank[:-4]}"), order["id"])
    run("update shop_order set status = 'expired'")
    with pytest.raises(DatabaseError, match="erased_at_and_by"):
        run("update shop_orderbuyer set erased_at = now(), erased_by = 'job:x'")
    run("update shop_orderbuyer set name = '', phone = '', erased_at = now(), erased_by = 'job:x'")
    assert OrderBuyer.objects.get().name == ""
