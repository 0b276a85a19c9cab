"""A page that takes files asks for the code of the second factor first, so that none is lost."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bekal.accounts import actions as accounts
from bekal.accounts.models import User
from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.foundation.totp import code_at, step_at
from bekal.treasury.models import FundPayment
from bekal.treasury.tests.test_fund import FUND, ask, decide, fill
from tests.support.pages import words
from tests.support.world import NOON, SETUP

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]
FORM = "Simpan pembayaran"


@pytest.fixture
def siti(person):
    """The treasurer of Nabire, whose telephone was taken in five minutes before."""
    client = person("Siti", (Role.BENDAHARA, "nabire"))
    before, user = NOON - dt.timedelta(minutes=5), User.objects.get(email="siti@contoh.test")
    client.secret = accounts.begin_factor(user_id=user.pk, by=SETUP, now=before)
    code = code_at(client.secret, step_at(before))
    accounts.confirm_factor(user_id=user.pk, code=code, by=SETUP, now=before)
    return client


@pytest.fixture
def address(world):
    """Where an approved request of Nabire is paid."""
    fill(world.nabire)
    asked = ask(world.nabire)
    decide(world.nabire, asked)
    return f"{FUND}{asked}/bayar/"


def asks_to_open(siti, address, code):
    """What the form of the page that asks for a code sends, encoded as a browser does."""
    sent = urlencode({"buka_halaman": "ya", "kode_kedua": code})
    return siti.post(address, sent, content_type="application/x-www-form-urlencoded")


def opens(siti, address):
    return asks_to_open(siti, address, code_at(siti.secret, step_at(NOON)))


def pays(siti, address):
    sent = {
        "key": str(uuid7()),
        "amount": "75.000",
        "means": "cash",
        "receipt_number": "K-17",
        "paid_on": "2026-04-27",
        "file": SimpleUploadedFile("nota.pdf", b"%PDF-1.4 uji"),
    }
    return siti.post(address, sent)


def minutes_later(monkeypatch, minutes):
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=minutes))


def test_the_form_is_shown_after_the_code(siti, address):
    page = siti.get(address)
    assert page.status_code == 403
    assert "diminta sebelum formulirnya dibuka" in words(page)
    assert FORM not in words(page)
    wrong = asks_to_open(siti, address, "000000")
    assert (wrong.status_code, "buka_halaman" in wrong.content.decode()) == (422, True)
    right = opens(siti, address)
    assert (right.status_code, right["Location"]) == (303, address)
    assert FORM in words(siti.get(address))
    assert not FundPayment.objects.exists()
    assert "Unduh kuitansi" not in words(siti.get(address))


def test_a_second_tab_that_asked_too_is_opened_without_acting(siti, address):
    opens(siti, address)
    again = asks_to_open(siti, address, "000000")
    assert (again.status_code, again["Location"]) == (303, address)
    assert not FundPayment.objects.exists()


@pytest.mark.parametrize(("minutes", "paid"), [(14, 1), (29, 1), (30, 0)])
def test_who_opened_the_form_has_fifteen_minutes_more_to_send_it(
    siti, address, monkeypatch, minutes, paid
):
    opens(siti, address)
    minutes_later(monkeypatch, minutes)
    answer = pays(siti, address)
    assert FundPayment.objects.count() == paid
    assert answer.status_code == (303 if paid else 403)
    if not paid:
        assert "pilih berkasnya sekali lagi" in words(answer)


def test_the_form_itself_is_opened_for_fifteen_minutes(siti, address, monkeypatch):
    opens(siti, address)
    for minutes, status in ((14, 200), (15, 403)):
        minutes_later(monkeypatch, minutes)
        assert siti.get(address).status_code == status


@pytest.mark.parametrize("page", ["uang/pnbp/kas-negara/impor/", "uang-masuk/impor/"])
def test_other_pages_with_files_ask_before_too(siti, page):
    assert siti.get(f"/kerja/lapas-kelas-iib-nabire/{page}").status_code == 403
