"""What buyers are told, in both languages, and by which way."""

import datetime as dt
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from bekal.foundation.clock import Zone
from bekal.shop.rules import (
    EVENT_LABELS,
    MOST_TRIES,
    Event,
    Facts,
    Way,
    next_try,
    tell,
    ways_of,
    whatsapp_link,
)

NOON = dt.datetime(2026, 4, 27, 3, 0, tzinfo=dt.UTC)
ADDRESS = "https://bekal.example/pesanan/BK-7Q2M-18KD/"
FACTS = Facts(
    code="BK-7Q2M-18KD",
    name="Ibu Kartini",
    address=ADDRESS,
    unit="Lapas Kelas IIB Nabire",
    amount=507_000,
    until=NOON,
    zone=Zone.WIT,
    promised=dt.date(2026, 4, 30),
    service="JNE REG",
    tracking="JNE0123",
    reason="Mesin tenun rusak.",
    lines=("2 Noken kulit kayu",),
)
KNOWN = {
    Event.PLACED: "Bayar Rp507.000 paling lambat 27 April 2026, 12.00 WIT.",
    Event.PAID: "Pembayaran Rp507.000 untuk pesanan BK-7Q2M-18KD sudah masuk.",
    Event.PREPARED: "Lapas Kelas IIB Nabire sudah menyiapkan barang pesanan BK-7Q2M-18KD.",
    Event.READY: "siap diambil di Lapas Kelas IIB Nabire. Tunjukkan kode pesanan",
    Event.HANDED_OVER: "dikirim dengan JNE REG. Nomor resi JNE0123.",
    Event.DELIVERED: "tercatat sudah Anda terima. Di halaman pesanan Anda bisa menulis ulasan",
    Event.CANCELLED: "dibatalkan. Alasannya: Mesin tenun rusak.",
    Event.REFUND_DUE: "Rp507.000 dari pesanan BK-7Q2M-18KD akan kami kembalikan.",
    Event.REFUND_PAID: "sudah kami kembalikan.",
    Event.CONFIRMED: "menyetujui pesanan BK-7Q2M-18KD. Bayar Rp507.000 paling lambat",
    Event.DECLINED: "belum bisa memenuhi pesanan BK-7Q2M-18KD. Alasannya: Mesin tenun rusak.",
    Event.WITHDRAWN: "Pesanan BK-7Q2M-18KD dibatalkan.",
    Event.ACCEPTED: "menerima laporan Anda",
    Event.REFUSED: "tidak menerima laporan Anda tentang pesanan BK-7Q2M-18KD. Alasannya:",
    Event.FAILED: "tidak bisa memenuhi pesanan BK-7Q2M-18KD. Alasannya: Mesin tenun rusak.",
    Event.NOT_MET: "dihentikan. Alasannya: Mesin tenun rusak. Jangan membayarnya.",
    Event.CREDITED: "Faktur pesanan BK-7Q2M-18KD dikurangi Rp507.000 untuk barang yang kembali.",
    Event.PART_GONE: "bagiannya dari pesanan BK-7Q2M-18KD. Alasannya: Mesin tenun rusak.",
}


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("way", Way)
def test_an_event_is_told_with_code_and_address(event, way):
    told = tell(event, FACTS, way=way)
    assert KNOWN[event] in told.body
    assert "BK-7Q2M-18KD" in told.subject
    assert ADDRESS in told.body
    assert told.body.startswith("Halo Ibu Kartini,")
    assert ("2 Noken" in told.body) == (way is Way.EMAIL)
    assert "\n" not in told.subject


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("way", Way)
def test_the_english_of_an_event_holds_no_indonesian(event, way):
    with translation.override("en"):
        told = tell(event, FACTS, way=way)
    assert told.body.startswith("Hello Ibu Kartini,")
    kept = {"Lapas", "Kelas", "Noken", "kulit", "kayu", "Kartini", "Mesin", "tenun", "rusak"}
    said = f"{told.subject} {told.body}".replace(ADDRESS, "")
    words = set(re.findall(r"[A-Za-z]{4,}", said)) - kept
    indonesian = {"Pesanan", "pesanan", "Bayar", "barang", "sudah", "dikirim", "Alasannya", "Lihat"}
    assert not words & indonesian
    assert "Rp507,000" in told.body or "Rp507" not in told.body


def test_what_is_not_known_is_not_spoken_of():
    bare = Facts(code="BK-7Q2M-18KD", name="Ani", address=ADDRESS, unit="Lapas", service="kurir")
    assert "resi" not in tell(Event.HANDED_OVER, bare, way=Way.WHATSAPP).body
    assert "Alasannya" not in tell(Event.CANCELLED, bare, way=Way.EMAIL).body
    assert "Bayar" not in tell(Event.READY, bare, way=Way.EMAIL).body
    assert "saat mengambil" in tell(Event.PLACED, bare, way=Way.EMAIL).body


@pytest.mark.parametrize("event", [Event.PLACED, Event.CONFIRMED, Event.READY])
def test_who_pays_by_invoice_is_not_told_to_pay_on_fetching(event):
    facts = replace(FACTS, until=None, due_on=dt.date(2026, 5, 27), amount=507_000)
    told = tell(event, facts, way=Way.EMAIL).body
    assert "mengambil" not in told.replace("siap diambil", "")
    is_asked = "Rp507.000, dibayar menurut faktur paling lambat 27 Mei 2026." in told
    assert is_asked == (event is not Event.READY)


@pytest.mark.parametrize("event", Event)
def test_nobody_is_left_without_word_of_what_needs_them(event):
    quiet = {Event.PLACED, Event.PREPARED, Event.DELIVERED}
    assert (ways_of(event, has_email=False) == ()) == (event in quiet)
    assert Way.EMAIL in ways_of(event, has_email=True)
    assert event in EVENT_LABELS


def test_what_cannot_wait_goes_both_ways():
    assert ways_of(Event.HANDED_OVER, has_email=True) == (Way.EMAIL, Way.WHATSAPP)
    assert ways_of(Event.PAID, has_email=True) == (Way.EMAIL,)
    assert ways_of(Event.PAID, has_email=False) == (Way.WHATSAPP,)


def test_whatsapp_opens_with_the_whole_text():
    text = tell(Event.HANDED_OVER, FACTS, way=Way.WHATSAPP).body
    link = urlsplit(whatsapp_link(phone="+6281234567890", text=text))
    assert (link.netloc, link.path) == ("wa.me", "/6281234567890")
    assert parse_qs(link.query) == {"text": [text]}


@pytest.mark.parametrize("phone", ["+62967321555", ""])
def test_whatsapp_is_not_opened_for_a_landline_or_for_nobody(phone):
    assert whatsapp_link(phone=phone, text="Halo") == ""


def test_a_failed_try_is_made_again_later_and_not_for_ever():
    waits = [next_try(failed=failed, now=NOON) for failed in range(1, MOST_TRIES)]
    assert None not in waits
    assert waits[0] == NOON + dt.timedelta(minutes=2)
    assert waits[-1] == NOON + dt.timedelta(hours=24)
    assert next_try(failed=MOST_TRIES, now=NOON) is None
