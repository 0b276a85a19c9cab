"""Siti, treasurer at Lapas Nabire, matches money and pays it back; Maria, its head, says where."""

import csv
import io
import re

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.payments.actions import NewDebt, owe_back
from bekal.payments.models import (
    Debt,
    Doubt,
    Merchant,
    PayOut,
    Receipt,
    StatementLine,
    UnitTransfer,
)
from bekal.payments.queries import debts_of, money_tasks, payment_problems, unapplied_of
from bekal.payments.rules import LineState, Method
from bekal.payments.tests.banks import MT940, csv_of
from bekal.payments.tests.money import NOON, STATIC, an_ask, comes, held
from bekal.places.actions import close_place
from bekal.places.models import Place
from tests.support import world

pytestmark = pytest.mark.usefixtures("noon")

HERE = "/kerja/lapas-kelas-iib-nabire/"
IN, OUT = f"{HERE}uang-masuk/", f"{HERE}uang-keluar/"
DAY = "27/04/2026"


def sign_in(client, place, role, name):
    user = User.objects.create(email=f"{name}@contoh.go.id".lower(), name=name)
    Grant.objects.create(
        user=user, role=role, place_id=place, granted_at=NOON, granted_by="command:uji"
    )
    client.force_login(user)
    return client


@pytest.fixture
def siti(client, nabire):
    return sign_in(client, nabire, Role.BENDAHARA, "Siti")


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def key_of(answer):
    return re.findall(r'name="key" value="([^"]+)"', text(answer))[0]


def import_of(siti, content, **more):
    file = io.BytesIO(content)
    file.name = "mutasi.csv"
    return siti.post(f"{IN}impor/", {"file": file, **more})


def test_an_empty_desk_says_that_all_is_matched(siti, nabire, django_assert_num_queries):
    siti.get(IN)
    with django_assert_num_queries(13):
        page = text(siti.get(IN))
    assert "Semua uang yang masuk sudah cocok." in page
    assert "Rekening contoh" in page
    assert "Tidak ada uang yang harus dikembalikan" in text(siti.get(OUT))


def test_what_waits_is_asked_for_in_few_statements(siti, nabire, django_assert_num_queries):
    for number in range(12):
        an_ask(nabire, 100_000 + 1_000 * number, method=Method.TRANSFER)
        comes(nabire, 1_000 + number)
    import_of(siti, csv_of(*((DAY, f"A{n}", str(100_000 + 1_000 * n)) for n in range(12))))
    siti.get(IN)
    with django_assert_num_queries(18):
        assert "A11" in text(siti.get(IN))


def test_siti_imports_a_statement_and_sees_what_became_of_each_row(siti, nabire, heard):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    rows = (DAY, "BUDI", str(asked.amount)), (DAY, "SITI", "99"), ("x", "?", "1"), ("9/99", "", "5")
    page = text(import_of(siti, csv_of(*rows)))
    assert "1 baris cocok dengan pesanan. 1 baris baru menunggu Anda." in page
    assert "1 baris tidak diambil, dan mungkin uang masuk." in page
    for words in ("Cocok dengan pesanan", "Belum cocok", "Tanggalnya tidak terbaca."):
        assert words in page
    assert len(heard) == 1
    again = text(import_of(siti, csv_of(*rows)))
    assert "sudah pernah diimpor" in again
    assert "Sudah ada, cocok dengan pesanan" in again
    assert "Uang masuk" in text(siti.post(f"{IN}impor/", {"pasted": MT940}))


def test_what_could_not_be_read_is_counted_on_top_and_money_that_went_out_is_not(siti):
    head = "Tanggal;Keterangan;Debet;Kredit\n"
    out, odd = f"{DAY};ADMIN;6.500;\n", f"{DAY};SEN;;20.000,55\n31/02/2026;ANEH;;20.000\n"
    page = text(siti.post(f"{IN}impor/", {"pasted": head + out + odd}))
    assert "Tidak ada uang masuk baru yang terbaca di berkas ini." in page
    assert "2 baris tidak diambil, dan mungkin uang masuk." in page
    page = text(siti.post(f"{IN}impor/", {"pasted": head + out}))
    assert "Tidak ada uang masuk baru di berkas ini." in page
    assert "tidak diambil" not in page
    assert not StatementLine.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"pasted": ""}, {"pasted": "halo"}, {"pasted": "a\x00b"}])
