"""The unit answers what buyers report, takes goods back, and gives money back, on its pages."""

import csv
import functools
import io

import pytest

from bekal.accounts.models import Grant
from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.payments.models import Debt, PayOut
from bekal.production.tests.goods import level
from bekal.sales.models import Refund
from bekal.shop import actions
from bekal.shop.actions import NewPayee
from bekal.shop.models import (
    Answer,
    AnswerLine,
    GoodsBack,
    GoodsBackLine,
    Problem,
    ProblemPaid,
    ProblemRefund,
    ProblemText,
)
from bekal.shop.rules import Fault, WhereGoods
from bekal.shop.tests.buying import text
from bekal.shop.tests.market import RINA
from bekal.shop.tests.office import BANGLI, HERE, paid, part_of, sign_in
from bekal.shop.tests.reporting import (
    DAY,
    a_parcel,
    a_report,
    accept,
    came_back,
    delivered,
    line_of,
    refund,
    refuse,
    sent,
)
from tests.support.pages import words
from tests.support.world import NOON, long_ago

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DESK = "/kerja/lapas-kelas-iib-nabire/"
LIST = f"{HERE}masalah/"


@pytest.fixture
def part(market):
    """Three noken that came to Rina."""
    return a_parcel(market)


@pytest.fixture
def yohana(client, market):
    """The officer of Nabire."""
    sign_in(client, market.nabire)
    return client


def as_siti(client, market):
    """The treasurer of Nabire takes the place."""
    sign_in(client, market.nabire, role=Role.BENDAHARA, name="Siti")
    return client


def of(problem, *way):
    return "/".join([f"{HERE}masalah", *map(str, (problem, *way)), ""])


