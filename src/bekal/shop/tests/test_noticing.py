"""Notices go out once, are tried again, and end in the hands of a person."""

import datetime as dt
import functools
import logging
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from bekal.audit.models import Event
from bekal.foundation.actors import job_actor
from bekal.shop import actions, queries
from bekal.shop.models import Notice, NoticeTry
from bekal.shop.rules import MOST_TRIES
from bekal.shop.tests.orders import an_order
from bekal.shop.tests.troubles import put
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db
JOB = job_actor("send_notices")
MINUTE = dt.timedelta(minutes=1)
ERASED = (
    "name='', phone='', email='', district_code='', district='', address='', postal_code='', "
    "landmark='', note='', household=''"
)


class Broken(EmailBackend):
    """A mail server that is away, and whose complaint names the receiver."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected(f"cannot reach {messages[0].to[0]}")


def ordered(world, *, email="kartini@contoh.id", language="id", **changes):
    order = an_order(world.nabire, world.noken, **changes)
    if language != "id":
        run("update shop_order set language = %s where id = %s", language, order["id"])
    put("shop_orderbuyer", order_id=order["id"], email=email)
    return order


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def paid(order):
    run(
        "update shop_order set status='paid', status_at=%s, status_by='user:1' where id=%s",
        NOON,
        order["id"],
    )


def sent(order, number="JNE0123456"):
    run("update shop_orderpart set tracking_number=%s where id=%s", number, order["part"])
    for status in ("ready", "sent"):
        run(
            "update shop_orderpart set status=%s, status_at=%s, status_by='user:1' where id=%s",
            status,
            NOON,
            order["part"],
        )


def go(now=NOON):
    return actions.send_notices(by=JOB, now=now)


def the_notice():
    return Notice.objects.get()


def test_a_payment_is_told_in_an_e_mail(world, settings):
    settings.BEKAL_ADDRESS = "https://bekal.example"
    order = ordered(world)
    paid(order)
    assert go() == 1
    (message,) = mail.outbox
    assert message.to == ["kartini@contoh.id"]
    assert message.subject == f"Pembayaran pesanan {order['code']} masuk"
    assert "Halo Ibu Kartini Wulandari," in message.body
    assert "Pembayaran Rp222.000" in message.body
    assert "- 2 Noken" in message.body
    assert f"https://bekal.example/pesanan/{order['code']}/" in message.body
    assert message.extra_headers["Message-ID"] == f"<notice-{the_notice().pk}@bekal.example>"
    assert message.attachments == []


def test_whoever_ordered_in_english_is_told_in_english(world):
    order = ordered(world, language="en")
    paid(order)
    go()
    (message,) = mail.outbox
    assert "Your payment of Rp222,000" in message.body
    assert f"/en/pesanan/{order['code']}/" in message.body


def test_a_notice_goes_out_once_however_often_the_job_runs(world):
    paid(ordered(world))
    assert [go(), go(), go(NOON + dt.timedelta(days=3))] == [1, 0, 0]
    assert len(mail.outbox) == 1
    assert NoticeTry.objects.get().outcome == "sent"


@pytest.fixture
def broken(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"


@pytest.mark.usefixtures("broken")
def test_a_notice_that_failed_is_tried_again_when_its_time_comes(world, settings):
    paid(ordered(world))
    assert go() == 0
    notice = the_notice()
    assert (notice.tries, notice.outcome) == (1, "")
    assert go(NOON + MINUTE) == 0
    assert NoticeTry.objects.count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert go(notice.due_at) == 1
    assert [(t.number, t.outcome) for t in NoticeTry.objects.order_by("number")] == [
        (1, "failed"),
        (2, "sent"),
    ]


@pytest.mark.usefixtures("broken")
def test_a_dead_notice_is_shown_to_the_unit_and_sent_by_a_person(world):
    order = ordered(world)
    paid(order)
    now = NOON
    for _ in range(MOST_TRIES):
        go(now)
        now += dt.timedelta(days=2)
    assert the_notice().outcome == "dead"
    assert go(now + dt.timedelta(days=300)) == 0
    assert queries.notices_to_send(unit_id=world.bangli, on=TODAY) == []
    (shown,) = queries.notices_to_send(unit_id=world.nabire, on=TODAY)
    assert shown.is_dead
    assert shown.link.startswith("https://wa.me/6281234567890?text=Halo%20Ibu%20Kartini")
    actions.tell_by_hand(notice_id=shown.id, unit_id=world.nabire, is_sent=True, by=YOHANA, now=now)
    assert the_notice().outcome == "sent"
    assert queries.count_to_send(unit_id=world.nabire) == 0


@pytest.mark.usefixtures("broken")
def test_no_log_and_no_record_names_the_buyer(world, caplog):
    caplog.set_level(logging.DEBUG)
    paid(ordered(world))
    go()
    said = caplog.text + "".join(str(vars(t)) for t in NoticeTry.objects.all())
    said += "".join(e.detail for e in Event.objects.all())
    assert "SMTPServerDisconnected" in said
    for secret in ("kartini", "Kartini", "81234567890", "Mawar"):
        assert secret not in said


def test_without_a_mail_server_a_person_is_asked_at_once(world, settings):
    settings.BEKAL_SENDS_MAIL = False
    paid(ordered(world))
    assert go() == 0
    assert the_notice().outcome == "dead"
    assert NoticeTry.objects.get().reason == "NoMailServer"
    assert mail.outbox == []


def test_a_buyer_erased_meanwhile_is_told_nothing(world):
    order = ordered(world)
    paid(order)
    run("update shop_order set status = 'done'")
    run("update shop_orderbuyer set erased_at=%s, erased_by='job:x', " + ERASED, NOON)
    assert go() == 0
    assert mail.outbox == []
    assert the_notice().outcome == "dropped"


def test_a_parcel_that_left_is_prepared_for_whatsapp_with_its_number(world):
    order = ordered(world, status="paid", part_status="preparing")
    sent(order)
    (shown,) = queries.notices_to_send(unit_id=world.nabire, on=TODAY)
    assert "Nomor resi JNE0123456." in shown.told.body
    assert "dari Lapas Kelas IIB Nabire dikirim dengan JNE REG" in shown.told.body
    assert shown.buyer == "Ibu Kartini Wulandari"


def test_a_message_is_marked_once_and_by_its_own_unit(world):
    sent(ordered(world, status="paid", part_status="preparing"))
    (shown,) = queries.notices_to_send(unit_id=world.nabire, on=TODAY)
    mark = functools.partial(actions.tell_by_hand, notice_id=shown.id, by=YOHANA, now=NOON)
    with pytest.raises(LookupError):
        mark(unit_id=world.bangli, is_sent=True)
    mark(unit_id=world.nabire, is_sent=False)
    mark(unit_id=world.nabire, is_sent=True)
    assert [t.outcome for t in NoticeTry.objects.all()] == ["dropped"]
    assert Event.objects.filter(action="shop.notice_dropped").count() == 1


def test_an_e_mail_that_is_under_way_cannot_be_marked_by_hand(world):
    paid(ordered(world))
    with pytest.raises(LookupError):
        actions.tell_by_hand(
            notice_id=the_notice().pk, unit_id=world.nabire, is_sent=True, by=YOHANA, now=NOON
        )


def test_old_news_is_dropped(world):
    sent(ordered(world, status="paid", part_status="preparing"))
    days = dt.timedelta(days=14)
    assert actions.drop_stale_notices(by=JOB, now=NOON + days) == 0
    assert actions.drop_stale_notices(by=JOB, now=NOON + days + MINUTE) == 1
    assert queries.count_to_send(unit_id=world.nabire) == 0


def corrected(order, world, number):
    actions.hand_over_part(
        part_id=order["part"], unit_id=world.nabire, tracking_number=number, by=YOHANA, now=NOON
    )


def test_a_corrected_number_is_told_once_more_and_a_message_that_waits_says_the_newest(world):
    order = ordered(world, status="paid", part_status="preparing")
    sent(order)
    (shown,) = queries.notices_to_send(unit_id=world.nabire, on=TODAY)
    mark = functools.partial(actions.tell_by_hand, unit_id=world.nabire, is_sent=True)
    mark(notice_id=shown.id, by=YOHANA, now=NOON)
    go()
    before = len(mail.outbox)
    for _ in range(2):
        corrected(order, world, "JNE0999")
        go()
    assert len(mail.outbox) == before + 1
    assert "Nomor resi JNE0999." in mail.outbox[-1].body
    corrected(order, world, "JNE0777")
    (shown,) = queries.notices_to_send(unit_id=world.nabire, on=TODAY)
    assert "Nomor resi JNE0777." in shown.told.body
    assert go() == 1
    assert "Nomor resi JNE0777." in mail.outbox[-1].body


def test_a_number_corrected_before_anybody_was_told_is_told_once(world):
    order = ordered(world, status="paid", part_status="preparing")
    sent(order)
    corrected(order, world, "JNE0999")
    assert Notice.objects.filter(event="handed_over").count() == 2
    go()
    assert "Nomor resi JNE0999." in mail.outbox[-1].body


def test_who_was_erased_is_told_of_no_number(world):
    order = ordered(world, status="done", part_status="sent")
    run("update shop_orderbuyer set erased_at=%s, erased_by='job:x', " + ERASED, NOON)
    corrected(order, world, "JNE0999")
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_correct_a_number_at_once_tell_it_once(committed_world):
    world = committed_world
    with transaction.atomic():
        order = ordered(world, status="paid", part_status="sent")
    at_once(2, lambda _: corrected(order, world, "JNE0999"))
    assert sorted(Notice.objects.values_list("way", flat=True)) == ["email", "whatsapp"]


@pytest.mark.parametrize("status", ["delivered", "cancelled", "ready"])
def test_that_a_parcel_left_is_no_news_once_it_came_or_came_back(world, status):
    order = ordered(world, status="paid", part_status="preparing")
    sent(order)
    assert queries.count_to_send(unit_id=world.nabire) == 1
    assert actions.drop_stale_notices(by=JOB, now=NOON) == 0
    run(
        "update shop_orderpart set status=%s, status_at=%s, status_by='user:1' where id=%s",
        status,
        NOON,
        order["part"],
    )
    assert queries.count_to_send(unit_id=world.nabire) == 0
    assert queries.notices_to_send(unit_id=world.nabire, on=TODAY) == []
    assert actions.drop_stale_notices(by=JOB, now=NOON) == 1
    assert NoticeTry.objects.get().reason == "Overtaken"


def test_pay_by_tonight_is_no_news_for_whom_has_paid(world):
    order = ordered(world, email="", status="draft")
    run("update shop_order set status='waiting', status_at=%s, status_by='user:1'", NOON)
    (shown,) = queries.notices_to_send(unit_id=world.nabire, on=TODAY)
    assert shown.event == "confirmed"
    paid(order)
    (shown,) = queries.notices_to_send(unit_id=world.nabire, on=TODAY)
    assert shown.event == "paid"


def test_the_list_costs_the_same_for_many(world, django_assert_max_num_queries):
    for _ in range(5):
        sent(ordered(world, status="paid", part_status="preparing"))
    with django_assert_max_num_queries(5):
        assert len(queries.notices_to_send(unit_id=world.nabire, on=TODAY)) == 5


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_each_notice_once(committed_world):
    for _ in range(3):
        with transaction.atomic():
            paid(ordered(committed_world))
    counts = at_once(4, lambda _: go())
    assert sum(counts) == 3
    assert len(mail.outbox) == 3
    assert NoticeTry.objects.count() == 3
