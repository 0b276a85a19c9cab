"""The page that leads to all of a unit's money."""

import pytest

from bekal.accounts.rules import Role

MONEY = "/kerja/lapas-kelas-iib-nabire/uang/"
pytestmark = pytest.mark.django_db


def titles(page: str) -> list[str]:
    return [part.split(">", 1)[1].split("<", 1)[0] for part in page.split("<a href=")[1:]]


def page_of(client) -> str:
    page: str = client.get(MONEY).content.decode()
    return page


def test_the_treasurer_is_led_to_the_money_that_came_in(world, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    shown = titles(page_of(siti))
    assert {"Uang masuk", "Uang keluar", "Bagi hasil"} <= set(shown)


def test_the_auditor_is_not_led_where_payments_are_handled(world, person):
    made = person("Made", (Role.AUDITOR, "nabire"))
    shown = titles(page_of(made))
    assert "Bagi hasil" in shown
    assert "Uang masuk" not in shown


def test_the_page_asks_little(world, person, django_assert_max_num_queries):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    page_of(siti)
    with django_assert_max_num_queries(6):
        page_of(siti)
