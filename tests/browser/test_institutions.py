"""A hospital asks two workshops, they answer, it orders from both and pays; a guest takes an hour.

Each person has a window of their own; nothing is done but what they can press. Every page on the
way is looked at as in `test_every_page`.
"""

import datetime as dt

import pytest

from bekal.foundation import clock
from bekal.institutions.actions import set_service
from bekal.institutions.models import Appointment
from bekal.institutions.rules import Hours
from bekal.institutions.tests.asked import open_for_requests
from bekal.institutions.tests.services import a_wash, new_service
from bekal.shop.models import Institution, Order
from tests.browser.steps import NABIRE
from tests.browser.test_every_page import Inspector
from tests.browser.visitor import DESK
from tests.support.world import SETUP, a_product

pytestmark = pytest.mark.usefixtures("watch")
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/"


def in_days(days):
    """A day from now on, as calendars take it."""
    return (clock.now() + dt.timedelta(days=days)).date().isoformat()


def register(sri, seen, watch):
    """Register the hospital; its private address is the page that follows."""
    sri.open("/")
    sri.page.get_by_role("contentinfo").get_by_role("link", name="Untuk lembaga").click()
    sri.page.wait_for_load_state()
    seen.look("for institutions", "/lembaga/")
    sri.follow("Daftarkan lembaga")
    sri.press("Daftarkan lembaga")
    seen.look("registering with errors")
    for label, typed in (
        ("Nama lembaga", "RSUD Nabire"),
        ("NPWP", "02.183.241.5-000.000"),
        ("Nama narahubung", "Sri Wahyuni"),
        ("Nomor WhatsApp atau telepon", "0812 3456 7890"),
        ("Email", "pengadaan@rsud.example.id"),
    ):
        sri.page.get_by_label(label, exact=True).fill(typed)
    sri.pick("Kantor pemerintah")
    watch.wait(seconds=5)
    sri.press("Daftarkan lembaga")
    seen.look("an institution's own page")