def test_a_statement_that_cannot_be_read_is_told(siti, sent):
    answer = siti.post(f"{IN}impor/", sent)
    assert answer.status_code == 422
    assert "Gagal: " in text(answer)
    assert not StatementLine.objects.exists()


def a_line(siti, amount, words="BUDI"):
    import_of(siti, csv_of((DAY, words, str(amount))))
    return StatementLine.objects.get(amount=amount)


def test_siti_takes_a_suggestion_with_one_press(siti, nabire, heard):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    line = a_line(siti, 148_000)
    page = text(siti.get(IN))
    assert "Jumlahnya sama tanpa kode unik" in page
    assert f"-Rp{asked.extra}" in page
    where = f"{IN}baris/{line.pk}/cocokkan/"
    assert siti.post(where, {"ask": str(uuid7())}).status_code == 422
    assert siti.post(where).status_code == 422
    assert not Receipt.objects.exists()
    answer = siti.post(where, {"ask": str(asked.request_id)})
    assert answer["Location"] == f"{IN}?tersimpan=cocok"
    assert "Uang sudah dicocokkan." in text(siti.get(answer["Location"]))
    assert siti.post(where, {"ask": str(asked.request_id)})["Location"] == answer["Location"]
    assert heard[0].is_settled


def test_siti_finds_the_order_by_its_code(siti, nabire, heard):
    an_ask(nabire, 100_000)
    where = f"{IN}baris/{a_line(siti, 100_000).pk}/"
    assert siti.post(where, {"what": "order", "label": ""}).status_code == 422
    refused = siti.post(where, {"what": "order", "label": "BK-XXXX-XXXX"})
    assert "Tidak ada tagihan yang belum lunas" in text(refused)
    assert siti.post(where, {"what": "order", "label": "bk7q2m18kd"}).status_code == 302
    assert heard[0].is_settled
    assert held(nabire) == {"bank": 100_000, "order_advance": -100_000}


@pytest.mark.parametrize(
    ("what", "state", "account"),
    [
        ("unknown", LineState.MATCHED, {"bank": 9_000, "unapplied_receipt": -9_000}),
        ("hand", LineState.ASIDE, {}),
        ("sold", LineState.ASIDE, {}),
        ("qris", LineState.ASIDE, {}),
        ("unit", LineState.ASIDE, {}),
        ("twin", LineState.ASIDE, {}),
        ("other", LineState.ASIDE, {}),
    ],
)
def test_siti_says_what_a_line_is(*, siti, nabire, what, state, account):
    line = a_line(siti, 9_000)
    assert siti.post(f"{IN}baris/{line.pk}/", {"what": what}).status_code == 302
    assert StatementLine.objects.get().state == state
    assert held(nabire) == account
    if state is LineState.ASIDE:
        assert "Disisihkan" in text(siti.get(IN))
        siti.post(f"{IN}baris/{line.pk}/buka/")
        assert StatementLine.objects.get().state == LineState.OPEN
    assert siti.post(f"{IN}baris/{line.pk + 9}/buka/").status_code == 404


def test_money_of_nothing_pays_an_order_or_goes_back(siti, nabire, heard):
    first, second = comes(nabire, 50_000), comes(nabire, 20_000)
    an_ask(nabire, 50_000)
    where = f"{IN}sisa/{first.receipt_id}/"
    page = siti.get(where)
    assert "Rp50.000" in text(page)
    for nonsense in ({}, {"what": "order"}, {"what": "back"}, {"what": "x"}):
        assert siti.post(where, nonsense).status_code == 422
    sent = {"what": "order", "label": "BK-7Q2M-18KD", "key": key_of(page)}
    assert siti.post(where, sent).status_code == 302
    for again in (siti.get(where), siti.post(where, sent)):
        assert "Uang ini sudah ditentukan" in text(siti.get(again["Location"]))
    assert siti.get(f"{IN}sisa/{uuid7()}/").status_code == 404
    sent = {"what": "back", "why": "Terbayar dua kali", "key": str(uuid7())}
    assert siti.post(f"{IN}sisa/{second.receipt_id}/", sent).status_code == 302
    assert [row.amount for row in debts_of(unit_id=nabire)] == [20_000]
    assert unapplied_of(unit_id=nabire) == []
    assert payment_problems() == []


