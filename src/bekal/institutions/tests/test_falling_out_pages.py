"""What Sri's hospital reads and prints when one of its two workshops cannot deliver."""

import pytest

from bekal.foundation import clock
from bekal.institutions.tests.asked import (
    answer,
    ask,
    choose,
    open_for_requests,
    register,
)
from bekal.institutions.tests.pages import text, words
from bekal.shop.actions import fail_part, ready_part
from bekal.shop.models import Order, OrderPart
from bekal.shop.queries import orders_of_institution
from tests.support.pdf import Paper
from tests.support.world import NOON, WAYAN, YOHANA

pytestmark = pytest.mark.django_db
WHY = "Benang habis."


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def party(world):
    open_for_requests(world)
    return register()


@pytest.fixture
def asked(world, party):
    """Sri ordered twenty of Nabire and ten of Bangli, which gives its part up too late to end all.

    Nabire's cost 1,800,000, Bangli's 700,000.
    """
    asked = ask(world, institution=party)
    noken = answer(asked, world.nabire, world.noken)
    endek = answer(asked, world.bangli, world.endek, unit_price=70_000)
    choose(asked, (noken, 20), (endek, 10))
    mine, theirs = (OrderPart.objects.get(unit_id=unit) for unit in (world.nabire, world.bangli))
    ready_part(part_id=mine.pk, unit_id=mine.unit_id, by=YOHANA, now=NOON)
    fail_part(
        part_id=theirs.pk,
        unit_id=theirs.unit_id,
        reason=WHY,
        are_goods_here=None,
        by=WAYAN,
        now=NOON,
    )
    return asked


def address(asked, tail="", prefix=""):
    return f"{prefix}/lembaga/permintaan/{asked.key}/{tail}"


def paper(client, asked, unit):
    part = OrderPart.objects.get(unit_id=unit)
    tail = f"surat/?paket={part.position}&surat=faktur"
    return Paper(client.get(address(asked, tail)).content).text


def test_the_page_says_why_what_is_owed_and_how_to_get_the_goods_all_the_same(client, asked):
    answered = client.get(address(asked))
    page = words(answered)
    assert f"tidak bisa memenuhi bagiannya: {WHY}" in page
    assert "jumlahnya dikurangi Rp700.000 dengan nota kredit" in page
    assert "Jumlah semula Rp2.500.000 Jumlah Rp1.800.000" in page
    assert "kirim permintaan baru untuk jumlah itu" in page
    assert "Faktur dengan nota kredit" in page
    assert "Periksa pesanan" not in page
    assert text(answered).count("Rekening dan cara membayar") == 1
    english = words(client.get(address(asked, prefix="/en")))
    assert "cannot fulfil its part" in english
    assert "a credit note takes" in english


def test_its_list_of_orders_says_the_smaller_sum(asked, party):
    (one,) = orders_of_institution(institution_id=party.institution_id)
    assert one.total == 1_800_000


def test_the_invoice_of_the_part_is_its_credit_note(client, asked, world):
    said = " ".join(paper(client, asked, world.bangli).split())
    order = Order.objects.get()
    assert f"F/{order.code}/2" in said
    assert f"Nota kredit NK/{order.code}/2, 27 April 2026: Rp700.000. Alasan: {WHY}" in said
    assert "Tidak ada yang harus dibayar" in said
    assert "Transfer ke" not in said


def test_the_invoice_of_the_other_says_what_it_was_corrected_by(client, asked, world):
    said = " ".join(paper(client, asked, world.nabire).split())
    order = Order.objects.get()
    assert f"Diperbaiki dengan nota kredit NK/{order.code}/2, 27 April 2026" in said
    assert "Rp700.000, tidak bisa dipenuhi dan tidak perlu dibayar" in said
    assert "Jumlah Rp1.800.000" in said
    assert "Dibayar sekali bersama" not in said
