"""The pages of makers: who may open them, what they tell, and what they leave behind."""

import json
import re

import pytest

from bekal.accounts.rules import Role
from bekal.audit.models import Event
from bekal.people.models import Consent, Fact, Maker
from bekal.people.tests.conftest import BANGLI, HERE
from bekal.people.tests.makers import (
    NAME,
    NUMBER,
    a_maker,
    consents,
    goes_home,
    lets_go,
    who_may_work,
)
from tests.support.pages import words

pytestmark = pytest.mark.django_db


def readings():
    """What was written down of names that were read."""
    found = Event.objects.filter(action="names.read").order_by("id")
    return [(event.actor, json.loads(event.detail)) for event in found]


NEW = {
    "name": NAME,
    "number": NUMBER,
    "since": "2026-04-01",
    "is_convicted": "ya",
    "is_adult": "ya",
}


class TestList:
    def test_a_unit_without_makers_is_told_how_to_begin(self, yohana, nabire):
        page = words(yohana().get(HERE))
        assert "Belum ada pembuat di unit ini." in page
        assert "Tambah pembuat" in page

    def test_the_list_tells_codes_and_names_only_where_they_are_asked_for(self, yohana, nabire):
        ready, new = who_may_work(nabire), a_maker(nabire, number="UJI-2", name="CONTOH Dua")
        page = words(yohana().get(HERE))
        assert ready in page
        assert re.search(
            rf"{new} .*belum boleh bekerja Kurang: Sehat untuk bekerja, Minat, Sidang", page
        )
        assert "CONTOH" not in page
        assert readings() == []
        page = words(yohana().get(HERE, {"nama": "ya"}))
        assert NAME in page
        ((_, detail),) = readings()
        assert detail["codes"] == sorted([ready, new])
        assert detail["why"] == "daftar pembuat unit"

    def test_the_list_is_narrowed_and_sorted(self, yohana, nabire):
        ready, new = who_may_work(nabire), a_maker(nabire, number="UJI-2")
        home = a_maker(nabire, number="UJI-3")
        goes_home(home, nabire)
        for asked, there in (
            ({"keadaan": "boleh-bekerja"}, {ready}),
            ({"keadaan": "belum-boleh-bekerja"}, {new}),
            ({"keadaan": "pulang-atau-sudah-pindah"}, {home}),
            ({"cari": ready[3:7].lower()}, {ready}),
            ({"keadaan": "omong-kosong", "urut": "x", "halaman": "-1"}, {ready, new}),
        ):
            page = words(yohana().get(HERE, asked))
            assert {code for code in (ready, new, home) if code in page} == there
        page = words(yohana().get(HERE, {"urut": "paling dulu habis"}))
        assert page.index(ready) < page.index(new)

    def test_the_file_has_codes_and_no_name(self, yohana, nabire):
        code = a_maker(nabire)
        text = yohana().get(f"{HERE}unduh/").content.decode()
        assert code in text
        assert NAME not in text
        assert readings() == []

    def test_a_hundred_makers_cost_no_more_than_one(
        self, yohana, nabire, django_assert_num_queries
    ):
        who_may_work(nabire)
        client = yohana()
        client.get(HERE)
        with django_assert_num_queries(11):
            client.get(HERE)
        for number in range(5):
            a_maker(nabire, number=f"UJI-{number}-9")
        with django_assert_num_queries(11):
            client.get(HERE)
        with django_assert_num_queries(14):
            client.get(HERE, {"nama": "ya"})


