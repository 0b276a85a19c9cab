"""Who paid too much is told that it comes back, and says where to; the treasurer reads it."""

import pytest
from django.db import connection

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.payments.models import Debt, PayOut
from bekal.payments.queries import payment_problems, unapplied_of
from bekal.shop.models import Notice, Order, OrderBuyer, Payee
from bekal.shop.queries import told_notices
from bekal.shop.tests.buying import buyer, words
from bekal.shop.tests.market import a_buyer, an_order, pay, place
from bekal.shop.tests.office import sign_in
from tests.support.world import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DESK = "/kerja/lapas-kelas-iib-nabire/"
ASKED = "Tulis rekening tujuannya"
ERASED = ("name", "phone", "email", "district_code", "district", "address", "postal_code",
          "landmark", "note", "household")  # fmt: skip


@pytest.fixture
def order(market):
    """Rina pays 103 thousand too much for a noken of Nabire."""
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


def paid_out(siti, debt):
    """Siti pays it, and writes that down."""
    paid = {"key": str(uuid7()), "means": "transfer", "proof": "BRI 1", "paid_on": "2026-04-27"}
    assert siti.post(f"{DESK}uang-keluar/{debt.pk}/", paid).status_code == 302


def test_when_it_is_paid_rina_is_told_once_of_what_she_had_paid_too_much(siti, market, order):
    debt = given_back(siti, market)
    assert not Notice.objects.filter(event="refund_paid").exists()
    for _ in range(2):
        paid_out(siti, debt)
    notice = Notice.objects.get(event="refund_paid")
    assert (notice.order_id, notice.unit_id, notice.amount) == (order.pk, market.nabire, 103_000)
    (told,) = told_notices(notices=Notice.objects.filter(pk=notice.pk), on=TODAY)
    sentence = f"Rp103.000 yang Anda bayar lebih untuk pesanan {order.code} sudah kami kembalikan."
    assert sentence in told.told.body
    assert told.told.subject == f"Kelebihan bayar pesanan {order.code} dikembalikan"


@pytest.mark.parametrize(("email", "way"), [("", "whatsapp"), ("rina@contoh.id", "email")])
def test_rina_is_told_by_the_way_that_she_gave(siti, market, email, way):
    new = an_order(market, ("noken", 1), buyer=a_buyer(email=email))
    place(new)
    pay(new.key, amount=221_000)
    paid_out(siti, given_back(siti, market))
    notice = Notice.objects.get(event="refund_paid")
    assert (notice.way, notice.due_at) == (way, NOON if email else None)


def test_whoever_was_erased_is_told_nothing(siti, market, order):
    debt = given_back(siti, market)
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        OrderBuyer.objects.update(**dict.fromkeys(ERASED, ""), erased_at=NOON, erased_by="uji")
        cursor.execute("set local session_replication_role = origin")
    paid_out(siti, debt)
    assert PayOut.objects.exists()
    assert not Notice.objects.filter(event="refund_paid").exists()


def test_when_it_is_paid_the_order_itself_goes_on(siti, market, order):
    debt = given_back(siti, market)
    paid_out(siti, debt)
    assert PayOut.objects.get().debt_id == debt.pk
    order.refresh_from_db()
    assert order.status == "paid"
    page = words(buyer().get(f"/pesanan/{order.code}/"))
    assert (ASKED in page, "dikembalikan" in page.split("Simpan halaman")[0]) == (False, False)
    assert not Payee.objects.exists()
    assert payment_problems() == []
