"""Whether money is in doubt: the same for everybody, however it came and whatever became of it."""

from contextlib import nullcontext

import pytest

from bekal.foundation.ids import uuid7
from bekal.payments import queries
from bekal.payments.actions import (
    NewDebt,
    apply_receipt,
    cancel_ask,
    expire_asks,
    owe_back,
    start_gateway,
    unapply_receipt,
)
from bekal.payments.models import Application, Doubt, Receipt, Request
from bekal.payments.rules import USUAL_MEANS, AskRefused, Means, Method, State
from bekal.payments.tests.money import BANK, BUYER, NOON, an_ask, comes, later
from bekal.payments.tests.test_desk_pages import IN, siti, text

__all__ = ["siti"]
pytestmark = [pytest.mark.usefixtures("noon", "gateway")]

PRICE, PART = 148_000, 100_000


class Story:
    """What becomes of one ask and its money, a step after the other."""

    def __init__(self, settings, unit, method):
        self.settings, self.unit, self.means = settings, unit, USUAL_MEANS[method]
        self.id = an_ask(unit, PRICE, method=method).request_id
        self.payable = Request.objects.get(pk=self.id).payable
        settings.BEKAL_ON_UNPAID = {"uji": "bekal.payments.tests.hearing.note"}

    def arrives(self, amount=None, *, handler="note"):
        self.settings.BEKAL_ON_PAID = {"uji": f"bekal.payments.tests.hearing.{handler}"}
        amount = amount or self.payable
        comes(self.unit, amount, request_id=self.id, method=self.means)
        self.settings.BEKAL_ON_PAID = {}

    def arrives_in_part(self):
        self.arrives(PART)

    def arrives_twice_too_much(self):
        self.arrives(2 * self.payable)

    def fails(self):
        self.arrives(handler="refuse")

    def is_counted(self, most=None, to=None):
        apply_receipt(
            key=uuid7(),
            receipt_id=Receipt.objects.earliest("recorded_at", "pk").pk,
            request_id=to or self.id,
            most=most,
            by=BANK,
            now=NOON,
        )

    def is_counted_in_part(self):
        self.is_counted(PART)

    def is_given_to_another(self):
        self.is_counted(to=an_ask(self.unit, PRICE, method=Method.INVOICE).request_id)

    def is_taken_off(self):
        applied = Application.objects.get(undoes__isnull=True)
        unapply_receipt(key=uuid7(), application_id=applied.pk, by=BANK, now=NOON)

    def is_owed_back(self):
        (left,) = queries.unapplied_of(unit_id=self.unit)
        debt = NewDebt(
            key=uuid7(),
            subject=f"receipt:{left.receipt_id}",
            unit_id=self.unit,
            amount=left.left_over,
            why="Salah kirim",
            receipt_id=left.receipt_id,
        )
        owe_back(debt=debt, by=BANK, now=NOON)

    def is_over(self):
        expire_asks(by=BANK, now=later(days=2))

    def is_cancelled(self):
        cancel_ask(request_id=self.id, by=BUYER, now=NOON)


def nothing(story):
    return 0


def all_of_it(story):
    return story.payable


def the_rest(story):
    return story.payable - PART


def what_the_gateway_named(story):
    """A person may match what was another's; what a gateway took is surely of its ask."""
    return story.payable if story.means is Means.GATEWAY else 0


STORIES = [
    ("", nothing),
    ("arrives", nothing),
    ("arrives_in_part", nothing),
    ("arrives_twice_too_much", nothing),
    ("is_cancelled", nothing),
    ("is_cancelled arrives", nothing),
    ("fails", all_of_it),
    ("fails is_over", all_of_it),
    ("fails is_cancelled", all_of_it),
    ("is_cancelled fails", all_of_it),
    ("fails is_counted", nothing),
    ("fails is_counted_in_part", the_rest),
    ("fails is_counted is_taken_off", all_of_it),
    ("fails is_given_to_another", nothing),
    ("fails is_owed_back", nothing),
    ("fails arrives", nothing),
    ("fails arrives_in_part", all_of_it),
    ("arrives is_taken_off", what_the_gateway_named),
    ("arrives is_taken_off is_over", what_the_gateway_named),
    ("arrives is_taken_off is_counted", nothing),
    ("arrives is_taken_off is_given_to_another", nothing),
    ("arrives is_taken_off is_owed_back", nothing),
]


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize(("steps", "doubted"), STORIES)
def test_buyer_treasurer_and_gateway_agree(
    *, client, siti, settings, nabire, steps, doubted, method
):
    story = Story(settings, nabire, method)
    for step in steps.split():
        getattr(story, step)()
    amount = doubted(story)
    ask = queries.asks_in(request_ids=[story.id])[story.id]
    assert ask.in_doubt == amount
    loose = {row.receipt_id: row.left_over for row in queries.unapplied_of(unit_id=nabire)}
    assert queries.money_tasks(unit_id=nabire).unmatched == len(loose) + Doubt.objects.count()
    desk = text(siti.get(f"{IN}tagihan/{story.id}/"))
    assert ("tentukan uang ini untuk pesanannya" in desk) == bool(amount)
    page = text(client.get(f"/bayar/{story.id}/"))
    assert ("sedang diperiksa" in page) == bool(amount)
    assert ('data-state="in_doubt"' in page) == bool(amount)
    assert {row.receipt_id: row.amount for row in ask.doubted}.items() <= loose.items()
    if method is Method.GATEWAY and ask.state is State.OPEN:
        says_so = pytest.raises(AskRefused, match="sedang diperiksa") if amount else nullcontext()
        with says_so:
            start_gateway(request_id=story.id, by=BUYER, now=NOON)
