"""Services by appointment, as Budi of the town and Yohana of Nabire meet them."""

import datetime as dt
import re

import pytest

from bekal.accounts.rules import Role
from bekal.catalogue.actions import set_contact
from bekal.catalogue.tests.goods import path_of
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.institutions.models import Appointment, ClosedDay, Service, Slot
from bekal.institutions.tests.pages import NABIRE, READ, hidden, sign_in, text, words
from bekal.institutions.tests.services import NINE, a_wash, offer_wash, take
from bekal.production.actions import pause_unit
from bekal.sales.models import Sale
from bekal.ui.strangers import STAMP
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DESK = f"{NABIRE}/jasa/"


@pytest.fixture
def yohana(client, world):
    return sign_in(client, world.nabire)


def typed(page, **changes):
    return {
        **hidden(page),
        "name": "Budi",
        "phone": "0812 3456 7890",
        "website": "",
        STAMP: READ,
        **changes,
    }


def at_nine(**changes):
    return {
        "key": str(uuid7()),
        "starts_at": NINE.isoformat(),
        "name": "Budi",
        "phone": "0812 3456 7890",
        "website": "",
        STAMP: READ,
        **changes,
    }


def week(**changes):
    return {
        "kind": "cuci-kendaraan",
        "minutes": "60",
        "capacity": "2",
        "description": "Sabun termasuk",
        "is_open": "on",
        "day_0": "08.00-12.00, 13.00-15.00",
        "day_1": "08:00 - 12:00",
        **changes,
    }


def test_budi_finds_a_service_chooses_an_hour_and_keeps_its_address(client, world):
    service = offer_wash(world)
    listed = words(client.get("/jasa/"))
    assert "Cuci motor" in listed
    assert "Rp15.000" in listed
    page = client.get(f"/jasa/{service.slug}/?hari=2026-04-28")
    assert "09.00 WIT" in words(page)
    assert "sisa 2 tempat" in words(page)
    (address,) = {
        link for link in re.findall(r'href="([^"]*pesan/[^"]*)"', text(page)) if "T07" in link
    }
    form = client.get(address.replace("&amp;", "&"))
    assert "28 April 2026, 09.00 WIT" in words(form)
    done = client.post(f"/jasa/{service.slug}/pesan/", typed(form), follow=True)
    assert "Jam sudah dipesan." in text(done)
    assert "no-store" in done["Cache-Control"]
    (found,) = Appointment.objects.all()
    assert found.slot.starts_at == NINE
    assert str(found) in text(done)
    here = done.redirect_chain[-1][0].split("?")[0]
    assert "sisa 1 tempat" in words(client.get(f"/jasa/{service.slug}/?hari=2026-04-28"))
    assert "Dibatalkan" in words(client.post(f"{here}batal/", follow=True))
    assert Slot.objects.get().taken == 0


def test_budi_reads_where_to_come_and_whom_to_write_to_while_the_appointment_stands(client, world):
    booked = take(offer_wash(world))
    page = f"/jasa/janji/{booked.key}/"
    assert "WhatsApp" not in words(client.get(page))
    set_contact(
        unit_id=world.nabire,
        number="+6281300001111",
        pickup_point="Gerai di Jalan Ampera 5, Nabire",
        pickup_hours="Senin sampai Jumat",
        by=YOHANA,
        now=NOON,
    )
    shown = client.get(page)
    assert "Datang ke Gerai di Jalan Ampera 5, Nabire (Senin sampai Jumat)." in words(shown)
    assert "WhatsApp, 0813-0000-1111" in words(shown)
    code = str(Appointment.objects.get())
    assert re.fullmatch(r"JT-\w{4}-\w{4}", code)
    assert f"https://wa.me/6281300001111?text=Halo%2C%20tentang%20janji%20{code}." in text(shown)
    left = client.post(f"{page}batal/", follow=True)
    assert "Datang ke" not in words(left)
    assert "WhatsApp, 0813-0000-1111" in words(left)


@pytest.mark.parametrize("hour", ["2020-01-06T09:00:00+09:00", "2026-06-28T09:00:00+09:00", "x"])
def test_an_hour_that_cannot_be_booked_leads_back_to_the_calendar(client, world, hour):
    service = offer_wash(world)
    page = words(client.get(f"/jasa/{service.slug}/pesan/", {"jam": hour}))
    assert "Pilih jam di kalender dahulu." in page
    assert "2020" not in page
    sent = client.post(f"/jasa/{service.slug}/pesan/", at_nine(starts_at=hour))
    assert sent.status_code == 422
    assert not Slot.objects.exists()


