"""Choosing again on the pages of Sri's hospital and of the workshops that she asked."""

import pytest

from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.institutions.tests.asked import (
    DAY,
    DEADLINE,
    answer,
    ask,
    cancel,
    choose,
    give_up,
    register,
)
from bekal.institutions.tests.pages import BANGLI, NABIRE, hidden, sign_in, text, words
from bekal.shop.models import Order, OrderPart
from bekal.shop.rules import OrderStatus
from tests.support.pdf import Paper
from tests.support.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def party(world):
    return register()


@pytest.fixture
def asked(world, party):
    """Sri has ordered twenty noken of Nabire; Bangli offered too."""
    asked = ask(world, institution=party)
    noken = answer(asked, world.nabire, world.noken)
    answer(asked, world.bangli, world.endek, unit_price=70_000)
    choose(asked, (noken, 20))
    return asked


def address(asked, tail="", prefix=""):
    return f"{prefix}/lembaga/permintaan/{asked.key}/{tail}"


def code():
    return Order.objects.get().code


def take(client, asked, pieces="10"):
    """Fill in the first offer that can be chosen, look at it, and order it."""
    page = text(client.get(address(asked)))
    field = "jumlah_" + page.split('name="jumlah_')[1].split('"')[0]
    sent = {"key": str(uuid7()), "due_on": "2026-05-20", "po_number": "PO-8", field: pieces}
    check = client.post(address(asked, "pilih/"), {**sent, "langkah": "periksa"})
    saved = {**hidden(check), "langkah": "simpan"}
    return client.post(address(asked, "pilih/"), saved, follow=True)


def test_after_the_institution_cancelled_the_page_says_so_and_its_one_act_is_choosing(
    client, asked
):
    done = client.post(address(asked, "batal-pesanan/"), follow=True)
    page = words(done)
    assert f"Pesanan {code()} dibatalkan. Dibatalkan lembaga sebelum ada" in page
    assert "Pilih lagi dari penawaran di bawah, yang sama pun bisa." in page
    assert "Bengkel bisa menjawab lagi sampai 4 Mei 2026, 10.00 WIB." in page
    assert "Menunggu jawaban" in page
    assert f'href="/pesanan/{code()}/"' in text(done)
    assert text(done).count('class="btn"') == 1
    assert "Periksa pesanan" in page
    assert "Batalkan permintaan ini" in page
    assert "Rekening dan cara membayar" not in page


def test_the_same_offer_is_ordered_again_and_what_was_cancelled_stays_on_the_page(client, asked):
    cancel()
    first = code()
    page = words(take(client, asked))
    order = Order.objects.get(status=OrderStatus.PLACED)
    assert "Dipesan." in page
    assert f"Pesanan {order.code}" in page
    assert "PO-8" in page
    assert "Sudah dipesan" in page
    assert "Pesanan yang dibatalkan" in page
    assert first in page
    assert "Pilih lagi" not in page
    assert "Periksa pesanan" not in page


def test_papers_of_an_order_that_was_cancelled_are_found_by_its_code(client, asked, world):
    cancel()
    first = code()
    take(client, asked)
    page = text(client.get(address(asked)))
    assert f"?pesanan={first}&amp;paket=1&amp;surat=faktur" in page
    old = client.get(address(asked, f"surat/?pesanan={first}&paket=1&surat=faktur"))
    assert "Dibatalkan. Tidak ada yang harus dibayar." in Paper(old.content).text
    new = client.get(address(asked, "surat/?paket=1&surat=faktur"))
    assert "Belum dibayar" in Paper(new.content).text
    other = ask(world)
    strange = choose(other, (answer(other, world.nabire, world.noken), 5))
    for wrong in ("BK-0000-0000", strange):
        tail = f"surat/?pesanan={wrong}&paket=1&surat=faktur"
        assert client.get(address(asked, tail)).status_code == 404


def test_what_a_workshop_gave_up_is_told_with_its_reason(client, asked, world):
    give_up(world.nabire, reason="Rotan habis di pasar")
    page = words(client.get(address(asked)))
    assert "Lapas Kelas IIB Nabire tidak bisa memenuhinya: Rotan habis di pasar" in page
    assert "Periksa pesanan" in page


def test_where_nothing_holds_any_more_the_page_says_how_to_go_on(client, asked, monkeypatch):
    cancel()
    monkeypatch.setattr(clock, "now", lambda: NOON + 21 * DAY)
    page = words(client.get(address(asked)))
    assert "Tidak ada penawaran yang masih berlaku. Batas jawaban sudah lewat" in page
    assert page.count("habis") == 2
    assert "Periksa pesanan" not in page


def test_a_request_is_withdrawn_after_its_order_was_cancelled(client, asked):
    cancel()
    page = client.post(address(asked, "batal/"), {"reason": "Anggaran batal"}, follow=True)
    said = words(page)
    assert "Permintaan ini sudah dibatalkan. Anggaran batal" in said
    assert "Pesanan yang dibatalkan" in said
    assert code() in said
    assert "Pilih lagi" not in said
    assert "Periksa pesanan" not in said


