import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction

from bekal.accounts import actions, queries
from bekal.accounts.factors import demo_codes, secret_of
from bekal.accounts.models import RecoveryCode, SecondFactor
from bekal.accounts.rules import (
    PERMISSIONS,
    AccountRefused,
    CodeRefused,
    FactorKeysMissing,
    LockedOut,
    Role,
)
from bekal.accounts.rules.second import ASKED_AGAIN, is_fresh, read_code, shown_recovery
from bekal.accounts.tests.factories import PASSWORD, a_holder, a_tree, a_user
from bekal.audit.models import Event
from bekal.foundation import clock
from bekal.foundation.totp import code_at, step_at
from bekal.places.tests.factories import NOW, TEST

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]
HALF_MINUTE = dt.timedelta(seconds=30)


def code_of(user, now=NOW):
    """What the person's telephone shows."""
    return code_at(secret_of(SecondFactor.objects.get(pk=user.pk)), step_at(now))


def take_in(user, now=NOW):
    """A telephone that stands; returns the recovery codes."""
    actions.begin_factor(user_id=user.pk, by=TEST, now=now)
    code = code_of(user, now)
    return actions.confirm_factor(user_id=user.pk, code=code, by=TEST, now=now)


def check(user, code, now=NOW):
    actions.check_second(user_id=user.pk, code=code, by=TEST, now=now)


def test_codes_are_read_however_they_are_typed_and_shown_in_halves():
    assert read_code(" 123 456 ") == "123456"
    assert read_code(shown_recovery("ABCDE23456").lower()) == "ABCDE23456"


def test_a_confirmation_lasts_fifteen_minutes():
    assert not is_fresh(None, now=NOW)
    assert is_fresh(NOW.timestamp(), now=NOW + dt.timedelta(minutes=14, seconds=59))
    assert not is_fresh(NOW.timestamp(), now=NOW + dt.timedelta(minutes=15))


def test_siti_takes_a_telephone_in_and_its_secret_is_sealed():
    siti = a_user()
    secret = actions.begin_factor(user_id=siti.pk, by=TEST, now=NOW)
    assert actions.begin_factor(user_id=siti.pk, by=TEST, now=NOW) == secret
    assert not queries.has_factor(user_id=siti.pk)
    with pytest.raises(CodeRefused):
        actions.confirm_factor(user_id=siti.pk, code="12", by=TEST, now=NOW)
    codes = actions.confirm_factor(user_id=siti.pk, code=code_of(siti), by=TEST, now=NOW)
    assert queries.has_factor(user_id=siti.pk)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[A-Z2-9]{5}-[A-Z2-9]{5}", code) for code in codes)
    assert secret.encode() not in bytes(SecondFactor.objects.get(pk=siti.pk).sealed)
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not kept & {read_code(code) for code in codes}
    with pytest.raises(AccountRefused):
        actions.begin_factor(user_id=siti.pk, by=TEST, now=NOW)
    with pytest.raises(AccountRefused):
        actions.confirm_factor(user_id=siti.pk, code=code_of(siti), by=TEST, now=NOW)
    assert "accounts.confirm_factor" in Event.objects.values_list("action", flat=True)


def test_a_code_counts_once_and_an_earlier_one_no_more():
    siti = a_user()
    take_in(siti)
    later = NOW + HALF_MINUTE
    with pytest.raises(CodeRefused):  # the code that took the telephone in is used
        check(siti, code_of(siti), later)
    check(siti, code_of(siti, later), later)
    for used in (NOW, later):
        with pytest.raises(CodeRefused):
            check(siti, code_of(siti, used), later)
    check(siti, code_of(siti, later + HALF_MINUTE), later)


@pytest.mark.django_db(transaction=True)
def test_eight_who_send_one_code_at_once_get_one_yes():
    siti = a_user()
    take_in(siti)
    later = NOW + HALF_MINUTE
    code = code_of(siti, later)

    def try_it(_):
        close_old_connections()
        try:
            check(siti, code, later)
        except (CodeRefused, LockedOut):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_it, range(8))) == 1


def test_the_sixth_wrong_code_locks_even_the_right_one():
    siti = a_user()
    take_in(siti)
    later = NOW + HALF_MINUTE
    for _ in range(5):
        with pytest.raises(CodeRefused):
            check(siti, "000000", later)
    with pytest.raises(LockedOut):
        check(siti, code_of(siti, later), later)
    again = later + dt.timedelta(minutes=16)
    check(siti, code_of(siti, again), again)


def test_a_recovery_code_counts_once():
    siti = a_user()
    one, two, *_ = take_in(siti)
    check(siti, one.lower())
    with pytest.raises(CodeRefused):
        check(siti, one)
    check(siti, two)
    assert queries.recovery_left(user_id=siti.pk) == 8


def test_another_person_s_recovery_code_is_nothing():
    siti, budi = a_user(), a_user("Budi", "budi@contoh.go.id", nip="")
    take_in(siti)
    (code, *_) = take_in(budi)
    with pytest.raises(CodeRefused):
        check(siti, code)
    check(budi, code)


def test_new_recovery_codes_end_the_old_ones():
    siti = a_user()
    old, spare, *_ = take_in(siti)
    new = actions.renew_recovery(user_id=siti.pk, code=old, by=TEST, now=NOW)
    with pytest.raises(CodeRefused):
        check(siti, spare)
    check(siti, new[0])


def test_a_telephone_is_let_go_with_a_code_or_by_the_command():
    siti = a_user()
    (code, *_) = take_in(siti)
    with pytest.raises(CodeRefused):
        actions.remove_factor(user_id=siti.pk, code="1", by=TEST, now=NOW)
    assert queries.has_factor(user_id=siti.pk)
    actions.remove_factor(user_id=siti.pk, code=code, by=TEST, now=NOW)
    assert not queries.has_factor(user_id=siti.pk)
    take_in(siti)
    actions.reset_factor(user_id=siti.pk, by=TEST, now=NOW)
    assert not RecoveryCode.objects.exists()


