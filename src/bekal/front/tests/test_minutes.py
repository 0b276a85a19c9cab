"""The desk's minutes: learned from the last works of the unit, by our estimates until then."""

import datetime as dt

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.front import works
from bekal.front.message_doors import DOORS
from bekal.front.tests.conftest import DESK
from bekal.production import actions as production
from bekal.production.rules import NewMove, Reason
from bekal.production.tests.test_keeping import count
from bekal.sales.actions import record_sale
from bekal.treasury.actions import count_cash
from bekal.treasury.rules import NewCount
from tests.support.paces import opened
from tests.support.world import NOON, TODAY, YESTERDAY, YOHANA, a_product, a_sale

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
REPORT = f"{DESK}penjualan/hari/lapor/"
LEARNED = "Dipelajari dari paling banyak 20 pengerjaan terakhir di unit ini (nilai tengah): "
OURS = "Taksiran kami, belum cukup dikerjakan untuk diukur: "


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sells(world, *took, unit=None, product=None):
    """Sales of long ago, each of which took so long to write down."""
    for each in took:
        key = opened(each, before=NOON)
        sale = a_sale(
            unit or world.nabire,
            (product or world.noken, 1),
            key=key,
            sold_on=YESTERDAY - dt.timedelta(days=9),
        )
        record_sale(sale=sale, by=YOHANA, now=NOON)


def test_until_five_are_known_the_estimates_are_ours_and_the_desk_says_so(yohana, world):
    page = text(yohana.get(DESK))
    assert f"{OURS}mencatat penjualan {works.RECORD_SALE.estimate} menit." in page
    assert LEARNED not in page
    sells(world, *[MINUTE] * 4)
    assert LEARNED not in text(yohana.get(DESK))


def test_what_sales_took_at_this_unit_is_learned_and_said(yohana, world):
    sells(world, *[8 * MINUTE - dt.timedelta(seconds=20)] * 5)
    page = text(yohana.get(DESK))
    assert f"{LEARNED}mencatat penjualan 8 menit." in page
    assert page.count("Kira-kira 8 menit") == 2
    assert "Hari ini kira-kira 18 menit" in page  # yesterday, today, and cash by our estimate
    assert f"{OURS}mencocokkan kas 2 menit." in page


def test_what_another_unit_took_is_not_learned(yohana, world):
    sells(world, *[8 * MINUTE] * 5, unit=world.merauke, product=world.bread)
    assert LEARNED not in text(yohana.get(DESK))


def test_machines_and_pages_left_open_teach_nothing(yohana, world):
    sells(world, *[dt.timedelta(seconds=1)] * 5, *[31 * MINUTE] * 5, *[2 * MINUTE] * 4)
    assert LEARNED not in text(yohana.get(DESK))
    sells(world, 2 * MINUTE)
    assert f"{LEARNED}mencatat penjualan 2 menit." in text(yohana.get(DESK))


def test_counting_cash_is_learned_from_counts(yohana, world):
    sells(world, *[dt.timedelta(seconds=1)])
    for day in range(5):
        on = TODAY - dt.timedelta(days=8 - day)
        new = NewCount(opened(4 * MINUTE, before=NOON), world.nabire, on, expected=100_000)
        count_cash(new=new, by=YOHANA, now=NOON)
    record_sale(sale=a_sale(world.nabire, (world.noken, 1)), by=YOHANA, now=NOON)
    assert f"{LEARNED}mencocokkan kas 4 menit." in text(yohana.get(DESK))


def test_one_form_counts_many_products_so_what_it_took_is_not_multiplied(yohana, world):
    for product in (world.noken, world.coffee):
        come = NewMove(product, 1, Reason.RECEIVED, f"uji:{uuid7()}")
        production.move_stock(moves=[come], by=YOHANA, now=NOON)
        record_sale(sale=a_sale(world.nabire, (product, 2)), by=YOHANA, now=NOON)
    assert "Stok minus 2 produk" in text(yohana.get(DESK))
    assert "Hitung barangnya. Kira-kira 4 menit" in text(yohana.get(DESK))
    bag = a_product(world.nabire, "Tas manik", "kerajinan", price=75_000, cost=1_000)
    for seen in (None, 3, 3, 3, 3):
        count(world.nabire, {bag: (3, seen)}, key=opened(6 * MINUTE, before=NOON))
    assert "Hitung barangnya. Kira-kira 6 menit" in text(yohana.get(DESK))


def test_an_act_without_a_message_is_timed_by_the_id_of_its_form(yohana, world):
    page = text(yohana.get(DESK))
    assert 'name="begun" value="' in page
    for day in range(1, 6):
        sent = {
            "day": (TODAY - dt.timedelta(days=day)).isoformat(),
            "expects_sales": "tidak",
            "begun": str(opened(3 * MINUTE, before=NOON)),
        }
        answer = yohana.post(REPORT, sent)
        assert answer.status_code == 303
    kept = Message.objects.filter(door=works.REPORT_DAY.door)
    assert set(kept.values_list("scope", "sent_by")) == {(f"place:{world.nabire}", kept[0].sent_by)}
    assert kept.count() == 5
    record_sale(sale=a_sale(world.nabire, (world.noken, 1)), by=YOHANA, now=NOON)


def test_what_was_refused_is_not_timed(yohana):
    sent = {"day": "besok", "expects_sales": "tidak", "begun": str(opened(MINUTE, before=NOON))}
    assert yohana.post(REPORT, sent).status_code == 422
    for begun in ("", "bukan-kunci"):
        day = YESTERDAY.isoformat()
        yohana.post(REPORT, {**sent, "day": day, "begun": begun})
    assert not Message.objects.filter(door=works.REPORT_DAY.door).exists()


def test_who_has_nothing_to_write_asks_for_no_minutes(person, world):
    rani = person("Rani", (Role.AUDITOR, "papua"))
    assert "menit" not in text(rani.get(DESK))


def test_each_door_is_timed_for_one_work_alone():
    assert len(set(works.TIMED)) == len(works.TIMED)
    claimed = {door for door in works.TIMED if door in DOORS}
    assert {"sales.record", "production.batch", "treasury.count_cash"} <= claimed
