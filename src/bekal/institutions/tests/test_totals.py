"""Both denominators of the rule of supply: a vendor tells its own total, a unit its harvest."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.audit.queries import chain_problems
from bekal.foundation.clock import Zone
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.institutions import queries
from bekal.institutions.actions import NewHarvest, declare_harvest
from bekal.institutions.models import HarvestTotal, Purchases
from bekal.institutions.rules import SupplyRefused
from bekal.institutions.tests.asked import register
from bekal.institutions.tests.pages import NABIRE, READ, sign_in, text, words
from bekal.institutions.tests.test_supply import agree, stocked, tell
from bekal.shop.actions import check_institution
from bekal.shop.rules import InstitutionKind
from bekal.ui.strangers import STAMP
from tests.support.threads import all_at_once
from tests.support.world import NOON, SETUP, TODAY, YOHANA

pytestmark = pytest.mark.usefixtures("noon")

HERE = f"{NABIRE}/pasokan/"
REPORT = f"{HERE}penyedia/?bulan=2026-04"
APRIL = dt.date(2026, 4, 1)
DAY = dt.timedelta(days=1)


def a_vendor(*, is_checked=True, **changes):
    made = register(**{"name": "CV Pangan Nabire", "kind": InstitutionKind.VENDOR, **changes})
    if is_checked:
        check_institution(institution_id=made.institution_id, by=SETUP, now=NOON)
    return made


def harvested(unit, *, key=None, **changes):
    given = {"month": APRIL, "total": 9_000_000, "source": "Buku panen kebun", **changes}
    new = NewHarvest(key or uuid7(), unit, **given)
    return declare_harvest(new=new, by=YOHANA, now=NOON)


def own(world, **changes):
    """What a vendor types of April at Nabire."""
    return {
        "key": str(uuid7()),
        "unit": str(world.nabire),
        "month": "2026-04",
        "total": "18.000.000",
        "file": SimpleUploadedFile("rekap.pdf", b"%PDF-1.7"),
        "website": "",
        STAMP: READ,
        **changes,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_vendor_tells_its_total_by_its_private_address(client, world, prefix):
    stocked(world.coffee)
    vendor = a_vendor()
    tell(world, agree(world, vendor=vendor.institution_id))
    home = f"{prefix}/lembaga/pribadi/{vendor.key}/"
    here = f"{home}belanja/"
    assert f'href="{here}"' in text(client.get(home))
    assert "Lapas Kelas IIB Nabire" in words(client.get(here))
    answer = client.post(here, own(world))
    assert (answer.status_code, answer["Location"]) == (303, f"{here}?tersimpan")
    kept = Purchases.objects.get()
    assert (kept.bought, kept.total, kept.is_by_vendor) == (900_000, 18_000_000, True)
    assert "no-store" in answer["Cache-Control"]
    assert "Rp900.000" in words(client.get(here)).replace("Rp900,000", "Rp900.000")
    yohana = sign_in(client, world.nabire)
    page = words(yohana.get(REPORT))
    assert "dinyatakan penyedia sendiri" in page
    assert "5,0 %" in page
    assert chain_problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"total": "banyak"},
        {"total": "0"},
        {"file": ""},
        {"file": SimpleUploadedFile("x.pdf", b"MZ program")},
        {"month": "2027-01"},
        {"month": "x"},
        {"unit": "999999"},
        {"website": "http://x"},
        {STAMP: ""},
    ],
)
def test_what_is_no_total_is_said_and_keeps_nothing(client, world, changes):
    vendor = a_vendor()
    agree(world, vendor=vendor.institution_id)
    answer = client.post(f"/lembaga/pribadi/{vendor.key}/belanja/", own(world, **changes))
    assert answer.status_code == 422
    assert answer.content.decode().count("data-errors") == 1, "the summary stands once"
    assert not Purchases.objects.exists()


@pytest.mark.django_db
def test_a_second_click_is_harmless_and_a_correction_says_why(client, world):
    vendor = a_vendor()
    agree(world, vendor=vendor.institution_id)
    here = f"/lembaga/pribadi/{vendor.key}/belanja/"
    said = {name: value for name, value in own(world).items() if name != "file"}

    def send(**changes):
        file = SimpleUploadedFile("rekap.pdf", b"%PDF-1.7")
        return client.post(here, {**said, "file": file, **changes}).status_code

    assert [send(), send()] == [303, 303]
    assert send(total="17.000.000") == 409
    assert send(key=str(uuid7()), total="17.000.000") == 422
    assert send(key=str(uuid7()), total="17.000.000", reason="Salah jumlah") == 303
    assert list(Purchases.objects.order_by("number").values_list("total", flat=True)) == [
        18_000_000,
        17_000_000,
    ]


@pytest.mark.django_db
def test_who_is_no_checked_vendor_or_supplies_nobody_tells_nothing(client, world):
    unchecked = a_vendor(is_checked=False)
    hotel = register(kind=InstitutionKind.HOTEL, npwp="0013121660091000")
    alone = a_vendor(npwp="0013121660091001")
    for party in (unchecked, hotel, alone):
        here = f"/lembaga/pribadi/{party.key}/belanja/"
        assert "Belum ada UPT yang Anda layani." in words(client.get(here))
        assert client.post(here, own(world)).status_code == 422
    assert not Purchases.objects.exists()


@pytest.mark.django_db
def test_a_harvest_stays_and_a_correction_follows_with_its_reason(world):
    key = uuid7()
    for _ in range(2):
        harvested(world.nabire, key=key)
    with pytest.raises(KeyReused):
        harvested(world.nabire, key=key, total=1)
    for changes in (
        {},
        {"total": -1, "reason": "x"},
        {"source": " ", "reason": "x"},
        {"source": "k" * 201, "reason": "x"},
        {"month": dt.date(2026, 5, 1)},
        {"month": dt.date(2026, 4, 2), "reason": "x"},
    ):
        with pytest.raises(SupplyRefused):
            harvested(world.nabire, **changes)
    harvested(world.nabire, total=8_000_000, reason="Timbangan keliru")
    totals = HarvestTotal.objects.order_by("number").values_list("number", "total")
    assert list(totals) == [(1, 9_000_000), (2, 8_000_000)]
    assert chain_problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("update institutions_harvesttotal set total = 1", "append_only"),
        ("delete from institutions_harvesttotal", "append_only"),
        (
            (
                "insert into institutions_harvesttotal (id, unit_id, month, number, total, source,"
                " reason, declared_at, declared_by) select gen_random_uuid(), unit_id, month, 3, 1,"
                " 'x', 'x', now(), 'x' from institutions_harvesttotal"
            ),
            "follow each other",
        ),
        (
            (
                "insert into institutions_harvesttotal (id, unit_id, month, number, total, source,"
                " reason, declared_at, declared_by) select gen_random_uuid(), unit_id, month, 2, 1,"
                " 'x', '', now(), 'x' from institutions_harvesttotal"
            ),
            "for_a_reason",
        ),
    ],
)
def test_the_database_keeps_what_was_harvested(world, sql, says):
    harvested(world.nabire)
    with pytest.raises(DatabaseError, match=says), transaction.atomic():
        connection.cursor().execute(sql)
    assert HarvestTotal.objects.get().total == 9_000_000


@pytest.mark.slow
def test_eight_harvests_of_a_month_at_once_follow_each_other(committed_world):
    answers = all_at_once(
        8, lambda n: harvested(committed_world.nabire, total=1_000 + n, reason="Koreksi")
    )
    assert not [one for one in answers if isinstance(one, Exception)]
    assert sorted(HarvestTotal.objects.values_list("number", flat=True)) == list(range(1, 9))


@pytest.mark.django_db
def test_yohana_types_the_harvest_and_a_kanwil_reads_both_readings(client, world):
    stocked(world.coffee)
    vendor = a_vendor()
    tell(world, agree(world, vendor=vendor.institution_id))
    yohana = sign_in(client, world.nabire)
    page = yohana.get(REPORT)
    assert "belum diisi" in words(page)
    key = text(page).split('panen/?bulan=2026-04"')[1].split('name="key" value="')[1].split('"')[0]
    sent = {"key": key, "total": "9.000.000", "source": "Buku panen kebun", "reason": ""}
    where = f"{HERE}penyedia/panen/?bulan=2026-04"
    assert yohana.post(where, {**sent, "source": ""}).status_code == 422
    assert [yohana.post(where, sent).status_code for _ in range(2)] == [303, 303]
    assert yohana.post(where, {**sent, "total": "1"}).status_code == 409
    assert "10,0 %" in words(yohana.get(REPORT))
    sign_in(client, world.papua, role=Role.KANWIL, name="Kanwil")
    page = words(client.get("/pasokan/?bulan=2026-04", follow=True))
    assert "10,0 %" in page
    assert "Simpan panen" not in page
    assert client.post(where, sent).status_code == 403


@pytest.mark.django_db
def test_the_month_of_the_address_goes_on_to_the_place(client, world):
    sign_in(client, world.papua, role=Role.KANWIL, name="Kanwil")
    assert client.get("/pasokan/?bulan=2026-03")["Location"].endswith("?bulan=2026-03")
    assert client.get("/pasokan/")["Location"].endswith("/penyedia/")


@pytest.mark.django_db
def test_deliveries_of_earlier_days_are_tasks_before_those_of_today(client, world):
    supply = agree(world)
    work = queries.unit_work(unit_id=world.nabire, today=TODAY, zone=Zone.WIT, now=NOON)
    assert (work.supplies, work.supplies_late) == (1, 3)
    page = words(sign_in(client, world.nabire).get(f"{NABIRE}/"))
    late, due = (
        page.index("Catat 3 kiriman pasokan yang terlewat"),
        page.index("Serahkan 1 kiriman pasokan"),
    )
    assert late < due
    stocked(world.coffee)
    tell(world, supply, due_on=TODAY - 7 * DAY)
    work = queries.unit_work(unit_id=world.nabire, today=TODAY, zone=Zone.WIT, now=NOON)
    assert (work.supplies, work.supplies_late) == (1, 2)


@pytest.mark.django_db
def test_a_vendor_s_page_asks_the_database_little(client, world, django_assert_max_num_queries):
    vendor = a_vendor()
    agree(world, vendor=vendor.institution_id)
    with django_assert_max_num_queries(5):
        client.get(f"/lembaga/pribadi/{vendor.key}/belanja/")