def test_without_a_key_nothing_is_taken_in(settings):
    siti = a_user()
    settings.BEKAL_FACTOR_KEYS = []
    with pytest.raises(FactorKeysMissing):
        actions.begin_factor(user_id=siti.pk, by=TEST, now=NOW)
    assert not SecondFactor.objects.exists()


def test_the_database_lets_no_used_step_return():
    siti = a_user()
    take_in(siti)
    for sql in (
        "update accounts_secondfactor set last_step = last_step - 1",
        "update accounts_secondfactor set last_step = null, confirmed_at = null",
        "update accounts_secondfactor set confirmed_at = null",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert SecondFactor.objects.get().last_step == step_at(NOW)


def sign_in(client, who="siti@contoh.go.id"):
    return client.post("/masuk/", {"login": who, "password": PASSWORD, "next": "/akun/kode/"})


def at(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


def test_signing_in_asks_whoever_has_a_telephone_for_its_code(client, monkeypatch):
    siti = a_user()
    take_in(siti)
    later = NOW + HALF_MINUTE
    at(monkeypatch, later)
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/kode/")
    assert client.get("/akun/kode/").status_code == 302  # the password alone opens nothing
    assert "Satu langkah lagi" in client.get("/masuk/kode/").content.decode()
    wrong = client.post("/masuk/kode/", {"kode_kedua": "000000"})
    assert wrong.status_code == 422
    assert "Kode tidak cocok" in wrong.content.decode()
    right = client.post("/masuk/kode/", {"kode_kedua": code_of(siti, later)})
    assert (right.status_code, right["Location"]) == (302, "/akun/kode/")
    assert "terpasang" in client.get("/akun/kode/").content.decode()
    assert is_fresh(client.session["confirmed_at"], now=later)


def test_the_page_of_the_code_opens_for_nobody_without_a_password(client):
    for answer in (client.get("/masuk/kode/"), client.post("/masuk/kode/", {"kode_kedua": "1"})):
        assert "Mulai dari halaman masuk" in answer.content.decode()
    assert client.get("/akun/kode/").status_code == 302


def test_guesses_at_sign_in_are_locked_out(client, monkeypatch):
    take_in(a_user())
    at(monkeypatch, NOW + HALF_MINUTE)
    sign_in(client)
    tries = [client.post("/masuk/kode/", {"kode_kedua": "000000"}).status_code for _ in range(6)]
    assert tries == [422] * 5 + [429]


def test_budi_takes_a_telephone_in_on_his_page(client, monkeypatch):
    budi = a_user()
    client.force_login(budi)
    at(monkeypatch, NOW)
    assert "Belum ada kode kedua" in client.get("/akun/kode/").content.decode()
    assert client.post("/akun/kode/", {"langkah": "mulai"}).status_code == 303
    page = client.get("/akun/kode/").content.decode()
    assert "<svg" in page
    assert "style=" not in page.partition("<main")[2]
    wrong = client.post("/akun/kode/", {"langkah": "pasang", "kode_kedua": "1"})
    assert wrong.status_code == 422
    done = client.post("/akun/kode/", {"langkah": "pasang", "kode_kedua": code_of(budi)})
    found = re.findall(r"<code>([A-Z2-9-]{11})</code>", done.content.decode())
    assert len(found) == 10
    assert found[0] not in client.get("/akun/kode/").content.decode()
    gone = client.post("/akun/kode/", {"langkah": "lepas", "kode_kedua": found[0]}, follow=True)
    assert "Kode kedua dilepas" in gone.content.decode()
    assert not queries.has_factor(user_id=budi.pk)


def test_the_page_asks_a_known_number_of_statements(client, django_assert_num_queries):
    client.force_login(a_user())
    client.get("/akun/kode/")
    with django_assert_num_queries(5):  # session, user, what the desk offers, telephone, codes left
        client.get("/akun/kode/")


def test_a_demo_shows_the_next_code_that_nobody_used(settings):
    siti = a_user()
    take_in(siti)
    assert demo_codes(now=NOW) == {}
    settings.BEKAL_DEMO = True
    secret = secret_of(SecondFactor.objects.get())
    settings.BEKAL_DEMO_SIGN_INS = [{"email": siti.email, "secret": secret}, {"email": "x"}]
    shown = demo_codes(now=NOW)[siti.email]
    assert shown == code_at(secret, step_at(NOW) + 1)
    check(siti, shown)
    later = NOW + dt.timedelta(hours=1)
    assert demo_codes(now=later)[siti.email] == code_at(secret, step_at(later))


def test_a_head_s_role_needs_no_telephone_to_look(client):
    client.force_login(a_holder(Role.KEPALA_UPT, a_tree()["lapas-timur-1"]))
    assert client.get("/akun/kode/").status_code == 200


def test_a_demo_s_telephone_counts_from_the_start():
    siti = a_user()
    secret = "BEKALCONTOHBENDAHARA234567ABCDEF"
    actions.give_factor(user_id=siti.pk, secret=secret, by=TEST, now=NOW)
    later = NOW + HALF_MINUTE
    check(siti, code_at(secret, step_at(later)), later)
    assert queries.recovery_left(user_id=siti.pk) == 0


def test_who_may_move_money_is_asked_for_it_again():
    asked = {role: PERMISSIONS[role] & ASKED_AGAIN for role in Role}
    assert not asked[Role.PETUGAS]
    for role in (Role.BENDAHARA, Role.KEPALA_UPT, Role.KANWIL, Role.DITJENPAS):
        assert asked[role], role
