"""The pages of rules and balances, as Maria, head of Lapas Nabire, and others meet them."""

import csv
import datetime as dt
import io
import json
import re

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message, MessageConflict
from bekal.ledger.actions import post_entry
from bekal.ledger.models import SplitRule
from bekal.ledger.rules import AccountKind, Line
from tests.support.world import NOON, TODAY, YOHANA, adopt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HERE = "/kerja/lapas-kelas-iib-nabire/bagi-hasil/"
TOMORROW = TODAY + dt.timedelta(days=1)
SALE = "01900000-0000-7000-8000-00000000000a"


def sign_in(client, place, *, role=Role.KEPALA_UPT, name="Maria"):
    user = User.objects.create(email=f"{name}@contoh.go.id".lower(), name=name)
    Grant.objects.create(
        user=user, role=role, place_id=place, granted_at=NOON, granted_by="command:uji"
    )
    client.force_login(user)
    return client


@pytest.fixture
def maria(client, world):
    return sign_in(client, world.nabire)


def text(answer):
    return answer.content.decode()


def asked(**changes):
    return {
        "key": str(uuid7()),
        "code": "bangli-2023",
        "first_day": TOMORROW.isoformat(),
        "activity": "",
        "citation": "SK Kalapas Nabire 12/2026",
        "langkah": "simpan",
        **changes,
    }


def sell(world, *, amount=100_000, source=f"sale:{SALE}", memo="Penjualan PJ-0001"):
    post_entry(
        lines=[
            Line(world.nabire, AccountKind.CASH, amount),
            Line(world.nabire, AccountKind.CAPITAL, 6_000 - amount),
            Line(world.nabire, AccountKind.PNBP_PAYABLE, -6_000),
        ],
        key=uuid7(),
        occurred_on=TODAY,
        memo=memo,
        source=source,
        by=YOHANA,
        now=NOON,
    )


def owe(world):
    """Goods of Merauke sold at Nabire's table."""
    post_entry(
        lines=[
            Line(world.nabire, AccountKind.CASH, 9_000),
            Line(world.nabire, AccountKind.SETTLEMENT, -9_000, counterpart_id=world.merauke),
            Line(world.merauke, AccountKind.SETTLEMENT, 9_000, counterpart_id=world.nabire),
            Line(world.merauke, AccountKind.CAPITAL, -9_000),
        ],
        key=uuid7(),
        occurred_on=TODAY,
        memo="Titip jual",
        source="uji",
        by=YOHANA,
        now=NOON,
    )


# --- Rules ---------------------------------------------------------------------------------------


def test_the_page_says_which_rule_holds_whose_it_is_and_why(maria):
    page = text(maria.get(HERE))
    assert "Kepmen 1990: 50 premi, 35 dana penunjang, 15 PNBP dari laba" in page
    assert "aturan nasional, sejak awal pencatatan" in page
    assert "Kepmen Kehakiman M.01-PP.02.01/1990" in page
    assert 'href="https://patraindonesia.com/?p=15907"' in page
    for amount in ("Rp60.000", "Rp20.000", "Rp14.000", "Rp6.000"):
        assert amount in page


def test_the_nearest_rule_wins_and_special_and_coming_ones_are_named(maria, world):
    adopt(world.papua, "jambi-2025", activity="minuman")
    adopt(world.nabire, "bangli-2023", activity="kerajinan", first_day=dt.date(2026, 2, 1))
    page = text(maria.get(HERE))
    assert "Khusus kegiatan kerajinan" in page
    assert "aturan unit ini sendiri, sejak 1 Februari 2026" in page
    assert "Khusus kegiatan minuman" in page
    assert "aturan Kanwil Ditjenpas Papua" in page
    adopt(world.nabire, "serang-2019", first_day=TOMORROW)
    page = text(maria.get(HERE))
    assert "Akan berlaku sejak 28 April 2026:" in page
    assert "Kepmen 1990" in page


