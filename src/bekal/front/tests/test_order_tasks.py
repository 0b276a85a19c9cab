"""Orders come to the desk of whoever handles them, with how many and how late."""

import datetime as dt
import re

import pytest

from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.actors import user_actor
from bekal.shop.tests.market import open_market
from bekal.shop.tests.office import made_ready, paid, part_of, sign_in, to_fetch
from bekal.shop.tests.reporting import a_parcel, a_report, accept, came_back, refund
from tests.support.remembering import remembered
from tests.support.world import NOON

pytestmark = pytest.mark.django_db
DESK = "/kerja/lapas-kelas-iib-nabire/"


@pytest.fixture
def market(world):
    return remembered(open_market, world)


def at(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


def tasks(client):
    page = client.get(DESK).content.decode()
    found = re.findall(
        r'<a href="([^"]+)">([^<]+)</a>\s*(?:<span class="task__note">([^<]*))?', page
    )
    return {name: (href, note) for href, name, note in found}


def test_orders_to_prepare_are_a_task(client, market, monkeypatch):
    at(monkeypatch, NOON)
    sign_in(client, market.nabire)
    assert not any("pesanan" in name for name in tasks(client))
    paid(market)
    paid(market)
    href, note = tasks(client)["Siapkan 2 pesanan"]
    assert href == f"{DESK}pesanan/?tumpukan=siapkan"
    assert note == "Kira-kira 4 menit"


def test_orders_that_nobody_prepared_say_so(client, market, monkeypatch):
    at(monkeypatch, NOON)
    sign_in(client, market.nabire)
    paid(market)
    at(monkeypatch, NOON + dt.timedelta(days=2))
    assert tasks(client)["Siapkan 1 pesanan"][1].startswith("Hari ini.")
    at(monkeypatch, NOON + dt.timedelta(days=3))
    assert "1 di antaranya sudah 3 hari belum disiapkan" in tasks(client)["Siapkan 1 pesanan"][1]


def test_what_is_ready_and_what_is_to_be_told_are_tasks(client, market, monkeypatch):
    at(monkeypatch, NOON)
    sign_in(client, market.nabire)
    made_ready(part_of(to_fetch(market)))
    found = tasks(client)
    assert found["Serahkan 1 pesanan"][0] == f"{DESK}pesanan/?tumpukan=serahkan"
    assert found["Kirim 1 kabar WhatsApp"][0] == f"{DESK}pesanan/kabar/"


def test_orders_are_no_task_of_those_who_do_not_handle_them(client, market, monkeypatch):
    at(monkeypatch, NOON)
    paid(market)
    sign_in(client, market.nabire, role=Role.BENDAHARA, name="Siti")
    assert not any("Siapkan" in name for name in tasks(client))


def test_what_buyers_report_is_a_task_until_it_is_settled(client, market, monkeypatch):
    at(monkeypatch, NOON)
    part = a_parcel(market)
    problem = a_report(part, 2)
    sign_in(client, market.nabire)
    href, note = tasks(client)["Urus 1 laporan masalah"]
    assert href == f"{DESK}pesanan/masalah/"
    assert note.startswith("Jawab, atau catat barang yang kembali.")
    accept(problem, part)
    assert "Urus 1 laporan masalah" in tasks(client)
    came_back(problem, part)
    assert not any("laporan" in name or "Setujui" in name for name in tasks(client))


def test_money_of_accepted_reports_waits_for_whoever_gives_it_back(client, market, monkeypatch):
    at(monkeypatch, NOON)
    part = a_parcel(market)
    problem = a_report(part, 2)
    accept(problem, part)
    sign_in(client, market.nabire, role=Role.BENDAHARA, name="Siti")
    assert not any("Setujui" in name for name in tasks(client))
    came_back(problem, part)
    href, _ = tasks(client)["Setujui 1 pengembalian uang"]
    assert href == f"{DESK}pesanan/masalah/?keadaan=to_refund"
    refund(problem, part)
    found = tasks(client)
    assert "Setujui 1 pengembalian uang" not in found
    assert found["Bayar 1 pengembalian"][0] == f"{DESK}uang-keluar/"


def test_nobody_is_asked_to_give_back_the_money_of_what_they_accepted(client, market, monkeypatch):
    at(monkeypatch, NOON)
    siti = sign_in(client, market.nabire, role=Role.BENDAHARA, name="Siti")
    part = a_parcel(market)
    problem = a_report(part, 2)
    accept(problem, part, by=user_actor(siti.pk))
    came_back(problem, part)
    assert not any("Setujui" in name for name in tasks(client))


def test_what_an_order_sold_is_not_taken_back_at_the_desk(client, market, monkeypatch):
    at(monkeypatch, NOON)
    paid(market)
    sign_in(client, market.nabire)
    page = client.get(DESK).content.decode()
    assert "PJ-0001" in page
    assert "/batal/" not in page