def answered(part, act="terima", pieces="2", **changes):
    """The answer as Yohana fills it in."""
    given = {
        "act": act,
        "where": "return",
        f"terima_{line_of(part).pk}": pieces,
        "shipping": "",
        "reason": "",
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def nothing_followed():
    return not Answer.objects.exists() and not Debt.objects.exists() and not Refund.objects.exists()


def test_a_return_goes_from_report_to_money_in_five_taps(yohana, market, part):
    problem = a_report(part, 2)
    assert str(problem) in text(yohana.get(LIST))
    page = words(yohana.get(of(problem)))
    assert "Sobek di pinggir." in page
    assert "Menunggu jawaban bengkel" in page
    answer = yohana.post(of(problem, "jawab"), answered(part, shipping="9.000"))
    assert answer.headers["Location"] == f"{of(problem)}?selesai=terima"
    assert "Laporan diterima" in words(yohana.get(answer.headers["Location"]))
    assert "Barangnya sudah kembali?" in words(yohana.get(of(problem)))
    goods = {f"stok_{line_of(part).pk}": "1", "reason": "Sobek"}
    assert yohana.post(of(problem, "barang"), goods).status_code == 303
    assert GoodsBackLine.objects.filter(to_stock=1, written_off=1).exists()
    assert "Menunggu bendahara" in words(yohana.get(of(problem)))

    siti = as_siti(yohana, market)
    assert "Setujui pengembalian Rp209.000" in words(siti.get(of(problem)))
    led = siti.post(of(problem, "uang")).headers["Location"]
    page = siti.get(led)
    assert "Bayarkan kepada pembeli" in words(page)
    pay_url = f"{DESK}uang-keluar/{Debt.objects.get().pk}/"
    assert f'href="{pay_url}"' in text(page), "the debt is one step away"
    assert level(market.noken) == (8, 0)
    paid_out = {"key": str(uuid7()), "means": "transfer", "proof": "BRI 1", "paid_on": "2026-04-27"}
    for _ in range(2):
        assert siti.post(pay_url, paid_out).status_code == 302
    again = siti.post(pay_url, {**paid_out, "key": str(uuid7())})
    assert "sudah dicatat dibayar" in words(siti.get(again.headers["Location"]))
    assert PayOut.objects.count() == ProblemPaid.objects.count() == 1
    assert "Rp209.000 sudah dibayarkan" in words(siti.get(of(problem)))
    assert "Uang sudah dikembalikan" in words(siti.get(f"{LIST}?tampil=selesai"))


def test_the_treasurer_of_what_is_owed_reads_where_to(client, market, part):
    problem = a_report(part, 2)
    accept(problem, part, where=WhereGoods.KEEP)
    refund(problem, part)
    siti = as_siti(client, market)
    debt = f"{DESK}uang-keluar/{Debt.objects.get().pk}/"
    for address in (of(problem), f"{DESK}uang-keluar/", debt):
        assert "Belum ditulis pembeli" in words(siti.get(address))
    payee = NewPayee("BRI", "123456789", "Rina Wulandari")
    actions.name_payee(order_id=part.order_id, payee=payee, by=RINA, now=NOON)
    told = "BRI 123456789, a.n. Rina Wulandari"
    for address in (of(problem), f"{DESK}uang-keluar/", debt):
        assert told in words(siti.get(address))
    sign_in(client, market.nabire)
    for address in (of(problem), f"{DESK}uang-keluar/"):
        assert "123456789" not in words(client.get(address)), "officers need no account"


def test_two_debts_of_one_order_have_one_payee(client, market, part):
    payee = NewPayee("BRI", "123456789", "Rina Wulandari")
    actions.name_payee(order_id=part.order_id, payee=payee, by=RINA, now=NOON)
    for _ in range(2):
        problem = a_report(part, 1)
        accept(problem, part, 1, where=WhereGoods.KEEP)
        refund(problem, part)
    page = words(as_siti(client, market).get(f"{DESK}uang-keluar/"))
    assert page.count("BRI 123456789") == 2


def test_another_unit_that_collected_pays(client, market):
    order = paid(market, ("noken", 1), ("endek", 3))
    part = delivered(part_of(order, market.nabire))
    problem = a_report(part, 1)
    accept(problem, part, 1, where=WhereGoods.KEEP)
    refund(problem, part)
    page = as_siti(client, market).get(of(problem))
    assert "oleh bendahara Lapas Narkotika Kelas IIA Bangli" in words(page)
    assert "Catat dibayar" not in words(page)
    sign_in(client, market.bangli, role=Role.BENDAHARA, name="Ketut")
    there = words(client.get(BANGLI.replace("pesanan", "uang-keluar")))
    assert order.code in there
    assert "Catat dibayar" in there


def test_a_refusal_needs_its_reason_alone(yohana, part):
    problem = a_report(part, 2)
    answer = yohana.post(of(problem, "jawab"), answered(part, "tolak", pieces="x", shipping="x"))
    assert answer.status_code == 422
    assert "Tulis alasannya" in words(answer)
    assert nothing_followed()
    reasoned = answered(part, "tolak", pieces="x", shipping="x", where="y", reason="Sudah dipakai")
    for _ in range(2):
        assert yohana.post(of(problem, "jawab"), reasoned).status_code == 303
    assert Answer.objects.get().reason == "Sudah dipakai"
    assert not AnswerLine.objects.exists()
    assert "Tidak diterima" in words(yohana.get(of(problem)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"act": "?"}, "Pilih terima atau tolak"),
        ({"act": None}, "Pilih terima atau tolak"),
        ({"where": ""}, "Pilih apa yang terjadi dengan barangnya"),
        ({"where": "nowhere"}, "Pilih apa yang terjadi dengan barangnya"),
        ({"pieces": "dua"}, "Tulis jumlah dengan angka bulat"),
        ({"pieces": "3"}, "paling banyak sebanyak yang dilaporkan"),
        ({"pieces": "-1"}, "Tulis jumlah dengan angka bulat"),
        ({"pieces": "9" * 5000}, "Tulis jumlah dengan angka bulat"),
        ({"pieces": "0"}, "Isi barang atau ongkos kirim"),
        ({"shipping": "banyak"}, "Tulis jumlah dengan angka"),
        ({"shipping": "27.001"}, "lebih dari yang dibayar"),
        ({"shipping": "1,5"}, "Tulis rupiah bulat tanpa koma"),
        ({"reason": "x" * 201}, "Paling panjang 200 huruf"),
        ({"reason": "x\0"}, "Tulis dengan huruf dan angka biasa"),
    ],
)
def test_nonsense_in_an_answer_is_refused_and_what_was_typed_stays(yohana, part, changes, sentence):
    problem = a_report(part, 2)
    typed = answered(part, **{"reason": "Kami periksa", **changes})
    answer = yohana.post(of(problem, "jawab"), typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert typed["reason"].replace("\0", "") in text(answer).replace("\0", "")
    assert nothing_followed()


@pytest.mark.parametrize(
    ("kept", "reason", "sentence"),
    [
        ("3", "Sobek", "Paling banyak 2"),
        ("x", "Sobek", "Tulis jumlah dengan angka bulat"),
        ("1", "", "Tulis mengapa barangnya tidak bisa dijual lagi"),
        ("", "", "Tulis mengapa barangnya tidak bisa dijual lagi"),
        ("1", "x" * 201, "Paling panjang 200 huruf"),
    ],
)
def test_goods_that_do_not_add_up_are_refused(yohana, part, kept, reason, sentence):
    problem = a_report(part, 2)
    accept(problem, part)
    typed = {f"stok_{line_of(part).pk}": kept, "reason": reason}
    answer = yohana.post(of(problem, "barang"), typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not GoodsBack.objects.exists()


def test_each_form_sent_twice_is_one(yohana, market, part):
    problem = a_report(part, 2)
    for _ in range(2):
        typed = answered(part, shipping="27.000")
        assert yohana.post(of(problem, "jawab"), typed).status_code == 303
    goods = {f"stok_{line_of(part).pk}": "2"}
    for _ in range(2):
        assert yohana.post(of(problem, "barang"), goods).status_code == 303
    siti = as_siti(yohana, market)
    for _ in range(2):
        assert siti.post(of(problem, "uang")).status_code == 303
    tables = (Answer, GoodsBack, ProblemRefund, Refund, Debt)
    assert [table.objects.count() for table in tables] == [1] * 5


def test_what_comes_too_late_says_so(yohana, market, part):
    problem = a_report(part, 2)
    actions.withdraw_problem(problem_id=problem, by=RINA, now=NOON)
    for way, typed in (("jawab", answered(part)), ("barang", {})):
        answer = yohana.post(of(problem, way), typed)
        assert answer.status_code == 422
        assert "Laporan ini" in words(answer)
    refused = as_siti(yohana, market).post(of(problem, "uang"))
    assert refused.status_code == 422
    assert "Laporan ini belum diterima." in words(refused)
    assert Answer.objects.count() == 1


def test_a_second_tab_with_something_else_is_told_what_stands(yohana, part):
    problem = a_report(part, 2)
    yohana.post(of(problem, "jawab"), answered(part))
    for typed in (
        answered(part, act="tolak", reason="Sudah dipakai"),
        answered(part, where="keep"),
    ):
        late = yohana.post(of(problem, "jawab"), typed)
        assert (late.status_code, "Laporan ini sudah dijawab." in words(late)) == (422, True)
        assert "Catat barang kembali" in words(late)
    late = yohana.post(of(problem, "jawab"), {"act": "terima"})
    assert "Keadaan laporan ini sudah berubah." in words(late)
    kept = f"stok_{line_of(part).pk}"
    yohana.post(of(problem, "barang"), {kept: "1", "reason": "Sobek"})
    late = yohana.post(of(problem, "barang"), {kept: "2"})
    assert (late.status_code, "dengan jumlah lain" in words(late)) == (422, True)
    assert (Answer.objects.get().where, GoodsBackLine.objects.get().to_stock) == ("return", 1)


def test_whoever_accepted_is_told_that_another_gives_the_money_back(client, market, part):
    user = sign_in(client, market.nabire)
    role = functools.partial(Grant.objects.create, user=user, place_id=market.nabire)
    role(role=Role.KEPALA_UPT, granted_at=long_ago(), granted_by="command:uji")
    problem = a_report(part, 2)
    client.post(of(problem, "jawab"), answered(part, where="keep"))
    assert "Anda yang menerima laporan ini" in words(client.get(of(problem)))
    refused = client.post(of(problem, "uang"))
    assert refused.status_code == 422
    assert "orang lain" in words(refused)
    assert not Refund.objects.exists()


def test_who_does_what_follows_from_the_role(client, market, part):
    problem = a_report(part, 2, photo=b"RIFF0000WEBP")
    siti = as_siti(client, market)
    page = siti.get(of(problem))
    assert "Sobek di pinggir" not in words(page)
    assert "foto/" not in text(page)
    assert "Terima laporan" not in words(page)
    for way in ("jawab", "barang"):
        assert siti.post(of(problem, way), answered(part)).status_code == 403
    assert siti.get(of(problem, "foto")).status_code == 403
    assert siti.get(f"{HERE}{part.pk}/masalah/").status_code == 403
    sign_in(client, market.nabire)
    assert client.post(of(problem, "uang")).status_code == 403
    assert nothing_followed()


def test_the_picture_is_for_whoever_handles_orders_and_is_kept_by_nobody(yohana, part):
    problem = a_report(part, 2, photo=b"RIFF0000WEBP")
    assert f'src="{of(problem, "foto")}"' in text(yohana.get(of(problem)))
    answer = yohana.get(of(problem, "foto"))
    assert (answer.content, answer["Content-Type"]) == (b"RIFF0000WEBP", "image/webp")
    assert "no-store" in answer["Cache-Control"]
    assert yohana.get(of(a_report(part, 1), "foto")).status_code == 404


def test_another_units_problems_are_not_there(client, market, part):
    problem = a_report(part, 2, photo=b"RIFF0000WEBP")
    for role, ways in ((Role.PETUGAS, ("jawab", "barang")), (Role.BENDAHARA, ("uang",))):
        sign_in(client, market.bangli, role=role, name=role)
        there = f"{BANGLI}masalah/{problem}/"
        assert client.get(there).status_code == 404
        for way in ways:
            assert client.post(f"{there}{way}/", answered(part)).status_code == 404
    sign_in(client, market.bangli, name="Wayan")
    assert client.get(f"{BANGLI}masalah/{problem}/foto/").status_code == 404
    assert client.get(f"{BANGLI}{part.pk}/masalah/").status_code == 404
    assert part.order.code not in words(client.get(f"{BANGLI}masalah/"))
    assert nothing_followed()


def test_what_never_came_cannot_be_sent_back(yohana, market):
    part = sent(part_of(paid(market)))
    problem = a_report(part, 2, fault=Fault.LOST)
    assert "Dikirim kembali ke bengkel" not in words(yohana.get(of(problem)))
    assert yohana.post(of(problem, "jawab"), answered(part)).status_code == 422
    assert yohana.post(of(problem, "jawab"), answered(part, where="here")).status_code == 303
    assert "Menunggu bendahara" in words(yohana.get(of(problem)))


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("", True),
        ("tampil=selesai", False),
        ("apa=damaged", True),
        ("apa=lost", False),
        ("apa=omong", True),
        ("keadaan=open", True),
        ("keadaan=to_refund", False),
        ("urut=terbaru&halaman=99", True),
        ("cari=BK-", True),
        ("cari=%00%27--", False),
    ],
)
def test_the_list_is_narrowed_by_its_address(yohana, part, asked, is_there):
    a_report(part, 2)
    answer = yohana.get(f"{LIST}?{asked}")
    assert answer.status_code == 200
    assert (part.order.code in words(answer)) is is_there


