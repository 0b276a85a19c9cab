"""A buyer's page changes when the money comes; the treasurer matches what a bank tells of."""

import pytest

from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.payments.actions import ask_payment, receive
from bekal.payments.models import Request
from bekal.payments.rules import Means, Method, NewAsk, NewReceipt
from bekal.payments.tests.banks import csv_of
from bekal.payments.tests.money import a_merchant
from tests.browser.visitor import DESK, PHONE
from tests.support import world as worlds

HERE = "/kerja/lapas-kelas-iib-nabire/uang-masuk/"


def asked(unit, amount, method):
    """Somebody is asked for money, now."""
    ask = NewAsk(
        key=uuid7(),
        subject=f"uji:{uuid7()}",
        unit_id=unit,
        amount=amount,
        method=method,
        label="BK-7Q2M-18KD",
    )
    return ask_payment(ask=ask, by=worlds.SETUP, now=clock.now())


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_of_a_code_changes_when_the_money_comes(visit, world, javascript):
    a_merchant(world.nabire)
    ask = asked(world.nabire, 507_000, Method.QRIS)
    guest = visit(javascript=javascript)
    guest.open(f"/bayar/{ask.request_id}/")
    assert guest.page.get_by_role("img", name="Kode QRIS Rp507.000").is_visible()
    assert "CONTOH LAPAS NABIRE" in guest.text()
    assert "15 menit lagi" in guest.text()
    receipt = NewReceipt(
        key=uuid7(),
        unit_id=world.nabire,
        amount=507_000,
        method=Means.QRIS,
        provider="uji",
        reference="1",
        request_id=ask.request_id,
        received_at=clock.now(),
    )
    receive(receipt=receipt, by=worlds.SETUP, now=clock.now())
    if not javascript:
        guest.follow("Periksa sekarang")
    guest.page.get_by_text("Pembayaran Rp507.000 sudah diterima.").wait_for()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_siti_imports_a_statement_and_matches_the_rest(visit, people, world, width):
    a_merchant(world.nabire)
    exact = asked(world.nabire, 285_000, Method.TRANSFER)
    round_sum = asked(world.nabire, 148_000, Method.TRANSFER)
    day = f"{local_day(clock.now(), Zone.WIT):%d/%m/%Y}"
    rows = (day, "BUDI", str(exact.amount)), (day, "SITI", "148000"), (day, "BUNGA", "1204")
    siti = visit(people.siti, width=width)
    siti.open(HERE)
    siti.follow("Impor mutasi bank")
    siti.page.get_by_label("Atau tempel isinya").fill(csv_of(*rows).decode())
    siti.press("Impor", inside="main")
    assert "1 baris cocok dengan pesanan. 2 baris baru menunggu Anda." in siti.text()
    siti.follow("Ke uang masuk")
    siti.press("Cocokkan", inside="main")
    assert "Uang sudah dicocokkan." in siti.text()
    siti.follow("Tentukan")
    siti.pick("Bukan uang pesanan, misalnya bunga atau setoran kas")
    siti.press("Simpan", inside="main")
    assert "Semua uang yang masuk sudah cocok." in siti.text()
    settled = Request.objects.filter(pk__in=[exact.request_id, round_sum.request_id])
    assert all(row.settled == row.amount for row in settled)
