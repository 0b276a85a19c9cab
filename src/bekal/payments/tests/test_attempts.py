"""A payment that ends at the gateway before our time does is tried again, and no money is lost."""

import pytest
from django.db import Error, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.payments.actions import (
    apply_receipt,
    cancel_ask,
    poll_gateway,
    start_gateway,
    unapply_receipt,
)
from bekal.payments.gateway import Unreachable
from bekal.payments.models import Application, Attempt, AttemptEnd, Receipt
from bekal.payments.queries import payment_problems, unapplied_of
from bekal.payments.rules import AskRefused, Method
from bekal.payments.tests.money import (
    BANK,
    BUYER,
    NOON,
    a_merchant,
    an_ask,
    everything,
    held,
    later,
    opened,
)
from bekal.payments.tests.test_midtrans import tell
from tests.support.threads import at_once

pytestmark = pytest.mark.usefixtures("noon")

TRIED = "tidak selesai"


@pytest.fixture
def asked(nabire, gateway, heard):
    return an_ask(nabire, 148_000, method=Method.GATEWAY)


def ends(client, stand_in, order, *, status="expire", number="1"):
    """The gateway gives a payment up, and says so."""
    code = "200" if status == "cancel" else "202"
    body = stand_in.pays(order, 148_000, status=status, code=code, number=number)
    assert tell(client, body) == 200


def page(client, asked, *, tail="", language=""):
    return client.get(f"{language}/bayar/{asked.request_id}/{tail}").content.decode()


def again(client, asked):
    """Rina presses the button of the pay page; the address that it leads to then."""
    assert client.post(f"/bayar/{asked.request_id}/daring/").status_code == 302
    return Attempt.objects.latest("number").page


@pytest.mark.parametrize("status", ["cancel", "expire", "failure"])
def test_rina_reads_that_it_was_not_completed_and_tries_again(client, stand_in, asked, status):
    dead = opened(asked)
    first = Attempt.objects.get().page
    assert first in page(client, asked)
    ends(client, stand_in, dead, status=status)
    shown = page(client, asked)
    assert (TRIED in shown, "Coba bayar lagi" in shown, first in shown) == (True, True, False)
    assert "was not completed" in page(client, asked, language="/en")
    second = again(client, asked)
    shown = page(client, asked)
    assert (TRIED in shown, second in shown, second == first) == (False, True, False)
    names = list(stand_in.opened)
    assert len(set(names)) == 2
    assert all(name.startswith(f"{asked.request_id}.") and len(name) <= 50 for name in names)


def test_a_page_that_waits_shows_itself_anew_when_the_payment_ends(client, stand_in, asked):
    order = opened(asked)
    assert page(client, asked, tail="keadaan/") == "open"
    ends(client, stand_in, order)
    assert page(client, asked, tail="keadaan/") == "ended"
    assert 'data-state="ended"' in page(client, asked)
    again(client, asked)
    assert page(client, asked, tail="keadaan/") == "open"


def test_a_card_that_was_denied_leaves_the_page_alive_for_another(client, stand_in, asked, heard):
    order = opened(asked)
    ends(client, stand_in, order, status="deny")
    assert not AttemptEnd.objects.exists()
    assert Attempt.objects.get().page in page(client, asked)
    assert tell(client, stand_in.pays(order, 148_000, number="2")) == 200
    assert [paid.is_settled for paid in heard] == [True]


def test_the_next_page_lasts_as_long_as_the_ask_and_five_minutes_at_least(client, stand_in, asked):
    ends(client, stand_in, opened(asked))
    ends(client, stand_in, opened(asked, now=later(minutes=7)), number="2")
    opened(asked, now=later(minutes=13))
    lives = [page["page_expiry"]["duration"] for page in stand_in.opened.values()]
    assert lives == [15, 8, 5]


@pytest.mark.parametrize("status", ["pending", "expire", "cancel", "deny"])
def test_what_is_told_late_of_a_payment_that_came_in_changes_nothing(
    *, client, stand_in, nabire, asked, heard, status
):
    order = opened(asked)
    late = stand_in.pays(order, 148_000, status=status, code="202")
    assert tell(client, stand_in.pays(order, 148_000)) == 200
    before = everything()
    assert tell(client, late) == 200
    ends(client, stand_in, order, status=status)
    assert everything() == before
    assert AttemptEnd.objects.get().how == "paid"
    assert len(heard) == 1
    assert "sudah diterima" in page(client, asked)