def test_each_state_lies_where_it_belongs(yohana, part):
    first, second, third = (a_report(part, 1) for _ in range(3))
    accept(first, part, 1)
    refuse(second, part)
    assert "Diterima, menunggu barang kembali" in words(
        yohana.get(f"{LIST}?keadaan=awaiting_goods")
    )
    came_back(first, part, 1)
    assert str(first) in text(yohana.get(f"{LIST}?keadaan=to_refund"))
    opened, over = text(yohana.get(LIST)), text(yohana.get(f"{LIST}?tampil=selesai"))
    assert [str(each) in opened for each in (first, second, third)] == [True, False, True]
    assert [str(each) in over for each in (first, second, third)] == [False, True, False]


def test_the_file_holds_nothing_that_a_buyer_wrote(yohana, part):
    problem = a_report(part, 2, text="=cmd|' /C calc'!A0")
    accept(problem, part, 1, where=WhereGoods.KEEP, shipping=5_000)
    answer = yohana.get(f"{LIST}unduh/")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert (row["pesanan"], row["masalah"]) == (part.order.code, "Rusak saat sampai")
    assert (row["buah_dilaporkan"], row["buah_diterima"]) == ("2", "1")
    assert (row["barang_kembali_rp"], row["ongkir_kembali_rp"]) == ("100000", "5000")
    assert "cmd" not in content


