"""The desk of a unit, as Yohana of Nabire and others meet it."""

import re

import pytest

from bekal.accounts.rules import Role
from bekal.catalogue.models import Category
from bekal.foundation import clock
from bekal.foundation.attachments import read_attachment
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.institutions.models import Answer
from bekal.institutions.tests.asked import DAY, DEADLINE, answer, ask, register
from bekal.institutions.tests.pages import BANGLI, NABIRE, sign_in, text, words
from bekal.shop.models import Institution
from tests.support.world import NOON, a_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HERE = f"{NABIRE}/permintaan/"


@pytest.fixture
def yohana(client, world):
    return sign_in(client, world.nabire)


def offered(code, **changes):
    return {
        "key": str(uuid7()),
        "product": code,
        "pieces": "25",
        "unit_price": "Rp 90.000",
        "ready_on": "2026-05-17",
        "valid_until": "17/05/2026",
        "way": "dikirim",
        "fee": "0",
        "note": "Termasuk plitur",
        **changes,
    }


def code_of(client, asked):
    """The code of the noken, as the form offers it."""
    page = text(client.get(f"{HERE}{asked.request_id}/"))
    return re.findall(r'<option value="(\w+)">Noken kulit kayu', page)[0]


def test_yohana_is_offered_goods_with_a_price_alone(world, yohana):
    asked = ask(world)
    a_product(world.nabire, "Tas manik", "kerajinan", cost=1_000)
    Category.objects.create(code="jasa", name="jasa")
    a_product(world.nabire, "Cukur rambut", "jasa", price=15_000, cost=1_000)
    page = text(yohana.get(f"{HERE}{asked.request_id}/"))
    assert "Noken kulit kayu</option>" in page
    assert "Tas manik" not in page
    assert "Cukur rambut" not in page
    answer = yohana.post(f"{HERE}{asked.request_id}/jawab/", offered("00000"))
    assert "Pilih produk dari daftar." in text(answer)
    assert not Answer.objects.exists()


def test_nothing_asked_is_said(yohana):
    assert "Belum ada permintaan lembaga." in text(yohana.get(HERE))


def test_yohana_sees_what_was_asked_answers_it_and_may_answer_again(world, yohana):
    asked = ask(world, file=read_attachment(name="gambar.pdf", content=b"%PDF-1.7"))
    listed = words(yohana.get(HERE))
    assert "Meja pasien" in listed
    assert "RSUD Nabire" in listed
    assert "Belum dijawab" in listed
    page = f"{HERE}{asked.request_id}/"
    shown = words(yohana.get(page))
    assert "40 buah" in shown
    assert "4 Mei 2026, 12.00 WIT" in shown
    assert "Nabire, Kab. Nabire, Papua Tengah" in shown
    assert "0812-3456-7890" in shown
    file = yohana.get(f"{page}berkas/")
    assert file.content == b"%PDF-1.7"
    code = code_of(yohana, asked)
    answered = words(yohana.post(f"{page}jawab/", offered(code), follow=True))
    assert "Jawaban terkirim." in answered
    assert "25 x Rp90.000" in answered
    yohana.post(f"{page}jawab/", offered(code, unit_price="85.000", way="diambil", fee=""))
    kept = Answer.objects.order_by("number")
    assert [(one.unit_price, one.fee) for one in kept] == [(90_000, 0), (85_000, None)]
    assert "sudah diganti" in words(yohana.get(page))
    assert "Sudah ditawarkan" in words(yohana.get(HERE))


def test_a_no_has_its_reason(world, yohana):
    asked = ask(world)
    page = f"{HERE}{asked.request_id}/jawab/"
    empty = yohana.post(page, {"jawaban": "tidak", "reason": " "})
    assert empty.status_code == 422
    assert "Tulis alasannya" in text(empty)
    said = {"jawaban": "tidak", "reason": "Bengkel penuh", "key": str(uuid7())}
    assert "Tidak disanggupi" in words(yohana.post(page, said, follow=True))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"product": ""}, "Pilih produk dari daftar"),
        ({"product": "0000X"}, "Pilih produk dari daftar"),
        ({"pieces": "banyak"}, "Isi jumlahnya"),
        ({"pieces": "41"}, "antara 1 dan 40"),
        ({"unit_price": "48,5"}, "tanpa koma"),
        ({"ready_on": "2026-01-01"}, "Tanggal selesai"),
        ({"valid_until": "2026-01-01"}, "Penawaran berlaku"),
        ({"way": ""}, "Pilih cara penyerahan"),
        ({"fee": ""}, "Isi ongkos kirim"),
        ({"note": "k" * 401}, "Paling panjang 400 huruf"),
    ],
)
def test_an_offer_that_is_none_is_said_in_words(world, yohana, changes, says):
    asked = ask(world)
    code = code_of(yohana, asked)
    page = yohana.post(f"{HERE}{asked.request_id}/jawab/", offered(code, **changes))
    assert page.status_code == 422
    assert says in text(page)
    assert not Answer.objects.exists()


def test_a_second_click_answers_once_and_other_words_are_kept_for_a_person(world, yohana):
    asked = ask(world)
    message = offered(code_of(yohana, asked))
    page = f"{HERE}{asked.request_id}/jawab/"
    assert [yohana.post(page, message).status_code for _ in range(2)] == [303, 303]
    assert yohana.post(page, {**message, "pieces": "3"}).status_code == 409
    assert Answer.objects.count() == 1
    assert MessageConflict.objects.get().door == "institutions.answer"


