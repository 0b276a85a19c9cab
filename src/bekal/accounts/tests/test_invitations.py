import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client

from bekal.accounts import actions, queries
from bekal.accounts.models import Grant, Invitation, SignedIn, User
from bekal.accounts.queries.members import link_of, roles_to_give
from bekal.accounts.rules import AccountRefused, Role
from bekal.accounts.rules.invitations import InvitationEnded, device_family
from bekal.accounts.tests.factories import PASSWORD, a_holder, a_tree, a_user
from bekal.audit.models import Event
from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.places.tests.factories import NOW, TEST, TODAY
from tests.support.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
ACCEPT = {"email": "rina@contoh.go.id", "name": "Rina Wati", "nip": "", "password": "rotan halus 9"}
WEEK = dt.timedelta(days=7)


@pytest.fixture
def tree():
    return a_tree()


@pytest.fixture
def markus(tree):
    """Head of Lapas timur 1."""
    return a_holder(Role.KEPALA_UPT, tree["lapas-timur-1"], "markus@contoh.go.id")


def call(who, place, role=Role.PETUGAS, email="Rina@contoh.go.id", key=None):
    return actions.invite(
        key=key or uuid7(),
        email=email,
        role=role,
        place_id=place.pk,
        by=user_actor(who.pk),
        now=NOW,
    )


def secret_of(invitation):
    return link_of(invitation).rstrip("/").rpartition("/")[2]


def take(invitation, now=NOW, **changes):
    asked = {**ACCEPT, **changes}
    return actions.accept_as_new(secret=secret_of(invitation), **asked, by=TEST, now=now)


@pytest.mark.parametrize(
    ("inviter", "at", "role", "to", "may"),
    [
        (Role.KEPALA_UPT, "lapas-timur-1", Role.PETUGAS, "lapas-timur-1", True),
        (Role.KEPALA_UPT, "lapas-timur-1", Role.BENDAHARA, "lapas-timur-1", True),
        (Role.KEPALA_UPT, "lapas-timur-1", Role.KEPALA_UPT, "lapas-timur-1", False),
        (Role.KEPALA_UPT, "lapas-timur-1", Role.PETUGAS, "lapas-timur-2", False),
        (Role.KANWIL, "kanwil-timur", Role.KEPALA_UPT, "lapas-timur-2", True),
        (Role.KANWIL, "kanwil-timur", Role.KEPALA_UPT, "lapas-barat-1", False),
        (Role.KANWIL, "kanwil-timur", Role.BENDAHARA, "lapas-timur-2", False),
        (Role.KANWIL, "kanwil-timur", Role.KANWIL, "kanwil-timur", False),
        (Role.DITJENPAS, "nasional", Role.KANWIL, "kanwil-barat", True),
        (Role.DITJENPAS, "nasional", Role.AUDITOR, "nasional", True),
        (Role.DITJENPAS, "nasional", Role.DITJENPAS, "nasional", False),
        (Role.DITJENPAS, "nasional", Role.KEPALA_UPT, "lapas-barat-1", False),
        (Role.PETUGAS, "lapas-timur-1", Role.PETUGAS, "lapas-timur-1", False),
        (Role.AUDITOR, "nasional", Role.AUDITOR, "nasional", False),
    ],
)
def test_nobody_gives_more_than_stands_right_below_them(tree, inviter, at, role, to, may):
    person = a_holder(inviter, tree[at])
    offered = roles_to_give(user_id=person.pk, place_id=tree[to].pk, on=TODAY)
    assert (role in offered) is may
    if may:
        call(person, tree[to], role)
    else:
        with pytest.raises(AccountRefused):
            call(person, tree[to], role)
    assert Invitation.objects.count() == may


def test_rina_takes_her_invitation_with_a_password_of_her_own(tree, markus):
    invitation = call(markus, tree["lapas-timur-1"])
    rina = take(invitation)
    assert (rina.email, rina.check_password("rotan halus 9")) == ("rina@contoh.go.id", True)
    (held,) = queries.roles_of(user_id=rina.pk)
    assert (held.role, held.place_code) == (Role.PETUGAS, "lapas-timur-1")
    assert Grant.objects.get(user=rina).granted_by == str(user_actor(markus.pk))
    with pytest.raises(InvitationEnded):
        take(invitation, email="lain@contoh.go.id")