def test_a_special_rule_of_the_kanwil_yields_to_the_unit_s_general_one(maria, world):
    adopt(world.papua, "jambi-2025", activity="minuman")
    adopt(world.nabire, "bangli-2023", first_day=dt.date(2026, 2, 1))
    assert "Khusus kegiatan" not in text(maria.get(HERE))


def test_a_trial_tells_the_arithmetic_and_its_rounding(maria, world):
    adopt(world.nabire, "bangli-2023", activity="kerajinan", first_day=dt.date(2026, 2, 1))
    sent = {"harga": "Rp 100.001", "harga_pokok": "60.000", "jumlah": "1", "kegiatan": "semua"}
    page = text(maria.get(HERE, sent))
    assert "50% × Rp40.001 = 20.000,5" in page
    assert "Kali ini Rp1 ditambahkan kepada: Premi pembuat." in page
    page = text(maria.get(HERE, {**sent, "kegiatan": "kerajinan", "harga_pokok": ""}))
    assert "50% × Rp100.001 = 50.000,5" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("harga", "", "Isi harga, misalnya 48.000."),
        ("harga", "abc", "Tulis jumlah dengan angka, misalnya 48.000."),
        ("harga", "48,5", "Tulis rupiah bulat tanpa koma"),
        ("harga", "0", "Harga paling sedikit Rp1."),
        ("harga", "9" * 40, "Jumlah paling besar"),
        ("harga_pokok", "-1", "Tulis jumlah dengan angka"),
        ("harga_pokok", "", "Isi harga pokok. Aturan ini membagi setelah biaya."),
        ("jumlah", "0", "Jumlah barang paling sedikit 1."),
        ("jumlah", "½", "Tulis jumlah dengan angka bulat"),
        ("kegiatan", "<b>", "Pilih kegiatan dari daftar."),
        ("harga", "1\x00", ""),
    ],
)
def test_nonsense_in_a_trial_is_kept_and_told_at_its_field(*, maria, field, typed, said):
    sent = {"harga": "100000", "harga_pokok": "60000", "jumlah": "1", field: typed}
    answer = maria.get(HERE, sent)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "Gagal: " in text(answer)
    if field != "kegiatan":
        assert f'value="{typed}"' in text(answer)


# --- Choosing ------------------------------------------------------------------------------------


def test_maria_looks_at_before_and_after_and_then_saves(maria, world):
    sent = asked(langkah="periksa")
    page = text(maria.post(f"{HERE}pilih/", sent))
    assert "Periksa dahulu" in page
    assert "Selasa, 28 April 2026" in page
    assert page.index("Rp20.000") < page.index("Rp50.000")
    assert not SplitRule.objects.filter(place_id=world.nabire).exists()
    assert "Ubah isian" in page
    again = text(maria.post(f"{HERE}pilih/", {**sent, "langkah": "ubah"}))
    assert 'value="SK Kalapas Nabire 12/2026"' in again
    answer = maria.post(f"{HERE}pilih/", {**sent, "langkah": "simpan"})
    assert answer.status_code == 302
    rule = SplitRule.objects.get(place_id=world.nabire)
    assert (rule.during.lower, rule.citation) == (TOMORROW, "SK Kalapas Nabire 12/2026")
    assert "Aturan tersimpan." in text(maria.get(answer["Location"]))


