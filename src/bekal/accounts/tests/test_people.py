import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bekal.accounts import actions, queries
from bekal.accounts.models import Grant, User
from bekal.accounts.rules import PERMISSIONS, AccountRefused, Permission, Role
from bekal.accounts.tests.factories import PASSWORD, SITI_NIP, a_holder, a_tree, a_user, grant
from bekal.audit.models import Event
from bekal.foundation.actors import user_actor
from bekal.places import actions as places
from bekal.places.tests.factories import NOW, TEST, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return a_tree()


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (User, Grant, Event)]


def codes(user, permission=Permission.SEE_SALES, on=TODAY):
    return [p.code for p in queries.scope_of(user_id=user.pk, permission=permission, on=on)]


def test_a_new_account_is_stored_in_one_form():
    user = actions.create_user(
        email=" Siti@Contoh.go.id ",
        nip="19900115 201503 2 001",
        name="  Siti   Aminah ",
        password=PASSWORD,
        by=TEST,
        now=NOW,
    )
    assert (user.email, user.nip, user.name) == ("siti@contoh.go.id", SITI_NIP, "Siti Aminah")
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "siti"}, "email"),
        ({"email": "SITI@contoh.go.id"}, "email"),
        ({"nip": "19900115201503200"}, "nip"),
        ({"nip": "19900115 201503 2001"}, "nip"),
        ({"name": "  "}, "name"),
        ({"password": "pendek"}, "password"),
        ({"password": "1234567890123"}, "password"),
        ({"password": "budi@contoh.go.id"}, "password"),
        ({"password": "password123"}, "password"),
    ],
)
def test_an_account_that_cannot_be_is_refused(change, field):
    a_user()
    before = everything()
    values = {"email": "budi@contoh.go.id", "nip": "", "name": "Budi", "password": PASSWORD}
    with pytest.raises(AccountRefused) as refused:
        actions.create_user(**(values | change), by=TEST, now=NOW)
    assert refused.value.field == field
    assert everything() == before


def test_what_is_recorded_of_a_person_names_nobody(tree):
    user = a_holder(Role.PETUGAS, tree["lapas-timur-1"])
    for event in Event.objects.filter(object_key=f"user:{user.pk}"):
        assert user.email not in str(event.detail)
        assert user.name not in str(event.detail)


def test_a_role_counts_for_the_place_and_all_below(tree):
    kanwil = a_holder(Role.KANWIL, tree["kanwil-timur"])
    assert codes(kanwil) == ["kanwil-timur", "lapas-timur-1", "lapas-timur-2"]
    assert codes(a_holder(Role.PETUGAS, tree["lapas-barat-2"])) == ["lapas-barat-2"]
    assert len(codes(a_holder(Role.DITJENPAS, tree["nasional"]))) == 7


def test_a_role_gives_only_its_own_permissions(tree):
    officer = a_holder(Role.PETUGAS, tree["lapas-timur-1"])
    assert codes(officer, Permission.RECORD_SALE) == ["lapas-timur-1"]
    assert codes(officer, Permission.REFUND_SALE) == []
    partner = a_holder(Role.MITRA, tree["nasional"])
    assert codes(partner, Permission.SEE_SALES) == []
    assert len(codes(partner, Permission.SEE_TURNOVER)) == 7


def test_two_roles_add_up_and_no_place_comes_twice(tree):
    user = a_holder(Role.KANWIL, tree["kanwil-timur"])
    grant(user, Role.AUDITOR, tree["lapas-timur-1"])
    grant(user, Role.BENDAHARA, tree["lapas-barat-1"])
    assert codes(user) == ["kanwil-timur", "lapas-barat-1", "lapas-timur-1", "lapas-timur-2"]
    assert codes(user, Permission.REFUND_SALE) == ["lapas-barat-1"]


def test_a_moved_unit_moves_into_the_scope_of_its_new_kanwil(tree):
    east = a_holder(Role.KANWIL, tree["kanwil-timur"], "timur@contoh.go.id")
    west = a_holder(Role.KANWIL, tree["kanwil-barat"], "barat@contoh.go.id")
    unit, day = tree["lapas-timur-1"], dt.date(2026, 7, 1)
    places.move_place(
        place_id=unit.pk, parent_id=tree["kanwil-barat"].pk, on=day, source="uji", by=TEST, now=NOW
    )
    eve = dt.date(2026, 6, 30)
    assert (unit.code in codes(east, on=eve), unit.code in codes(west, on=eve)) == (True, False)
    assert (unit.code in codes(east, on=day), unit.code in codes(west, on=day)) == (False, True)


def test_may_agrees_with_the_scope(tree, django_assert_num_queries):
    user = a_holder(Role.KANWIL, tree["kanwil-timur"])
    for permission in Permission:
        within = codes(user, permission)
        for place in tree.values():
            with django_assert_num_queries(1):
                allowed = queries.may(
                    user_id=user.pk, permission=permission, place_id=place.pk, on=TODAY
                )
            assert allowed is (place.code in within)


def test_a_scope_is_one_statement(tree, django_assert_num_queries):
    user = a_holder(Role.DITJENPAS, tree["nasional"])
    with django_assert_num_queries(1):
        codes(user)
    with django_assert_num_queries(1):
        queries.roles_of(user_id=user.pk)