def test_an_invitation_is_for_its_own_e_mail_alone(tree, markus):
    invitation = call(markus, tree["lapas-timur-1"])
    with pytest.raises(AccountRefused, match="email lain") as refused:
        take(invitation, email="budi@contoh.go.id")
    assert refused.value.field == "email"
    budi = a_user("Budi", "budi@contoh.go.id", nip="")
    asked = {"user_id": budi.pk, "by": user_actor(budi.pk), "now": NOW}
    with pytest.raises(AccountRefused, match="email lain"):
        actions.accept_as_user(secret=secret_of(invitation), **asked)
    assert not Grant.objects.filter(user=budi).exists()


def test_whoever_has_an_account_takes_the_role_with_it(tree, markus):
    siti = a_user()
    invitation = call(markus, tree["lapas-timur-1"], Role.BENDAHARA, "siti@contoh.go.id")
    with pytest.raises(AccountRefused, match="akun lain"):
        take(invitation, email="siti@contoh.go.id")
    asked = {"user_id": siti.pk, "by": user_actor(siti.pk), "now": NOW}
    actions.accept_as_user(secret=secret_of(invitation), **asked)
    assert [held.role for held in queries.roles_of(user_id=siti.pk)] == [Role.BENDAHARA]
    with pytest.raises(AccountRefused, match="sudah memegang"):
        call(markus, tree["lapas-timur-1"], Role.BENDAHARA, "siti@contoh.go.id")


def test_an_invitation_ends_after_a_week_and_when_it_is_revoked(tree, markus):
    one = call(markus, tree["lapas-timur-1"])
    with pytest.raises(InvitationEnded):
        take(one, now=NOW + WEEK)
    place = tree["lapas-timur-1"].pk
    asked = {"place_id": place, "by": user_actor(markus.pk), "now": NOW}
    actions.revoke_invitation(invitation_id=one.pk, **asked)
    actions.revoke_invitation(invitation_id=one.pk, **asked)
    with pytest.raises(InvitationEnded):
        take(one)
    assert not User.objects.filter(email=ACCEPT["email"]).exists()


def test_whoever_lost_their_own_role_has_called_nobody(tree, markus):
    invitation = call(markus, tree["lapas-timur-1"])
    actions.deactivate_user(user_id=markus.pk, by=TEST, now=NOW)
    with pytest.raises(AccountRefused):
        take(invitation)
    assert not User.objects.filter(email=ACCEPT["email"]).exists()


def test_one_e_mail_is_called_once_and_a_second_click_calls_nobody_else(tree, markus):
    key = uuid7()
    first = call(markus, tree["lapas-timur-1"], key=key)
    assert call(markus, tree["lapas-timur-1"], key=key).pk == first.pk
    with pytest.raises(AccountRefused, match="sudah diundang"):
        call(markus, tree["lapas-timur-1"])
    call(markus, tree["lapas-timur-1"], Role.BENDAHARA)
    assert Invitation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_eight_presses_of_one_button_make_one_invitation(tree, markus):
    key = uuid7()
    at_once(8, lambda n: call(markus, tree["lapas-timur-1"], key=key))
    assert Invitation.objects.count() == 1
    assert Event.objects.filter(action="accounts.invite").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_six_who_take_one_invitation_at_once_one_gets_in(tree, markus):
    invitation = call(markus, tree["lapas-timur-1"])

    def one(_):
        try:
            take(invitation)
        except AccountRefused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(6))) == 1
    assert Grant.objects.filter(user__email=ACCEPT["email"]).count() == 1