class TestOne:
    def test_opening_somebody_shows_the_name_and_says_that_it_was_read(self, yohana, nabire):
        code = who_may_work(nabire)
        page = words(yohana().get(f"{HERE}{code}/"))
        assert NAME in page
        assert "pembacaannya tercatat" in page
        assert "Dasar: UU 22/2022 Pasal 1" in page
        assert "SK TPP 12/2026" in page
        ((_, detail),) = readings()
        assert detail == {
            "codes": [code],
            "why": "data satu pembuat",
            "allowed_by": "see_makers",
        }

    def test_who_keeps_and_who_decides_are_offered_their_own(self, yohana, markus, nabire):
        code = a_maker(nabire)
        page = words(yohana().get(f"{HERE}{code}/"))
        assert "Catat syarat" in page
        assert "Pindahkan" not in page
        page = words(markus().get(f"{HERE}{code}/"))
        assert "Pindahkan" in page
        assert "Catat syarat" not in page

    @pytest.mark.parametrize("role", [Role.BENDAHARA, Role.KANWIL, Role.DITJENPAS, Role.AUDITOR])
    def test_nobody_else_sees_makers(self, person, nabire, role):
        place = {Role.KANWIL: "papua", Role.DITJENPAS: "centre"}.get(role, "nabire")
        client = person("Rani", (role, place))
        code = a_maker(nabire)
        for way in ("", "unduh/", "baru/", f"{code}/", f"{code}/pindah/"):
            assert client.get(HERE + way).status_code == 403
        assert readings() == []

    def test_another_units_maker_is_not_found_anywhere(self, yohana, markus, nabire, world):
        theirs = a_maker(world.bangli)
        consent = consents(theirs, world.bangli)
        officer = yohana()
        for way in ("", "nama/", "syarat/", "persetujuan/"):
            assert officer.get(f"{HERE}{theirs}/{way}").status_code == 404
        assert officer.post(f"{HERE}persetujuan/{consent}/cabut/").status_code == 404
        assert officer.get(BANGLI).status_code == 404
        head = markus()
        for way in ("pindah/", "pulang/"):
            assert head.get(f"{HERE}{theirs}/{way}").status_code == 404
        assert head.post(f"{HERE}{theirs}/pindah/batal/").status_code == 404
        assert readings() == []

    def test_the_page_asks_the_database_little(self, yohana, nabire, django_assert_num_queries):
        code = who_may_work(nabire)
        consents(code, nabire)
        client = yohana()
        client.get(f"{HERE}{code}/")
        with django_assert_num_queries(18):
            client.get(f"{HERE}{code}/")


class TestKeeping:
    def test_somebody_is_written_down(self, yohana, nabire):
        client = yohana()
        answer = client.post(f"{HERE}baru/", NEW)
        maker = Maker.objects.get()
        assert answer["Location"] == f"{HERE}{maker.code}/?tersimpan=baru"
        page = words(client.get(answer["Location"]))
        assert "Pembuat tersimpan." in page
        assert NUMBER not in page

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"is_convicted": "tidak"}, "Tahanan tidak dicatat sebagai pembuat."),
            ({"is_convicted": ""}, "Pilih Ya atau Tidak."),
            ({"is_adult": "tidak"}, "Orang yang belum 18 tahun tidak dicatat"),
            ({"name": ""}, "Isi nama seperti di berkas."),
            ({"number": "?"}, "Nomor SDP memakai 4 sampai 40"),
            ({"since": "kapan"}, "Tulis tanggal seperti 27/04/2026"),
            ({"since": "2027-01-01"}, "Tanggal ini belum tiba."),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
        self, yohana, nabire, changes, sentence
    ):
        answer = yohana().post(f"{HERE}baru/", {**NEW, **changes})
        assert answer.status_code == 422
        assert sentence in words(answer)
        for name in {"name", "number", "since"} - set(changes):
            assert f'value="{NEW[name]}"' in answer.content.decode()
        assert not Maker.objects.exists()

    def test_a_fact_is_written_down_and_a_poor_one_is_not(self, yohana, nabire):
        code = a_maker(nabire)
        address, client = f"{HERE}{code}/syarat/", yohana()
        assert (
            'value="fitness" selected' in client.get(f"{address}?syarat=fitness").content.decode()
        )
        sent = {"code": "fitness", "holds": "ya", "known_on": "27/04/2026", "until": "2026-10-27"}
        assert client.post(address, sent).status_code == 302
        assert Fact.objects.filter(code="fitness").count() == 1
        for changes, sentence in (
            ({"until": ""}, "Isi sampai kapan berlaku."),
            ({"code": "tpp"}, "Isi nomor keputusannya."),
            ({"code": "agama"}, "Pilih syaratnya."),
            ({"holds": ""}, "Pilih Ya atau Tidak."),
        ):
            answer = client.post(address, {**sent, **changes})
            assert answer.status_code == 422
            assert sentence in words(answer)
        assert Fact.objects.filter(code__in=["fitness", "tpp"]).count() == 1

    def test_a_consent_is_written_down_and_withdrawn(self, yohana, nabire):
        code, client = a_maker(nabire), yohana()
        sent = {
            "purpose": "hands",
            "given_on": "2026-04-27",
            "until": "2027-04-27",
            "form_number": "F-7",
        }
        address = f"{HERE}{code}/persetujuan/"
        assert client.post(address, sent).status_code == 302
        answer = client.post(address, {**sent, "until": "2028-01-01", "purpose": "quote"})
        assert "paling lama 12 bulan" in words(answer)
        assert "berlaku Cabut" in words(client.get(f"{HERE}{code}/"))
        consent = Consent.objects.get()
        answer = client.post(f"{HERE}persetujuan/{consent.pk}/cabut/")
        page = words(client.get(answer["Location"]))
        assert "hilang sekarang juga" in page
        assert "dicabut" in page

    def test_a_name_is_put_right(self, yohana, nabire):
        code, client = a_maker(nabire), yohana()
        address = f"{HERE}{code}/nama/"
        assert f'value="{NAME}"' in client.get(address).content.decode()
        answer = client.post(address, {"name": "CONTOH Petrus K"})
        assert "CONTOH Petrus K" in words(client.get(answer["Location"]))
        assert client.post(address, {"name": " "}).status_code == 422

    def test_without_keys_the_pages_say_so_and_nothing_is_kept(self, yohana, nabire, settings):
        code, client = a_maker(nabire), yohana()
        settings.BEKAL_NAME_KEYS = []
        assert "Kunci data pembuat tidak cocok." in words(client.get(f"{HERE}{code}/"))
        answer = client.post(f"{HERE}baru/", {**NEW, "number": "UJI-3"})
        assert answer.status_code == 422
        assert Maker.objects.count() == 1