def test_a_second_click_saves_nothing_and_is_answered_like_the_first(maria, world):
    sent = asked()
    answers = [maria.post(f"{HERE}pilih/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert SplitRule.objects.filter(place_id=world.nabire).count() == 1


def test_the_same_key_with_another_rule_is_kept_for_a_person(maria, world):
    sent = asked()
    maria.post(f"{HERE}pilih/", sent)
    answer = maria.post(f"{HERE}pilih/", {**sent, "code": "serang-2019"})
    assert answer.status_code == 409
    assert "sudah pernah tersimpan dengan isi yang berbeda" in text(answer)
    assert SplitRule.objects.get(place_id=world.nabire).base == "gross"
    kept = MessageConflict.objects.get()
    assert kept.scope == f"place:{world.nabire}"
    first = json.loads(bytes(Message.objects.get(pk=kept.key).body))
    assert json.loads(bytes(kept.body)) == {**first, "code": "serang-2019"}


def test_after_a_used_key_the_form_can_be_sent_again(maria, world):
    sent = asked(first_day=TODAY.isoformat())
    maria.post(f"{HERE}pilih/", sent)
    other = {**sent, "code": "serang-2019", "first_day": TOMORROW.isoformat()}
    page = text(maria.post(f"{HERE}pilih/", other))
    (key,) = re.findall(r'name="key" value="([^"]+)"', page)
    assert key != sent["key"]
    assert maria.post(f"{HERE}pilih/", {**other, "key": key}).status_code == 302
    assert SplitRule.objects.filter(place_id=world.nabire).count() == 2


@pytest.mark.parametrize("step", ["periksa", "simpan"])
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("code", "", "Pilih salah satu aturan."),
        ("code", "namlea-2025", "Pilih salah satu aturan yang tercatat lengkap."),
        ("code", "\x00", "Pilih salah satu aturan yang tercatat lengkap."),
        ("first_day", "", "Isi tanggal mulai berlaku."),
        ("first_day", "besok", "Tulis tanggal seperti 27/04/2026"),
        ("first_day", "2026-04-26", "Tanggal mulai paling cepat hari ini, 27 April 2026."),
        ("first_day", "9999-12-31", "Periksa tahunnya."),
        ("activity", "kain & benang", "Tulis kode kegiatan dengan huruf"),
        ("activity", "x" * 41, "Tulis kode kegiatan dengan huruf"),
        ("activity", "a\x00", "Tulis dengan huruf dan angka biasa."),
        ("citation", "  ", "Isi dasar hukumnya"),
        ("citation", "x" * 301, "Paling panjang 300 huruf."),
    ],
)
def test_nonsense_in_a_choice_is_kept_and_changes_nothing(
    *, maria, world, field, typed, said, step
):
    answer = maria.post(f"{HERE}pilih/", asked(langkah=step, **{field: typed}))
    assert answer.status_code == 422
    assert said in text(answer)
    assert "Gagal: " in text(answer)
    assert not SplitRule.objects.filter(place_id=world.nabire).exists()
    assert 'value="bangli-2023" checked' in text(answer) or field == "code"
    assert "SK Kalapas Nabire 12/2026" in text(answer) or field == "citation"


@pytest.mark.parametrize("step", ["periksa", "simpan"])
def test_a_day_on_which_the_last_rule_already_stands_is_refused_at_its_field(maria, world, step):
    adopt(world.nabire, "serang-2019", first_day=dt.date(2026, 6, 1))
    answer = maria.post(f"{HERE}pilih/", asked(langkah=step))
    assert answer.status_code == 422
    assert "berlaku sejak 1 Juni 2026 hanya bisa diganti mulai hari sesudahnya" in text(answer)
    assert SplitRule.objects.filter(place_id=world.nabire).count() == 1


def test_a_broken_key_is_replaced_by_a_fresh_one(maria, world):
    maria.post(f"{HERE}pilih/", asked(key="bukan kunci"))
    assert SplitRule.objects.filter(place_id=world.nabire).count() == 1


def test_the_history_says_who_chose_by_name_and_role(maria):
    maria.post(f"{HERE}pilih/", asked())
    assert "Maria (Kepala UPT), 27 April 2026" in text(maria.get(HERE))


# --- Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "place", "sees", "chooses"),
    [
        (Role.PETUGAS, "nabire", 200, 403),
        (Role.BENDAHARA, "nabire", 200, 403),
        (Role.KEPALA_UPT, "nabire", 200, 302),
        (Role.KANWIL, "papua", 200, 403),
        (Role.DITJENPAS, "centre", 200, 403),
        (Role.AUDITOR, "centre", 200, 403),
        (Role.MITRA, "nabire", 403, 403),
        (Role.KEPALA_UPT, "bangli", 404, 404),
    ],
)
def test_who_may_see_and_who_may_choose(*, client, world, role, place, sees, chooses):
    sell(world)
    person = sign_in(client, getattr(world, place), role=role)
    for address in ("", "saldo/", "saldo/kas/", "saldo/kas/unduh/"):
        assert person.get(HERE + address).status_code == sees
    assert person.post(f"{HERE}pilih/", asked()).status_code == chooses
    assert SplitRule.objects.filter(place_id=world.nabire).exists() is (chooses == 302)
    if sees == 200:
        assert ("Pilih aturan lain" in text(person.get(HERE))) is (chooses == 302)