def test_unknown_money_that_was_none_of_an_order_is_decided_anew(siti, nabire):
    line = a_line(siti, 9_000)
    siti.post(f"{IN}baris/{line.pk}/", {"what": "unknown"})
    (loose,) = unapplied_of(unit_id=nabire)
    where = f"{IN}sisa/{loose.receipt_id}/"
    page = siti.get(where)
    assert "Salah catat: tentukan lagi baris mutasinya" in text(page)
    answer = siti.post(where, {"what": "anew", "key": key_of(page)})
    assert answer["Location"] == f"{IN}baris/{line.pk}/?tersimpan=anew"
    assert "dibatalkan di buku" in text(siti.get(answer["Location"]))
    assert held(nabire) == {}
    assert "salah catat, dibatalkan" in text(siti.get(IN))
    siti.post(f"{IN}baris/{line.pk}/", {"what": "sold"})
    assert StatementLine.objects.get().state == LineState.ASIDE
    assert payment_problems() == []


def test_money_that_no_line_brought_is_not_decided_anew(siti, nabire):
    where = f"{IN}sisa/{comes(nabire, 50_000).receipt_id}/"
    assert "Salah catat" not in text(siti.get(where))
    assert siti.post(where, {"what": "anew", "key": str(uuid7())}).status_code == 422
    assert held(nabire) == {"qris": 50_000, "unapplied_receipt": -50_000}


def test_all_that_came_in_is_reached_page_by_page_and_none_comes_twice(siti, nabire):
    made = [comes(nabire, 1_000 + n, now=NOON).receipt_id for n in range(65)]
    seen, address = [], IN
    while address:
        page = siti.get(address)
        listed = text(page).split("Penerimaan tercatat")[1]
        seen += re.findall(r'data-label="Jumlah">Rp([\d.]+)<', listed)
        after = re.findall(r'href="(\?sesudah=[\w-]+)"', text(page))
        address = f"{IN}{after[0]}" if after else ""
    assert len(seen) == len(made)
    assert set(seen) == {f"{1_000 + n:,}".replace(",", ".") for n in range(65)}


@pytest.mark.parametrize("typed", ["x", "%00", "00000000-0000-0000-0000-000000000000"])
def test_a_place_in_the_list_that_is_none_shows_its_beginning(siti, nabire, typed):
    comes(nabire, 1_000)
    page = siti.get(f"{IN}?sesudah={typed}")
    assert "Rp1.000" in text(page)
    assert "Terbaru</a>" not in text(page)


def test_siti_writes_down_money_that_she_saw(siti, nabire, heard):
    asked = an_ask(nabire, 148_000)
    where = f"{IN}tagihan/{asked.request_id}/"
    assert "Menunggu pembayaran" in text(siti.get(where))
    form = siti.get(f"{where}terima/")
    assert "148.000" in text(form)
    sent = {
        "key": key_of(form),
        "method": "qris",
        "amount": "148.000",
        "reference": "rrn 123 456",
        "received_on": "2026-04-27",
    }
    for _ in range(2):
        assert siti.post(f"{where}terima/", sent)["Location"] == f"{where}?tersimpan=masuk"
    receipt = Receipt.objects.get()
    assert receipt.reference == f"{nabire}:qris:RRN123456"
    assert "Lunas" in text(siti.get(where))
    answer = siti.post(f"{where}terima/", {**sent, "amount": "5.000"})
    assert answer.status_code == 409
    assert MessageConflict.objects.count() == 1
    assert Receipt.objects.count() == 1
    assert len(heard) == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("method", "gold"),
        ("amount", ""),
        ("amount", "lima"),
        ("amount", "0"),
        ("amount", "1,5"),
        ("reference", ""),
        ("reference", "\x00"),
        ("reference", "x" * 61),
        ("received_on", "besok"),
        ("received_on", "2026-04-28"),
    ],
)
def test_nonsense_about_money_is_kept_on_the_page_and_changes_nothing(
    *, siti, nabire, field, typed
):
    asked = an_ask(nabire, 148_000)
    sent = {
        "method": "cash",
        "amount": "148.000",
        "reference": "KW-1",
        "received_on": "2026-04-27",
        field: typed,
    }
    answer = siti.post(f"{IN}tagihan/{asked.request_id}/terima/", sent)
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in text(answer)
    assert not Receipt.objects.exists()