def test_an_offer_that_is_ready_too_late_is_taken_and_marked_for_both(world, yohana, client):
    asked = ask(world)
    page = f"{HERE}{asked.request_id}/"
    assert "Dibutuhkan paling lambat 27 Mei 2026." in words(yohana.get(page))
    code = code_of(yohana, asked)
    for ready_on, is_late in (("2026-05-27", False), ("2026-05-30", True)):
        sent = offered(code, ready_on=ready_on)
        shown = words(yohana.post(f"{page}jawab/", sent, follow=True))
        assert "Jawaban terkirim." in shown
        assert ("selesai 3 hari sesudah barangnya dibutuhkan" in shown) == is_late
        compared = words(client.get(f"/lembaga/permintaan/{asked.key}/"))
        assert ("sesudah dibutuhkan" in compared) == is_late


def test_a_late_answer_is_told_and_the_form_is_gone(world, yohana, monkeypatch):
    asked = ask(world)
    message = offered(code_of(yohana, asked))
    monkeypatch.setattr(clock, "now", lambda: DEADLINE)
    page = f"{HERE}{asked.request_id}/"
    assert "Kirim penawaran" not in text(yohana.get(page))
    late = yohana.post(f"{page}jawab/", message)
    assert late.status_code == 422
    assert "Batas jawaban sudah lewat" in text(late)


def test_a_request_to_others_is_not_there(world, yohana):
    asked = ask(world, units={world.bangli})
    for path in ("", "jawab/", "berkas/"):
        assert yohana.get(f"{HERE}{asked.request_id}/{path}").status_code == 404
    assert yohana.get(f"{BANGLI}/permintaan/{asked.request_id}/").status_code == 404


def test_the_list_is_narrowed_sorted_and_downloaded(world, yohana):
    first = ask(world, title="Kursi tamu", answer_until=DEADLINE + DAY)
    ask(world, title="Meja pasien")
    answer(first, world.nabire, reason="Penuh")
    page = words(yohana.get(HERE))
    assert page.index("Meja pasien") < page.index("Kursi tamu")
    page = words(yohana.get(f"{HERE}?urut=terbaru&status=ditolak"))
    assert "Kursi tamu" in page
    assert "Meja pasien" not in page
    assert "Meja pasien" in words(yohana.get(f"{HERE}?cari=meja"))
    nothing = words(yohana.get(f"{HERE}?cari=atlantis&status=x&urut=%00"))
    assert "Tidak ada permintaan yang cocok." in nothing
    rows = text(yohana.get(f"{HERE}unduh/?status=menunggu")).strip()
    assert "Meja pasien;40;buah;2026-05-27;2026-05-04 12.00 WIT;Belum dijawab" in rows
    assert "Kursi tamu" not in rows


def test_what_waits_for_an_answer_stands_first_and_what_is_over_last(world, yohana, monkeypatch):
    old = [ask(world, title=f"Lama {number}", answer_until=NOON + DAY) for number in range(2)]
    answer(old[1], world.nabire, reason="Penuh")
    soon = ask(world, title="Segera", answer_until=DEADLINE)
    ask(world, title="Nanti", answer_until=DEADLINE + DAY)
    offered = ask(world, title="Ditawarkan", answer_until=DEADLINE + 2 * DAY)
    answer(offered, world.nabire, world.noken)
    monkeypatch.setattr(clock, "now", lambda: NOON + 2 * DAY)
    titles = ("Segera", "Nanti", "Ditawarkan", "Lama 1", "Lama 0")
    listed = words(yohana.get(HERE))
    assert sorted(titles, key=listed.index) == list(titles)
    answer(soon, world.nabire, world.noken)
    listed = words(yohana.get(HERE))
    assert listed.index("Nanti") < listed.index("Ditawarkan") < listed.index("Segera")


def test_who_only_looks_sees_no_contact_and_no_form(client, world):
    asked = ask(world)
    for role, place in ((Role.KEPALA_UPT, world.nabire), (Role.AUDITOR, world.centre)):
        sign_in(client, place, role=role, name=role.value)
        page = text(client.get(f"{HERE}{asked.request_id}/"))
        assert "Sri Wahyuni" not in page
        assert "Kirim penawaran" not in page
        assert client.post(f"{HERE}{asked.request_id}/jawab/", {}).status_code == 403


def test_the_kanwil_checks_an_institution_once_for_each_npwp(client, world):
    first, second = register(), register(name="Orang lain")
    sign_in(client, world.papua, role=Role.KANWIL, name="Kanwil")
    here = "/lembaga-terdaftar/"
    listed = words(client.get(here))
    assert "didaftarkan lebih dari sekali" in listed
    page = words(client.get(f"{here}{first.institution_id}/"))
    assert "02.183.241.5-000.000" in page
    assert "Orang lain" in page
    done = client.post(f"{here}{first.institution_id}/periksa/", follow=True)
    assert "Ditandai sudah diperiksa" in words(done)
    refused = client.post(f"{here}{second.institution_id}/periksa/")
    assert refused.status_code == 422
    assert "sudah diperiksa dengan NPWP yang sama" in words(refused)
    assert Institution.objects.filter(checked_at__isnull=False).count() == 1
    assert "Orang lain" not in words(client.get(f"{here}?status=diperiksa&jenis=office&cari=rsud"))
    rows = text(client.get(f"{here}unduh/"))
    assert "RSUD Nabire;02.183.241.5-000.000;Kantor pemerintah;2026-04-27;2026-04-27;1" in rows
    assert "Sri" not in rows


def test_units_do_not_see_who_is_registered(yohana):
    assert yohana.get("/lembaga-terdaftar/").status_code == 403


def test_the_pages_ask_few_questions(world, yohana, django_assert_max_num_queries):
    asked, *_more = [ask(world) for _ in range(3)]
    answer(asked, world.nabire, world.noken)
    for path, most in ((HERE, 10), (f"{HERE}unduh/", 6), (f"{HERE}{asked.request_id}/", 16)):
        with django_assert_max_num_queries(most):
            text(yohana.get(path))
