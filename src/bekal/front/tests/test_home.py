"""Home, the frame of every page, and the way to one's desk."""

import pytest
from django.conf import settings as settings_of_django
from django.test import Client

from bekal.accounts.rules import Role
from bekal.front.tests.conftest import DESK
from bekal.places.actions import NewPlace, open_place
from bekal.places.rules import Level
from tests.support.world import FOUNDED, NOON, SETUP, SOURCE

pytestmark = pytest.mark.django_db
SIGN_IN = {
    "role": "petugas",
    "label": "Petugas bengkel",
    "email": "petugas@contoh.test",
    "nip": "199003042015031001",
    "password": "bekal-demo-2026",
    "place": "Lapas Kelas IIB Merauke",
}


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def nav(page):
    """The words of the navigation, and the one that is current."""
    if '<nav class="nav"' not in page:
        return [], ""
    part = page.split('<nav class="nav"')[1].split("</nav>")[0]
    links = [each.split("</a>")[0] for each in part.split("<a ")[1:]]
    current = [each for each in links if "aria-current" in each]
    words = [each.split(">")[1] for each in links]
    return words, current[0].split(">")[1] if current else ""


def test_home_of_an_empty_installation_says_what_bekal_is(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = text(client.get("/"))
    assert "Karya hari ini," in page
    assert 'href="/kerja/"' in page
    assert "Baru dari bengkel" not in page
    assert "Akun contoh" not in page
    assert "bukan situs resmi" not in page
    assert nav(page) == ([], "")


def test_the_demo_shows_its_sign_ins_on_a_page_of_their_own(client, settings):
    settings.BEKAL_DEMO = True
    settings.BEKAL_DEMO_SIGN_INS = [SIGN_IN]
    assert "Contoh, bukan situs resmi." in text(client.get("/"))
    page = text(client.get("/masuk/contoh/"))
    assert all(SIGN_IN[key] in page for key in ("label", "email", "nip", "password", "place"))


def test_no_password_is_shown_outside_the_demo(client, settings):
    settings.BEKAL_DEMO = False
    settings.BEKAL_DEMO_SIGN_INS = [SIGN_IN]
    assert SIGN_IN["password"] not in text(client.get("/masuk/contoh/"))
    assert SIGN_IN["password"] not in text(client.get("/"))


def test_an_official_installation_says_how_to_know_it(client, settings):
    settings.BEKAL_OFFICIAL = True
    assert "Situs resmi Pemasyarakatan." in text(client.get("/"))


def test_home_is_the_same_for_the_officer_and_for_strangers(client, yohana):
    assert text(yohana.get("/")) == text(client.get("/"))


def test_the_desk_leads_the_officer_to_all_rooms(yohana):
    page = text(yohana.get(DESK))
    assert nav(page)[0] == [
        "Meja kerja",
        "Penjualan",
        "Pesanan",
        "Permintaan",
        "Produk",
        "Persediaan",
        "Pembuat",
        "Ongkir",
        "Uang",
        "Omzet",
        "Pasar",
    ]


def test_the_officer_goes_straight_to_the_only_desk(yohana):
    answer = yohana.get("/kerja/")
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    page = text(yohana.get(DESK))
    assert nav(page)[1] == "Meja kerja"


def test_people_without_a_grant_are_told_whom_to_ask(person):
    page = text(person("Baru").get("/kerja/"))
    assert "Akun Anda belum punya tugas" in page
    assert "Hubungi kanwil" in page
    assert nav(page) == ([], "")


@pytest.mark.parametrize("role", [Role.MITRA, Role.SPONSOR])
def test_outsiders_go_to_the_sums(person, role):
    client = person("Bank", (role, "papua"))
    answer = client.get("/kerja/")
    assert (answer.status_code, answer["Location"]) == (302, "/omzet/")
    assert nav(text(client.get("/omzet/", follow=True)))[0] == ["Omzet"]


def test_strangers_sign_in_first(client):
    assert client.get("/kerja/")["Location"].startswith("/masuk/")
    assert client.get(DESK)["Location"].startswith("/masuk/")


def test_who_works_at_two_units_chooses_one(person):
    page = text(person("Dewi", (Role.PETUGAS, "nabire"), (Role.PETUGAS, "bangli")).get("/kerja/"))
    assert "Pilih unit" in page
    assert page.index("Kanwil Ditjenpas Bali") < page.index("Kanwil Ditjenpas Papua")
    assert "Buka omzet" not in page
    assert "Merauke" not in page


def test_a_kanwil_has_its_sums_first_and_its_units_below(person):
    page = text(person("Kanwil", (Role.KANWIL, "papua")).get("/kerja/"))
    assert "Buka omzet" in page
    assert "Lapas Kelas IIB Nabire" in page
    assert "Bangli" not in page
    rooms = ["Meja kerja", "Uang", "Omzet", "Rantai", "Pasar", "Ulasan", "Lembaga", "Anggota"]
    assert nav(page) == (rooms, "Meja kerja")


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ({"cari": "NABIRE"}, "Lapas Kelas IIB Nabire", "Lapas Kelas IIB Merauke"),
        ({"cari": "lapas selatan"}, "Lapas Kelas IIB Merauke", "Lapas Kelas IIB Nabire"),
        ({"kanwil": "kanwil-bali"}, "Narkotika Kelas IIA Bangli", "Lapas Kelas IIB Nabire"),
        ({"cari": "tidak ada"}, "Tidak ada unit yang cocok.", "Lapas Kelas IIB Nabire"),
    ],
)
def test_units_are_found_by_words_and_by_kanwil(person, asked, shown, hidden):
    page = text(person("Pusat", (Role.DITJENPAS, "centre")).get("/kerja/", asked))
    assert shown in page
    assert hidden not in page


@pytest.mark.parametrize("key", ["cari", "kanwil", "halaman"])
@pytest.mark.parametrize(
    "value", ["", "\x00", "' or 1=1", "²", "-1", "9" * 5000, "<script>alert", "é"]
)
def test_nonsense_in_the_address_of_the_choice_is_no_failure(person, key, value):
    page = text(person("Pusat", (Role.DITJENPAS, "centre")).get("/kerja/", {key: value}))
    assert "<script>alert" not in page


def test_the_choice_of_a_nation_has_pages_and_few_questions(
    person, world, django_assert_max_num_queries
):
    for number in range(45):
        new = NewPlace(
            code=f"rutan-{number:02}",
            level=Level.UNIT,
            name=f"Rutan Kelas IIB Nomor {number:02}",
            kind="Rutan",
            unit_class="IIB",
            parent_id=world.papua,
            province_code="94",
        )
        open_place(new=new, on=FOUNDED, source=SOURCE, by=SETUP, now=NOON)
    pusat = person("Pusat", (Role.DITJENPAS, "centre"))
    pusat.get("/kerja/")
    with django_assert_max_num_queries(7):  # one of them: what the checks found last
        page = text(pusat.get("/kerja/"))
    assert page.count('class="task"') == 40
    assert "dari 48 unit" in page
    assert text(pusat.get("/kerja/", {"halaman": "2"})).count('class="task"') == 8


def test_pages_of_others_do_not_tell_the_way_to_them(yohana):
    answer = yohana.get("/kerja/lapas-narkotika-kelas-iia-bangli/")
    assert answer.status_code == 404
    assert "bangli" not in answer.content.decode().split("<main")[0]


def test_a_page_left_open_overnight_is_explained(yohana):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/keluar/")
    assert answer.status_code == 403
    assert settings_of_django.CSRF_FAILURE_VIEW == "bekal.config.handlers.csrf_failure"