def test_siti_takes_a_wrong_match_back(siti, nabire, heard):
    asked = an_ask(nabire, 148_000)
    comes(nabire, 100_000, request_id=asked.request_id)
    where = f"{IN}tagihan/{asked.request_id}/"
    page = text(siti.get(where))
    sent = {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0]
        for name in ("key", "application")
    }
    assert siti.post(f"{where}lepas/", {**sent, "application": str(uuid7())}).status_code == 422
    assert siti.post(f"{where}lepas/", sent)["Location"] == f"{where}?tersimpan=lepas"
    assert "dibatalkan" in text(siti.get(where))
    assert [row.left_over for row in unapplied_of(unit_id=nabire)] == [100_000]
    comes(nabire, 148_000, request_id=asked.request_id)
    page = text(siti.get(where))
    sent = {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0]
        for name in ("key", "application")
    }
    answer = siti.post(f"{where}lepas/", sent)
    assert answer.status_code == 422
    assert "sudah memakai uang ini" in text(answer)


def test_a_doubt_names_its_day_and_order_and_is_looked_at_once(siti, nabire, heard):
    asked = an_ask(nabire, 25_000).request_id
    doubt = Doubt.objects.create(
        unit_id=nabire,
        kind="unknown_order",
        provider="midtrans",
        reference="tx-1",
        amount=25_000,
        receipt_id=comes(nabire, 25_000, request_id=asked).receipt_id,
        sentence="Uang masuk untuk pesanan yang tidak dikenal.",
        noted_at=NOON,
        noted_by="webhook:midtrans",
    )
    assert money_tasks(unit_id=nabire).unmatched == 1
    page = text(siti.get(IN))
    assert "Uang masuk untuk pesanan yang tidak dikenal." in page
    assert f'Sen, 27 Apr 2026, 12.00 WIT. <a href="{IN}tagihan/{asked}/">' in page
    for _ in range(2):
        assert siti.post(f"{IN}ragu/{doubt.pk}/").status_code == 302
    assert "tidak dikenal" not in text(siti.get(IN))
    assert money_tasks(unit_id=nabire).unmatched == 0


def test_siti_pays_a_buyer_back_once_with_its_proof(siti, nabire, heard):
    comes(nabire, 70_000, request_id=an_ask(nabire, 70_000).request_id)
    debt = owe_back(
        debt=NewDebt(uuid7(), "uji:1", nabire, 70_000, "Barang habis", label="BK-7Q2M-18KD"),
        by=world.SITI,
        now=NOON,
    )
    assert "Barang habis" in text(siti.get(OUT))
    assert "Bayar 1 pengembalian" in text(siti.get(HERE))
    where = f"{OUT}{debt}/"
    page = siti.get(where)
    sent = {
        "key": key_of(page),
        "means": "transfer",
        "proof": "TRX 77",
        "paid_on": "2026-04-27",
    }
    for nonsense in ({"proof": ""}, {"means": "gold"}, {"paid_on": "2999-01-01"}):
        assert siti.post(where, {**sent, **nonsense}).status_code == 422
    assert not PayOut.objects.exists()
    assert siti.post(where, sent).status_code == 302
    for again in (siti.post(where, sent), siti.post(where, {**sent, "key": str(uuid7())})):
        assert "sudah dicatat dibayar" in text(siti.get(again["Location"]))
    assert siti.get(f"{OUT}{uuid7()}/").status_code == 404
    shown = text(siti.get(OUT))
    assert "1 sudah dikembalikan" in shown
    assert "TRX 77" in shown
    assert held(nabire) == {"qris": 70_000, "bank": -70_000}


@pytest.mark.parametrize("stands", [True, False])
def test_siti_pays_another_unit_what_is_owed_to_it(siti, nabire, stands):
    merauke = Place.objects.get(code="lapas-kelas-iib-merauke").pk
    where = f"{OUT}setoran/"
    assert "tidak berutang" in text(siti.get(where))
    post_entry(
        lines=[
            Line(nabire, AccountKind.QRIS, 90_000),
            Line(nabire, AccountKind.SETTLEMENT, -90_000, counterpart_id=merauke),
            Line(merauke, AccountKind.SETTLEMENT, 90_000, counterpart_id=nabire),
            Line(merauke, AccountKind.CAPITAL, -90_000),
        ],
        key=uuid7(),
        occurred_on=world.TODAY,
        memo="uji",
        source="uji",
        by=world.SITI,
        now=NOON,
    )
    if not stands:
        close_place(place_id=merauke, on=world.TODAY, source="uji", by=world.SITI, now=NOON)
    assert "Rp90.000" in text(siti.get(OUT))
    page = siti.get(f"{where}?kepada=lapas-kelas-iib-merauke")
    assert "90.000" in text(page)
    sent = {
        "key": key_of(page),
        "payee": "lapas-kelas-iib-merauke",
        "amount": "90.000",
        "proof": "TRX-9",
        "paid_on": "2026-04-27",
    }
    for nonsense in ({"payee": "rutan"}, {"amount": "0"}, {"proof": ""}, {"amount": "x"}):
        assert siti.post(where, {**sent, **nonsense}).status_code == 422
    assert siti.post(where, sent).status_code == 302
    assert UnitTransfer.objects.count() == 1
    assert held(nabire) == {"qris": 90_000, "bank": -90_000}
    assert payment_problems() == []


