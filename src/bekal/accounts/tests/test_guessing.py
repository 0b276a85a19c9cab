"""How many passwords anyone may try."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from bekal.accounts import actions
from bekal.accounts.models import User
from bekal.accounts.rules import GUESSING_WINDOW, AccountRefused, LockedOut, SignInRefused
from bekal.accounts.tests.factories import PASSWORD, SITI_NIP, a_user
from bekal.audit.models import Event
from bekal.foundation.actors import user_actor
from bekal.foundation.models import Attempts
from bekal.foundation.refusals import Refused
from bekal.places.tests.factories import NOW, TEST


def sign_in(password, login="siti@contoh.go.id", *, address="10.0.0.1", now=NOW):
    return actions.check_sign_in(login=login, password=password, address=address, by=TEST, now=now)


def guess(times, login="siti@contoh.go.id", *, address="10.0.0.1"):
    said = []
    for _ in range(times):
        with pytest.raises(Refused) as refused:
            sign_in("salah", login, address=address)
        said.append(type(refused.value))
    return said


@pytest.mark.django_db
def test_email_in_any_case_and_nip_however_spaced_sign_in():
    user = a_user()
    for login in (" SITI@contoh.go.id", SITI_NIP, "19900115 201503 2 001"):
        assert sign_in(PASSWORD, login) == user


@pytest.mark.django_db
def test_a_wrong_password_an_unknown_name_and_a_closed_account_hear_the_same():
    user = a_user()
    texts = []
    for login in ("siti@contoh.go.id", "tiada@contoh.go.id"):
        with pytest.raises(SignInRefused) as refused:
            sign_in("salah", login)
        texts.append(refused.value.message)
    actions.deactivate_user(user_id=user.pk, by=TEST, now=NOW)
    with pytest.raises(SignInRefused) as refused:
        sign_in(PASSWORD)
    assert {*texts, refused.value.message} == {texts[0]}


@pytest.mark.django_db
def test_a_locked_account_refuses_the_right_password_until_the_window_ends():
    user = a_user()
    assert guess(6) == [SignInRefused] * 5 + [LockedOut]
    almost = NOW + GUESSING_WINDOW - dt.timedelta(seconds=1)
    for now in (NOW, almost):
        with pytest.raises(LockedOut):
            sign_in(PASSWORD, now=now, address="10.9.9.9")
    assert sign_in(PASSWORD, now=NOW + GUESSING_WINDOW) == user


@pytest.mark.django_db
def test_the_lock_is_the_accounts_by_whichever_name_it_is_tried():
    a_user()
    guess(3)
    assert guess(3, SITI_NIP) == [SignInRefused, SignInRefused, LockedOut]


@pytest.mark.django_db
def test_an_unknown_name_locks_like_a_known_one():
    assert guess(7, "tiada@contoh.go.id")[4:] == [SignInRefused, LockedOut, LockedOut]


@pytest.mark.django_db
def test_a_success_forgets_the_wrong_tries():
    a_user()
    for _ in range(3):
        guess(4)
        sign_in(PASSWORD)


@pytest.mark.django_db
def test_an_address_has_50_wrong_tries_and_right_ones_do_not_count():
    a_user()
    for _ in range(60):
        sign_in(PASSWORD)
    said = [guess(1, f"orang{number}@contoh.go.id")[0] for number in range(51)]
    assert said == [SignInRefused] * 50 + [LockedOut]
    with pytest.raises(LockedOut):
        sign_in(PASSWORD)
    sign_in(PASSWORD, address="10.0.0.2")


@pytest.mark.django_db
def test_a_lock_is_recorded_once_and_names_nobody():
    user = a_user()
    guess(9)
    locks = Event.objects.filter(action="accounts.locked")
    assert [event.object_key for event in locks] == [f"user:{user.pk}"]


@pytest.mark.django_db
def test_what_was_typed_and_the_address_are_not_kept():
    guess(1, "kata-sandi-di-kolom-salah")
    kept = " ".join(Attempts.objects.values_list("subject", flat=True))
    assert "kata-sandi" not in kept
    assert "10.0.0.1" not in kept


@pytest.mark.django_db
def test_changing_the_password_counts_guesses_of_the_old_one():
    user = a_user()

    def change(old, new="rotan halus 9"):
        actions.change_password(user_id=user.pk, old=old, new=new, by=user_actor(user.pk), now=NOW)

    with pytest.raises(AccountRefused) as refused:
        change(PASSWORD, "12345")
    assert refused.value.field == "new"
    for _ in range(5):
        with pytest.raises(AccountRefused):
            change("salah")
    with pytest.raises(LockedOut):
        change(PASSWORD)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_a_rollback_cannot_take_a_try_back():
    a_user()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        sign_in("salah")
    guess(5)
    with pytest.raises(LockedOut):
        sign_in(PASSWORD)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_40_guesses_at_once_5_passwords_are_compared(monkeypatch):
    a_user()
    compared = []
    real = User.check_password

    def counted(self, raw):
        compared.append(raw)
        return real(self, raw)

    monkeypatch.setattr(User, "check_password", counted)

    def one(number):
        try:
            sign_in(f"tebakan {number}", address=f"10.0.1.{number}")
        except Refused as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        said = list(pool.map(one, range(40)))
    assert len(compared) == 5
    assert (said.count(SignInRefused), said.count(LockedOut)) == (5, 35)
