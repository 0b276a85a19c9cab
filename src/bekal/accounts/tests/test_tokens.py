"""API tokens: made by the head of a unit for its officers, shown once, ended at once."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.accounts import actions, queries
from bekal.accounts.models import Token
from bekal.accounts.rules import AccountRefused, Role, TokenState, token_digest
from bekal.accounts.tests.factories import a_holder, a_tree
from bekal.foundation.ids import uuid7
from bekal.places.tests.factories import NOW, TEST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HERE = "/kerja/lapas-timur-1/kunci-api/"


@pytest.fixture
def tree():
    return a_tree()


@pytest.fixture
def unit(tree):
    return tree["lapas-timur-1"]


@pytest.fixture
def officer(unit):
    return a_holder(Role.PETUGAS, unit)


@pytest.fixture
def head(client, unit):
    client.force_login(a_holder(Role.KEPALA_UPT, unit))
    return client


def make(unit, officer, **changes):
    given = {"key": uuid7(), "holder_id": officer.pk, "name": "Kasir", "days": 30, **changes}
    return actions.make_token(unit_id=unit.pk, **given, by=TEST, now=NOW)


def sent(officer, **changes):
    return {"key": str(uuid7()), "name": "Kasir toko", "holder": officer.pk, "days": 90, **changes}


def test_the_secret_is_shown_once_and_kept_nowhere(head, unit, officer):
    page = head.post(HERE, sent(officer)).content.decode()
    (secret,) = set(re.findall(r"bekal_[\w-]{43}", page))
    token = Token.objects.get()
    assert token.digest == token_digest(secret)
    assert token.prefix == secret[:12]
    assert token.expires_at == NOW + dt.timedelta(days=90)
    again = head.get(HERE).content.decode()
    assert secret not in again
    assert token.prefix in again
    with connection.cursor() as cursor:
        cursor.execute(
            "select (t.*)::text from accounts_token t union select detail from audit_event"
        )
        assert not any(secret[12:] in row[0] for row in cursor)


def test_the_page_with_the_secret_is_kept_by_no_cache(head, officer):
    assert "no-store" in head.post(HERE, sent(officer))["Cache-Control"]


def test_a_second_click_makes_no_second_token(head, officer):
    form = sent(officer)
    head.post(HERE, form)
    again = head.post(HERE, form)
    assert again.status_code == 422
    assert "sudah dibuat" in again.content.decode()
    assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": " "}, "Isi nama kunci"),
        ({"name": "a" * 61}, "Paling panjang 60"),
        ({"name": "a\0b"}, "huruf dan angka biasa"),
        ({"holder": ""}, "Pilih petugas"),
        ({"holder": "999999"}, "Pilih petugas dari daftar"),
        ({"days": "9999"}, "Pilih masa berlaku"),
        ({"days": ""}, "Pilih masa berlaku"),
    ],
)
def test_a_form_that_cannot_be_is_told_so(head, officer, change, word):
    answer = head.post(HERE, sent(officer, **change))
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not Token.objects.exists()


def test_only_who_records_sales_of_the_unit_can_hold_one(tree, unit, officer):
    elsewhere = a_holder(Role.PETUGAS, tree["lapas-barat-1"], "barat@contoh.go.id")
    treasurer = a_holder(Role.BENDAHARA, unit)
    for person in (elsewhere, treasurer):
        with pytest.raises(AccountRefused, match="petugas yang mencatat"):
            make(unit, person)
    assert not Token.objects.exists()


def test_a_token_is_revoked_at_once_and_a_repeat_changes_nothing(head, unit, officer):
    make(unit, officer)
    token = Token.objects.get()
    answers = [head.post(f"{HERE}{token.pk}/cabut/") for _ in range(2)]
    for answer in answers:
        assert (answer.status_code, answer["Location"]) == (303, f"{HERE}?selesai=1")
    token.refresh_from_db()
    assert token.revoked_at == NOW
    page = head.get(answers[0]["Location"]).content.decode()
    assert "Kunci dicabut" in page
    assert "/cabut/" not in page


def test_the_state_of_a_token_is_told(unit, officer):
    make(unit, officer)
    (row,) = queries.tokens_of(unit_id=unit.pk, on=NOW.date(), now=NOW)
    assert row.state is TokenState.IN_FORCE
    later = NOW + dt.timedelta(days=30)
    (row,) = queries.tokens_of(unit_id=unit.pk, on=later.date(), now=later)
    assert row.state is TokenState.EXPIRED
    actions.revoke_role(grant_id=officer.grants.get().pk, by=TEST, now=NOW)
    (row,) = queries.tokens_of(unit_id=unit.pk, on=NOW.date(), now=NOW)
    assert row.state is TokenState.WITHOUT_POWER
    actions.revoke_token(token_id=row.id, unit_id=unit.pk, by=TEST, now=NOW)
    (row,) = queries.tokens_of(unit_id=unit.pk, on=NOW.date(), now=NOW)
    assert row.state is TokenState.REVOKED


def test_the_page_costs_a_known_number_of_statements(
    head, unit, officer, django_assert_max_num_queries
):
    for number in range(3):
        make(unit, officer, name=f"Kasir {number}")
    head.get(HERE)
    with django_assert_max_num_queries(8):
        assert head.get(HERE).status_code == 200


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("digest", "'x'", "accounts_token_digest_is_one"),
        ("name", "''", "accounts_token_has_name"),
        ("expires_at", "made_at", "accounts_token_expires_later"),
        ("revoked_at", "now()", "accounts_token_revoked_at_and_by"),
        ("revoked_by", "'user:1'", "accounts_token_revoked_at_and_by"),
    ],
)
def test_what_postgresql_refuses(unit, officer, column, value, name):
    make(unit, officer)
    with (
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update accounts_token set {column} = {value}")


def test_two_tokens_never_share_a_secret(unit, officer):
    make(unit, officer)
    make(unit, officer)
    with (
        pytest.raises(IntegrityError, match="digest"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "update accounts_token set digest = (select min(digest) from accounts_token)"
        )