def test_the_user_of_a_session_comes_with_their_roles_in_one_statement(
    tree, django_assert_num_queries
):
    user = a_holder(Role.KANWIL, tree["kanwil-timur"])
    grant(user, Role.BENDAHARA, tree["lapas-barat-1"])
    grant(user, Role.BENDAHARA, tree["lapas-barat-2"])
    with django_assert_num_queries(1):
        found = queries.user_of_session(user_id=user.pk)
        assert found is not None
        person = queries.person_of(user=found)
    assert person.roles == ("Bendahara penerimaan", "Kanwil")
    nobody = queries.user_of_session(user_id=a_user().pk)
    assert nobody is not None
    assert queries.person_of(user=nobody).roles == ()


def test_a_revoked_role_stays_on_record_and_counts_no_more(tree):
    user = a_user()
    held = grant(user, Role.PETUGAS, tree["lapas-timur-1"])
    actions.revoke_role(grant_id=held.pk, by=user_actor(7), now=NOW)
    held.refresh_from_db()
    assert (held.revoked_at, held.revoked_by) == (NOW, "user:7")
    assert codes(user) == []
    assert queries.roles_of(user_id=user.pk) == []
    before = everything()
    with pytest.raises(AccountRefused):
        actions.revoke_role(grant_id=held.pk, by=TEST, now=NOW)
    assert everything() == before


def test_a_revoked_role_can_be_granted_again(tree):
    user = a_user()
    first = grant(user, Role.PETUGAS, tree["lapas-timur-1"])
    actions.revoke_role(grant_id=first.pk, by=TEST, now=NOW)
    grant(user, Role.PETUGAS, tree["lapas-timur-1"])
    assert [held.place_code for held in queries.roles_of(user_id=user.pk)] == ["lapas-timur-1"]


def test_a_closed_account_loses_all(tree):
    user = a_holder(Role.KANWIL, tree["kanwil-timur"])
    grant(user, Role.AUDITOR, tree["nasional"])
    actions.deactivate_user(user_id=user.pk, by=TEST, now=NOW)
    assert queries.user_of_session(user_id=user.pk) is None
    assert (codes(user), queries.roles_of(user_id=user.pk)) == ([], [])
    before = everything()
    with pytest.raises(AccountRefused):
        actions.deactivate_user(user_id=user.pk, by=TEST, now=NOW)
    with pytest.raises(AccountRefused):
        grant(user, Role.AUDITOR, tree["nasional"])
    assert everything() == before


def test_a_role_that_is_held_there_is_not_granted_twice(tree):
    user = a_holder(Role.KANWIL, tree["kanwil-timur"])
    before = everything()
    with pytest.raises(AccountRefused):
        grant(user, Role.KANWIL, tree["kanwil-timur"])
    with pytest.raises(AccountRefused):
        grant(user, Role.PETUGAS, tree["kanwil-timur"])
    assert everything() == before


def test_no_role_is_granted_at_a_place_that_is_closed(tree):
    unit = tree["lapas-timur-1"]
    user = a_holder(Role.PETUGAS, unit)
    places.close_place(place_id=unit.pk, on=TODAY, source="uji", by=TEST, now=NOW)
    assert codes(user) == []
    with pytest.raises(AccountRefused):
        grant(user, Role.BENDAHARA, unit)


def add_user(monkeypatch, stdin, **options):
    monkeypatch.setattr("sys.stdin", StringIO(stdin))
    values = {
        "email": "budi@contoh.go.id",
        "nip": "",
        "name": "Budi",
        "role": "petugas",
        "place": "lapas-timur-1",
    }
    out = StringIO()
    call_command("add_user", **(values | options), password_stdin=True, stdout=out)
    return out.getvalue()


def test_the_command_makes_an_account_with_a_role(tree, monkeypatch):
    said = add_user(monkeypatch, f"{PASSWORD}\n")
    assert said == "budi@contoh.go.id: petugas di Lapas timur 1\n"
    user = User.objects.get(email="budi@contoh.go.id")
    assert user.check_password(PASSWORD)
    assert codes(user) == ["lapas-timur-1"]


@pytest.mark.parametrize(
    "options",
    [{"place": "lapas-tidak-ada"}, {"role": "kanwil"}, {"email": "budi"}, {"nip": "17"}],
)
def test_the_command_does_all_or_nothing(tree, monkeypatch, options):
    before = everything()
    with pytest.raises(CommandError):
        add_user(monkeypatch, PASSWORD, **options)
    with pytest.raises(CommandError):
        add_user(monkeypatch, "")
    assert everything() == before


def test_a_forgotten_password_is_replaced_by_the_command(monkeypatch):
    user = a_user()
    monkeypatch.setattr("sys.stdin", StringIO("rotan halus 9\n"))
    call_command("reset_password", "19900115 201503 2 001", password_stdin=True, stdout=StringIO())
    user.refresh_from_db()
    assert user.check_password("rotan halus 9")
    with pytest.raises(CommandError):
        call_command("reset_password", "tiada@contoh.go.id", password_stdin=True)


def test_permissions_at_a_place_are_those_of_all_roles_above_it(tree, django_assert_num_queries):
    user = a_holder(Role.SPONSOR, tree["kanwil-timur"])
    grant(user, Role.PETUGAS, tree["lapas-timur-1"])

    def held(code):
        return queries.permissions_at(user_id=user.pk, place_id=tree[code].pk, on=TODAY)

    with django_assert_num_queries(1):
        assert held("lapas-timur-1") == PERMISSIONS[Role.PETUGAS] | PERMISSIONS[Role.SPONSOR]
    assert held("lapas-timur-2") == PERMISSIONS[Role.SPONSOR]
    assert held("lapas-barat-1") == frozenset()
    actions.deactivate_user(user_id=user.pk, by=TEST, now=NOW)
    assert held("lapas-timur-1") == frozenset()