class TestMoving:
    def test_a_maker_goes_from_one_unit_to_another(self, markus, ketut, nabire, world):
        code = who_may_work(nabire)
        head = markus()
        sent = {"to_unit": str(world.bangli), "on": "2026-04-27", "reason": "W30-1"}
        answer = head.post(f"{HERE}{code}/pindah/", sent)
        assert "sedang pindah" in words(head.get(answer["Location"]))
        other = ketut()
        page = words(other.get(BANGLI))
        assert f"{code} dari Lapas Kelas IIB Nabire, berangkat 27 April 2026" in page
        assert other.get(f"{BANGLI}{code}/").status_code == 404
        address = re.findall(r'href="([^"]*/datang/\d+/)"', other.get(BANGLI).content.decode())[0]
        wrong = other.post(address, {"number": "UJI-9", "on": "2026-04-27"})
        assert "bukan nomor orang yang dipindahkan" in words(wrong)
        answer = other.post(address, {"number": NUMBER, "on": "2026-04-27"})
        page = words(other.get(answer["Location"]))
        assert NAME in page
        assert "boleh bekerja" in page
        assert "unit lain" in page
        assert other.get(address).status_code == 404
        head = markus()
        assert head.get(f"{HERE}{code}/").status_code == 404
        assert code in words(head.get(HERE, {"keadaan": "pulang-atau-sudah-pindah"}))

    def test_a_transfer_that_nobody_received_is_taken_back(self, markus, nabire, world):
        code, head = a_maker(nabire), markus()
        lets_go(code, nabire, world.bangli)
        assert "Batalkan pemindahan" in words(head.get(f"{HERE}{code}/"))
        for _ in range(2):
            assert head.post(f"{HERE}{code}/pindah/batal/").status_code == 302
        assert Maker.objects.get().status == "in_custody"

    def test_a_maker_goes_home(self, markus, nabire):
        code, head = a_maker(nabire), markus()
        answer = head.post(f"{HERE}{code}/pulang/", {"on": "2026-04-27", "reason": ""})
        assert "Isi dasarnya" in words(answer)
        answer = head.post(f"{HERE}{code}/pulang/", {"on": "2026-04-27", "reason": "W30-2"})
        page = words(head.get(answer["Location"]))
        assert "Dicatat pulang." in page
        assert "Pindahkan" not in page

    def test_an_officer_decides_nothing(self, yohana, nabire):
        code = a_maker(nabire)
        for way in ("pindah/", "pulang/"):
            assert yohana().get(f"{HERE}{code}/{way}").status_code == 403
