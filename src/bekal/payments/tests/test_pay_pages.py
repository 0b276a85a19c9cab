"""A buyer sees what to pay, to whom and until when, in both languages, and how it stands."""

from io import BytesIO

import pytest
import zxingcpp
from django.conf import settings as installed
from django.urls import clear_url_caches, get_resolver, include, path
from PIL import Image

from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.payments.actions import cancel_ask
from bekal.payments.models import Attempt, Receipt
from bekal.payments.rules import Method
from bekal.payments.tests.money import BUYER, NOON, an_ask, comes, held, later

pytestmark = pytest.mark.usefixtures("noon")

urlpatterns = [
    *get_resolver().url_patterns,
    path("uji/bayar/", include("bekal.payments.sandbox_urls")),
]
"""All addresses, with that of the demo."""


def page(client, asked, *, tail="", language=""):
    return client.get(f"{language}/bayar/{asked.request_id}/{tail}")


def text(answer):
    return answer.content.decode()


def test_a_code_is_shown_with_sum_name_nmid_and_end(client, nabire, django_assert_num_queries):
    asked = an_ask(nabire, 507_000)
    page(client, asked)
    with django_assert_num_queries(2):
        answer = page(client, asked)
    shown = text(answer)
    for part in ("Rp507.000", "CONTOH LAPAS NABIRE", "ID0000000000017", "15 menit lagi"):
        assert part in shown
    assert "Berlaku sampai pukul 10.15 WIB," in shown
    assert "Pukul 12.15 WIT di tempat bengkel." in shown
    assert "jangan mengirim uang sungguhan" in shown
    assert "noindex" in shown
    assert "no-store" in answer["Cache-Control"]
    assert "Anggap" not in shown
    english = text(page(client, asked, language="/en"))
    for part in ("Rp507,000", "CONTOH LAPAS NABIRE", "15 minutes left", "Save picture"):
        assert part in english


def test_the_picture_and_the_drawing_carry_the_code(client, nabire):
    asked = an_ask(nabire, 507_000)
    answer = page(client, asked, tail="kode.png")
    assert answer["Content-Disposition"] == 'attachment; filename="qris-bekal.png"'
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(answer.content)))
    assert found.text == asked.payload
    drawn = page(client, asked, tail="kode.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert text(drawn).count("<svg") == 1


def test_a_transfer_is_shown_with_its_digits_and_account(client, nabire):
    asked = an_ask(nabire, 150_000, method=Method.TRANSFER)
    shown = text(page(client, asked))
    for part in ("Bank Contoh", "1234567890", "kode unik", f"Rp150.{asked.extra:03d}"):
        assert part in shown
    assert page(client, asked, tail="kode.png").status_code == 404


@pytest.mark.parametrize("end", ["settled", "cancelled", "expired"])
def test_what_is_over_is_told_and_has_no_code_any_more(client, nabire, monkeypatch, end):
    asked = an_ask(nabire, 507_000)
    assert text(page(client, asked, tail="keadaan/")) == "open"
    if end == "settled":
        comes(nabire, 507_000, request_id=asked.request_id)
    elif end == "cancelled":
        cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON)
    else:
        monkeypatch.setattr(clock, "now", lambda: later(minutes=15))
    assert text(page(client, asked, tail="keadaan/")) == end
    sentence = {
        "settled": "sudah diterima",
        "cancelled": "dibatalkan",
        "expired": "sudah habis",
    }
    shown = text(page(client, asked))
    assert sentence[end] in shown
    assert "Bayar Rp" not in shown
    assert "kode.svg" not in shown
    for tail in ("kode.svg", "kode.png"):
        assert page(client, asked, tail=tail).status_code == 404


def test_a_part_that_came_in_is_told(client, nabire):
    asked = an_ask(nabire, 507_000)
    comes(nabire, 500_000, request_id=asked.request_id)
    assert "Sudah masuk Rp500.000. Kurang Rp7.000." in text(page(client, asked))


def test_what_nobody_asked_is_not_there(client, nabire):
    for tail in ("", "keadaan/", "kode.svg", "kode.png"):
        assert client.get(f"/bayar/{uuid7()}/{tail}").status_code == 404
    assert client.get("/bayar/x/").status_code == 404


def test_a_buyer_goes_on_to_the_gateway(client, nabire, gateway, stand_in):
    asked = an_ask(nabire, method=Method.GATEWAY)
    assert "Siapkan pembayaran" in text(page(client, asked))
    stand_in.mood = "broken"
    answer = client.post(f"/bayar/{asked.request_id}/daring/")
    assert answer.status_code == 422
    assert "sedang tidak menjawab" in text(answer)
    stand_in.mood = ""
    answer = client.post(f"/bayar/{asked.request_id}/daring/")
    assert (answer.status_code, answer["Location"]) == (302, f"/bayar/{asked.request_id}/")
    assert Attempt.objects.get().page in text(page(client, asked))


@pytest.fixture
def demo(settings):
    """The platform as a demo, with the address where payments are pretended."""
    settings.BEKAL_DEMO = True
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    yield
    settings.ROOT_URLCONF = installed.ROOT_URLCONF
    clear_url_caches()


@pytest.mark.parametrize("method", list(Method))
def test_in_a_demo_a_payment_is_pretended_once(client, nabire, heard, demo, method):
    asked = an_ask(nabire, 507_000, method=method)
    where = f"/uji/bayar/{asked.request_id}/"
    assert "Anggap" in text(client.get(where))
    assert where in text(page(client, asked))
    for _ in range(2):
        assert client.post(where)["Location"] == f"/bayar/{asked.request_id}/"
    assert "sudah lunas" in text(client.get(where))
    assert Receipt.objects.get().provider == "sandbox"
    assert [paid.is_settled for paid in heard] == [True]
    assert held(nabire)["order_advance"] == -507_000


def test_outside_a_demo_nothing_is_pretended(client, nabire, demo, settings):
    asked = an_ask(nabire)
    assert client.get(f"/uji/bayar/{uuid7()}/").status_code == 404
    settings.BEKAL_DEMO = False
    where = f"/uji/bayar/{asked.request_id}/"
    assert client.get(where).status_code == client.post(where).status_code == 404
    assert not Receipt.objects.exists()


def test_outside_a_demo_there_is_no_such_address(client, nabire):
    assert client.get(f"/uji/bayar/{an_ask(nabire).request_id}/").status_code == 404


def test_a_settled_order_leads_back_to_its_page(client, nabire, settings):
    settings.BEKAL_SUBJECT_PAGES = {"uji": "showcase:product"}
    assert "/p/BK-7Q2M-18KD/" in text(page(client, an_ask(nabire)))
