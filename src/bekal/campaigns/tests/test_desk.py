"""The desk of campaigns, as Ratna of Ditjenpas and others meet it."""

import datetime as dt
import re

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.campaigns import queries
from bekal.campaigns.models import Campaign, Definition
from bekal.campaigns.tests.declared import NAME, SLUG, declare
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from tests.support.world import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HERE, NEW = "/kampanye/", "/kampanye/umumkan/"
ONE = f"{HERE}{SLUG}/"
CORRECT = f"{ONE}betulkan/"
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def ratna(client, world):
    return sign_in(client, world.centre, role=Role.DITJENPAS, name="Ratna")


def sign_in(client, place, *, role, name):
    user = User.objects.create(email=f"{name}@contoh.go.id".lower(), name=name)
    Grant.objects.create(
        user=user, role=role, place_id=place, granted_at=NOON, granted_by="command:uji"
    )
    client.force_login(user)
    return client


def asked(**changes):
    return {
        "key": str(uuid7()),
        "name": NAME,
        "hbp_number": "62",
        "first_day": "27/04/2026",
        "last_day": "2026-04-27",
        "target": "Rp2.000.000",
        "kanwil": ["kanwil-papua", "kanwil-bali"],
        "langkah": "simpan",
        **changes,
    }


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_ratna_is_led_to_the_campaigns_and_others_are_not(client, world, ratna):
    assert f'href="{HERE}"' in text(ratna.get("/omzet/nasional/"))
    for role, place in ((Role.KANWIL, world.papua), (Role.KEPALA_UPT, world.nabire)):
        sign_in(client, place, role=role, name=role.value)
        assert f'href="{HERE}"' not in text(client.get("/omzet/", follow=True))
        assert client.get(HERE).status_code == 403


def test_nothing_declared_is_said_with_the_way_to_the_first(ratna):
    page = text(ratna.get(HERE))
    assert "Belum ada kampanye" in page
    assert NEW in page


