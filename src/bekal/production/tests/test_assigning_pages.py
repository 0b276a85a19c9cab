"""The pages of work: who works where, by code."""

import re

import pytest

from bekal.accounts.rules import Role
from bekal.people.tests.makers import NAME, a_maker, rules, who_may_work
from bekal.production.models import Assignment, WorkLimit
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits, works
from tests.support.pages import words
from tests.support.world import TODAY

pytestmark = pytest.mark.django_db
WORK = f"{HERE}tugas/"
SENT = {"first": "2026-04-27", "until": "", "minutes_a_day": "360", "days_a_week": "5"}


@pytest.fixture
def nabire(world):
    """Lapas Nabire with the requirements of work."""
    rules()
    return world.nabire


def test_the_head_decides_how_long_anybody_works(markus, nabire):
    assert "Batas jam kerja belum ditetapkan" in words(markus.get(WORK))
    address = f"{WORK}batas/"
    assert "tidak ada dalam sumber kami" in words(markus.get(address))
    sent = {
        "minutes_a_day": "420",
        "minutes_a_week": "2.100",
        "basis": "SK 3/2026",
        "valid_from": "2026-04-27",
    }
    for changes, sentence in (
        ({"basis": " "}, "Isi nomor keputusan kepala UPT."),
        ({"minutes_a_week": "9999"}, "Menit seminggu antara 420 dan 2.940."),
        ({"valid_from": "2026-04-01"}, "Hari itu sudah lewat."),
    ):
        answer = markus.post(address, {**sent, **changes})
        assert answer.status_code == 422
        assert sentence in words(answer)
    assert not WorkLimit.objects.exists()
    answer = markus.post(address, sent)
    page = words(markus.get(answer["Location"]))
    assert "Paling banyak 420 menit sehari dan 2.100 menit seminggu, SK 3/2026." in page


def test_an_officer_gives_work_and_ends_it(yohana, nabire):
    limits(nabire)
    workshop, maker = a_workshop(nabire), who_may_work(nabire)
    page = words(yohana.get(WORK))
    assert "Belum ada yang bertugas." in page
    assert maker in page
    assert "Beri tugas" in words(yohana.get(f"{HERE}orang/{maker}/"))
    address = f"{WORK}beri/{maker}/"
    answer = yohana.post(address, {**SENT, "workshop": workshop, "minutes_a_day": "421"})
    assert answer.status_code == 422
    assert "Batas unit ini 420 menit sehari." in words(answer)
    assert 'value="421"' in answer.content.decode()
    answer = yohana.post(address, {**SENT, "workshop": workshop})
    page = words(yohana.get(answer["Location"]))
    assert re.search(rf"{maker} Bengkel anyam Sen, 27 Apr 2026 360 menit sehari", page)
    assert NAME not in page
    assert NAME not in yohana.get(f"{WORK}unduh/").content.decode()
    work = Assignment.objects.get()
    assert yohana.post(f"{WORK}{work.pk}/akhiri/", {"last": "2027-01-01"}).status_code == 422
    answer = yohana.post(f"{WORK}{work.pk}/akhiri/", {"last": "2026-04-27"})
    assert "Tugas diakhiri." in words(yohana.get(answer["Location"]))
    assert work.pk in Assignment.objects.filter(ended_at__isnull=False).values_list("pk", flat=True)


def test_who_may_not_work_is_refused_with_the_reason(yohana, nabire):
    limits(nabire)
    workshop, maker = a_workshop(nabire), a_maker(nabire)
    answer = yohana.post(f"{WORK}beri/{maker}/", {**SENT, "workshop": workshop})
    assert answer.status_code == 422
    assert "Sidang TPP: belum dicatat" in words(answer)
    assert not Assignment.objects.exists()


def test_what_is_others_is_not_found_and_who_has_no_business_is_refused(
    yohana, person, nabire, world
):
    theirs = who_may_work(world.bangli, number="UJI-7")
    limits(world.bangli)
    work = works(theirs, world.bangli, a_workshop(world.bangli))
    assert yohana.get(f"{WORK}beri/{theirs}/").status_code == 404
    assert yohana.get(f"{WORK}{work}/akhiri/").status_code == 404
    assert yohana.get(f"{BANGLI}tugas/").status_code == 404
    assert yohana.get(f"{WORK}batas/").status_code == 403
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    for way in ("", "unduh/", f"beri/{theirs}/"):
        assert siti.get(WORK + way).status_code == 403


def test_the_pages_ask_the_database_little(yohana, nabire, django_assert_max_num_queries):
    limits(nabire)
    workshop = a_workshop(nabire)
    for number in range(3):
        works(who_may_work(nabire, number=f"UJI-{number}-3"), nabire, workshop, first=TODAY)
    yohana.get(WORK)
    with django_assert_max_num_queries(13):
        yohana.get(WORK)
