"""Selling beyond the shop begins on one page, with what the person may see."""

import re

import pytest

from bekal.accounts.rules import Role
from bekal.institutions.tests.pages import NABIRE, sign_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
ALL = ["Pasokan", "Pengecer", "Ekspor", "Kanal lain"]


def ways(client, address):
    """The ways of selling that a page offers, each of which opens."""
    page = text(client.get(address)).split('<main id="isi"')[-1]
    found = re.findall(r'<li class="task"> <div> <a href="([^"]+)">(.*?)</a>', page)
    for way, _words in found:
        assert client.get(way, follow=True).status_code == 200
    return [words for _way, words in found]


def test_an_officer_finds_all_of_it_and_a_treasurer_what_they_may_see(client, world):
    assert ways(sign_in(client, world.nabire), f"{NABIRE}/pasar/") == ALL
    siti = sign_in(client, world.nabire, role=Role.BENDAHARA, name="Siti")
    assert ways(siti, f"{NABIRE}/pasar/") == ["Pasokan", "Pengecer", "Kanal lain"]


def test_a_kanwil_begins_above_its_units(client, world):
    kanwil = sign_in(client, world.papua, role=Role.KANWIL, name="Kanwil")
    assert ways(kanwil, "/pasar/") == ["Pasokan", "Ekspor", "Kanal lain"]


def test_another_unit_has_no_such_page(client, world):
    assert sign_in(client, world.bangli, name="Wayan").get(f"{NABIRE}/pasar/").status_code == 404


def test_the_page_asks_little(client, world, django_assert_max_num_queries):
    user = sign_in(client, world.nabire)
    with django_assert_max_num_queries(8):
        user.get(f"{NABIRE}/pasar/")