def test_money_of_a_payment_that_had_ended_is_received(client, stand_in, nabire, asked, heard):
    order = opened(asked)
    ends(client, stand_in, order)
    assert tell(client, stand_in.pays(order, 148_000)) == 200
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}
    assert [paid.is_settled for paid in heard] == [True]
    assert "sudah diterima" in page(client, asked)
    with pytest.raises(AskRefused):
        start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)


def test_what_siti_takes_off_again_is_not_paid_a_second_time_there(
    client, stand_in, settings, nabire, asked
):
    settings.BEKAL_ON_UNPAID = {"uji": "bekal.payments.tests.hearing.note"}
    order = opened(asked)
    assert tell(client, stand_in.pays(order, 148_000)) == 200
    applied = Application.objects.get()
    unapply_receipt(key=uuid7(), application_id=applied.pk, by=BANK, now=NOON)
    before = everything()
    assert "sedang diperiksa" in page(client, asked)
    with pytest.raises(AskRefused, match="Jangan membayar lagi"):
        start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)
    assert everything() == before
    apply_receipt(
        key=uuid7(),
        receipt_id=applied.receipt_id,
        request_id=an_ask(nabire, 148_000).request_id,
        by=BANK,
        now=NOON,
    )
    before = everything()
    shown = page(client, asked)
    assert ("sedang diperiksa" in shown, "tidak bisa dibayar daring lagi" in shown) == (False, True)
    with pytest.raises(AskRefused, match="Tanyakan kepada unit"):
        start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)
    assert everything() == before


def test_nor_what_came_late_by_a_payment_that_had_ended(client, stand_in, settings, asked):
    settings.BEKAL_ON_UNPAID = {"uji": "bekal.payments.tests.hearing.note"}
    order = opened(asked)
    ends(client, stand_in, order)
    assert tell(client, stand_in.pays(order, 148_000)) == 200
    applied = Application.objects.get()
    unapply_receipt(key=uuid7(), application_id=applied.pk, by=BANK, now=NOON)
    before = everything()
    shown = page(client, asked)
    assert ("sedang diperiksa" in shown, "Coba bayar lagi" in shown) == (True, False)
    with pytest.raises(AskRefused, match="Jangan membayar lagi"):
        start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)
    assert everything() == before


def test_two_attempts_that_are_both_paid_are_both_received_and_one_is_surplus(
    client, stand_in, nabire, asked, heard
):
    first = opened(asked)
    ends(client, stand_in, first)
    second = opened(asked)
    assert tell(client, stand_in.pays(first, 148_000)) == 200
    stand_in.pays(second, 148_000)
    assert poll_gateway(by=BANK, now=later(minutes=2)) == 1
    assert Receipt.objects.filter(request_id=asked.request_id).count() == 2
    assert [row.left_over for row in unapplied_of(unit_id=nabire)] == [148_000]
    assert len(heard) == 1
    assert payment_problems() == []


def test_a_signed_notice_sent_again_as_ended_is_not_believed(client, stand_in, asked):
    """Nobody opens a second payment beside one that can be paid, with a notice of their own."""
    order = opened(asked)
    body = stand_in.pays(order, 148_000, status="expire", code="201")
    stand_in.pays(order, 148_000, status="pending", code="201")
    assert tell(client, body) == 200
    assert not AttemptEnd.objects.exists()


def test_an_end_whose_notice_was_lost_is_found_by_asking_and_asked_no_more(client, stand_in, asked):
    order = opened(asked)
    stand_in.pays(order, 148_000, status="expire", code="407")
    assert poll_gateway(by=BANK, now=later(minutes=2)) == 0
    assert TRIED in page(client, asked)
    stand_in.asked.clear()
    assert poll_gateway(by=BANK, now=later(minutes=4)) == 0
    assert stand_in.asked == []
    second = opened(asked, now=later(minutes=5))
    stand_in.pays(second, 148_000)
    stand_in.asked.clear()
    assert poll_gateway(by=BANK, now=later(minutes=6)) == 1
    assert stand_in.asked == [f"/v2/{second}/status"]


