"""The address alone decides the language."""

import pytest
from django.utils.translation import get_language

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "language", "word"),
    [("/", "id", "Katalog"), ("/en/", "en", "Catalogue")],
)
def test_a_public_page_speaks_the_language_of_its_address(client, address, language, word):
    answer = client.get(address, headers={"Accept-Language": "fr, en;q=0.9, id;q=0.8"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in page
    assert word in page
    assert answer["Content-Language"] == language
    assert "Accept-Language" not in answer.get("Vary", "")


def test_each_language_names_its_twin_and_its_own_address(client):
    for address in ("/", "/en/"):
        page = client.get(address).content.decode()
        assert f'<link rel="canonical" href="http://testserver{address}">' in page
        assert '<link rel="alternate" hreflang="id" href="http://testserver/">' in page
        assert '<link rel="alternate" hreflang="en" href="http://testserver/en/">' in page


def test_links_of_an_english_page_stay_english(client):
    page = client.get("/en/").content.decode()
    assert 'href="/en/katalog/"' in page
    assert 'href="/" hreflang="id" lang="id"' in page


def test_staff_pages_are_indonesian_only(client):
    assert client.get("/en/kerja/").status_code == 404
    assert client.get("/masuk/", headers={"Accept-Language": "en"})["Content-Language"] == "id"
    assert get_language() == "id"


def test_the_bare_word_of_a_language_leads_to_its_home(client):
    answer = client.get("/en")
    assert (answer.status_code, answer["Location"]) == (301, "/en/")
