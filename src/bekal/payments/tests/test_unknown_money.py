"""Siti decides on money of an order that nobody knows, which the gateway told of."""

import pytest

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.payments.actions import check_doubt, receive_doubt
from bekal.payments.models import Doubt, DoubtCheck, Receipt, Request
from bekal.payments.queries import debts_of, money_tasks, payment_problems, unapplied_of
from bekal.payments.rules import Method, ReceiptRefused
from bekal.payments.tests.money import NOON, a_merchant, an_ask, everything, held
from bekal.payments.tests.test_desk_pages import IN, siti, text
from bekal.payments.tests.test_midtrans import tell
from tests.support import world
from tests.support.threads import all_at_once, at_once

__all__ = ["siti"]
pytestmark = pytest.mark.usefixtures("noon")
STRANGE = "payment_notif_test_G1_x"


@pytest.fixture
def doubt(client, stand_in, gateway, nabire):
    """Somebody paid 25 thousand to the account of Lapas Nabire there, for whatever."""
    assert tell(client, stand_in.pays(STRANGE, 25_000)) == 200
    return Doubt.objects.get()


def write_down(siti, doubt):
    return siti.post(f"{IN}ragu/{doubt.pk}/", {"what": "masuk"})


def decide(siti, **said):
    (left,) = unapplied_of(unit_id=Receipt.objects.get().unit_id)
    return siti.post(f"{IN}sisa/{left.receipt_id}/", {"key": str(uuid7()), **said})


def test_siti_writes_it_down_once_and_it_waits_as_unknown_money(siti, nabire, doubt):
    page = text(siti.get(IN))
    assert "Catat sebagai uang masuk" in page
    assert held(nabire) == {}
    for _ in range(2):
        answer = write_down(siti, doubt)
        assert "belum diketahui untuk pesanan mana" in text(siti.get(answer["Location"]))
    assert held(nabire) == {"qris": 25_000, "unapplied_receipt": -25_000}
    receipt = Receipt.objects.get()
    assert (receipt.provider, receipt.reference, receipt.request_id) == (
        "midtrans",
        f"tx-{STRANGE}-1",
        None,
    )
    page = text(siti.get(IN))
    assert ("Perlu diperiksa" in page, "Belum cocok" in page) == (False, True)
    assert money_tasks(unit_id=nabire).unmatched == 1
    assert Event.objects.filter(action="payments.receive_doubt").count() == 1
    assert payment_problems() == []


def test_then_it_pays_an_order_that_siti_names(siti, nabire, doubt, heard):
    asked = an_ask(nabire, 25_000)
    write_down(siti, doubt)
    assert decide(siti, what="order", label="BK-7Q2M-18KD").status_code == 302
    assert held(nabire) == {"qris": 25_000, "order_advance": -25_000}
    assert Request.objects.get(pk=asked.request_id).settled == 25_000
    assert [paid.is_settled for paid in heard] == [True]
    assert payment_problems() == []


def test_or_it_goes_back_to_whoever_sent_it(siti, nabire, doubt):
    write_down(siti, doubt)
    assert decide(siti, what="back", why="Salah kirim").status_code == 302
    (debt,) = debts_of(unit_id=nabire)
    assert (debt.amount, debt.why) == (25_000, "Salah kirim")
    assert payment_problems() == []


def test_what_was_looked_at_and_left_is_not_written_down_by_an_old_page(siti, nabire, doubt):
    assert siti.post(f"{IN}ragu/{doubt.pk}/").status_code == 302
    before = everything()
    answer = write_down(siti, doubt)
    assert answer.status_code == 422
    assert "sudah diperiksa" in text(answer)
    assert (everything(), held(nabire)) == (before, {})


def test_one_payment_told_with_two_sums_is_written_down_with_one(
    siti, client, stand_in, nabire, doubt
):
    assert tell(client, stand_in.pays(STRANGE, 30_000)) == 200
    write_down(siti, doubt)
    other = Doubt.objects.get(amount=30_000)
    answer = write_down(siti, other)
    assert answer.status_code == 422
    assert "jumlah lain" in text(answer)
    assert held(nabire) == {"qris": 25_000, "unapplied_receipt": -25_000}
    assert not DoubtCheck.objects.filter(doubt=other).exists()


def test_money_that_found_its_order_meanwhile_is_not_taken_in_twice(
    siti, client, stand_in, nabire, gateway, heard
):
    """Of some virtual accounts their notice names the transaction as the order."""
    asked = an_ask(nabire, 25_000, method=Method.GATEWAY)
    assert tell(client, stand_in.pays("A1", 25_000, transaction_id="A1")) == 200
    found = stand_in.pays(asked.request_id, 25_000, transaction_id="A1")
    assert tell(client, found) == 200
    assert write_down(siti, Doubt.objects.get()).status_code == 302
    assert held(nabire) == {"qris": 25_000, "order_advance": -25_000}
    assert not unapplied_of(unit_id=nabire)


def test_other_doubts_and_those_of_other_units_are_no_unknown_money(
    siti, client, stand_in, nabire, doubt
):
    asked = an_ask(nabire, 148_000, method=Method.GATEWAY)
    assert tell(client, stand_in.pays(asked.request_id, 148_000, status="refund")) == 200
    back = Doubt.objects.get(kind="taken_back")
    assert write_down(siti, back).status_code == 404
    with pytest.raises(LookupError):
        receive_doubt(unit_id=nabire + 1, doubt_id=doubt.pk, by=world.SITI, now=NOON)
    assert not Receipt.objects.exists()


@pytest.fixture
def waiting(committed_world, gateway, stand_in, client):
    a_merchant(committed_world.nabire)
    assert tell(client, stand_in.pays(STRANGE, 25_000)) == 200
    return {"unit_id": committed_world.nabire, "doubt_id": Doubt.objects.get().pk}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_six_taps_at_once_write_it_down_once(waiting):
    answers = at_once(6, lambda number: receive_doubt(**waiting, by=world.SITI, now=NOON))
    assert set(answers) == {Receipt.objects.get().pk}
    assert held(waiting["unit_id"]) == {"qris": 25_000, "unapplied_receipt": -25_000}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_written_down_and_left_at_once_end_in_one_of_two_ways(waiting):
    def act(number):
        if number:
            return check_doubt(**waiting, by=world.SITI, now=NOON)
        return receive_doubt(**waiting, by=world.SITI, now=NOON)

    written, left = all_at_once(2, act)
    assert left is None
    assert isinstance(written, ReceiptRefused) == (not Receipt.objects.exists())
    assert not isinstance(written, Exception) or isinstance(written, Refused)
    assert payment_problems() == []
