"""A buyer who is to pay is told by when, as the payment page says it."""

import pytest

from bekal.foundation.clock import Zone
from bekal.payments.models import Request
from bekal.payments.rules import Method
from bekal.shop.models import Notice
from bekal.shop.queries import told_notices
from bekal.shop.rules import Delivery
from bekal.shop.tests.market import a_buyer, an_order, place
from bekal.shop.tests.proposing import answers_messages, confirm, draft
from bekal.ui.filters import jam
from tests.support.world import TODAY

pytestmark = pytest.mark.django_db


def ordered(market, method, **changes):
    buyer = a_buyer(email="rina@contoh.id")
    place(an_order(market, ("noken", 2), method=method, buyer=buyer, **changes))
    return the_words()


def confirmed(market, method):
    """Yohana takes on what Rina asked for by WhatsApp, to be sent."""
    answers_messages(market.nabire)
    part = draft(market, delivery=Delivery.COURIER, buyer=a_buyer())
    service = market.services[market.nabire]
    confirm(part, delivery=Delivery.COURIER, method=method, fee=18_000, service_id=service)
    return the_words()


def the_words():
    (shown,) = told_notices(notices=Notice.objects.all(), on=TODAY)
    return shown.told.body


@pytest.mark.parametrize("method", [Method.QRIS, Method.TRANSFER])
@pytest.mark.parametrize("come", [ordered, confirmed])
def test_a_buyer_is_told_the_end_of_the_code_and_not_of_what_is_kept(market, come, method):
    words = come(market, method)
    ends = Request.objects.get().expires_at
    assert ends is not None
    assert Notice.objects.get().until == ends
    assert f"{jam(ends, Zone.WIT)}." in words