def test_the_list_of_services_says_which_unit_pauses(client, world):
    offer_wash(world)
    pause_unit(unit_id=world.nabire, sentence="Air mati.", until=None, by=YOHANA, now=NOON)
    assert "Air mati." in words(client.get("/jasa/"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Isi nama Anda."),
        ({"phone": "x"}, "Tulis nomor HP Indonesia"),
        ({"note": "k" * 201}, "Paling panjang 200 huruf"),
        ({"website": "x"}, "Kosongkan kolom ini"),
        ({STAMP: ""}, "Belum bisa dikirim"),
        ({"starts_at": "2026-04-28T09:30:00+09:00"}, "tidak bisa dipesan"),
    ],
)
def test_what_is_no_booking_is_said_in_words_and_takes_nothing(client, world, changes, says):
    service = offer_wash(world)
    message = {
        "key": str(uuid7()),
        "starts_at": NINE.isoformat(),
        "name": "Budi",
        "phone": "0812 3456 7890",
    }
    page = client.post(
        f"/jasa/{service.slug}/pesan/", {**message, "website": "", STAMP: READ, **changes}
    )
    assert page.status_code == 422
    assert says in text(page)
    assert not Slot.objects.exists()


@pytest.mark.parametrize("hour", ["", "x", "2026-04-28T09:00", "%00"])
def test_without_an_hour_the_page_leads_to_the_calendar(client, world, hour):
    service = offer_wash(world)
    page = client.get(f"/jasa/{service.slug}/pesan/?jam={hour}")
    assert page.status_code == 200
    assert "Pilih jam di kalender dahulu." in text(page)


def test_a_full_hour_a_pause_and_a_closed_service_are_told(client, world):
    service = offer_wash(world)
    for number in range(2):
        take(service, phone=f"+6281234567{number:03d}")
    page = words(client.get(f"/jasa/{service.slug}/?hari=2026-04-28"))
    assert "09.00 WIT, penuh" in page
    message = {
        "key": str(uuid7()),
        "starts_at": NINE.isoformat(),
        "name": "Budi",
        "phone": "0811 1111 111",
    }
    late = client.post(f"/jasa/{service.slug}/pesan/", {**message, "website": "", STAMP: READ})
    assert late.status_code == 422
    assert "baru saja penuh" in text(late)
    offer_wash(world, product=service.product_id, is_open=False)
    assert "tidak menerima janji baru" in words(client.get(f"/jasa/{service.slug}/"))
    pause_unit(
        unit_id=world.nabire, sentence="Tutup demi keamanan.", until=None, by=YOHANA, now=NOON
    )
    assert "Tutup demi keamanan." in words(client.get(f"/jasa/{service.slug}/"))


def test_the_list_is_narrowed_and_empty_lists_say_so(client, world):
    assert "Belum ada jasa dengan janji." in text(client.get("/jasa/"))
    offer_wash(world)
    assert "Cuci motor" in words(client.get("/jasa/?jenis=cuci-kendaraan&provinsi=94&urut=harga"))
    assert "Tidak ada jasa yang cocok." in words(client.get("/jasa/?cari=cukur"))
    assert "Cuci motor" in words(client.get("/jasa/?jenis=x&urut=%00"))
    assert "Choose a free hour" in text(client.get("/en/jasa/"))


def test_yohana_offers_a_service_and_changes_its_week(world, yohana):
    product = a_wash(world)
    page = yohana.get(f"{DESK}baru/")
    code = re.findall(r'<option value="(\w+)">Cuci motor', text(page))[0]
    done = yohana.post(f"{DESK}baru/", week(product=code), follow=True)
    assert "Tersimpan." in words(done)
    service = Service.objects.get(product_id=product)
    assert service.hours.count() == 3
    assert 'value="08.00-12.00, 13.00-15.00"' in text(done)
    here = f"{DESK}{service.pk}/"
    changed = week(product=code, day_0="", day_6="09.00-10.00", is_open="")
    assert yohana.post(here, changed).status_code == 303
    service.refresh_from_db()
    assert not service.is_open
    assert sorted(service.hours.values_list("weekday", flat=True)) == [1, 6]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"product": ""}, "Pilih produk jasa"),
        ({"kind": ""}, "Pilih jenis jasa"),
        ({"minutes": "4"}, "antara 5 dan 480 menit"),
        ({"capacity": "0"}, "antara 1 dan 50"),
        ({"day_0": "pagi"}, "Tulis misalnya 08.00-12.00"),
        ({"day_0": "25.00-26.00"}, "Tulis misalnya 08.00-12.00"),
        ({"day_0": "12.00-08.00"}, "Jam tutup sesudah jam buka"),
        ({"day_0": "", "day_1": ""}, "Isi jam buka"),
    ],
)
def test_a_service_that_cannot_be_is_said_in_words(world, yohana, changes, says):
    a_wash(world)
    page = yohana.get(f"{DESK}baru/")
    code = re.findall(r'<option value="(\w+)">Cuci motor', text(page))[0]
    answer = yohana.post(f"{DESK}baru/", week(**{"product": code, **changes}))
    assert answer.status_code == 422
    assert says in text(answer)
    assert not Service.objects.exists()


