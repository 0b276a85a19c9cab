"""What is still owed is what a buyer is asked for, and what Siti sees of it leads on."""

import datetime as dt

import pytest

from bekal.foundation.ids import uuid7
from bekal.payments import qris
from bekal.payments.actions import start_gateway
from bekal.payments.models import Merchant, Receipt, Request
from bekal.payments.rules import Method
from bekal.payments.tests.money import BUYER, NOON, STATIC, an_ask, comes
from bekal.payments.tests.test_desk_pages import IN, siti, text

__all__ = ["siti"]
pytestmark = pytest.mark.usefixtures("noon")
DUE = dt.date(2026, 5, 27)


def partly(unit, method, *, amount=145_000, paid=140_000):
    asked = an_ask(unit, amount, method=method)
    comes(unit, paid, request_id=asked.request_id)
    return asked


def shown(client, asked, *, language=""):
    return text(client.get(f"{language}/bayar/{asked.request_id}/"))


def test_who_paid_a_part_is_asked_to_transfer_the_rest_alone(client, nabire):
    asked = partly(nabire, Method.TRANSFER)
    page = shown(client, asked)
    assert "Sudah masuk Rp140.000. Kurang Rp5.000." in page
    assert "<h1>Bayar Rp5.000</h1>" in page
    assert "tanpa kode unik" in page
    for whole in ("Rp145.000", f"Rp145.{asked.extra:03d}", "Kirim tepat"):
        assert whole not in page
    assert "Send only what is still missing" in shown(client, asked, language="/en")


def test_who_paid_a_part_scans_a_code_over_the_rest(client, nabire):
    asked = partly(nabire, Method.QRIS)
    page = shown(client, asked)
    assert "<h1>Bayar Rp5.000</h1>" in page
    assert "Rp145.000" not in page
    assert "hanya untuk yang masih kurang" in page
    drawn = client.get(f"/bayar/{asked.request_id}/kode.svg")
    whole = client.get(f"/bayar/{an_ask(nabire, 145_000).request_id}/kode.svg")
    rest = qris.with_amount(STATIC, amount=5_000, label="BK-7Q2M-18KD")
    assert rest != Request.objects.get(pk=asked.request_id).payload
    assert drawn.content != whole.content
    assert drawn.context is None


def test_a_code_over_the_whole_is_not_shown_when_there_is_none_over_the_rest(client, nabire):
    asked = partly(nabire, Method.QRIS)
    Merchant.objects.update(static_qris="", name="", nmid="")
    page = shown(client, asked)
    assert "kode.svg" not in page
    assert "menagih jumlah penuh" in page
    assert client.get(f"/bayar/{asked.request_id}/kode.png").status_code == 404


def test_a_page_of_the_gateway_over_the_whole_is_not_led_to(client, nabire, gateway, stand_in):
    fresh = partly(nabire, Method.GATEWAY)
    whole = an_ask(nabire, 145_000, method=Method.GATEWAY)
    address = start_gateway(request_id=whole.request_id, by=BUYER, now=NOON)
    comes(nabire, 140_000, request_id=whole.request_id)
    rest = start_gateway(request_id=fresh.request_id, by=BUYER, now=NOON)
    assert [page["transaction_details"]["gross_amount"] for page in stand_in.opened.values()] == [
        145_000,
        5_000,
    ]
    page = shown(client, whole)
    assert address not in page
    assert "menagih jumlah penuh" in page
    page = shown(client, fresh)
    assert rest in page
    assert "menagih jumlah penuh" not in page


def test_what_came_in_leads_to_its_ask_also_when_it_is_settled(siti, nabire):
    asked = an_ask(nabire, 148_000)
    comes(nabire, 148_000, request_id=asked.request_id)
    listed = text(siti.get(IN)).split("Penerimaan tercatat")[1]
    assert f'<a href="{IN}tagihan/{asked.request_id}/">BK-7Q2M-18KD</a>' in listed
    assert Receipt.objects.count() == 1


def due_days(*, subjects):
    """As the shop answers: of one order it knows the day."""
    return dict.fromkeys([name for name in subjects if name.endswith("7")], DUE)


@pytest.mark.parametrize(("subject", "words"), [("uji:7", "27 Mei 2026"), ("uji:8", "tanpa batas")])
def test_siti_sees_by_when_an_invoice_is_to_be_paid(*, siti, nabire, settings, subject, words):
    settings.BEKAL_DUE_DAYS = f"{__name__}.due_days"
    asked = an_ask(nabire, 5_000_000, method=Method.INVOICE, subject=subject)
    listed = text(siti.get(IN)).split('id="menunggu"')[1]
    assert words.removesuffix(" 2026") in listed
    page = text(siti.get(f"{IN}tagihan/{asked.request_id}/"))
    assert ("Jatuh tempo" in page) == ("Mei" in words)


def test_where_nobody_knows_due_days_none_is_shown(siti, nabire, settings):
    settings.BEKAL_DUE_DAYS = ""
    an_ask(nabire, 5_000_000, method=Method.INVOICE, subject=f"uji:{uuid7()}")
    assert "tanpa batas" in text(siti.get(IN))
