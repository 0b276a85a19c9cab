"""What a buyer does after the goods came, with the code and four digits alone."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from bekal.catalogue.actions import set_contact
from bekal.catalogue.models import Review
from bekal.catalogue.queries import checked_photo
from bekal.catalogue.rules import PictureRefused
from bekal.catalogue.tests.photos import a_bomb
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.shop import queries
from bekal.shop.models import Answer, OrderPart, Payee, Problem, ProblemLine, ProblemText
from bekal.shop.rules import Fault, WhereGoods
from bekal.shop.tests.buying import buyer, text, words
from bekal.shop.tests.market import an_order, place
from bekal.shop.tests.office import paid, part_of
from bekal.shop.tests.reporting import (
    DAY,
    a_parcel,
    a_report,
    accept,
    came_back,
    line_of,
    refund,
    refuse,
    sent,
)
from tests.support.world import NOON, SETUP

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def part(market):
    """Three noken that came to Rina."""
    return a_parcel(market)


@pytest.fixture
def rina():
    return buyer()


def at(part, *more):
    return "/".join(["/pesanan", part.order.code, *map(str, more), ""])


def typed(part, pieces="2", **changes):
    """The report as Rina fills it."""
    given = {
        "key": str(uuid7()),
        "fault": "damaged",
        f"line_{line_of(part).pk}": pieces,
        "text": "Sobek di pinggir.",
        "digits": "7890",
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def test_rina_says_that_her_parcel_came(rina, market):
    part = sent(part_of(paid(market)))
    assert at(part, 1, "terima") in text(rina.get(at(part)))
    assert "Barangnya sudah Anda terima?" in words(rina.get(at(part, 1, "terima")))
    answer = rina.post(at(part, 1, "terima"), {"digits": "7890"})
    assert answer["Location"] == f"{at(part)}?selesai=terima"
    part.refresh_from_db()
    assert (part.status, part.status_by) == ("delivered", f"buyer:{part.order_id}")
    assert "sudah Anda terima" in words(rina.get(answer["Location"]))
    assert rina.post(at(part, 1, "terima"), {"digits": "7890"}).status_code == 303


def test_nobody_else_says_so(rina, market):
    part = sent(part_of(paid(market)))
    for digits in ("", "1111", "x"):
        assert rina.post(at(part, 1, "terima"), {"digits": digits}).status_code == 422
    part.refresh_from_db()
    assert part.status == "sent"


def test_what_is_not_sent_cannot_have_come(rina, market):
    part = part_of(paid(market))
    assert "belum mengirim paket ini" in words(rina.get(at(part, 1, "terima")))
    assert "Belum ada yang bisa dilaporkan" in words(rina.get(at(part, 1, "masalah")))
    assert "Tidak ada laporan" in words(rina.get(at(part, 1, "tarik")))
    assert rina.post(at(part, 1, "terima"), {"digits": "7890"}).status_code == 422
    assert rina.get(at(part, 7, "terima")).status_code == 404


def test_rina_reports_two_torn_noken_with_a_picture(rina, part):
    page = rina.get(at(part, 1, "masalah"))
    said = words(page)
    assert "Laporkan paling lambat 4 Mei 2026." in said
    assert "Bisa dikembalikan dalam 7 hari" in said
    assert "Basi" not in said
    photo = SimpleUploadedFile("torn.png", a_picture(), content_type="image/png")
    answer = rina.post(at(part, 1, "masalah"), {**typed(part), "photo": photo})
    assert answer["Location"] == f"{at(part)}?selesai=masalah"
    assert ProblemLine.objects.get().pieces == 2
    kept = queries.photo_of(unit_id=part.unit_id, problem_id=Problem.objects.get().pk)
    assert kept is not None
    assert kept[8:12] == b"WEBP"
    said = words(rina.get(answer["Location"]))
    assert "Rusak saat sampai Menunggu jawaban bengkel" in said
    assert "2 Noken kulit kayu. Dilaporkan 27 April 2026." in said


def a_picture(side=600, *, height=0):
    file = io.BytesIO()
    Image.new("RGB", (side, height or side), "maroon").save(file, "PNG")
    return file.getvalue()


def test_what_somebody_wrote_stands_on_no_page_of_the_code(rina, part):
    a_report(part, 1, text="Tetangga saya Budi melihatnya.")
    assert "Budi" not in text(rina.get(at(part)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"fault": None}, "Pilih apa yang salah."),
        ({"fault": "ugly"}, "Pilih apa yang salah."),
        ({"fault": "lost"}, "Pilih apa yang salah."),
        ({"fault": "\0"}, "Pilih apa yang salah."),
        ({"text": "x" * 1001}, "Paling panjang 1000 huruf."),
        ({"text": "a\0b"}, "huruf dan angka biasa"),
        ({"digits": ""}, "Isi empat angka terakhir"),
        ({"digits": "0000"}, "tidak cocok"),
    ],
)
def test_nonsense_in_a_report_is_refused_and_nothing_is_lost(rina, part, changes, sentence):
    answer = rina.post(at(part, 1, "masalah"), typed(part, **changes))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Problem.objects.exists()


@pytest.mark.parametrize(
    ("pieces", "sentence"),
    [
        ("", "Isi berapa barang"),
        ("0", "Isi berapa barang"),
        ("-1", "angka bulat"),
        ("1.5", "angka bulat"),
        ("dua", "angka bulat"),
        ("4", "Paling banyak 3"),
        ("9" * 500, "Paling banyak|angka bulat|Jumlah"),
        ("\0", "angka bulat|huruf"),
    ],
)
def test_numbers_of_pieces_are_read_or_refused(rina, part, pieces, sentence):
    answer = rina.post(at(part, 1, "masalah"), typed(part, pieces))
    assert answer.status_code == 422
    assert any(each in words(answer) for each in sentence.split("|")), words(answer)
    assert not Problem.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x", "Berkas ini bukan foto"),
        (b"%PDF-1.7", "Berkas ini bukan foto"),
        (b"<svg/>", "Berkas ini bukan foto"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, "Berkas ini bukan foto"),
        (a_picture(20), "Foto terlalu kecil: paling sedikit 480 piksel di setiap sisi."),
    ],
)
def test_what_is_no_photograph_is_refused_and_told_what_is_wrong(rina, part, content, sentence):
    photo = SimpleUploadedFile("x.png", content, content_type="image/png")
    answer = rina.post(at(part, 1, "masalah"), {**typed(part), "photo": photo})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Problem.objects.exists()


@pytest.mark.parametrize("wrong", [b"x", a_picture(20), a_picture(90, height=600), a_bomb()])
def test_what_is_wrong_with_a_file_is_told_in_english_too(wrong):
    told = []
    for language in ("id", "en"):
        with translation.override(language), pytest.raises(PictureRefused) as refused:
            checked_photo(content=wrong)
        told.append(refused.value.message)
    assert told[0] != told[1]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(rina, part):
    photo = SimpleUploadedFile("x.png", b"0" * (10 * 1024 * 1024 + 1))
    answer = rina.post(at(part, 1, "masalah"), {**typed(part), "photo": photo})
    assert "Foto paling besar 10 MB" in words(answer)


def test_the_same_report_sent_twice_is_one(rina, part):
    sent_twice = typed(part)
    for _ in range(2):
        assert rina.post(at(part, 1, "masalah"), sent_twice).status_code == 303
    assert Problem.objects.count() == 1
    other = {**sent_twice, f"line_{line_of(part).pk}": "1"}
    assert rina.post(at(part, 1, "masalah"), other).status_code == 422


def test_when_the_time_is_over_the_page_says_so(rina, part, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + 8 * DAY)
    assert at(part, 1, "masalah") not in text(rina.get(at(part)))
    answer = rina.post(at(part, 1, "masalah"), typed(part))
    assert answer.status_code == 422
    assert "waktu melapornya sudah lewat" in words(answer)


def test_of_one_piece_nobody_is_asked_how_many(rina, market):
    part = a_parcel(market, ("noken", 1))
    page = text(rina.get(at(part, 1, "masalah")))
    assert re.search(rf'value="1"[^>]* name="line_{line_of(part).pk}"', page)
    three = a_parcel(market, ("noken", 3))
    page = text(rina.get(at(three, 1, "masalah")))
    assert not re.search(rf'value="1"[^>]* name="line_{line_of(three).pk}"', page)


def test_a_parcel_under_way_can_be_told_lost(rina, market):
    part = sent(part_of(paid(market)))
    said = words(rina.get(at(part, 1, "masalah")))
    assert "Belum sampai" in said
    assert "Rusak" not in said
    rina.post(at(part, 1, "masalah"), typed(part, fault="lost"))
    assert Problem.objects.get().fault == "lost"


def test_a_report_is_taken_back(rina, part):
    here = at(part, 1, "tarik")
    problem = a_report(part, 1)
    other = a_report(part, 1, fault=Fault.WRONG)
    assert here in text(rina.get(at(part)))
    said = words(rina.get(here))
    assert "Rusak saat sampai: 1 Noken kulit kayu" in said
    assert "Bukan yang saya pesan: 1 Noken kulit kayu" in said
    for nonsense in ("", "x", "\0", str(uuid7())):
        assert rina.post(here, {"problem": nonsense, "digits": "7890"}).status_code == 422
    assert rina.post(here, {"problem": problem, "digits": "1111"}).status_code == 422
    assert not Answer.objects.exists()
    assert rina.post(here, {"problem": problem, "digits": "7890"}).status_code == 303
    assert Answer.objects.get().problem_id == problem
    assert "Ditarik kembali" in words(rina.get(at(part)))
    again = rina.post(here, {"problem": problem, "digits": "7890"})
    assert again.status_code == 422
    refuse(other, part)
    assert "Tidak ada laporan" in words(rina.get(here))


def test_every_state_of_a_problem_stands_on_the_page(rina, part):
    problem = a_report(part, 1)
    accept(problem, part, 1, shipping=9_000)
    said = words(rina.get(at(part)))
    assert "Kirim barangnya kembali ke bengkel" in said
    assert "Uang kembali Rp109.000, termasuk ongkos kirim Rp9.000." in said
    came_back(problem, part, 1, 0)
    assert "Bendahara mengurus uang Anda." in words(rina.get(at(part)))
    refund(problem, part)
    said = words(rina.get(at(part)))
    assert "Uang Anda menunggu dibayarkan bendahara." in said
    assert "Tulis rekening tujuannya" in said
    other = a_report(part, 1)
    refuse(other, part, "Bekas dipakai.")
    assert "Jawaban bengkel: Bekas dipakai." in words(rina.get(at(part)))


def test_what_is_sent_back_has_an_address(rina, part):
    unit = {"unit_id": part.unit_id, "number": "", "pickup_point": "Jalan Contoh 5"}
    set_contact(**unit, by=SETUP, now=NOON)
    accept(a_report(part, 1), part, 1)
    assert "Kirim kembali 1 Noken kulit kayu. Ke Jalan Contoh 5." in words(rina.get(at(part)))


def test_rina_reads_how_much_of_her_report_was_accepted_and_why_not_the_rest(rina, part):
    accept(a_report(part, 2), part, 1)
    said = words(rina.get(at(part)))
    assert "Diterima 1 dari 2 Noken kulit kayu." in said
    assert "Kirim kembali 1 Noken kulit kayu." in said
    assert "Jawaban bengkel: Yang lain masih baik." in said


def test_where_nothing_goes_back_nobody_is_asked_for_an_account(rina, market, part):
    place(an_order(market, ("coffee", 1)))
    unpaid = OrderPart.objects.exclude(pk=part.pk).get()
    for one in (unpaid, part):
        said = words(rina.get(at(one, "rekening")))
        assert "Tidak ada uang yang dikembalikan untuk pesanan ini." in said
        assert "Ke mana uang dikembalikan?" not in said
    report = a_report(part, 1)
    assert "Ke mana uang dikembalikan?" in words(rina.get(at(part, "rekening")))
    refuse(report, part)
    assert "Tidak ada uang" in words(rina.get(at(part, "rekening")))


def test_rina_says_where_her_money_goes(rina, part):
    problem = a_report(part, 1)
    accept(problem, part, 1, where=WhereGoods.KEEP)
    refund(problem, part)
    here = at(part, "rekening")
    bad = rina.post(here, {"bank": "", "account": "\0", "holder": "x" * 99, "digits": "7890"})
    assert bad.status_code == 422
    given = {"bank": "BRI", "account": "0012 34", "holder": "Rina Sari", "digits": "7890"}
    assert rina.post(here, {**given, "digits": "1234"}).status_code == 422
    assert not Payee.objects.exists()
    assert rina.post(here, given)["Location"] == f"{at(part)}?selesai=rekening"
    line = queries.payee_of(subject=f"problem:{problem}")
    assert line == "BRI 001234, a.n. Rina Sari"
    assert queries.payee_of(subject=f"order:{part.order_id}") == line
    assert queries.payee_of(subject="receipt:1") == ""
    page = text(rina.get(at(part)))
    assert "Tulis rekening tujuannya" not in page
    assert "0012" not in page
    assert "Sari" not in page
    assert "dikembalikan ke BRI, nomor yang berakhir dengan 234. Ganti rekening" in words(
        rina.get(at(part))
    )
    assert f'href="{here}"' in page
    rina.post(here, {**given, "account": "5555-6666.7"})
    assert "berakhir dengan 667" in words(rina.get(at(part)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"bank": "1"}, "Isi nama bank atau dompet digital."),
        ({"bank": "..."}, "Isi nama bank atau dompet digital."),
        ({"account": "abc"}, "Nomor rekening 5 sampai 20 angka, tanpa huruf."),
        ({"account": "1234"}, "Nomor rekening 5 sampai 20 angka, tanpa huruf."),
        ({"account": "1" * 21}, "Nomor rekening 5 sampai 20 angka, tanpa huruf."),
        ({"account": "123456a"}, "Nomor rekening 5 sampai 20 angka, tanpa huruf."),
        ({"account": " - "}, "Isi nomor rekening atau nomor dompet digital."),
        ({"holder": "123"}, "Isi nama pemilik rekening."),
    ],
)
def test_an_account_that_cannot_be_one_is_told_at_its_field_and_not_kept(
    rina, part, changes, sentence
):
    given = {"bank": "Bank Contoh", "account": "001 234", "holder": "Rina", "digits": "7890"}
    answer = rina.post(at(part, "rekening"), {**given, **changes})
    assert answer.status_code == 422
    assert sentence in words(answer)
    (name,) = changes
    assert f'id="id_{name}_error"' in text(answer)
    for typed in {**given, **changes}.values():
        assert typed.strip() in text(answer)
    assert not Payee.objects.exists()


def test_rina_reviews_a_product_once(rina, market):
    part = a_parcel(market, ("noken", 1), ("coffee", 1))
    page = text(rina.get(at(part, 1, "ulasan")))
    first, second = 1, 2
    assert at(part, 1, "ulasan", first) in page
    bad = rina.post(at(part, 1, "ulasan", first), {"stars": "6", "digits": "7890"})
    assert bad.status_code == 422
    opinion = {"stars": "5", "text": "Rapi sekali.", "digits": "7890"}
    assert rina.post(at(part, 1, "ulasan", first), opinion).status_code == 303
    kept = Review.objects.get()
    assert kept.key == f"part:{part.pk}:{market.noken}"
    assert (kept.stars, kept.status) == (5, "waiting")
    again = rina.post(at(part, 1, "ulasan", first), opinion)
    assert "tidak menunggu ulasan" in words(again)
    assert rina.get(at(part, 1, "ulasan", 3)).status_code == 404
    assert Review.objects.count() == 1
    page = text(rina.get(at(part, 1, "ulasan")))
    assert at(part, 1, "ulasan", first) not in page
    assert at(part, 1, "ulasan", second) in page


def test_nobody_reviews_what_has_not_come(rina, market):
    part = sent(part_of(paid(market)))
    opinion = {"stars": "5", "text": "", "digits": "7890"}
    for page in (["ulasan"], ["ulasan", 1]):
        answer = rina.get(at(part, 1, *page))
        assert "Ulasan dibuka sesudah barang Anda terima." in words(answer)
        assert f'href="{at(part)}"' in text(answer)
    assert "Ulasan dibuka" in words(rina.post(at(part, 1, "ulasan", 1), opinion))
    assert not Review.objects.exists()


def test_digits_are_guessed_five_times_on_all_pages_together(rina, part):
    for _ in range(5):
        assert rina.post(at(part, 1, "masalah"), typed(part, digits="0000")).status_code == 422
    opinion = {"stars": "5", "digits": "7890"}
    answer = rina.post(at(part, 1, "ulasan", 1), opinion)
    assert answer.status_code == 429
    assert not Review.objects.exists()


def test_a_buyer_who_knows_her_number_is_never_stopped(rina, part):
    for _ in range(8):
        assert rina.post(at(part, 1, "masalah"), typed(part, text="x" * 2000)).status_code == 422
    for pieces in ("1", "1", "1"):
        assert rina.post(at(part, 1, "masalah"), typed(part, pieces)).status_code == 303


def test_paper_leads_to_the_page(rina, part):
    page = rina.get(f"/PESANAN/{part.order.code}/")
    assert at(part, 1, "masalah") in text(page)
    assert rina.get("/PESANAN/BK-0000-0000/").status_code == 404


def test_the_pages_speak_english(rina, part):
    problem = a_report(part, 1)
    refuse(problem, part)
    with translation.override("en"):
        here = f"/en{at(part)}"
        assert "The workshop's answer: Sudah dipakai" in words(rina.get(here))
        for more in ("1/masalah/", "rekening/", "1/ulasan/"):
            page = rina.get(f"{here}{more}")
            assert page.status_code == 200
            assert "noindex" in page["X-Robots-Tag"]
            assert "no-store" in page["Cache-Control"]


def test_following_costs_a_bounded_number_of_statements(rina, part, django_assert_max_num_queries):
    for _ in range(2):
        a_report(part, 1)
    with django_assert_max_num_queries(24):
        rina.get(at(part))
    assert OrderPart.objects.count() == ProblemText.objects.count() - 1
