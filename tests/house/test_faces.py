"""Public pages: the same bytes for everybody, in two languages, with nobody's name on them."""

import gzip

import pytest
from django.test import Client
from django.urls import get_resolver

from bekal.accounts.rules import Role
from bekal.foundation.faces import HEADER
from bekal.ui.addresses import in_language
from tests.house.matrix import MINE
from tests.house.routes import Route, routes_of
from tests.house.samples import SAMPLES, small_nation
from tests.support.remembering import remembered

FACES = [route for route in routes_of(get_resolver().url_patterns) if hasattr(route.view, "face")]
KIB = 1024


def addresses_of(route: Route, nation) -> list[str]:
    """A face's address in each language; a face outside of the languages has but one."""
    values = {name: SAMPLES[name](nation, MINE) or "" for name in route.parameters}
    path = route.address(values)
    twin = in_language(path, "en")
    return [path, twin] if Client().get(twin).status_code != 404 else [path]


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("route", FACES, ids=lambda route: route.pattern)
def test_a_face_is_the_same_for_everybody_and_names_nobody(route):
    nation = remembered(small_nation)
    person = nation.person(Role.DITJENPAS, MINE)
    signed_in = Client(headers={"Accept-Language": "en"})
    signed_in.force_login(person)
    for path in addresses_of(route, nation):
        asked = [client.get(path) for client in (Client(), signed_in, Client())]
        bodies = {body_of(answer) for answer in asked}
        assert len(bodies) == 1, path
        assert person.name.encode() not in bodies.pop(), path
        for answer in asked:
            assert answer.status_code == 200, path
            assert HEADER in answer, path
            assert "Set-Cookie" not in answer, path
            assert "Cookie" not in answer.get("Vary", ""), path


@pytest.mark.django_db
@pytest.mark.parametrize("route", FACES, ids=lambda route: route.pattern)
def test_a_public_page_speaks_its_language_and_stays_light(route):
    for path in addresses_of(route, remembered(small_nation)):
        answer = Client().get(path)
        if answer["Content-Type"].startswith("text/html"):
            page = body_of(answer)
            language = "en" if path.startswith("/en/") else "id"
            assert f'<html lang="{language}">'.encode() in page
            assert page.count(b"<h1") == 1, path
            assert b'<meta name="description" content="' in page
            assert len(gzip.compress(page, 9)) <= 20 * KIB, path