def test_a_campaign_is_asked_for_shown_and_then_declared(world, ratna):
    page = text(ratna.get(NEW))
    assert page.count('type="checkbox"') == page.count(" checked") == 2
    check = ratna.post(NEW, asked(langkah="periksa"))
    assert check.status_code == 200
    shown = text(check)
    assert "Semua, 2 kanwil" in shown
    assert "Rp2.000.000" in shown
    assert "27 April 2026" in shown
    assert not Campaign.objects.exists()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    kanwil = re.findall(r'name="kanwil" value="([^"]*)"', shown)
    hidden.pop("csrfmiddlewaretoken", None)
    answer = ratna.post(NEW, {**hidden, "kanwil": kanwil, "langkah": "simpan"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{ONE}?tersimpan"
    assert "Tersimpan" in text(answer)
    campaign = queries.running(on=TODAY)
    assert campaign is not None
    assert (campaign.slug, campaign.target, campaign.hbp_number) == (SLUG, 2_000_000, 62)
    assert queries.expected_units(definition_id=campaign.definition_id) == {
        world.nabire,
        world.merauke,
        world.bangli,
    }
    assert NAME in text(ratna.get(HERE))


def test_a_kanwil_can_be_left_out(world, ratna):
    message = asked(kanwil=["kanwil-bali"])
    shown = text(ratna.post(NEW, {**message, "langkah": "periksa"}))
    assert '<dd class="num">Bali</dd>' in shown
    ratna.post(NEW, message)
    (definition,) = Definition.objects.all()
    assert queries.expected_units(definition_id=definition.pk) == {world.bangli}


@pytest.mark.parametrize("step", ["periksa", "simpan"])
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Isi nama kampanye"),
        ({"name": "!!!"}, "Isi nama kampanye"),
        ({"name": "k" * 10_000}, "Paling panjang 80 huruf"),
        ({"name": "a\0b"}, "Tulis dengan huruf dan angka biasa"),
        ({"hbp_number": "enam"}, "Tulis jumlah dengan angka bulat"),
        ({"hbp_number": "0"}, "Tulis angka ulang tahunnya"),
        ({"first_day": "31/02/2026"}, "Tulis tanggal seperti"),
        ({"first_day": "2999-01-01", "last_day": "2999-01-01"}, "Periksa tahun"),
        ({"first_day": "0001-01-01", "last_day": "0001-01-01"}, "Periksa tahun"),
        ({"last_day": "26/04/2026"}, "Hari terakhir tidak bisa sebelum hari pertama"),
        ({"last_day": "27/09/2026"}, "Kampanye paling lama 92 hari"),
        ({"target": "0"}, "Isi target antara"),
        ({"target": "banyak"}, "Tulis jumlah dengan angka"),
        ({"target": "9" * 10_000}, "Jumlah paling besar"),
        ({"kanwil": []}, "Pilih paling sedikit satu kanwil"),
        ({"kanwil": ["kanwil-atlantis"]}, "Pilih kanwil dari daftar"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_nothing_is_declared(ratna, changes, words, step):
    answer = ratna.post(NEW, asked(langkah=step, **changes))
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Campaign.objects.exists()


def test_days_and_names_that_are_taken_are_told_before_the_last_page(world, ratna):
    declare(world)
    answer = ratna.post(NEW, asked(langkah="periksa", name="Pekan Karya"))
    assert answer.status_code == 422
    assert f"Hari itu sudah dipakai {NAME}" in text(answer)
    days = {"first_day": TOMORROW.isoformat(), "last_day": TOMORROW.isoformat()}
    answer = ratna.post(NEW, asked(langkah="periksa", **days))
    assert "sudah ada kampanye dengan nama ini" in text(answer)


def test_a_second_click_declares_nothing_more_and_another_message_is_kept(ratna):
    message = asked()
    assert ratna.post(NEW, message).status_code == ratna.post(NEW, message).status_code == 302
    assert Definition.objects.count() == 1
    answer = ratna.post(NEW, {**message, "target": "5"})
    assert answer.status_code == 409
    assert MessageConflict.objects.get().door == "campaigns.declare"
    assert Definition.objects.count() == 1


def test_a_correction_is_made_with_its_reason_and_the_old_stays_readable(world, ratna):
    declare(world)
    page = text(ratna.get(CORRECT))
    assert 'value="1.000.000"' in page
    message = asked(seen="1", reason="Target salah ketik")
    shown = text(ratna.post(CORRECT, {**message, "langkah": "periksa"}))
    assert "Alasan pembetulan" in shown
    answer = ratna.post(CORRECT, message, follow=True)
    page = text(answer)
    assert "Target salah ketik" in page
    assert "Pertama diumumkan" in page
    assert "Rp1.000.000" in page
    assert "Rp2.000.000" in page
    assert "Ratna" in page
    assert "pernah dibetulkan" in text(ratna.get(HERE))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Tulis mengapa dibetulkan"),
        ({"reason": "a" * 10_000}, "Paling panjang"),
        ({"seen": "7"}, "dibetulkan orang lain"),
        ({"seen": "x"}, "Muat ulang"),
    ],
)
def test_a_correction_that_cannot_be_is_said_in_words(world, ratna, changes, words):
    declare(world)
    answer = ratna.post(CORRECT, {**asked(seen="1", reason="uji"), **changes})
    assert answer.status_code == 422
    assert words in text(answer)
    assert Definition.objects.count() == 1


def test_an_address_without_a_campaign_is_not_there(ratna):
    for address in (f"{HERE}tidak-ada/", f"{HERE}tidak-ada/betulkan/"):
        assert ratna.get(address).status_code == 404


def test_the_pages_ask_few_questions(world, ratna, django_assert_max_num_queries):
    declare(world)
    declare(world, name="Pekan Karya", period=Period(TOMORROW, TOMORROW))
    for address, most in ((HERE, 8), (ONE, 10), (NEW, 10), (CORRECT, 12)):
        with django_assert_max_num_queries(most):
            assert ratna.get(address).status_code == 200