def test_an_old_page_sent_once_more_orders_nothing_and_does_not_say_so(client, world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    sent = {"key": str(uuid7()), "due_on": "2026-05-20", "po_number": "", "langkah": "simpan"}
    sent[f"jumlah_{noken.hex}"] = "20"
    client.post(address(asked, "pilih/"), sent)
    cancel()
    page = words(client.post(address(asked, "pilih/"), sent, follow=True))
    assert "Dipesan." not in page
    assert "dibatalkan. Dibatalkan lembaga" in page
    assert Order.objects.count() == 1


def test_the_file_says_what_was_chosen_of_the_order_that_stands(client, asked):
    line = "Noken kulit kayu;25;90000;;2250000;2026-05-17;2026-05-17;Termasuk plitur;"
    table = address(asked, "penawaran.csv")
    assert f"{line}20" in text(client.get(table))
    cancel()
    assert f"{line}20" not in text(client.get(table))
    assert line in text(client.get(table))


def test_the_list_of_the_institution_says_what_it_waits_for_and_what_was_cancelled(
    client, asked, party
):
    home = f"/lembaga/pribadi/{party.key}/"
    assert "Sudah dipesan" in words(client.get(home))
    cancel()
    page = words(client.get(home))
    assert "Menunggu jawaban Pesanan dibatalkan" in page
    assert "Sudah dipesan" not in page
    take(client, asked)
    page = words(client.get(home))
    assert "Sudah dipesan" in page
    assert "Pesanan dibatalkan" not in page


def test_a_workshop_reads_which_order_was_cancelled_and_why_and_may_answer_again(
    client, asked, world, monkeypatch
):
    cancel()
    part = OrderPart.objects.get()
    yohana = sign_in(client, world.nabire)
    here = f"{NABIRE}/permintaan/{asked.request_id}/"
    page = yohana.get(here)
    said = words(page)
    assert f"Pesanan {code()} dibatalkan, 20 buah dari unit Anda. Dibatalkan lembaga" in said
    assert f'href="{NABIRE}/pesanan/{part.pk}/"' in text(page)
    assert "juga penawaran Anda." in said
    assert "Sudah ditawarkan" in said
    assert "Ganti penawaran" in said
    assert "Sudah ditawarkan" in words(yohana.get(f"{NABIRE}/permintaan/?status=ditawarkan"))
    assert "Meja pasien" not in words(yohana.get(f"{NABIRE}/permintaan/?status=dipilih"))
    monkeypatch.setattr(clock, "now", lambda: DEADLINE)
    assert "Ganti penawaran" not in words(yohana.get(here))


def test_who_shared_an_order_that_another_gave_up_reads_who_and_is_chosen_again(client, world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    endek = answer(asked, world.bangli, world.endek)
    choose(asked, (noken, 20), (endek, 15))
    give_up(world.nabire)
    why = "Lapas Kelas IIB Nabire tidak bisa memenuhinya: Rotan habis"
    assert f"Pesanan {code()} dibatalkan. {why}" in words(client.get(address(asked)))
    wayan = sign_in(client, world.bangli, name="Wayan")
    page = words(wayan.get(f"{BANGLI}/permintaan/{asked.request_id}/"))
    assert f"Pesanan {code()} dibatalkan, 15 buah dari unit Anda. {why}" in page
    assert "Sudah ditawarkan" in page
    choose(asked, (endek, 25))
    assert "Lembaga memesan 25 buah" in words(wayan.get(f"{BANGLI}/permintaan/{asked.request_id}/"))


def test_another_workshop_learns_that_it_may_be_chosen_and_no_code(client, asked, world):
    cancel()
    wayan = sign_in(client, world.bangli, name="Wayan")
    page = words(wayan.get(f"{BANGLI}/permintaan/{asked.request_id}/"))
    assert "Pesanan lembaga kepada bengkel lain dibatalkan." in page
    assert code() not in page


def test_who_only_looks_reads_it_too(client, asked, world):
    cancel()
    sign_in(client, world.nabire, role=Role.KEPALA_UPT, name="Kepala")
    assert code() in words(client.get(f"{NABIRE}/permintaan/{asked.request_id}/"))


def test_the_page_speaks_english(client, asked, world):
    give_up(world.nabire)
    page = words(client.get(address(asked, prefix="/en")))
    assert f"Order {code()} was cancelled. Lapas Kelas IIB Nabire cannot fulfil it: Rotan" in page
    assert "Choose again from the offers below; the same ones can be chosen too." in page
    assert "Workshops may answer again until" in page
    assert "Cancelled orders" in page
    assert "Waiting for answers" in page
    for word in ("Pesanan", "Sebab", "dibatalkan"):
        assert word not in page, word


def test_the_pages_ask_little_however_often_an_order_was_cancelled(
    client, asked, world, party, django_assert_max_num_queries
):
    for _ in range(3):
        cancel()
        take(client, asked)
    cancel()
    yohana = sign_in(client, world.nabire)
    for path, most in (
        (address(asked), 8),
        (address(asked, "penawaran.csv"), 5),
        (f"/lembaga/pribadi/{party.key}/", 3),
        (f"{NABIRE}/permintaan/", 10),
        (f"{NABIRE}/permintaan/{asked.request_id}/", 13),
    ):
        with django_assert_max_num_queries(most):
            assert text(yohana.get(path))
