"""What the officer's desk of orders prints, and of which orders."""

import pytest

from bekal.foundation.ids import uuid7
from bekal.shop.actions import cancel_order
from bekal.shop.models import Order
from bekal.shop.tests.market import an_order, pay, place
from bekal.shop.tests.office import HERE, paid, part_of, sign_in, to_fetch
from bekal.shop.tests.proposing import answers_messages, draft
from tests.support.pages import words
from tests.support.pdf import Paper
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PAPERS = ("isi-paket", "surat-jalan", "faktur", "bast")


@pytest.fixture
def yohana(client, market):
    sign_in(client, market.nabire)
    return client


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_are_sent_as_pdf(yohana, market, paper):
    part = part_of(paid(market))
    answer = yohana.get(f"{HERE}{part.pk}/cetak/{paper}/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith(f'inline; filename="{paper}-BK-')
    assert "no-store" in answer.headers["Cache-Control"]
    assert part.order.code in Paper(answer.content).text


@pytest.mark.parametrize("paper", ["rahasia", "..", "label"])
def test_there_is_no_other_paper(yohana, market, paper):
    part = part_of(paid(market))
    assert yohana.get(f"{HERE}{part.pk}/cetak/{paper}/").status_code == 404


def test_ticked_parts_make_a_picking_list_and_labels(yohana, market):
    first, second = part_of(paid(market)), part_of(paid(market))
    ticked = {"paket": [str(first.pk), str(second.pk), "x", str(uuid7())]}
    text = Paper(yohana.get(f"{HERE}ambil/", ticked).content).text
    assert first.order.code in text
    assert second.order.code in text
    labels = Paper(yohana.get(f"{HERE}label/", {**ticked, "ukuran": "a4"}).content)
    assert len(labels.pages) == 1
    assert len(Paper(yohana.get(f"{HERE}label/", ticked).content).pages) == 2
    for address in ("ambil/", "label/", "label/?paket=x", f"ambil/?paket={uuid7()}"):
        led = yohana.get(f"{HERE}{address}").headers["Location"]
        answer = yohana.get(led)
        assert "Centang paling sedikit satu pesanan" in words(answer)


def test_what_waits_for_its_money_has_nothing_to_print(yohana, market):
    order = Order.objects.get(pk=place(an_order(market, ("noken", 2))).order_id)
    part = part_of(order)
    here = f"{HERE}{part.pk}/"
    page = words(yohana.get(here))
    assert "Belum dibayar" in page
    assert "(PDF)" not in page
    for paper in PAPERS:
        assert yohana.get(f"{here}cetak/{paper}/").status_code == 404, paper
    for sheet, said in (("label", "label"), ("ambil", "kosong")):
        answer = yohana.get(f"{HERE}{sheet}/", {"paket": str(part.pk)})
        assert answer["Location"] == f"{HERE}?pilih={said}"
    pay(order.pk)
    assert "Label 100 x 150 mm (PDF)" in words(yohana.get(here))


def test_what_is_paid_on_fetching_is_packed_before_it_is_paid_and_never_labelled(yohana, market):
    part = part_of(to_fetch(market))
    page = words(yohana.get(f"{HERE}{part.pk}/"))
    assert "Belum dibayar" in page
    assert "Isi paket (PDF)" in page
    assert "Label" not in page
    answer = yohana.get(f"{HERE}label/", {"paket": str(part.pk)})
    assert answer["Location"] == f"{HERE}?pilih=label"
    assert "Label hanya untuk yang dikirim kurir." in words(yohana.get(answer["Location"]))
    assert part.order.code in Paper(yohana.get(f"{HERE}ambil/?paket={part.pk}").content).text


def test_what_was_cancelled_has_nothing_to_print(yohana, market):
    order = to_fetch(market)
    part = part_of(order)
    here = f"{HERE}{part.pk}/"
    assert "Isi paket (PDF)" in words(yohana.get(here))
    cancel_order(order_id=order.pk, by=YOHANA, now=NOON)
    page = words(yohana.get(here))
    assert "Dibatalkan" in page
    assert "(PDF)" not in page
    for paper in PAPERS:
        assert yohana.get(f"{here}cetak/{paper}/").status_code == 404, paper
    for sheet, said in (("label", "label"), ("ambil", "kosong")):
        answer = yohana.get(f"{HERE}{sheet}/", {"paket": str(part.pk)})
        assert answer["Location"] == f"{HERE}?pilih={said}"


def test_what_nobody_confirmed_has_nothing_to_print(yohana, market):
    answers_messages(market.nabire)
    here = f"{HERE}{draft(market).pk}/"
    page = words(yohana.get(here))
    assert "Konfirmasi pesanan" in page
    assert "(PDF)" not in page
    assert yohana.get(f"{here}cetak/faktur/").status_code == 404
