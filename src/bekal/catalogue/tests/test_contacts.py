"""How buyers reach a unit: its head's to name, everybody's to see."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.audit.models import Event
from bekal.catalogue.actions import set_contact
from bekal.catalogue.models import Contact
from bekal.catalogue.queries import contacts_of, pickup_points_of
from tests.support.world import NOON, SETUP, long_ago

pytestmark = pytest.mark.django_db
HERE = "/kerja/lapas-kelas-iib-nabire/kontak/"


@pytest.fixture
def head(client, world):
    user = User.objects.create(email="kepala@contoh.go.id", name="Kepala")
    Grant.objects.create(
        user=user,
        role=Role.KEPALA_UPT,
        place_id=world.nabire,
        granted_at=long_ago(),
        granted_by="command:uji",
    )
    client.force_login(user)
    return client


def test_the_head_names_it_changes_it_and_takes_it_back(head, world):
    assert head.post(HERE, {"number": "0812 9876-5432"}).status_code == 302
    assert contacts_of(unit_ids=[world.nabire])[world.nabire].number == "+6281298765432"
    assert "0812-9876-5432" in head.get(f"{HERE}?tersimpan=ya").content.decode()
    assert head.post(HERE, {"number": "12"}).status_code == 422
    assert head.post(HERE, {"number": ""}).status_code == 302
    assert contacts_of(unit_ids=[world.nabire]) == {}
    told = Event.objects.filter(action="catalogue.set_contact").order_by("seq")
    after = [json.loads(each.detail)["after"]["number"] for each in told]
    assert after == ["+6281298765432", ""]


def test_the_head_says_where_and_when_orders_are_fetched(head, client, world):
    point = {
        "pickup_point": "Jalan Contoh 5,  Nabire",
        "pickup_hours": "Senin sampai Jumat 08.00 sampai 14.00",
    }
    assert head.post(HERE, point).status_code == 302
    assert pickup_points_of(unit_ids=[world.nabire])[world.nabire].where == "Jalan Contoh 5, Nabire"
    assert contacts_of(unit_ids=[world.nabire]) == {}, "a place is no number"
    page = client.get("/bengkel/lapas-kelas-iib-nabire/").content.decode()
    where = "Jalan Contoh 5, Nabire (Senin sampai Jumat 08.00 sampai 14.00)"
    assert f"Pesanan diambil di {where}." in page
    assert "diambil di" not in client.get("/bengkel/lapas-kelas-iib-merauke/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pickup_hours": "Senin sampai Jumat"}, "Isi alamatnya juga"),
        ({"pickup_point": "x" * 241}, "Paling panjang 240 huruf"),
        ({"pickup_point": "Jalan \0"}, "Tulis dengan huruf dan angka biasa."),
    ],
)
def test_what_is_no_point_is_told_at_its_field_and_kept(head, world, typed, said):
    answer = head.post(HERE, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert next(iter(typed.values())).replace("\0", "") in page
    assert not Contact.objects.exists()


def test_the_same_again_changes_nothing(world):
    for _ in range(2):
        set_contact(unit_id=world.nabire, number="+6281298765432", by=SETUP, now=NOON)
    assert Event.objects.filter(action="catalogue.set_contact").count() == 1


def test_the_workshop_and_goods_that_cannot_be_ordered_offer_to_ask(client, world):
    set_contact(unit_id=world.nabire, number="+6281298765432", by=SETUP, now=NOON)
    page = client.get("/bengkel/lapas-kelas-iib-nabire/").content.decode()
    assert 'href="https://wa.me/6281298765432?text=Halo' in page
    other = client.get("/bengkel/lapas-kelas-iib-merauke/").content.decode()
    assert "wa.me" not in other


@pytest.mark.parametrize("number", ["0812", "+62", "+62 812", "+0812345678", "x"])
def test_past_all_python_a_number_can_be_called(world, number):
    set_contact(unit_id=world.nabire, number="+6281298765432", by=SETUP, now=NOON)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update catalogue_contact set number = %s", [number])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from catalogue_contact")
    assert Contact.objects.get().number == "+6281298765432"


def test_past_all_python_hours_are_those_of_a_point(world):
    set_contact(unit_id=world.nabire, number="", pickup_point="Jalan Contoh 5", by=SETUP, now=NOON)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update catalogue_contact set pickup_point = '', pickup_hours = 'Senin'")
    assert Contact.objects.get().pickup_point == "Jalan Contoh 5"
