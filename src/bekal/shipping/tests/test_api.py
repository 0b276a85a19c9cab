"""The JSON door for whoever types an address."""

import pytest

from bekal.shipping.actions import load_districts
from bekal.shipping.tests.factories import a_row
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.django_db
ROWS = [
    a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah"),
    a_row("940112", "Nabire Barat", "Kab. Nabire", "Papua Tengah"),
    a_row("510602", "Bangli", "Kab. Bangli", "Bali"),
]


@pytest.fixture(autouse=True)
def districts(world):
    load_districts(by=SETUP, now=NOON, rows=ROWS)


def test_what_is_typed_is_answered_with_codes_and_labels(client):
    answer = client.get("/api/v1/districts?q=nabire")
    items = answer.json()["items"]
    assert [item["code"] for item in items] == ["940101", "940112"]
    assert items[0]["label"] == "Nabire, Kab. Nabire, Papua Tengah"
    assert len(client.get("/api/v1/districts?q=nabire&limit=1").json()["items"]) == 1


def test_nothing_typed_and_nothing_found_are_empty_lists(client):
    for typed in ("", "?q=", "?q=zzzz"):
        answer = client.get(f"/api/v1/districts{typed}")
        assert (answer.status_code, answer.json()["items"]) == (200, [])


@pytest.mark.parametrize("asked", ["limit=0", "limit=21", "q=%00", "q=" + "x" * 101, "text=palu"])
def test_what_is_not_described_is_refused(client, asked):
    assert client.get(f"/api/v1/districts?{asked}").status_code == 422


def test_an_answer_that_is_known_is_not_made_again(client):
    first = client.get("/api/v1/districts?q=bangli")
    known = {"If-None-Match": first["ETag"]}
    again = client.get("/api/v1/districts?q=bangli", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    renamed = [a_row("510602", "Bangli Kota", "Kab. Bangli", "Bali")]
    load_districts(by=SETUP, now=NOON, rows=renamed)
    assert client.get("/api/v1/districts?q=bangli", headers=known).status_code == 200


def test_a_kecamatan_is_told_by_its_code(client):
    assert client.get("/api/v1/districts/510602").json()["regency"] == "Kab. Bangli"
    assert client.get("/api/v1/districts/999999").status_code == 404
    assert client.get("/api/v1/districts/5106").status_code == 422


def test_typing_costs_the_count_the_revision_and_one_look(client, django_assert_num_queries):
    client.get("/api/v1/districts?q=bangli")
    with django_assert_num_queries(3):
        client.get("/api/v1/districts?q=nabire")
