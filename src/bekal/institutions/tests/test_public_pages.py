"""The pages of an institution, as Sri of the hospital meets them."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.institutions.actions import send_letters
from bekal.institutions.models import Letter, Outcome, Request
from bekal.institutions.rules import BETWEEN_LETTERS
from bekal.institutions.tests.asked import (
    DEADLINE,
    NPWP,
    SRI,
    answer,
    ask,
    register,
)
from bekal.institutions.tests.pages import READ, hidden, text, words
from bekal.shop.actions import check_institution
from bekal.shop.models import Institution, Order
from bekal.ui.strangers import STAMP, seal
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
REGISTER = "/lembaga/daftar/"


def typed(**changes):
    return {
        "key": str(uuid7()),
        "name": "RSUD Nabire",
        "npwp": "02.183.241.5-000.000",
        "kind": "office",
        "contact_name": "Sri Wahyuni",
        "phone": "0812 3456 7890",
        "email": "pengadaan@rsud.example.id",
        "website": "",
        STAMP: READ,
        **changes,
    }


def wanted(**changes):
    return {
        "key": str(uuid7()),
        "title": "Meja pasien",
        "specification": "Kayu jati, 60 x 40 cm",
        "pieces": "1.200",
        "measure": "buah",
        "needed_on": "27/05/2026",
        "district": "Nabire, Kab. Nabire, Papua Tengah",
        "district_code": "940101",
        "destination": "Gudang RSUD",
        "answer_until": "2026-05-04",
        "kind": "kerajinan",
        "province": "",
        "langkah": "periksa",
        STAMP: READ,
        **changes,
    }


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_sri_registers_without_a_password_and_stands_at_her_private_address(client, db, prefix):
    answer = client.post(f"{prefix}{REGISTER}", typed(), follow=True)
    (address, status), *_ = answer.redirect_chain
    assert status == 303
    assert address.startswith(f"{prefix}/lembaga/pribadi/")
    assert "RSUD Nabire" in text(answer)
    assert "0812-3456-7890" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    kept = Institution.objects.get()
    assert (kept.npwp, kept.phone) == (NPWP, "+6281234567890")
    assert kept.language == ("en" if prefix else "id")
    key = re.findall(r"pribadi/([\w-]+)/", address)[0]
    assert key not in str(vars(kept))


def test_the_private_address_comes_by_e_mail_and_can_be_sent_again(client, db, monkeypatch):
    answer = client.post(REGISTER, typed())
    address = answer["Location"].split("?")[0]
    assert send_letters(by=SRI, now=NOON) == 1
    assert address in mail.outbox[0].body
    assert mail.outbox[0].to == ["pengadaan@rsud.example.id"]
    asked = {"email": "pengadaan@rsud.example.id", "website": "", STAMP: READ}
    client.post("/lembaga/alamat/", asked)
    assert send_letters(by=SRI, now=NOON) == 0, "nobody is written to twice within minutes"
    monkeypatch.setattr(clock, "now", lambda: NOON + BETWEEN_LETTERS)
    said = {
        words(client.post("/lembaga/alamat/", {**asked, "email": email}))
        for email in ("PENGADAAN@rsud.example.id", "lain@example.id")
    }
    assert len(said) == 1
    assert "sedang dikirim" in said.pop()
    assert send_letters(by=SRI, now=NOON) == 1
    assert address in mail.outbox[1].body


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "Isi nama lembaga."),
        ({"npwp": "123"}, "15 atau 16 angka"),
        ({"npwp": "02.183.241.6-000.000"}, "Angka pemeriksa"),
        ({"kind": ""}, "Pilih jenis lembaga."),
        ({"contact_name": ""}, "Isi nama narahubung."),
        ({"phone": "enam"}, "Tulis nomor HP Indonesia"),
        ({"email": "sri"}, "Tulis alamat email"),
        ({"email": "k" * 400}, "Paling panjang 320 huruf."),
        ({"name": "a\0b"}, "huruf dan angka biasa"),
        ({"name": "k" * 10_000}, "Paling panjang"),
        ({"website": "http://spam.example"}, "Kosongkan kolom ini"),
        ({STAMP: ""}, "Belum bisa dikirim"),
        ({STAMP: seal(opened_at=NOON - dt.timedelta(seconds=3))}, "Belum bisa dikirim"),
        ({STAMP: seal(opened_at=NOON - dt.timedelta(days=2))}, "Belum bisa dikirim"),
    ],
)
def test_what_is_no_institution_is_said_in_words_and_nobody_is_registered(client, changes, says):
    answer = client.post(REGISTER, typed(**changes))
    assert answer.status_code == 422
    assert says in text(answer)
    assert "Gagal:" in text(answer)
    assert not Institution.objects.exists()


def test_a_stranger_cannot_learn_who_is_registered_nor_keep_an_institution_out(client, world):
    first = register()
    check_institution(institution_id=first.institution_id, by=YOHANA, now=NOON)
    before = client.post(REGISTER, typed(npwp="01.312.166.0-091.000", name="Kantor Baru"))
    same = client.post(REGISTER, typed(name="Orang lain"))
    assert before.status_code == same.status_code == 303
    assert Institution.objects.count() == 3


def test_a_second_click_registers_nobody_twice_and_other_words_are_refused(client, db):
    message = typed()
    first = client.post(REGISTER, message)
    assert client.post(REGISTER, message)["Location"] == first["Location"]
    answer = client.post(REGISTER, {**message, "name": "RS lain"})
    assert answer.status_code == 409
    assert Institution.objects.count() == Letter.objects.count() == 1


def test_a_machine_is_stopped_after_ten_registrations_an_hour(client, db):
    answers = [client.post(REGISTER, typed()).status_code for _ in range(12)]
    assert answers == [303] * 10 + [422] * 2
    assert "Terlalu sering" in text(client.post(REGISTER, typed()))
    elsewhere = client.post(REGISTER, typed(), REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 303


def test_a_page_that_was_sent_too_fast_is_sent_again_without_typing_it_again(
    client, db, monkeypatch
):
    fresh = re.findall(r'name="dibuka" value="([^"]+)"', text(client.get(REGISTER)))[0]
    refused = client.post(REGISTER, typed(**{STAMP: fresh}))
    assert refused.status_code == 422
    assert "RSUD Nabire" in text(refused)
    assert fresh in text(refused)
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(seconds=5))
    assert client.post(REGISTER, typed(**{STAMP: fresh})).status_code == 303


def test_an_address_that_nobody_has_is_not_there(client, db):
    for path in ("pribadi/x/", "pribadi/x/minta/", "permintaan/x/", "permintaan/x/berkas/"):
        assert client.get(f"/lembaga/{path}").status_code == 404


def test_the_contact_person_changes(client, world):
    key = register().key
    here = f"/lembaga/pribadi/{key}/narahubung/"
    changed = {"contact_name": "Dewi", "phone": "0811 1111 111", "email": "dewi@rsud.example.id"}
    assert client.post(here, changed).status_code == 303
    assert Institution.objects.get().contact_name == "Dewi"
    assert client.post(here, {**changed, "email": "x"}).status_code == 422


def test_a_request_is_written_shown_to_whom_it_goes_and_sent(client, world):
    here = f"/lembaga/pribadi/{register().key}/minta/"
    assert client.get(here).status_code == 200
    check = client.post(here, wanted())
    assert check.status_code == 200
    shown = words(check)
    assert "1.200 buah" in shown
    assert "Lapas Kelas IIB Nabire" in shown
    assert "Bangli" not in shown
    assert not Request.objects.exists()
    file = SimpleUploadedFile("gambar.pdf", b"%PDF-1.7 gambar")
    sent = {**hidden(check), "workshops": ["lapas-kelas-iib-nabire"], "file": file}
    answer = client.post(here, {**sent, "langkah": "simpan"}, follow=True)
    assert "1 bengkel ditanya" in text(answer)
    asked = Request.objects.get()
    assert (asked.pieces, asked.district_code) == (1200, "940101")
    assert asked.answer_until == dt.datetime(2026, 5, 4, 10, 0, tzinfo=dt.UTC)
    page = answer.redirect_chain[-1][0].split("?")[0]
    file = client.get(f"{page}berkas/")
    assert file["Content-Disposition"] == 'attachment; filename="gambar.pdf"'
    assert "sandbox" in file["Content-Security-Policy"]


def test_a_kecamatan_is_chosen_from_what_was_found_without_script(client, world):
    here = f"/lembaga/pribadi/{register().key}/minta/"
    answer = client.post(here, wanted(district="bangli", district_code=""))
    assert answer.status_code == 422
    assert "Pilih kecamatan dari daftar" in text(answer)
    assert 'type="radio" name="district_code" value="510601"' in text(answer)
    assert client.post(here, wanted(district="mimika", district_code="")).status_code == 200
    answer = client.post(here, wanted(district="atlantis", district_code=""))
    assert "tidak ditemukan" in text(answer)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pieces": "banyak"}, "Isi jumlah dengan angka"),
        ({"needed_on": "besok"}, "Tulis tanggal seperti"),
        ({"answer_until": ""}, "Isi batas jawaban"),
        ({"kind": "jasa"}, "Pilih jenis bengkel"),
        ({"kind": "tekstil", "province": "94"}, "Belum ada bengkel jenis ini"),
        ({"title": ""}, "Isi barang yang dicari"),
        ({"needed_on": "2026-01-01"}, "Tanggal dibutuhkan tidak bisa lewat"),
        ({"answer_until": "2026-04-26"}, "antara besok dan 60 hari lagi"),
        ({"answer_until": "2029-05-04"}, "antara besok dan 60 hari lagi"),
        ({"answer_until": "2026-05-28"}, "tidak bisa sesudah tanggal dibutuhkan"),
    ],
)
def test_what_is_no_request_is_said_in_words_and_nothing_is_sent(client, world, changes, says):
    here = f"/lembaga/pribadi/{register().key}/minta/"
    answer = client.post(here, wanted(**changes))
    assert answer.status_code == 422
    assert says in text(answer)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"workshops": []}, "paling sedikit satu bengkel"),
        ({"workshops": ["lapas-atlantis"]}, "Pilih bengkel dari daftar"),
        ({"file": SimpleUploadedFile("x.pdf", b"MZ program")}, "Kirim PDF"),
        ({"file": SimpleUploadedFile("x.pdf", b"%PDF" + b"x" * 10_500_000)}, "paling besar 10 MB"),
        ({"answer_until": "2027-05-04"}, "60 hari"),
        ({STAMP: ""}, "Belum bisa dikirim"),
    ],
)
def test_a_fault_at_the_last_step_is_told_there_and_nothing_is_sent(client, world, sent, says):
    here = f"/lembaga/pribadi/{register().key}/minta/"
    message = {**wanted(langkah="simpan"), "workshops": ["lapas-kelas-iib-nabire"], **sent}
    answer = client.post(here, message)
    assert answer.status_code == 422
    assert says in text(answer)
    assert not Request.objects.exists()


def test_workshops_stay_as_they_were_ticked_and_all_can_be_cleared_without_script(client, world):
    here = f"/lembaga/pribadi/{register().key}/minta/"

    def ticked(page):
        return re.findall(r'name="workshops" value="([^"]+)" checked', text(page))

    first = client.post(here, wanted())
    assert ticked(first) == ["lapas-kelas-iib-nabire"]
    sent = {**hidden(first), "workshops": ticked(first)}
    cleared = client.post(here, {**sent, "langkah": "kosongkan"})
    assert (cleared.status_code, ticked(cleared)) == (200, [])
    refused = client.post(here, {**hidden(cleared), "langkah": "simpan"})
    assert refused.status_code == 422
    assert "paling sedikit satu bengkel" in text(refused)
    assert ticked(refused) == []
    every = client.post(here, {**hidden(refused), "langkah": "semua"})
    assert ticked(every) == ["lapas-kelas-iib-nabire"]
    assert "Langkah 1 dari 2" in text(client.post(here, {**hidden(every), "langkah": "ubah"}))
    assert not Request.objects.exists()


def test_answers_are_compared_sorted_downloaded_and_chosen(client, world):
    asked = ask(world)
    here = f"/lembaga/permintaan/{asked.key}/"
    assert "Belum ada jawaban." in text(client.get(here))
    noken = answer(asked, world.nabire, world.noken, fee=50_000)
    endek = answer(asked, world.bangli, world.endek, unit_price=70_000, pieces=15)
    page = words(client.get(here))
    assert page.index("Narkotika Kelas IIA Bangli") < page.index("Lapas Kelas IIB Nabire")
    assert "Rp2.300.000" in page
    page = words(client.get(f"{here}?urut=jumlah"))
    assert page.index("Lapas Kelas IIB Nabire") < page.index("Narkotika Kelas IIA Bangli")
    table = text(client.get(f"{here}penawaran.csv"))
    assert "Noken kulit kayu;25;90000;50000;2300000" in table
    parts = {f"jumlah_{noken.hex}": "20", f"jumlah_{endek.hex}": "15"}
    message = {"key": str(uuid7()), "po_number": "PO-7", "due_on": "2026-05-20", **parts}
    check = client.post(f"{here}pilih/", {**message, "langkah": "periksa"})
    assert "Pesan Rp2.900.000" in words(check)
    assert not Order.objects.exists()
    answered = client.post(f"{here}pilih/", {**hidden(check), "langkah": "simpan"}, follow=True)
    order = Order.objects.get()
    assert f"Pesanan {order.code}" in text(answered)
    assert (order.reference, order.institution) == ("PO-7", Institution.objects.get())
    assert (order.total, order.due_on) == (2_900_000, dt.date(2026, 5, 20))
    assert order.parts.count() == 2
    assert order.buyer.name == "RSUD Nabire"
    assert Outcome.objects.get().order_id == order.pk


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pieces": ""}, "Isi jumlah di paling sedikit satu bengkel"),
        ({"pieces": "banyak"}, "Isi jumlah dengan angka"),
        ({"pieces": "26"}, "yang ditawarkan 25"),
        ({"due_on": "2026-04-01"}, "Pilih jatuh tempo"),
        ({"due_on": ""}, "Isi tanggal jatuh tempo"),
        ({"po_number": "k" * 41}, "Paling panjang"),
    ],
)
def test_a_choice_that_cannot_be_is_said_on_the_page_of_answers(client, world, changes, says):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    typed = {"pieces": "20", "due_on": "2026-05-20", "po_number": "", **changes}
    message = {f"jumlah_{noken.hex}": typed.pop("pieces"), **typed, "key": str(uuid7())}
    for step in ("periksa", "simpan"):
        answered = client.post(
            f"/lembaga/permintaan/{asked.key}/pilih/", {**message, "langkah": step}
        )
        assert answered.status_code == 422
        assert says in text(answered)
    assert not Order.objects.exists()


def test_an_answer_that_changed_in_the_meantime_is_told_and_not_ordered(client, world):
    asked = ask(world)
    old = answer(asked, world.nabire, world.noken)
    answer(asked, world.nabire, world.noken, unit_price=95_000)
    message = {f"jumlah_{old.hex}": "20", "due_on": "2026-05-20", "langkah": "simpan"}
    answered = client.post(f"/lembaga/permintaan/{asked.key}/pilih/", message)
    assert answered.status_code == 422
    assert not Order.objects.exists()
    assert "Rp95.000" in text(answered)


def test_a_request_is_taken_back_and_says_so(client, world):
    asked = ask(world)
    here = f"/lembaga/permintaan/{asked.key}/"
    page = client.post(f"{here}batal/", {"reason": "Anggaran batal"}, follow=True)
    assert "sudah dibatalkan" in text(page)
    assert "Anggaran batal" in text(page)
    assert 'name="po_number"' not in text(page)


def test_an_e_mail_tells_of_answers_once_for_all_that_wait(client, world):
    asked = ask(world)
    answer(asked, world.nabire, world.noken)
    answer(asked, world.bangli, world.endek)
    assert send_letters(by=SRI, now=NOON) == 1
    (letter,) = mail.outbox
    assert "Penawaran sampai sekarang: 2" in letter.body
    assert f"/lembaga/permintaan/{asked.key}/" in letter.body


def test_a_letter_that_fails_is_tried_again_eight_times(client, world, settings):
    client.post(REGISTER, typed())
    settings.EMAIL_BACKEND = "bekal.institutions.tests.broken_post.EmailBackend"
    for _ in range(10):
        assert send_letters(by=SRI, now=NOON) == 0
    letter = Letter.objects.get()
    assert (letter.tries, letter.sent_at) == (8, None)


def test_the_pages_ask_few_questions(client, world, django_assert_max_num_queries):
    institution = register()
    asked = ask(world, institution=institution)
    answer(asked, world.nabire, world.noken)
    answer(asked, world.bangli, reason="Penuh")
    for path, most in (
        (REGISTER, 0),
        (f"/lembaga/pribadi/{institution.key}/", 3),
        (f"/lembaga/pribadi/{institution.key}/minta/", 8),
        (f"/lembaga/permintaan/{asked.key}/", 8),
        (f"/lembaga/permintaan/{asked.key}/penawaran.csv", 5),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_after_the_deadline_the_page_says_so_and_what_was_offered_can_still_be_chosen(
    client, world, monkeypatch
):
    asked = ask(world)
    answer(asked, world.nabire, world.noken)
    monkeypatch.setattr(clock, "now", lambda: DEADLINE)
    page = text(client.get(f"/lembaga/permintaan/{asked.key}/"))
    assert "Batas jawaban lewat" in page
    assert 'name="po_number"' in page
