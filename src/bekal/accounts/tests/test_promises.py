"""What PostgreSQL refuses, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.accounts.rules import Role
from bekal.accounts.tests.factories import a_holder, a_tree

pytestmark = pytest.mark.django_db
USER = """
insert into accounts_user (password, email, nip, name, is_active) values ('x', %s, %s, 'x', true)
"""
GRANT = """
insert into accounts_grant (user_id, role, place_id, granted_at, granted_by, revoked_at, revoked_by)
select user_id, {role}, place_id, granted_at, 'uji', {at}, '{by}' from accounts_grant limit 1
"""


@pytest.fixture
def holder():
    return a_holder(Role.PETUGAS, a_tree()["lapas-timur-1"], "petugas@contoh.go.id")


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        cursor.execute("set constraints all immediate")


def test_a_role_is_held_once_at_a_place(holder):
    with pytest.raises(IntegrityError, match="accounts_grant_once"):
        run(GRANT.format(role="role", at="null", by=""))


@pytest.mark.parametrize(("at", "by"), [("now()", ""), ("null", "user:1")])
def test_a_revocation_has_both_its_time_and_its_author(holder, at, by):
    with pytest.raises(IntegrityError, match="accounts_grant_revoked_at_and_by"):
        run(GRANT.format(role="role", at=at, by=by))


def test_a_revocation_comes_after_the_grant(holder):
    with pytest.raises(IntegrityError, match="accounts_grant_revoked_after_granted"):
        run(GRANT.format(role="role", at="granted_at - interval '1 second'", by="user:1"))


def test_a_role_is_known(holder):
    with pytest.raises(IntegrityError, match="accounts_grant_role_known"):
        run(GRANT.format(role="'raja'", at="null", by=""))


@pytest.mark.parametrize("nip", ["1" * 17, "1" * 16 + "ab", "1" * 10])
def test_a_nip_has_18_digits(holder, nip):
    with pytest.raises(IntegrityError, match="accounts_user_nip_has_18_digits"):
        run(USER, "lain@contoh.go.id", nip)


def test_an_email_is_used_once_in_any_case(holder):
    with pytest.raises(IntegrityError, match="accounts_user_email_any_case"):
        run(USER, "PETUGAS@Contoh.go.id", None)


def test_a_nip_is_used_once(holder):
    run(USER, "satu@contoh.go.id", "1" * 18)
    with pytest.raises(IntegrityError, match="unique"):
        run(USER, "dua@contoh.go.id", "1" * 18)


def test_a_person_with_grants_cannot_be_deleted(holder):
    with pytest.raises(IntegrityError, match="foreign key"):
        run("delete from accounts_user where id = %s", holder.pk)
