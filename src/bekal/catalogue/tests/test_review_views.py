"""Reviews as Sari of Kanwil Papua reads them; a unit does not judge what is said of its goods."""

import datetime as dt

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.catalogue.actions import write_review
from bekal.catalogue.models import Review
from bekal.catalogue.rules import ReviewStatus
from bekal.foundation.actors import Actor, ActorKind
from tests.support.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HERE = "/ulasan/"
BUYER = Actor(ActorKind.BUYER, "8b9d")


@pytest.fixture
def person(client):
    def signed_in(role, place):
        user = User.objects.create(email=f"{role}@contoh.go.id", name="Sari")
        Grant.objects.create(
            user=user,
            role=role,
            place_id=place,
            granted_at=NOON - dt.timedelta(days=1),
            granted_by="command:uji",
        )
        client.force_login(user)
        return client

    return signed_in


def written(product_id, text, *, number=1, stars=4):
    return write_review(
        product_id=product_id,
        key=f"part:{number}:{product_id}",
        stars=stars,
        text=text,
        by=BUYER,
        now=NOON + dt.timedelta(minutes=number),
    )


def page_of(client, **asked):
    answer = client.get(HERE, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_waits_stands_first_and_nobody_is_named(person, world):
    sari = person(Role.KANWIL, world.papua)
    assert "Belum ada ulasan." in page_of(sari)
    written(world.noken, "Lama menunggu", number=1)
    judged = written(world.noken, "Sudah dibaca", number=2)
    sari.post(f"{HERE}{judged.pk}/", {"putusan": "tampilkan"})
    page = page_of(sari)
    assert page.index("Lama menunggu") < page.index("Sudah dibaca")
    assert "Noken kulit kayu" in page
    assert "Lapas Kelas IIB Nabire" in page
    assert "8b9d" not in page
    assert page.count("Jangan tampilkan</button>".replace("</button>", "")) >= 1


def test_a_review_is_shown_or_refused_with_a_reason(person, world):
    sari = person(Role.KANWIL, world.papua)
    good, bad = written(world.noken, "Kuat"), written(world.coffee, "Dibuat oleh Budi")
    answer = sari.post(f"{HERE}{good.pk}/", {"putusan": "tampilkan"})
    assert answer["Location"] == f"{HERE}?tersimpan=ditampilkan"
    answer = sari.post(f"{HERE}{bad.pk}/", {"putusan": "tolak", "alasan": " "})
    assert answer.status_code == 422
    assert "Tulis mengapa ulasan ini tidak ditampilkan." in answer.content.decode()
    assert Review.objects.get(pk=bad.pk).status == ReviewStatus.WAITING
    sari.post(f"{HERE}{bad.pk}/", {"putusan": "tolak", "alasan": "Menyebut nama orang."})
    assert Review.objects.get(pk=bad.pk).reason == "Menyebut nama orang."
    assert "Tidak ditampilkan: Menyebut nama orang." in page_of(sari)


def test_the_list_is_narrowed_by_status(person, world):
    sari = person(Role.DITJENPAS, world.centre)
    written(world.noken, "Kuat")
    assert "Kuat" in page_of(sari, status="menunggu")
    assert "Tidak ada ulasan dengan status itu." in page_of(sari, status="tidak-ditampilkan")
    for value in ("\x00", "a" * 5000, "-1", "<script>"):
        page_of(sari, status=value, halaman=value)


def test_reviews_of_other_regions_are_out_of_reach(person, world):
    sari = person(Role.KANWIL, world.papua)
    review = written(world.endek, "Halus")
    assert "Halus" not in page_of(sari)
    answer = sari.post(f"{HERE}{review.pk}/", {"putusan": "tampilkan"})
    assert answer.status_code == 404
    assert Review.objects.get().status == ReviewStatus.WAITING


@pytest.mark.parametrize("role", [Role.PETUGAS, Role.KEPALA_UPT, Role.BENDAHARA])
def test_a_unit_does_not_judge_its_own_goods(person, world, role):
    somebody = person(role, world.nabire)
    review = written(world.noken, "Kuat")
    assert somebody.get(HERE).status_code == 403
    assert somebody.post(f"{HERE}{review.pk}/", {"putusan": "tampilkan"}).status_code == 403
    assert Review.objects.get().status == ReviewStatus.WAITING


def test_what_a_buyer_writes_cannot_break_out(person, world):
    sari = person(Role.KANWIL, world.papua)
    written(world.noken, '"><script>alert(1)</script>')
    assert "<script>alert" not in page_of(sari)


def test_twenty_reviews_cost_as_much_as_one(person, world, django_assert_max_num_queries):
    sari = person(Role.KANWIL, world.papua)
    for number in range(21):
        written(world.noken, "Kuat", number=number)
    page_of(sari)
    with django_assert_max_num_queries(7):
        page = page_of(sari)
    assert "21 ulasan" in page