def ask(sri, seen, watch):
    """Ask all who make crafts, with a drawing; the page of answers follows."""
    sri.follow("Minta penawaran")
    for name, typed in (
        ("title", "Tas untuk peserta"),
        ("specification", "Serat alam, tali panjang"),
        ("pieces", "30"),
        ("measure", "buah"),
        ("needed_on", in_days(40)),
        ("district", "Nabire"),
        ("destination", "Gudang RSUD, Jalan Merdeka"),
    ):
        sri.page.locator(f"[name={name}]").fill(typed)
    sri.page.locator("[name=kind]").select_option("kerajinan")
    seen.look("a request as typed")
    sri.press("Pilih bengkel")
    drawing = {"name": "gambar.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    sri.page.locator("[name=file]").set_input_files([drawing])
    seen.look("workshops to ask")
    watch.wait(seconds=5)
    sri.press("Kirim permintaan")
    assert "2 bengkel ditanya" in sri.text()
    seen.look("a request without answers")
    return sri.page.url.split("?")[0]


def answer(officer, unit, *, product, pieces, price, fee=""):
    """Offer so many pieces at a price; sent for a fee, or fetched."""
    officer.open(f"{unit}permintaan/")
    officer.follow("Tas untuk peserta")
    page = officer.page
    page.locator("[name=product]").select_option(label=product)
    for name, typed in (("pieces", pieces), ("unit_price", price), ("ready_on", in_days(30))):
        page.locator(f"[name={name}]").fill(str(typed))
    officer.pick("Kami kirim" if fee else "Lembaga mengambil")
    if fee:
        page.locator("[name=fee]").fill(fee)
    officer.press("Kirim penawaran")
    assert "Jawaban terkirim." in officer.text()


def choose(sri, seen, address):
    """Take twenty of Nabire and ten of Bangli; the order follows."""
    sri.open(address)
    seen.look("answers beside one another")
    sri.page.get_by_label("Kelas IIB Nabire").fill("-1")
    sri.press("Periksa pesanan")
    seen.look("a number that is none")
    for unit, pieces in (("Nabire", "20"), ("Bangli", "10")):
        sri.page.get_by_label(f"Kelas II{'B' if unit == 'Nabire' else 'A'} {unit}").fill(pieces)
    sri.page.get_by_label("Nomor pesanan lembaga").fill("PO-17/2026")
    sri.press("Periksa pesanan")
    seen.look("the order before it is placed")
    sri.press("Pesan Rp2.550.000")
    assert "PO-17/2026" in sri.text()
    seen.look("the order by its private address")


def papers(sri, address):
    """Every paper of the first part opens by the private address."""
    for paper in ("faktur", "surat-jalan", "bast"):
        got = sri.context.request.get(f"{address}surat/?paket=1&surat={paper}")
        assert got.headers["content-type"] == "application/pdf"


def settle(siti, order):
    """The treasurer finds the invoice that is late, and writes down that it was paid."""
    seen = Inspector(siti)
    seen.look("invoices that wait", f"{NABIRE}pesanan/faktur/")
    siti.follow(order.code)
    siti.follow("Catat uang masuk")
    siti.pick("Transfer")
    siti.page.locator("[name=reference]").fill("TRF-0077")
    siti.press("Simpan uang masuk")
    seen.report()


def check(frans):
    """The kanwil looks at who registered."""
    seen = Inspector(frans)
    seen.look("who registered", "/lembaga-terdaftar/")
    frans.follow("RSUD Nabire")
    seen.look("one who registered")
    frans.press("Tandai sudah diperiksa")
    assert Institution.objects.get().checked_at is not None
    seen.report()


def test_a_hospital_buys_of_two_workshops_by_one_request(visit, watch, world, people):
    open_for_requests(world)
    a_product(world.bangli, "Tas rotan", "kerajinan", price=75_000, cost=40_000)
    sri, yohana, wayan = visit(), visit(people.yohana), visit(people.wayan)
    seen, desk = Inspector(sri), Inspector(yohana)
    register(sri, seen, watch)
    address = ask(sri, seen, watch)
    desk.look("what a unit was asked", f"{NABIRE}permintaan/")
    yohana.follow("Tas untuk peserta")
    yohana.press("Kirim penawaran")
    desk.look("an answer with errors")
    answer(yohana, NABIRE, product="Noken kulit kayu", pieces=25, price="90.000", fee="50.000")
    desk.look("a request that was answered")
    answer(wayan, BANGLI, product="Tas rotan", pieces=10, price="70.000")
    choose(sri, seen, address)
    order = Order.objects.get()
    assert (order.total, order.reference) == (2_550_000, "PO-17/2026")
    papers(sri, address)
    watch.wait(days=45)
    settle(visit(people.siti), order)
    sri.open(address)
    assert "Dibayar" in sri.text()
    check(visit(people.frans))
    seen.report()
    desk.report()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_guest_takes_an_hour_and_the_officer_sells_what_was_done(
    visit, watch, world, people, javascript
):
    every_day = tuple(Hours(day, dt.time(0), dt.time(23, 30), 2) for day in range(7))
    told = new_service(world, a_wash(world), hours=every_day, minutes=30)
    service = set_service(service=told, by=SETUP, now=clock.now())
    budi, seen = visit(javascript=javascript), None
    if javascript:
        seen = Inspector(budi)
        seen.look("services", "/jasa/")
        seen.look("a service's hours", f"/jasa/{service.slug}/")
    budi.open(f"/jasa/{service.slug}/")
    budi.page.locator("a[href*='/pesan/?jam=']").first.click()
    budi.page.get_by_label("Nama Anda").fill("Budi")
    budi.page.get_by_label("Nomor WhatsApp atau telepon").fill("0812 3456 7891")
    watch.wait(seconds=5)
    budi.press("Pesan jam ini")
    assert "Jam sudah dipesan." in budi.text()
    yohana = visit(people.yohana, width=DESK)
    at = Appointment.objects.get().slot.starts_at + dt.timedelta(hours=9)
    yohana.open(f"{NABIRE}jasa/?hari={at.date()}")
    if seen:
        seen.look("an appointment")
        seen.report()
        desk = Inspector(yohana)
        desk.look("who comes")
        desk.report()
    yohana.press("Selesai, tunai")
    assert Appointment.objects.get().status == "done"