# --- Balances ------------------------------------------------------------------------------------


def test_a_unit_without_sales_is_told_when_balances_appear(maria):
    assert "Belum ada uang yang dibukukan." in text(maria.get(f"{HERE}saldo/"))
    assert maria.get(f"{HERE}saldo/kas/").status_code == 404


def test_what_is_owed_is_shown_positive_and_both_sides_are_equal(maria, world):
    sell(world)
    owe(world)
    page = text(maria.get(f"{HERE}saldo/"))
    assert page.count("Rp109.000") == 3  # the cash box, and the sum of both sides
    assert "PNBP terutang" in page
    assert "Rp6.000" in page
    assert "Utang titipan kepada Lapas Kelas IIB Merauke" in page
    assert "-Rp" not in page
    there = text(maria.get(f"{HERE}saldo/titipan-lapas-kelas-iib-merauke/"))
    assert "Rp9.000" in there


def test_a_movement_leads_to_its_receipt_and_tells_what_it_left(maria, world):
    sell(world)
    sell(world, source="uji", memo="Koreksi")
    page = text(maria.get(f"{HERE}saldo/pnbp/"))
    assert f'href="/kerja/lapas-kelas-iib-nabire/penjualan/{SALE}/"' in page
    assert page.index("Rp12.000") < page.index("Koreksi") < page.index("Penjualan PJ-0001")
    assert "Sen, 27 Apr 2026 12.00 WIT" in page


def test_movements_come_in_pages_and_nonsense_is_the_first(maria, world):
    for number in range(31):
        sell(world, memo=f"Penjualan {number}", source="uji")
    assert "1 sampai 30 dari 31" in text(maria.get(f"{HERE}saldo/kas/"))
    last = text(maria.get(f"{HERE}saldo/kas/", {"halaman": "2"}))
    assert "31 sampai 31 dari 31" in last
    assert "Penjualan 0<" in last
    assert last.count("Rp100.000") == 2
    for nonsense in ("", "-1", "²", "x" * 99, "9" * 5000, "\x00"):
        answer = maria.get(f"{HERE}saldo/kas/", {"halaman": nonsense})
        assert answer.status_code == 200


def test_the_file_has_every_movement_and_no_formula(maria, world):
    sell(world)
    sell(world, memo='=HYPERLINK("http://a.id")', source="uji")
    answer = maria.get(f"{HERE}saldo/pnbp/unduh/")
    name = "saldo-lapas-kelas-iib-nabire-pnbp-2026-04-27.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    rows = list(csv.reader(io.StringIO(text(answer).lstrip("\ufeff")), delimiter=";"))
    assert rows[1][:5] == ["2026-04-27", '\'=HYPERLINK("http://a.id")', "uji", "6000", "12000"]
    assert rows[2][3:5] == ["6000", "6000"]


@pytest.mark.parametrize("account", ["mars", "cash", "titipan-", "titipan-lapas-x", "%00", "9"])
def test_an_account_that_the_unit_does_not_have_is_not_found(maria, world, account):
    sell(world)
    assert maria.get(f"{HERE}saldo/{account}/").status_code == 404
    assert maria.get(f"{HERE}saldo/{account}/unduh/").status_code == 404


def test_pages_ask_the_database_little(maria, world, django_assert_num_queries):
    sell(world)
    owe(world)
    maria.get(HERE)  # the first request also keeps the session
    for address, statements in {
        "": 8,
        "pilih/": 5,
        "saldo/": 6,
        "saldo/kas/": 10,
        "saldo/kas/unduh/": 7,
    }.items():
        with django_assert_num_queries(statements):
            maria.get(HERE + address)
