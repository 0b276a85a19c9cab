"""What was made, as an officer writes it down on a phone: in few taps, with one thumb."""

import datetime as dt

from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.people.tests.makers import MARKUS, found, rules, who_may_work
from bekal.production import actions
from bekal.production.models import Batch, NoProduction
from bekal.production.rules import NewAssignment, NewWorkLimit
from bekal.production.tests.goods import a_workshop
from tests.browser.steps import NABIRE
from tests.browser.test_every_page import Inspector
from tests.browser.test_makers import shoot
from tests.support.world import YOHANA

MADE = f"{NABIRE}produksi/"
MOST_TAPS = 4
"""A repeated batch: the task, the repeat, one step of the pieces, saving."""


def at_work(world, *benches):
    """Workshops of Nabire, each with the numbers of those who have worked there for a week."""
    rules()
    now = clock.now()
    then = now - dt.timedelta(days=9)
    first = local_day(then, Zone.WIT)
    limit = NewWorkLimit(420, 2_100, "SK Kalapas 3/2026", first)
    actions.set_work_limit(unit_id=world.nabire, limit=limit, by=MARKUS, now=then)
    for numbers in benches or (("UJI-1", "UJI-2"),):
        bench = a_workshop(world.nabire, name=f"Bengkel {numbers[0]}", now=then)
        for number in numbers:
            maker = who_may_work(world.nabire, number=number)
            until = now.date() + dt.timedelta(days=90)
            found(maker, world.nabire, "fitness", until=until, now=now)
            new = NewAssignment(maker, bench, first + dt.timedelta(days=1), None, 180, 5)
            actions.assign(unit_id=world.nabire, new=new, by=YOHANA, now=now)


def test_yohana_writes_down_what_was_made(visit, world, people):
    at_work(world)
    yohana = visit(people.yohana)
    look = Inspector(yohana)
    look.look("nothing made", MADE)
    yohana.follow("Catat produksi")
    look.look("what was made")
    shoot(yohana, "make")
    yohana.press("Simpan hasil produksi")
    look.look("what was made, with errors")
    shoot(yohana, "make-errors")
    assert "Isi jumlahnya, misalnya 12." in yohana.text()
    yohana.page.locator("#id_good").fill("12")
    soon = clock.now().date() + dt.timedelta(days=120)
    yohana.page.locator("#id_expires_on").fill(soon.isoformat())
    yohana.press("Simpan hasil produksi")
    assert "Hasil produksi tersimpan. Nomor B-0001." in yohana.text()
    look.look("a batch")
    shoot(yohana, "batch")
    yohana.page.locator("#id_good").fill("10")
    yohana.page.locator("#id_reason").fill("dua retak")
    yohana.press("Simpan koreksi")
    assert "dua retak" in yohana.text()
    look.look("batches", MADE)
    shoot(yohana, "batches")
    look.report()


def test_the_last_day_is_repeated_in_few_taps(visit, world, people):
    at_work(world)
    yohana = visit(people.yohana)
    yohana.open(f"{MADE}baru/?hari=kemarin")
    yohana.page.get_by_label("Noken kulit kayu").check()
    yohana.page.locator("#id_good").fill("12")
    yohana.press("Simpan hasil produksi")
    taps = 0
    yohana.open(NABIRE)
    for tap in (
        lambda: yohana.follow("Catat hasil produksi"),
        lambda: yohana.follow("Ulangi"),
        lambda: yohana.page.get_by_label("Tambah Jadi").click(),
        lambda: yohana.press("Simpan hasil produksi"),
    ):
        tap()
        taps += 1
    assert taps <= MOST_TAPS
    assert list(Batch.objects.order_by("number").values_list("good", flat=True)) == [12, 13]


def test_nothing_was_made_today_in_one_tap(visit, world, people):
    at_work(world)
    yohana = visit(people.yohana)
    yohana.open(f"{MADE}baru/")
    yohana.press("Tidak ada produksi hari ini")
    assert "Hari ini tidak ada produksi." in yohana.text()
    assert NoProduction.objects.count() == 1