def test_what_can_still_be_paid_is_asked_about_though_its_ask_is_over(stand_in, asked, heard):
    order = opened(asked)
    cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON)
    stand_in.pays(order, 148_000)
    assert poll_gateway(by=BANK, now=later(hours=1)) == 1
    assert [paid.state for paid in heard] == ["cancelled"]


def test_what_rina_began_to_pay_can_be_paid_no_more_when_her_order_is_cancelled(stand_in, asked):
    order = opened(asked)
    stand_in.pays(order, 148_000, status="pending", code="201")
    assert poll_gateway(by=BANK, now=later(minutes=2)) == 0
    assert stand_in.payments[order]["transaction_status"] == "pending"
    cancel_ask(request_id=asked.request_id, by=BUYER, now=later(minutes=3))
    assert poll_gateway(by=BANK, now=later(minutes=4)) == 0
    assert stand_in.payments[order]["transaction_status"] == "expire"
    assert poll_gateway(by=BANK, now=later(minutes=6)) == 0
    assert AttemptEnd.objects.get().how == "unpaid"


@pytest.mark.parametrize("status", ["deny", "authorize"])
def test_what_the_gateway_does_not_let_go_is_left_to_it(stand_in, asked, status):
    order = opened(asked)
    stand_in.pays(order, 148_000, status=status, code="201")
    cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON)
    assert poll_gateway(by=BANK, now=later(minutes=2)) == 0
    assert stand_in.asked[-1] == f"/v2/{order}/expire"
    assert stand_in.payments[order]["transaction_status"] == status
    assert not AttemptEnd.objects.exists()


def test_of_two_attempts_the_second_is_given_up_when_the_first_was_paid_late(
    client, stand_in, asked
):
    first = opened(asked)
    ends(client, stand_in, first)
    second = opened(asked, now=later(minutes=5))
    stand_in.pays(second, 148_000, status="pending", code="201")
    assert tell(client, stand_in.pays(first, 148_000)) == 200
    assert poll_gateway(by=BANK, now=later(minutes=6)) == 0
    assert stand_in.payments[second]["transaction_status"] == "expire"


def test_however_long_the_history_only_what_is_open_is_asked_about(stand_in, nabire, asked):
    for _ in range(3):
        ask = an_ask(nabire, 148_000, method=Method.GATEWAY)
        stand_in.pays(opened(ask), 148_000, status="expire", code="407")
    assert poll_gateway(by=BANK, now=NOON) == 0
    order = opened(asked)
    stand_in.asked.clear()
    assert poll_gateway(by=BANK, now=later(minutes=2)) == 0
    assert stand_in.asked == [f"/v2/{order}/status"]
    assert poll_gateway(by=BANK, now=later(days=3)) == 0
    assert len(stand_in.asked) == 1


def test_where_money_came_in_and_could_not_be_used_nobody_is_asked_again(
    client, stand_in, settings, asked
):
    settings.BEKAL_ON_PAID = {"uji": "bekal.payments.tests.hearing.refuse"}
    order = opened(asked)
    assert tell(client, stand_in.pays(order, 148_000)) == 200
    shown = page(client, asked)
    assert "sedang diperiksa" in shown
    assert ("Coba bayar lagi" in shown, "Lanjut membayar" in shown) == (False, False)
    answer = client.post(f"/bayar/{asked.request_id}/daring/")
    assert (answer.status_code, Attempt.objects.count()) == (422, 1)


def test_an_answer_that_was_lost_keeps_nobody_from_trying_again(stand_in, asked):
    """They took the name and made a page, and their answer never came."""
    stand_in.mood = "lost"
    with pytest.raises(Unreachable):
        start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)
    assert (len(stand_in.opened), Attempt.objects.count()) == (1, 0)
    stand_in.mood = ""
    order = opened(asked)
    assert list(stand_in.opened)[1:] == [order]


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