def test_the_file_has_every_receipt_and_is_guarded_against_formulas(siti, nabire):
    asked = an_ask(nabire, 148_000)
    comes(nabire, 150_000, request_id=asked.request_id, reference="=1+1")
    answer = siti.get(f"{IN}unduh/")
    assert answer["Content-Disposition"].endswith(
        'uang-masuk-lapas-kelas-iib-nabire-2026-04-27.csv"'
    )
    content = b"".join(answer.streaming_content).decode().lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[0][:4] == ["tanggal", "cara", "sumber", "nomor_rujukan"]
    assert rows[1] == ["2026-04-27", "QRIS", "uji", "'=1+1", "BK-7Q2M-18KD", "150000", "2000", ""]


def test_the_desk_tells_siti_what_waits(siti, nabire):
    comes(nabire, 50_000)
    a_line(siti, 9_000)
    assert "Cocokkan 2 uang masuk" in text(siti.get(HERE))


@pytest.fixture
def maria(client, nabire):
    return sign_in(client, nabire, Role.KEPALA_UPT, "Maria")


def merchant_form(**changes):
    return {
        "static_qris": STATIC,
        "bank": "Bank Contoh",
        "account_number": "1234-5678 90",
        "holder": "Lapas Nabire",
        **changes,
    }


def test_maria_sets_where_her_unit_takes_money(maria, nabire):
    page = text(maria.get(f"{HERE}rekening/"))
    assert "ID0000000000017" in page
    answer = maria.post(f"{HERE}rekening/", merchant_form())
    assert answer["Location"] == f"{HERE}rekening/?tersimpan=rekening"
    merchant = Merchant.objects.get()
    assert (merchant.account_number, merchant.is_sample) == ("1234567890", False)
    assert (merchant.name, merchant.nmid) == ("CONTOH LAPAS NABIRE", "ID0000000000017")
    answer = maria.post(f"{HERE}rekening/", merchant_form(static_qris=""))
    assert Merchant.objects.get().nmid == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"static_qris": "halo"}, "bukan teks kode QRIS"),
        ({"static_qris": STATIC[:-1] + "0"}, "Angka periksa"),
        ({"static_qris": "9" * 600}, "terlalu panjang"),
        ({"bank": ""}, "Isi nama banknya."),
        ({"account_number": "12"}, "6 sampai 20 angka"),
        ({"holder": ""}, "Isi nama pemilik rekening"),
        ({"holder": "x" * 81}, "Paling panjang 80 huruf."),
        ({"bank": "\x00"}, "huruf dan angka biasa"),
    ],
)
def test_nonsense_about_an_account_changes_nothing(*, maria, nabire, changes, sentence):
    before = Merchant.objects.values().get()
    answer = maria.post(f"{HERE}rekening/", merchant_form(**changes))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Merchant.objects.values().get() == before


def test_only_the_head_sets_the_account_and_only_the_treasurer_handles_money(maria, nabire):
    asked = an_ask(nabire, 148_000)
    page = text(maria.get(IN))
    assert "Impor mutasi" not in page
    assert maria.get(f"{IN}tagihan/{asked.request_id}/").status_code == 200
    for where in (f"{IN}impor/", f"{IN}tagihan/{asked.request_id}/terima/", f"{OUT}setoran/"):
        assert maria.get(where).status_code == 403
    assert not Debt.objects.exists()


def test_the_treasurer_does_not_change_the_account(siti):
    assert siti.post(f"{HERE}rekening/", merchant_form()).status_code == 403
    assert Merchant.objects.get().is_sample
