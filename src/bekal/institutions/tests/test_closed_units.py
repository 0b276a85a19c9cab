"""Nabire is closed for security: who orders reads so at once, and may order when it reopens."""

import pytest
from django import forms

from bekal.catalogue.tests.goods import NOKEN, offered
from bekal.foundation.ids import uuid7
from bekal.institutions import obstacles
from bekal.institutions.models import Outcome
from bekal.institutions.tests.asked import answer, ask, register
from bekal.institutions.tests.pages import NABIRE, hidden, sign_in, text, words
from bekal.institutions.tests.test_resale import a_reseller, give
from bekal.institutions.tests.test_supply import agree, stocked
from bekal.production.actions import move_stock, pause_unit, resume_unit
from bekal.production.rules import NewMove, Reason
from bekal.shop.models import Order
from bekal.shop.rules import Change, ChangeKind, OrderChanged
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

CLOSED = (
    "Lapas Kelas IIB Nabire sedang tidak menerima pesanan: Tutup demi keamanan. "
    "Coba lagi sesudah dibuka."
)
UNSAID = "Ada yang berubah"


def close(unit):
    pause_unit(unit_id=unit, sentence="Tutup demi keamanan.", until=None, by=YOHANA, now=NOON)


def check(client, asked):
    """Fill in the one offer and look at what would be ordered."""
    page = f"/lembaga/permintaan/{asked.key}/"
    field = "jumlah_" + text(client.get(page)).split('name="jumlah_')[1].split('"')[0]
    sent = {"key": str(uuid7()), "due_on": "2026-05-20", field: "10", "langkah": "periksa"}
    return client.post(f"{page}pilih/", sent)


def save(client, asked, checked):
    sent = {**hidden(checked), "langkah": "simpan"}
    return client.post(f"/lembaga/permintaan/{asked.key}/pilih/", sent, follow=True)


def test_sri_reads_at_the_preview_that_the_unit_is_closed_and_orders_once_it_reopens(world, client):
    asked = ask(world, institution=register())
    answer(asked, world.nabire, world.noken)
    close(world.nabire)
    refused = check(client, asked)
    assert refused.status_code == 422
    assert CLOSED in words(refused)
    assert not Outcome.objects.exists()
    resume_unit(unit_id=world.nabire, by=YOHANA, now=NOON)
    assert "Dipesan." in words(save(client, asked, check(client, asked)))


def test_sri_who_was_looking_at_the_preview_when_the_unit_closed_reads_so_too(world, client):
    asked = ask(world, institution=register())
    answer(asked, world.nabire, world.noken)
    checked = check(client, asked)
    close(world.nabire)
    refused = save(client, asked, checked)
    assert refused.status_code == 422
    assert CLOSED in words(refused)
    assert UNSAID not in words(refused)
    assert not Order.objects.exists()


def test_a_reseller_reads_which_unit_is_closed_before_and_at_the_last_page(world, client):
    offered(world.noken, NOKEN)
    move = NewMove(world.noken, 100, Reason.RECEIVED, "uji")
    move_stock(moves=[move], by=YOHANA, now=NOON)
    lina = a_reseller()
    give(world, lina)
    address = f"/lembaga/pribadi/{lina.key}/harga/"
    field = text(client.get(address)).split('name="p_')[1].split('"')[0]
    sent = {"key": str(uuid7()), f"p_{field}": "20"}
    checked = client.post(address, {**sent, "langkah": "periksa"})
    close(world.nabire)
    for answered in (
        client.post(address, {**sent, "langkah": "periksa"}),
        client.post(address, {**hidden(checked), "langkah": "simpan"}),
    ):
        assert answered.status_code == 422
        assert CLOSED in words(answered)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("kind", "left", "says"),
    [
        (ChangeKind.GONE, 0, "Noken kulit kayu dari Lapas Kelas IIB Nabire sedang tidak dijual."),
        (ChangeKind.SHORT, 3, "Stok Noken kulit kayu di Lapas Kelas IIB Nabire tinggal 3."),
        (ChangeKind.SHORT, 0, "Noken kulit kayu di Lapas Kelas IIB Nabire baru saja habis."),
        (ChangeKind.FULL, 0, "Lapas Kelas IIB Nabire sedang penuh."),
        (ChangeKind.MIXED, 0, "Noken kulit kayu hanya contoh"),
        (ChangeKind.PRICE, 0, "Harganya berubah"),
    ],
)
def test_whatever_changed_is_said_with_its_unit_and_never_of_a_basket(world, kind, left, says):
    form = forms.Form({})
    change = Change(kind, world.noken, world.nabire, now=left)
    obstacles.show(form, OrderChanged([change, change]), on=TODAY)
    (said,) = form.non_field_errors()
    assert says in said
    assert "eranjang" not in said


def test_yohana_reads_why_nothing_is_delivered_while_her_unit_is_closed(world, client):
    stocked(world.coffee)
    supply = agree(world)
    close(world.nabire)
    due = f"{NABIRE}/pasokan/{supply}/{TODAY}/"
    page = sign_in(client, world.nabire).post(due, {"pieces": "20"})
    assert page.status_code == 422
    assert CLOSED in words(page)
    assert UNSAID not in words(page)
    assert not Order.objects.exists()
