"""Money that came and cannot be counted yet: Siti, who wrote it down, and the buyer read so."""

import pytest

from bekal.foundation.ids import uuid7
from bekal.payments.actions import apply_receipt
from bekal.payments.models import Receipt, Request
from bekal.payments.rules import Method
from bekal.payments.tests.money import BANK, NOON, an_ask, comes
from bekal.payments.tests.test_desk_pages import DAY, IN, key_of, siti, text

__all__ = ["siti"]
pytestmark = pytest.mark.usefixtures("noon")
REFUSES = {"uji": "bekal.payments.tests.hearing.refuse"}
NOT_COUNTED = "Rp1.050.000 sudah dicatat, tetapi belum bisa dihitung."


@pytest.fixture
def refused(settings):
    """Whoever hears of money for a subject of the tests refuses it."""
    settings.BEKAL_ON_PAID = REFUSES


@pytest.fixture
def asked(nabire):
    return an_ask(nabire, 1_050_000, method=Method.INVOICE)


def written_down(siti, asked):
    """Siti presses "Catat uang masuk" and saves; where that leads."""
    where = f"{IN}tagihan/{asked.request_id}/terima/"
    typed = {"method": "transfer", "amount": "1.050.000", "reference": "RRN-1"}
    return siti.post(where, {**typed, "received_on": DAY, "key": key_of(siti.get(where))})


@pytest.mark.usefixtures("refused")
def test_siti_reads_that_what_she_wrote_down_is_not_counted_and_why(siti, asked):
    page = f"{IN}tagihan/{asked.request_id}/"
    answer = written_down(siti, asked)
    assert answer["Location"] == f"{page}?tersimpan=ragu"
    said = text(siti.get(answer["Location"]))
    assert "Uangnya dicatat, tetapi belum bisa dihitung untuk tagihan ini." in said
    assert NOT_COUNTED in said
    assert "Pesanan ini sudah diarsipkan." in said
    receipt = Receipt.objects.get()
    assert f'href="{IN}sisa/{receipt.pk}/"' in said
    assert f'href="{IN}#periksa"' in said
    for wrong in ("Uang masuk tersimpan", "Belum ada uang masuk", "Rp0"):
        assert wrong not in said


def test_siti_reads_what_of_it_is_counted_already(siti, nabire, asked, heard, settings):
    comes(nabire, 50_000, request_id=asked.request_id)
    settings.BEKAL_ON_PAID = REFUSES
    comes(nabire, 1_000_000, request_id=asked.request_id)
    said = text(siti.get(f"{IN}tagihan/{asked.request_id}/"))
    assert "Rp1.000.000 sudah dicatat, tetapi belum bisa dihitung." in said
    assert "Rp50.000" in said.split("Sudah dihitung")[1]
    assert "Sudah masuk" not in said


@pytest.mark.usefixtures("refused")
def test_siti_is_told_of_it_before_she_writes_it_down_again(siti, asked):
    form = f"{IN}tagihan/{asked.request_id}/terima/"
    assert "Jangan mencatat uang yang sama lagi." not in text(siti.get(form))
    written_down(siti, asked)
    said = text(siti.get(form))
    assert NOT_COUNTED in said
    assert "Jangan mencatat uang yang sama lagi." in said


@pytest.mark.usefixtures("refused")
def test_the_buyer_reads_that_it_is_checked_and_is_asked_for_nothing(client, nabire):
    asked = an_ask(nabire, 1_050_000)
    page = f"/bayar/{asked.request_id}/"
    assert client.get(f"{page}keadaan/").content == b"open"
    comes(nabire, 1_050_000, request_id=asked.request_id)
    said = text(client.get(page))
    assert "Uang Anda Rp1.050.000 sudah masuk dan sedang diperiksa unit." in said
    assert 'data-state="in_doubt"' in said
    assert client.get(f"{page}keadaan/").content == b"in_doubt"
    assert "kode.svg" not in said
    assert "Bayar Rp1.050.000" not in said
    assert client.get(f"{page}kode.svg").status_code == 404
    assert "the unit is checking it" in text(client.get(f"/en{page}"))


def test_once_it_is_counted_nobody_speaks_of_doubt(siti, client, asked, settings):
    settings.BEKAL_ON_PAID = REFUSES
    written_down(siti, asked)
    settings.BEKAL_ON_PAID = {}
    where = f"{IN}sisa/{Receipt.objects.get().pk}/"
    sent = {"what": "order", "label": "BK-7Q2M-18KD", "key": key_of(siti.get(where))}
    assert siti.post(where, sent).status_code == 302
    said = text(siti.get(f"{IN}tagihan/{asked.request_id}/"))
    assert "belum bisa dihitung" not in said
    assert "Rp1.050.000" in said.split("Sudah masuk")[1]
    assert "Pembayaran Rp1.050.000 sudah diterima." in text(
        client.get(f"/bayar/{asked.request_id}/")
    )


def test_the_digits_of_a_transfer_that_is_counted_by_hand_are_no_doubt(
    siti, client, nabire, settings
):
    settings.BEKAL_ON_PAID = REFUSES
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    payable = Request.objects.get(pk=asked.request_id).payable
    assert payable > 148_000
    receipt = comes(nabire, payable, request_id=asked.request_id)
    settings.BEKAL_ON_PAID = {}
    apply_receipt(
        key=uuid7(),
        receipt_id=receipt.receipt_id,
        request_id=asked.request_id,
        by=BANK,
        now=NOON,
    )
    said = text(siti.get(f"{IN}tagihan/{asked.request_id}/"))
    assert "belum bisa dihitung" not in said
    assert "Pembayaran Rp148.000 sudah diterima." in text(client.get(f"/bayar/{asked.request_id}/"))


def test_what_counts_is_still_said_to_be_saved(siti, asked, heard):
    assert written_down(siti, asked)["Location"].endswith("?tersimpan=masuk")
    assert "sudah dicatat, tetapi" not in text(siti.get(f"{IN}tagihan/{asked.request_id}/"))
