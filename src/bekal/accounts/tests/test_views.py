import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_POST

from bekal.accounts import actions, queries
from bekal.accounts import urls as room_urls
from bekal.accounts.gate import Scope, StaffRequest, needs, public, signed_in
from bekal.accounts.rules import Permission, Role
from bekal.accounts.tests.factories import PASSWORD, SITI_NIP, a_holder, a_tree, a_user
from bekal.foundation import clock
from bekal.places.tests.factories import NOW, TEST, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@public
def open_page(request):
    return HttpResponse("terbuka")


@signed_in
def mine(request):
    return HttpResponse(f"{request.actor} {request.now:%Y}")


@needs(Permission.RECORD_SALE)
def record(request: StaffRequest, unit: str) -> HttpResponse:
    here = request.scope.unit(unit)
    return HttpResponse(f"{here.name} {len(request.scope.unit_ids)}")


@needs(Permission.SEE_TURNOVER)
def look(request: StaffRequest, place: str) -> HttpResponse:
    return HttpResponse(f"{request.scope.place(place).name} {len(request.scope.units)}")


@require_POST
@needs(Permission.RECORD_SALE)
def write(request: StaffRequest) -> HttpResponse:
    return HttpResponse("tercatat")


urlpatterns = [
    path("", include(room_urls)),
    path("terbuka/", open_page),
    path("kerja/", mine),
    path("kerja/<slug:unit>/catat/", record),
    path("lihat/<slug:place>/", look),
    path("tulis/", write),
]


@pytest.fixture(autouse=True)
def plain_base(settings):
    """The pages stand by themselves: a bare base page instead of the house's."""
    here = str(Path(__file__).parent / "templates")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [here]}]


def send(client, login="siti@contoh.go.id", password=PASSWORD, **more):
    return client.post("/masuk/", {"login": login, "password": password, **more})


def test_siti_signs_in_with_her_email_or_her_nip(client):
    a_user()
    for login in ("siti@contoh.go.id", "19900115 201503 2 001"):
        answer = send(client, login)
        assert (answer.status_code, answer["Location"]) == (302, "/kerja/")
        assert client.get("/kerja/").status_code == 200
        assert client.post("/keluar/")["Location"] == "/"
        assert client.get("/kerja/").status_code == 302


def test_the_form_helps_password_managers_and_asks_no_puzzle(client):
    page = client.get("/masuk/").content.decode()
    assert "Email atau NIP" in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_a_wrong_password_keeps_the_name_and_says_nothing_more(client):
    a_user()
    known = send(client, password="salah")
    unknown = send(client, "tiada@contoh.go.id", "salah")
    page = known.content.decode()
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert 'value="siti@contoh.go.id"' in page
    assert "<title>Gagal: Masuk</title>" in page
    assert "salah" not in page
    strip = unknown.content.decode().replace("tiada@contoh.go.id", "siti@contoh.go.id")
    assert page.partition("<main>")[2].count("<li>") == strip.partition("<main>")[2].count("<li>")
    assert client.get("/kerja/").status_code == 302


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("", ""),
        ("x" * 300, "x"),
        ("siti@contoh.go.id\0", "x"),
        ("<script>", "'; drop table"),
        ("siti@contoh.go.id", "x" * 5000),
        ("\ud83d\ude00", "💥"),
        ("1" * 18, " "),
    ],
)
def test_nonsense_is_answered_with_the_form(client, login, password):
    a_user()
    login = login.encode("utf-16", "surrogatepass").decode("utf-16")
    answer = send(client, login, password)
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode()


def test_a_locked_account_says_when_to_come_back(client):
    a_user()
    for _ in range(5):
        assert send(client, password="salah").status_code == 422
    locked = send(client)
    assert locked.status_code == 429
    assert "Coba lagi dalam 15 menit" in locked.content.decode()
    assert client.get("/kerja/").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        ("/kerja/lapas-timur-1/catat/", "/kerja/lapas-timur-1/catat/"),
        ("https://jahat.example/", "/kerja/"),
        ("//jahat.example/", "/kerja/"),
        ("/\\jahat.example/", "/kerja/"),
        ("javascript:alert(1)", "/kerja/"),
        ("https://testserver/omzet/", "https://testserver/omzet/"),
    ],
)
def test_next_stays_on_our_own_site(client, wanted, to):
    a_user()
    assert send(client, next=wanted)["Location"] == to
    assert client.get("/masuk/", {"next": wanted})["Location"] == to


def test_the_way_back_survives_a_wrong_try(client):
    a_user()
    page = client.get("/masuk/", {"next": "/omzet/?x=1"}).content.decode()
    assert 'name="next" value="/omzet/?x=1"' in page
    assert 'value="/omzet/"' in send(client, password="salah", next="/omzet/").content.decode()


def test_no_other_address_of_allauth_exists(client):
    names = {getattr(pattern, "name", "") for pattern in room_urls.urlpatterns}
    ours = {"account_login", "account_logout", "account_change_password", ""}
    assert names == ours | {
        "account_second_factor",
        "account_factor",
        "account_devices",
        "account_end_devices",
        "account_invited",
    }
    for address in ("login", "signup", "password/reset", "email", "inactive"):
        assert client.get(f"/akun/{address}/").status_code == 404


def test_signing_out_needs_a_post_with_a_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_user())
    assert client.get("/keluar/").status_code == 405
    assert client.post("/keluar/").status_code == 403
    assert client.get("/kerja/").status_code == 200


def test_signing_in_needs_a_token():
    a_user()
    assert send(Client(enforce_csrf_checks=True)).status_code == 403