def test_a_role_is_taken_away_by_whoever_could_give_it(tree, markus):
    rina = take(call(markus, tree["lapas-timur-1"]))
    (grant,) = Grant.objects.filter(user=rina)
    own = Grant.objects.get(user=markus)
    place = tree["lapas-timur-1"].pk
    by = user_actor(markus.pk)
    with pytest.raises(AccountRefused):
        actions.take_role_away(grant_id=own.pk, place_id=place, by=by, now=NOW)
    with pytest.raises(LookupError):
        actions.take_role_away(grant_id=grant.pk, place_id=tree["lapas-timur-2"].pk, by=by, now=NOW)
    actions.take_role_away(grant_id=grant.pk, place_id=place, by=by, now=NOW)
    assert queries.roles_of(user_id=rina.pk) == []


def test_the_letter_goes_out_once_and_names_the_link(tree, markus, settings):
    settings.BEKAL_ADDRESS = "https://bekal.example.id"
    invitation = call(markus, tree["lapas-timur-1"])
    assert [actions.mail_invitations(by=TEST, now=NOW) for _ in range(2)] == [1, 0]
    (letter,) = mail.outbox
    assert letter.to == ["rina@contoh.go.id"]
    (link,) = re.findall(r"https://\S+", str(letter.body))
    assert link == link_of(invitation)


@pytest.mark.parametrize(
    ("sql", "promise"),
    [
        ("update accounts_invitation set email = 'lain@contoh.go.id'", "nothing else"),
        ("update accounts_invitation set role = 'ditjenpas'", "nothing else"),
        (
            "update accounts_invitation set expires_at = expires_at + interval '1 day'",
            "nothing else",
        ),
        ("update accounts_invitation set accepted_at = now()", "accepted_at_and_by"),
        ("update accounts_invitation set revoked_at = now()", "revoked_at_and_by"),
        ("delete from accounts_invitation", "final"),
    ],
)
def test_the_database_lets_an_invitation_end_and_nothing_else(tree, markus, sql, promise):
    call(markus, tree["lapas-timur-1"])
    with (
        pytest.raises(IntegrityError, match=promise),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_what_has_ended_stays_so_in_the_database(tree, markus):
    take(call(markus, tree["lapas-timur-1"]))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update accounts_invitation set accepted_at = null, accepted_by_id = null")


def test_the_page_calls_in_revokes_and_takes_away(client, tree, markus):
    client.force_login(markus)
    assert client.get("/anggota/")["Location"] == "/anggota/lapas-timur-1/"
    page = "/anggota/lapas-timur-1/"
    sent = {"key": str(uuid7()), "email": "rina@contoh.go.id", "role": "petugas"}
    said = client.post(page, sent, follow=True).content.decode()
    (invitation,) = Invitation.objects.all()
    assert link_of(invitation) in said
    wrong = client.post(page, {**sent, "key": str(uuid7()), "role": "kanwil"})
    assert wrong.status_code == 422
    assert 'value="rina@contoh.go.id"' in wrong.content.decode()
    for address in (f"/anggota/lapas-timur-2/undangan/{invitation.pk}/batal/",):
        assert client.post(address).status_code == 404
    assert client.post(f"{page}undangan/{invitation.pk}/batal/").status_code == 303
    budi = take(call(markus, tree["lapas-timur-1"]))
    grant = Grant.objects.get(user=budi)
    assert client.post(f"{page}{grant.pk}/cabut/").status_code == 303
    own = Grant.objects.get(user=markus)
    assert client.post(f"{page}{own.pk}/cabut/").status_code == 422
    assert Grant.objects.get(pk=own.pk).revoked_at is None


def test_the_pages_ask_a_known_number_of_statements(
    client, tree, markus, django_assert_num_queries
):
    call(markus, tree["lapas-timur-1"])
    client.force_login(markus)
    client.get("/anggota/lapas-timur-1/")
    # session, user, scope, place, roles, members, invitations, what the desk offers
    with django_assert_num_queries(8):
        client.get("/anggota/lapas-timur-1/")
    client.force_login(a_holder(Role.DITJENPAS, tree["nasional"]))
    client.get("/anggota/")
    # session, user, scope, roles, people, what the desk offers
    with django_assert_num_queries(6):
        page = client.get("/anggota/").content.decode()
    assert "Kanwil timur" in page
    assert "Lapas timur 1" in page  # auditors are called for any place


def test_the_link_opens_an_account_and_then_nothing(client, tree, markus):
    address = f"/undangan/{secret_of(call(markus, tree['lapas-timur-1']))}/"
    page = client.get(address).content.decode()
    assert "Petugas bengkel" in page
    assert "rina" not in page  # who holds the link has to know the e-mail
    wrong = client.post(address, {**ACCEPT, "email": "lain@contoh.go.id"})
    assert wrong.status_code == 422
    assert "Rina Wati" in wrong.content.decode()
    assert ACCEPT["password"] not in wrong.content.decode()
    assert client.post(address, ACCEPT).status_code == 303
    assert client.get(address).status_code == 410
    entered = {"login": ACCEPT["email"], "password": ACCEPT["password"]}
    assert client.post("/masuk/", entered).status_code == 302


def test_a_signed_in_person_takes_their_own_link_and_no_other(client, tree, markus):
    siti = a_user()
    theirs = f"/undangan/{secret_of(call(markus, tree['lapas-timur-1']))}/"
    mine = call(markus, tree["lapas-timur-1"], Role.BENDAHARA, "siti@contoh.go.id")
    client.force_login(siti)
    assert "untuk email lain" in client.get(theirs).content.decode()
    assert client.post(theirs).status_code == 422
    assert client.post(f"/undangan/{secret_of(mine)}/").status_code == 303
    assert [held.role for held in queries.roles_of(user_id=siti.pk)] == [Role.BENDAHARA]


ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        (ANDROID, "Ponsel Android, Chrome"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0",
            "Komputer Windows, Edge",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Komputer Linux, Firefox",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "iPhone, Safari",
        ),
        ("curl/8", "Perangkat"),
        ("", "Perangkat"),
    ],
)
def test_devices_are_named_as_coarsely_as_people_know_them(agent, family):
    assert device_family(agent) == family


