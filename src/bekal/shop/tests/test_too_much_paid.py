"""Who paid too much is told that it comes back, and says where to; the treasurer reads it."""

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.payments.models import Debt, PayOut
from bekal.payments.queries import payment_problems, unapplied_of
from bekal.shop.models import Order, Payee
from bekal.shop.tests.buying import buyer, words
from bekal.shop.tests.market import an_order, pay, place
from bekal.shop.tests.office import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DESK = "/kerja/lapas-kelas-iib-nabire/"
ASKED = "Tulis rekening tujuannya"


@pytest.fixture
def order(market):
    """Rina pays three thousand too much for a noken of Nabire."""
    new = an_order(market, ("noken", 1))
    place(new)
    pay(new.key, amount=221_000)
    return Order.objects.get(pk=new.key)


@pytest.fixture
def siti(client, market):
    sign_in(client, market.nabire, role=Role.BENDAHARA, name="Siti")
    return client


def loose(market):
    (left,) = unapplied_of(unit_id=market.nabire)
    return left


def given_back(siti, market):
    """Siti decides that what is left over goes back to who sent it."""
    where = f"{DESK}uang-masuk/sisa/{loose(market).receipt_id}/"
    sent = {"what": "back", "why": "Dibayar lebih", "key": str(uuid7())}
    assert siti.post(where, sent).status_code == 302
    return Debt.objects.get()


def test_rina_is_told_of_what_comes_back_and_names_her_account(siti, market, order):
    rina, page = buyer(), f"/pesanan/{order.code}/"
    assert ASKED not in words(rina.get(page))
    assert "Tidak ada uang yang dikembalikan" in words(rina.get(f"{page}rekening/"))
    left = loose(market).left_over
    debt = given_back(siti, market)
    assert (debt.amount, debt.label) == (left, order.code)
    assert ASKED in words(rina.get(page))
    given = {"bank": "BRI", "account": "0012 34", "holder": "Rina Sari", "digits": "7890"}
    assert rina.post(f"{page}rekening/", given).status_code == 303
    assert "dikembalikan ke BRI, nomor yang berakhir dengan 234" in words(rina.get(page))
    for where in (f"{DESK}uang-keluar/", f"{DESK}uang-keluar/{debt.pk}/"):
        assert "BRI 001234, a.n. Rina Sari" in words(siti.get(where))


def test_when_it_is_paid_nothing_follows_for_the_order(siti, market, order):
    debt = given_back(siti, market)
    paid = {"key": str(uuid7()), "means": "transfer", "proof": "BRI 1", "paid_on": "2026-04-27"}
    assert siti.post(f"{DESK}uang-keluar/{debt.pk}/", paid).status_code == 302
    assert PayOut.objects.get().debt_id == debt.pk
    order.refresh_from_db()
    assert order.status == "paid"
    page = words(buyer().get(f"/pesanan/{order.code}/"))
    assert (ASKED in page, "dikembalikan" in page.split("Simpan halaman")[0]) == (False, False)
    assert not Payee.objects.exists()
    assert payment_problems() == []