def test_a_session_is_made_anew_at_sign_in(client, settings):
    a_user()
    client.cookies[settings.SESSION_COOKIE_NAME] = "tanaman-orang-lain-00000000000000"
    send(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "tanaman-orang-lain-00000000000000"
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_session_lasts_12_hours_after_the_last_click(client, monkeypatch):
    client.force_login(a_user())
    start = clock.now()
    client.get("/kerja/")
    first = Session.objects.get().expire_date
    client.get("/kerja/")
    assert Session.objects.get().expire_date == first
    later = start + dt.timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.get("/kerja/")
    assert Session.objects.get().expire_date > first
    assert first - start < dt.timedelta(hours=12, minutes=1)


def test_siti_changes_her_password_and_other_phones_are_signed_out(client):
    a_user()
    phone = Client()
    for device in (client, phone):
        send(device, SITI_NIP)
    answer = client.post("/akun/sandi/", {"old": PASSWORD, "new": "rotan halus 9"})
    assert "Kata sandi sudah diganti" in client.get(answer["Location"]).content.decode()
    assert client.get("/kerja/").status_code == 200
    assert phone.get("/kerja/").status_code == 302
    assert send(phone, password=PASSWORD).status_code == 422
    assert send(phone, password="rotan halus 9").status_code == 302


def test_a_password_that_cannot_be_is_refused_at_its_field(client):
    user = a_user()
    client.force_login(user)
    for sent, words in (
        ({"old": "", "new": ""}, "Isi kata sandi lama."),
        ({"old": "salah", "new": "rotan halus 9"}, "Kata sandi lama tidak cocok."),
        ({"old": PASSWORD, "new": "12"}, "paling sedikit 10"),
    ):
        answer = client.post("/akun/sandi/", sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_page_knows_the_person_without_a_further_statement(client, django_assert_num_queries):
    client.force_login(a_holder(Role.BENDAHARA, a_tree()["lapas-timur-1"]))
    client.get("/akun/sandi/")
    with django_assert_num_queries(2):  # the session, and the user with the roles
        page = client.get("/akun/sandi/")
    assert "Pemegang bendahara: Bendahara penerimaan" in page.content.decode()


def test_a_closed_account_is_out_at_once(client):
    user = a_user()
    client.force_login(user)
    actions.deactivate_user(user_id=user.pk, by=TEST, now=NOW)
    assert client.get("/kerja/").status_code == 302


def test_each_view_says_who_may_open_it():
    views: list[Any] = [open_page, mine, record, write]
    gates = [view.gate for view in views]
    assert gates == ["public", "signed_in", Permission.RECORD_SALE, Permission.RECORD_SALE]


def test_a_visitor_is_sent_to_sign_in_and_back(client):
    assert client.get("/terbuka/").status_code == 200
    answer = client.get("/kerja/lapas-timur-1/catat/?hari=2")
    assert answer["Location"] == "/masuk/?next=/kerja/lapas-timur-1/catat/%3Fhari%3D2"
    assert client.post("/tulis/")["Location"] == "/masuk/"


def test_an_officer_reaches_their_own_unit_alone(client, django_assert_num_queries):
    client.force_login(a_holder(Role.PETUGAS, a_tree()["lapas-timur-1"]))
    client.get("/kerja/")
    with django_assert_num_queries(3):  # session, user, scope
        answer = client.get("/kerja/lapas-timur-1/catat/")
    assert answer.content.decode() == "Lapas timur 1 1"
    assert "no-store" in answer["Cache-Control"]
    for code in ("lapas-timur-2", "lapas-barat-1", "kanwil-timur", "tidak-ada"):
        assert client.get(f"/kerja/{code}/catat/").status_code == 404
        assert client.get(f"/lihat/{code}/").status_code == 404


def test_a_kanwil_sees_its_units_and_records_nothing(client):
    client.force_login(a_holder(Role.KANWIL, a_tree()["kanwil-timur"]))
    assert client.get("/lihat/kanwil-timur/").content.decode() == "Kanwil timur 2"
    assert client.get("/lihat/lapas-timur-2/").status_code == 200
    assert client.get("/lihat/nasional/").status_code == 404
    assert client.get("/kerja/lapas-timur-1/catat/").status_code == 403
    assert client.post("/tulis/").status_code == 403


def test_a_kanwil_is_no_unit(client):
    kanwil = a_holder(Role.AUDITOR, a_tree()["kanwil-timur"])
    found = queries.scope_of(user_id=kanwil.pk, permission=Permission.SEE_SALES, on=TODAY)
    scope = Scope.of(found, today=TODAY)
    assert scope.place("kanwil-timur").name == "Kanwil timur"
    assert scope.unit("lapas-timur-1").id in scope.unit_ids
    with pytest.raises(Http404):
        scope.unit("kanwil-timur")


def test_units_are_narrowed_to_a_kanwil_of_ones_own_alone(client):
    ditjenpas = a_holder(Role.DITJENPAS, a_tree()["nasional"])
    found = queries.scope_of(user_id=ditjenpas.pk, permission=Permission.SEE_SALES, on=TODAY)
    scope = Scope.of(found, today=TODAY)
    assert scope.kanwil["kanwil-timur"] == "Kanwil timur"
    below = {unit.code for unit in scope.units_below("kanwil-timur")}
    assert below == {"lapas-timur-1", "lapas-timur-2"}
    assert len(scope.units) > 2
    for no_kanwil in ("", "tidak-ada", "nasional", "lapas-timur-1"):
        assert scope.units_below(no_kanwil) == scope.units


def test_someone_without_a_role_is_refused(client):
    client.force_login(a_user())
    assert client.get("/lihat/nasional/").status_code == 403