def test_siti_sees_her_devices_and_signs_out_on_the_others(client):
    a_user()
    entered = {"login": "siti@contoh.go.id", "password": PASSWORD}
    phone, third = Client(headers={"User-Agent": ANDROID}), Client()
    for device in (client, phone, third):
        device.post("/masuk/", entered)
    page = client.get("/akun/perangkat/").content.decode()
    assert page.count("<tr>") == 4
    assert "Ponsel Android, Chrome" in page
    (number,) = re.findall(r'name="perangkat" value="(\d+)"', page.partition("Ponsel Android")[2])[
        :1
    ]
    assert client.post("/akun/perangkat/keluar/", {"perangkat": number}).status_code == 303
    assert phone.get("/akun/perangkat/").status_code == 302
    assert third.get("/akun/perangkat/").status_code == 200
    assert client.post("/akun/perangkat/keluar/").status_code == 303
    assert third.get("/akun/perangkat/").status_code == 302
    assert client.get("/akun/perangkat/").status_code == 200
    assert Session.objects.count() == 1


def test_another_person_s_device_stays_in(client):
    a_user()
    a_user("Budi", "budi@contoh.go.id", nip="")
    budi = Client()
    budi.post("/masuk/", {"login": "budi@contoh.go.id", "password": PASSWORD})
    page = budi.get("/akun/perangkat/").content.decode()
    assert "perangkat ini" in page
    client.post("/masuk/", {"login": "siti@contoh.go.id", "password": PASSWORD})
    theirs = SignedIn.objects.get(user__email="budi@contoh.go.id").pk
    for chosen in (str(theirs), "x"):
        client.post("/akun/perangkat/keluar/", {"perangkat": chosen})
    client.post("/akun/perangkat/keluar/")
    assert budi.get("/akun/perangkat/").status_code == 200


def test_the_list_of_devices_asks_a_known_number_of_statements(client, django_assert_num_queries):
    client.force_login(a_user())
    client.get("/akun/perangkat/")
    with django_assert_num_queries(4):  # session, user, devices (none here), what the desk offers
        client.get("/akun/perangkat/")