def test_a_day_is_closed_and_opened_again(world, yohana):
    service = offer_wash(world)
    here = f"{DESK}{service.pk}/tutup/"
    assert yohana.post(here, {"day": "2026-04-28"}).status_code == 303
    assert "28 April 2026" in words(yohana.get(f"{DESK}{service.pk}/"))
    assert yohana.post(here, {"day": "2026-04-28", "buka": "ya"}).status_code == 303
    assert not ClosedDay.objects.exists()
    assert yohana.post(here, {"day": "x"}).status_code == 422


def test_who_comes_is_done_in_one_tap(world, yohana, monkeypatch):
    booked = take(offer_wash(world), note="Motor bebek")
    day = words(yohana.get(f"{DESK}?hari=2026-04-28"))
    for word in ("09.00 WIT", "Budi", "0812-3456-7890", "Motor bebek", "Rp15.000"):
        assert word in day
    monkeypatch.setattr(clock, "now", lambda: NINE + dt.timedelta(hours=1))
    tap = f"{DESK}janji/{booked.appointment_id}/selesai/"
    done = yohana.post(tap, {"pieces": "1", "payment": "cash"}, follow=True)
    assert "Selesai dan tercatat. Nomor PJ-0001." in words(done)
    assert Sale.objects.get().total == 15_000
    assert "Janji ini sudah selesai" in words(
        yohana.post(f"{DESK}janji/{booked.appointment_id}/tidak-datang/")
    )
    rows = text(yohana.get(f"{DESK}unduh/?hari=2026-04-28"))
    assert "09.00 WIT;Cuci motor;Selesai" in rows
    assert "Budi" not in rows


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"pieces": "x", "payment": "cash"}, "Isi jumlahnya"),
        ({"pieces": "1", "payment": "emas"}, "Pilih cara bayar"),
        ({"pieces": "0", "payment": "cash"}, "paling sedikit 1"),
    ],
)
def test_a_tap_that_cannot_be_sells_nothing(world, yohana, message, says):
    booked = take(offer_wash(world))
    page = yohana.post(f"{DESK}janji/{booked.appointment_id}/selesai/", message)
    assert page.status_code == 422
    assert says in text(page)
    assert not Sale.objects.exists()


def test_the_unit_takes_an_appointment_back(world, yohana):
    booked = take(offer_wash(world))
    assert yohana.post(f"{DESK}janji/{booked.appointment_id}/batal/").status_code == 303
    assert Appointment.objects.get().status == "cancelled"


def test_who_only_looks_sees_no_names(client, world):
    take(offer_wash(world))
    sign_in(client, world.nabire, role=Role.AUDITOR, name="Auditor")
    page = words(client.get(f"{DESK}?hari=2026-04-28"))
    assert "09.00 WIT" in page
    assert "Budi" not in page
    assert client.get(f"{DESK}baru/").status_code == 403


def test_the_pages_ask_few_questions(client, world, django_assert_max_num_queries):
    service = offer_wash(world)
    booked = take(service)
    for path, most in (
        ("/jasa/", 8),
        (f"/jasa/{service.slug}/", 8),
        (f"/jasa/{service.slug}/pesan/", 3),
        (f"/jasa/janji/{booked.key}/", 5),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
    sign_in(client, world.nabire)
    for path, most in ((f"{DESK}?hari=2026-04-28", 14), (f"{DESK}{service.pk}/", 13)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_the_product_page_of_a_service_leads_to_its_appointments(client, world):
    product = a_wash(world)
    offer_wash(world, product=product)
    page = client.get(path_of(product))
    told = words(page)
    assert "Harga satu kali, tercatat sejak" in told
    assert "Jasa ini dikerjakan dengan janji" in told
    (address,) = re.findall(r'href="(/jasa/\?cari=[^"]*)"', text(page))
    assert "Cuci motor" in words(client.get(address))
