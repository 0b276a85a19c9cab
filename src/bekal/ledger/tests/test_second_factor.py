"""Choosing a rule asks for a code of the second factor, and keeps what was sent meanwhile."""

import datetime as dt

import pytest

from bekal.accounts import actions as accounts
from bekal.accounts.models import User
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.foundation.totp import code_at, step_at
from bekal.ledger.models import SplitRule
from tests.support.world import NOON, SETUP, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]
PAGE = "/kerja/lapas-kelas-iib-nabire/bagi-hasil/pilih/"


def sent(**more):
    return {
        "key": str(uuid7()),
        "code": "bangli-2023",
        "first_day": (TODAY + dt.timedelta(days=1)).isoformat(),
        "activity": "",
        "citation": 'SK "Kalapas" <Nabire> 12/2026',
        "langkah": "simpan",
        **more,
    }


def chosen(world):
    return SplitRule.objects.filter(place_id=world.nabire).count()


@pytest.fixture
def markus(person, world):
    return person("Markus", ("kepala_upt", "nabire"))


@pytest.fixture
def telephone(markus):
    """The secret of Markus, whose telephone was taken in five minutes before."""
    user = User.objects.get(email="markus@contoh.test")
    before = NOON - dt.timedelta(minutes=5)
    secret = accounts.begin_factor(user_id=user.pk, by=SETUP, now=before)
    code = code_at(secret, step_at(before))
    accounts.confirm_factor(user_id=user.pk, code=code, by=SETUP, now=before)
    return secret


def test_to_look_needs_no_code(markus):
    assert markus.get(PAGE).status_code == 200


def test_whoever_has_no_telephone_is_led_to_take_one_in(markus, world):
    answer = markus.post(PAGE, sent())
    assert answer.status_code == 403
    assert "Kode kedua belum terpasang" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert chosen(world) == 0


def test_what_was_sent_waits_for_the_code_and_is_then_carried_out(markus, world, telephone):
    asked = sent()
    page = markus.post(PAGE, asked).content.decode()
    assert "belum terpasang" not in page
    assert 'name="citation" value="SK &quot;Kalapas&quot; &lt;Nabire&gt; 12/2026"' in page
    assert f'value="{asked["key"]}"' in page
    wrong = markus.post(PAGE, {**asked, "kode_kedua": "000000"})
    assert wrong.status_code == 422
    assert f'value="{asked["key"]}"' in wrong.content.decode()
    assert chosen(world) == 0
    right = markus.post(PAGE, {**asked, "kode_kedua": code_at(telephone, step_at(NOON))})
    assert right.status_code == 302
    assert chosen(world) == 1


def test_a_code_opens_the_session_for_fifteen_minutes(markus, world, telephone, monkeypatch):
    code = code_at(telephone, step_at(NOON))
    assert markus.post(PAGE, sent(kode_kedua=code)).status_code == 302
    later = sent(first_day=(TODAY + dt.timedelta(days=3)).isoformat())
    for minutes, status in ((14, 302), (15, 403)):
        monkeypatch.setattr(clock, "now", lambda m=minutes: NOON + dt.timedelta(minutes=m))
        answer = markus.post(PAGE, later | {"key": str(uuid7())})
        assert answer.status_code == status


def test_guesses_are_locked_out_and_the_message_still_waits(markus, world, telephone):
    asked = sent(kode_kedua="000000")
    said = [markus.post(PAGE, asked).status_code for _ in range(6)]
    assert said == [422] * 5 + [429]
    right = markus.post(PAGE, asked | {"kode_kedua": code_at(telephone, step_at(NOON))})
    assert right.status_code == 429
    assert f'value="{asked["key"]}"' in right.content.decode()
    assert chosen(world) == 0