ATTEMPT = """
insert into payments_attempt (request_id, number, called, amount, page, opened_at, opened_by)
values (%s, %s, %s, %s, %s, now(), 'x')
"""
END = """
insert into payments_attemptend (attempt_id, how, ended_at, ended_by)
select id, %s, now(), 'x' from payments_attempt where called = %s
"""


def refused(sql, *values, by):
    before = everything()
    with pytest.raises(Error, match=by), transaction.atomic():
        run(sql, *values)
    assert everything() == before


def test_postgresql_opens_the_next_attempt_only_after_one_that_ended_unpaid(nabire, gateway, asked):
    ask = asked.request_id
    first, second, third = (f"{ask}.{name}" for name in "abc")
    run(ATTEMPT, ask, 1, first, 5, "https://x")
    refused(ATTEMPT, ask, 1, second, 5, "https://y", by="one_after_the_other")
    refused(ATTEMPT, ask, 2, second, 5, "https://y", by="follows one that ended unpaid")
    run(END, "unpaid", first)
    refused(ATTEMPT, ask, 3, second, 5, "https://y", by="follows one that ended unpaid")
    refused(ATTEMPT, ask, 2, first, 5, "https://y", by="called")
    run(ATTEMPT, ask, 2, second, 5, "https://y")
    run(END, "paid", second)
    refused(ATTEMPT, ask, 3, third, 5, "https://y", by="follows one that ended unpaid")


def test_postgresql_keeps_attempts_whole_and_of_their_ask(nabire, asked):
    ask, other = asked.request_id, an_ask(nabire).request_id
    refused(ATTEMPT, other, 1, f"{other}.a", 5, "https://x", by="what is asked through it")
    refused(ATTEMPT, ask, 1, f"{other}.a", 5, "https://x", by="by the name of the ask")
    for number, amount, where in ((0, 5, "x"), (1, 0, "x"), (1, 5, "")):
        refused(ATTEMPT, ask, number, f"{ask}.a", amount, where, by="attempt_is_whole")


def test_postgresql_keeps_attempts_and_their_ends_final(asked):
    order = opened(asked)
    refused(END, "perhaps", order, by="how_known")
    run(END, "unpaid", order)
    refused(END, "paid", order, by="attemptend_pkey")
    for table in ("attempt", "attemptend"):
        refused(f"delete from payments_{table}", by="are final")
    refused("update payments_attempt set page = 'https://other'", by="are final")
    refused("update payments_attemptend set how = 'paid'", by="are final")


@pytest.fixture
def unit(committed_world):
    a_merchant(committed_world.nabire)
    return committed_world.nabire


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_taps_at_once_lead_to_one_page(unit, gateway, stand_in, heard, client):
    asked = an_ask(unit, 148_000, method=Method.GATEWAY)

    def tap(number):
        return start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)

    assert len(set(at_once(8, tap))) == 1
    first = Attempt.objects.get()
    ends(client, stand_in, first.called)
    assert set(at_once(8, tap)) == {Attempt.objects.get(number=2).page}
    assert Attempt.objects.count() == 2
    # Whatever of the pages is paid, of all that were opened, its money finds the ask.
    for order in stand_in.opened:
        assert tell(client, stand_in.pays(order, 148_000)) == 200
    assert Receipt.objects.filter(request_id=asked.request_id).count() == len(stand_in.opened)
    assert payment_problems() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_paid_and_ended_at_once_is_paid(unit, gateway, stand_in, heard, client):
    """What they told first is confirmed by asking: both notices meet a payment that is settled."""
    asked = an_ask(unit, 148_000, method=Method.GATEWAY)
    order = opened(asked)
    ended = stand_in.pays(order, 148_000, status="expire", code="202")
    paid = stand_in.pays(order, 148_000)
    at_once(8, lambda number: tell(type(client)(), ended if number % 2 else paid))
    assert (AttemptEnd.objects.get().how, Receipt.objects.count(), len(heard)) == ("paid", 1, 1)


@pytest.mark.django_db(transaction=True)
def test_nobody_opens_a_payment_inside_a_transaction(committed_world, gateway):
    a_merchant(committed_world.nabire)
    asked = an_ask(committed_world.nabire, method=Method.GATEWAY)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)
