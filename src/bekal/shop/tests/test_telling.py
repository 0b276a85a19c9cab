"""Whatever happens to an order, the fact itself leaves a notice for its buyer."""

import pytest
from django.db import connection

from bekal.shop.models import Closing, Notice, OrderLine, PartMove
from bekal.shop.tests.orders import an_order
from bekal.shop.tests.troubles import a_problem, an_answer, goods_back, put
from tests.support.world import NOON

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def ordered(world, *, email="kartini@contoh.id", **changes):
    """An order with its buyer; the first status is told of from its second move on."""
    order = an_order(world.nabire, world.noken, **changes)
    put("shop_orderbuyer", order_id=order["id"], email=email)
    return order


def moved(order, *statuses):
    for status in statuses:
        run(
            "update shop_order set status = %s, status_at = %s, status_by = 'user:1' where id = %s",
            status,
            NOON,
            order["id"],
        )


def part_moved(order, *statuses):
    for status in statuses:
        run(
            "update shop_orderpart set status = %s, status_at = %s, status_by = 'user:1' "
            "where id = %s",
            status,
            NOON,
            order["part"],
        )


def order_moves(order, status):
    return PartMove.objects.filter(part_id=order["part"], status=status).order_by("pk")


def told():
    return sorted(Notice.objects.values_list("event", "way"))


def test_a_payment_is_told_by_e_mail(world):
    order = ordered(world)
    moved(order, "paid")
    notice = Notice.objects.get()
    assert (notice.event, notice.way, notice.amount) == ("paid", "email", 222_000)
    assert (notice.about, notice.unit_id) == (f"order:{order['id']}", world.nabire)
    assert (notice.due_at, notice.tries, notice.outcome) == (NOON, 0, "")
    assert notice.made_by == "user:1"


def test_who_gave_no_e_mail_is_told_by_whatsapp_and_by_a_person(world):
    moved(ordered(world, email=""), "paid")
    notice = Notice.objects.get()
    assert (notice.way, notice.due_at) == ("whatsapp", None)


def test_a_payment_at_the_counter_is_told_to_the_face(world):
    order = ordered(world, method="at_pickup", status="placed", shipping=0, delivery="pickup",
                    service=None, label="")  # fmt: skip
    moved(order, "paid")
    assert told() == []


def test_a_parcel_that_leaves_is_told_both_ways_by_its_own_unit(world):
    order = ordered(world, part_status="preparing", status="paid")
    part_moved(order, "ready", "sent", "delivered")
    assert told() == [
        ("delivered", "email"),
        ("handed_over", "email"),
        ("handed_over", "whatsapp"),
        ("prepared", "email"),
    ]
    assert set(Notice.objects.values_list("about", flat=True)) == {f"part:{order['part']}"}


def test_what_is_fetched_is_told_when_it_is_ready_with_what_is_to_pay(world):
    order = ordered(
        world,
        method="at_pickup",
        status="placed",
        shipping=0,
        delivery="pickup",
        service=None,
        label="",
        part_status="preparing",
    )
    part_moved(order, "ready")
    assert told() == [("ready", "email"), ("ready", "whatsapp")]
    assert set(Notice.objects.values_list("amount", flat=True)) == {200_000}


def test_a_parcel_that_came_back_and_is_sent_again_is_told_again_but_not_that_it_is_ready(world):
    order = ordered(world, part_status="preparing", status="paid")
    part_moved(order, "ready", "sent", "ready", "sent")
    both = [("handed_over", "email"), ("handed_over", "whatsapp")]
    assert told() == [*both[:1] * 2, *both[1:] * 2, ("prepared", "email")]
    again = order_moves(order, "sent").last()
    about = set(Notice.objects.filter(event="handed_over").values_list("about", flat=True))
    assert about == {f"part:{order['part']}", f"part:{order['part']}:{again.pk}"}


@pytest.mark.parametrize(
    ("statuses", "event"),
    [
        (["waiting"], "confirmed"),
        (["placed"], "confirmed"),
        (["cancelled"], "declined"),
        (["cancelled"], "withdrawn"),
    ],
)
def test_a_draft_is_confirmed_declined_or_taken_back(world, statuses, event):
    order = ordered(world, status="draft")
    if event == "declined":
        Closing.objects.create(order_id=order["id"], reason="Habis.", closed_at=NOON, closed_by="x")
    moved(order, *statuses)
    assert {each for each, _ in told()} == {event}
    assert "email" in {way for _, way in told()}


def test_a_confirmed_draft_is_cancelled_like_any_other_order(world):
    order = ordered(world, status="draft")
    moved(order, "waiting", "cancelled", "refund_due", "refunded")
    events = {each for each, _ in told()}
    assert events == {"confirmed", "cancelled", "refund_due", "refund_paid"}


@pytest.mark.parametrize("status", ["expired", "done"])
def test_what_the_buyer_knows_already_is_not_told(world, status):
    order = ordered(world, status="paid" if status == "done" else "waiting")
    moved(order, status)
    assert told() == []


def test_an_erased_buyer_is_told_nothing(world):
    order = ordered(world, status="expired")
    run(
        "update shop_orderbuyer set name='', phone='', email='', district_code='', district='', "
        "address='', postal_code='', landmark='', note='', household='', erased_at=%s, "
        "erased_by='job:x'",
        NOON,
    )
    moved(order, "paid")
    assert told() == []


def test_a_problem_is_told_when_it_is_answered_and_when_money_goes_back(world):
    order = ordered(world, status="paid", part_status="delivered")
    line = OrderLine.objects.get(part_id=order["part"]).pk
    problem = a_problem(order["part"], line)
    assert told() == []
    an_answer(problem, line, shipping=5_000)
    goods_back(problem, line)
    put("shop_problemrefund", answer_id=problem, goods=100_000, shipping=5_000)
    assert told() == [("accepted", "email"), ("refund_due", "email")]
    due = Notice.objects.get(event="refund_due")
    assert (due.amount, due.about) == (105_000, f"problem:{problem}")


def test_a_refusal_of_a_problem_is_told(world):
    order = ordered(world, email="", status="paid", part_status="delivered")
    problem = a_problem(order["part"], OrderLine.objects.get(part_id=order["part"]).pk)
    put("shop_answer", problem_id=problem, verdict="refused", where="", reason="Sudah dipakai")
    assert told() == [("refused", "whatsapp")]
