"""Buyers are forgotten when their time is over, and nothing else of what they bought."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from bekal.audit.models import Event
from bekal.ledger.queries import ledger_problems
from bekal.sales.models import Sale
from bekal.sales.queries import summary_problems
from bekal.shop.actions import deliver_part, erase_buyers, expire_orders, hand_over_part
from bekal.shop.models import Order, OrderBuyer, OrderLine, Payee, ProblemText
from bekal.shop.queries import kept_too_long, order_problems
from bekal.shop.rules import kept_until
from bekal.shop.tests.market import AFTER, an_order, place
from bekal.shop.tests.office import made_ready, paid, part_of
from bekal.shop.tests.proposing import answers_messages, draft
from bekal.shop.tests.troubles import a_problem
from tests.support.world import NOON, SETUP, TODAY, YOHANA

pytestmark = pytest.mark.django_db
OVER = TODAY + dt.timedelta(days=settings.BEKAL_BUYER_DATA_DAYS + 1)
"""The first day on which who ordered today is forgotten."""
THEN = NOON + dt.timedelta(days=settings.BEKAL_BUYER_DATA_DAYS + 1)


def erase(today=OVER):
    return erase_buyers(today=today, by=SETUP, now=THEN)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def done(market):
    """Rina has her noken, reported one, and said where money goes."""
    order = paid(market)
    part = made_ready(part_of(order))
    hand_over_part(
        part_id=part.pk, unit_id=part.unit_id, tracking_number="JNE1", by=YOHANA, now=NOON
    )
    deliver_part(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=NOON)
    problem = a_problem(part.pk, OrderLine.objects.get().pk)
    ProblemText.objects.create(problem_id=problem, text="Robek", photo=b"jpeg")
    Payee.objects.create(
        order=order, bank="BRI", account="123", holder="Rina", said_at=NOON, said_by="buyer:x"
    )
    return order


def person_of(order):
    buyer = OrderBuyer.objects.get(order=order)
    names = OrderBuyer.personal_data
    return {name: getattr(buyer, name) for name in names}


def test_the_day_before_nothing_is_forgotten_and_on_the_day_all_of_the_person_is(done):
    assert erase(OVER - dt.timedelta(days=1)) == 0
    assert person_of(done)["name"] == "Rina"
    assert erase() == 1
    assert set(person_of(done).values()) == {""}
    assert not ProblemText.objects.exists()
    assert not Payee.objects.exists()
    assert erase() == 0


def test_money_goods_and_counts_stay(done):
    before = list(Order.objects.values()), list(OrderLine.objects.values()), Sale.objects.count()
    erase()
    after = list(Order.objects.values()), list(OrderLine.objects.values()), Sale.objects.count()
    assert before == after
    assert [ledger_problems(), summary_problems(), order_problems()] == [[], [], []]
    event = Event.objects.get(action="shop.erase_buyers")
    assert event.detail == '{"buyers":1,"payees":1,"reports":1}'


def test_orders_that_are_not_over_keep_their_buyer(market):
    answers_messages(market.nabire)
    paid(market)
    draft(market)
    place(an_order(market, ("endek", 1)))
    assert erase() == 0
    assert OrderBuyer.objects.filter(erased_at__isnull=True).count() == 3


def test_who_never_paid_is_forgotten_too(market):
    place(an_order(market, ("noken", 1)))
    expire_orders(by=SETUP, now=AFTER)
    assert erase() == 1


def test_it_goes_on_batch_by_batch_and_the_check_tells_what_was_left(market, monkeypatch):
    for _ in range(3):
        place(an_order(market, ("noken", 1)))
    expire_orders(by=SETUP, now=AFTER)
    assert kept_too_long(today=OVER + dt.timedelta(days=1)) == []
    late = kept_too_long(today=OVER + dt.timedelta(days=2))
    assert len(late) == 3
    assert "disimpan lebih lama daripada masanya" in late[0]
    monkeypatch.setattr("bekal.shop.actions.erasing._AT_ONCE", 2)
    assert [erase() for _ in range(3)] == [2, 1, 0]
    assert not OrderBuyer.objects.filter(erased_at__isnull=True).exists()
    assert kept_too_long(today=OVER + dt.timedelta(days=2)) == []


BLANK = """
update shop_orderbuyer set name = '', phone = '', email = '', district_code = '', district = '',
  address = '', postal_code = '', landmark = '', note = '', household = '',
  erased_at = now(), erased_by = 'job:x'
"""


@pytest.mark.parametrize(
    "sql",
    [
        "update shop_orderbuyer set name = 'Lain'",
        "update shop_orderbuyer set phone = '+62811'",
        "update shop_orderbuyer set erased_at = now(), erased_by = 'job:x'",
        "delete from shop_orderbuyer",
        "update shop_problemtext set text = 'Lain'",
        "delete from shop_problemtext",
        "delete from shop_payee",
    ],
)
def test_past_all_python_what_is_known_of_a_buyer_stays_as_it_was(done, sql):
    before = person_of(done)
    with pytest.raises(DatabaseError):
        run(sql)
    assert person_of(done) == before
    assert ProblemText.objects.get().text == "Robek"
    assert Payee.objects.get().holder == "Rina"


def test_past_all_python_nobody_is_erased_while_the_order_goes_on_or_known_again_after(market):
    order = paid(market)
    with pytest.raises(DatabaseError, match="erased when the order has ended"):
        run(BLANK)
    assert person_of(order)["name"] == "Rina"
    run("update shop_order set status = 'done'")
    run(BLANK)
    known_again = "name = 'Rina', phone = '+62811', erased_at = null, erased_by = ''"
    for change in (known_again, "erased_by = 'job:y'"):
        with pytest.raises(DatabaseError, match="erased when the order has ended"):
            run(f"update shop_orderbuyer set {change}")
    assert set(person_of(order).values()) == {""}


def test_the_public_page_says_the_period_of_this_installation(client):
    assert "5 tahun sesudah pesanan berakhir" in client.get("/privasi/").content.decode()
    assert "5 years after the order ended" in client.get("/en/privasi/").content.decode()


@pytest.mark.parametrize(
    ("days", "said"), [(1826, "5 tahun"), (365, "1 tahun"), (400, "400 hari"), (30, "30 hari")]
)
def test_a_period_is_told_in_whole_years_where_it_is_some(days, said):
    assert kept_until(days).startswith(f"{said} sesudah pesanan berakhir")