def test_what_is_reported_by_word_of_mouth_is_written_down(yohana, part):
    here = f"{HERE}{part.pk}/"
    assert f'href="{here}masalah/"' in text(yohana.get(here))
    assert "Catat laporan pembeli" in words(yohana.get(f"{here}masalah/"))
    typed = {"key": str(uuid7()), "fault": "damaged", f"line_{line_of(part).pk}": "1", "text": ""}
    yohana.post(f"{here}masalah/", typed)
    led = yohana.post(f"{here}masalah/", typed)
    assert led.headers["Location"] == f"{of(typed['key'])}?selesai=lapor"
    problem = Problem.objects.get()
    assert problem.reported_by.startswith("user:")
    assert "Laporan tercatat" in words(yohana.get(led.headers["Location"]))
    assert f'href="{of(problem.pk)}"' in text(yohana.get(here))
    a_report(part, 2)
    assert "Catat laporan pembeli" not in words(yohana.get(here)), "all three are reported"
    assert "Semua barangnya sudah dilaporkan." in words(yohana.get(f"{here}masalah/"))


def test_the_return_rule_holds_for_officers_too(yohana, market, part, monkeypatch):
    typed = {"fault": "damaged", f"line_{line_of(part).pk}": "4", "text": "Lubang"}
    answer = yohana.post(f"{HERE}{part.pk}/masalah/", typed)
    assert (answer.status_code, "Paling banyak 3" in words(answer)) == (422, True)
    assert "Lubang" in text(answer)
    monkeypatch.setattr(clock, "now", lambda: NOON + 8 * DAY)
    answer = yohana.post(f"{HERE}{part.pk}/masalah/", {**typed, f"line_{line_of(part).pk}": "1"})
    assert (answer.status_code, "sudah lewat" in words(answer)) == (422, True)
    waiting = part_of(paid(market, ("coffee", 1)))
    page = words(yohana.get(f"{HERE}{waiting.pk}/masalah/"))
    assert "Paket ini belum dikirim." in page
    assert not Problem.objects.exists()
    assert not ProblemText.objects.exists()


def test_pages_ask_the_database_little_whatever_was_reported(
    yohana, market, part, django_assert_max_num_queries
):
    problem, *_ = [a_report(part, 1) for _ in range(3)]
    other = a_parcel(market, ("noken", 2), ("coffee", 1))
    for _ in range(2):
        a_report(other, 1, name="Noken")
    with django_assert_max_num_queries(10):
        yohana.get(LIST)
    with django_assert_max_num_queries(10):
        yohana.get(of(problem))
    accept(problem, part, 1, where=WhereGoods.KEEP)
    refund(problem, part)
    as_siti(yohana, market)
    with django_assert_max_num_queries(15):
        yohana.get(of(problem))
    with django_assert_max_num_queries(14):
        yohana.get(f"{HERE}{part.pk}/")
