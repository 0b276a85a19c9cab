"""What people see when a page is missing, closed, unreadable or broken."""

import pytest
from django.template import TemplateDoesNotExist
from django.test import RequestFactory

from bekal.config import handlers


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("", "Cek pesanan"), ("/en", "Find an order")])
def test_a_stranger_who_is_lost_reads_no_words_for_officers(client, language, words):
    page = client.get(f"{language}/tidak-ada/").content.decode()
    foot = page[page.index("<footer") :]
    assert words in foot
    assert "petugas Bekal" not in foot
    assert "Bekal officer" not in foot


def test_an_unknown_address_is_a_calm_404(client):
    answer = client.get("/tidak/ada/")
    assert answer.status_code == 404
    assert "Halaman tidak ada" in answer.content.decode()


@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        (handlers.bad_request, 400, "Permintaan tidak terbaca"),
        (handlers.forbidden, 403, "Bagian ini bukan untuk akun Anda"),
        (handlers.not_found, 404, "Halaman tidak ada"),
    ],
)
def test_a_refusal_says_what_to_do_and_not_what_was_asked(handler, status, words):
    answer = handler(RequestFactory().get("/x"), Exception("rahasia dalam"))
    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert "rahasia" not in html


def test_a_stale_form_is_explained():
    answer = handlers.csrf_failure(RequestFactory().post("/x"), reason="CSRF cookie not set.")
    assert answer.status_code == 403
    assert "Isian Anda belum disimpan" in answer.content.decode()
    assert "CSRF" not in answer.content.decode()


def test_a_broken_page_is_shown_without_context_and_database():
    answer = handlers.server_error(RequestFactory().get("/x"))
    assert answer.status_code == 500
    assert "Ada yang rusak di pihak kami" in answer.content.decode()


def test_plain_words_remain_when_even_the_template_is_missing(monkeypatch):
    def missing(name):
        raise TemplateDoesNotExist(name)

    monkeypatch.setattr(handlers, "render_to_string", missing)
    answer = handlers.server_error(RequestFactory().get("/x"))
    assert answer.status_code == 500
    assert answer.content.decode() == handlers.PLAIN
