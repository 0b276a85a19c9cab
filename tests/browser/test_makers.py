"""Makers of a unit, as its officer and its head keep them on a phone."""

import datetime as dt
import os
from pathlib import Path

from bekal.foundation import clock
from bekal.people.tests.makers import NUMBER, a_maker, consents, found, rules, who_may_work
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits
from tests.browser.steps import NABIRE
from tests.browser.test_every_page import Inspector

MAKERS = f"{NABIRE}orang/"
SHOTS = os.environ.get("SHOTS")


def shoot(visitor, name):
    if SHOTS:
        for width in (390, 1280):
            visitor.page.set_viewport_size({"width": width, "height": 844})
            visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


def ends_on(days):
    return clock.now().date() + dt.timedelta(days=days)


def test_yohana_writes_down_a_maker(visit, world, people):
    rules()
    yohana = visit(people.yohana)
    look = Inspector(yohana)
    look.look("no makers", MAKERS)
    yohana.follow("Tambah pembuat")
    yohana.press("Simpan pembuat")
    look.look("new maker with errors")
    shoot(yohana, "maker-new-errors")
    assert "Pilih Ya atau Tidak." in yohana.text()
    yohana.page.locator("#id_is_convicted_0").check(force=True)
    yohana.page.locator("#id_is_adult_0").check(force=True)
    yohana.page.get_by_label("Nama").fill("CONTOH Petrus")
    yohana.page.get_by_label("Nomor registrasi SDP").fill(NUMBER)
    yohana.press("Simpan pembuat")
    assert "Pembuat tersimpan." in yohana.text()
    yohana.follow("Sehat untuk bekerja")
    yohana.page.locator("#id_holds_0").check(force=True)
    yohana.press("Simpan catatan")
    look.look("fact with errors")
    shoot(yohana, "maker-fact-errors")
    look.report()


def test_yohana_writes_down_what_is_required(visit, world, people):
    rules()
    code, yohana = a_maker(world.nabire), visit(people.yohana)
    look = Inspector(yohana)
    yohana.open(f"{MAKERS}{code}/")
    for label, number, until in (
        ("Sidang TPP", "SK 12/2026", ""),
        ("Minat", "", ""),
        ("Sehat untuk bekerja", "", ends_on(180).isoformat()),
    ):
        yohana.follow(label)
        yohana.page.locator("#id_holds_0").check(force=True)
        yohana.page.locator("[name=number]").fill(number)
        yohana.page.locator("[name=until]").fill(until)
        yohana.press("Simpan catatan")
    assert "boleh bekerja" in yohana.text()
    look.look("maker", f"{MAKERS}{code}/")
    look.look("consent", f"{MAKERS}{code}/persetujuan/")
    look.look("name", f"{MAKERS}{code}/nama/")
    look.report()


def several(world):
    """Five makers of Nabire, one of whom may work; returns that one."""
    rules()
    now = clock.now()
    for number in range(4):
        maker = a_maker(world.nabire, number=f"UJI-{number}-7", name=f"CONTOH Orang {number}")
        if number:
            found(maker, world.nabire, "interest")
    maker = who_may_work(world.nabire)
    found(maker, world.nabire, "fitness", until=ends_on(20), known_on=now.date(), now=now)
    consents(maker, world.nabire, given_on=now.date(), now=now)
    return maker


def test_markus_looks_who_is_there_and_lets_one_go(visit, world, people):
    maker = several(world)
    markus = visit(people.markus)
    look = Inspector(markus)
    look.look("makers", MAKERS)
    assert "CONTOH" not in markus.text()
    shoot(markus, "makers")
    markus.press("Tampilkan dengan nama")
    look.look("makers with names")
    shoot(markus, "makers-names")
    assert "CONTOH Petrus" in markus.text()
    look.look("maker", f"{MAKERS}{maker}/")
    shoot(markus, "maker")
    look.look("going home", f"{MAKERS}{maker}/pulang/")
    look.look("letting go", f"{MAKERS}{maker}/pindah/")
    shoot(markus, "maker-let-go")
    markus.page.locator("[name=to_unit]").select_option(str(world.bangli))
    markus.page.get_by_label("Dasar").fill("W30-1/2026")
    markus.press("Catat berangkat")
    assert "sedang pindah" in markus.text()
    shoot(markus, "maker-leaving")
    look.look("leaving")
    markus.press("Batalkan pemindahan")
    assert "Pemindahan dibatalkan." in markus.text()
    look.report()


def test_yohana_gives_work_by_code(visit, world, people):
    rules()
    maker, workshop, now = who_may_work(world.nabire), a_workshop(world.nabire), clock.now()
    found(maker, world.nabire, "fitness", until=ends_on(60), known_on=now.date(), now=now)
    limits(world.nabire)
    yohana = visit(people.yohana)
    look = Inspector(yohana)
    look.look("no work", f"{NABIRE}tugas/")
    yohana.follow(maker)
    yohana.press("Simpan tugas")
    look.look("work with errors")
    shoot(yohana, "work-errors")
    yohana.page.locator("[name=workshop]").select_option(str(workshop))
    yohana.page.locator("[name=minutes_a_day]").fill("360")
    yohana.press("Simpan tugas")
    assert "Tugas tersimpan." in yohana.text()
    look.look("work")
    shoot(yohana, "work-now")
    yohana.follow("Akhiri")
    look.look("end of work")
    yohana.press("Akhiri tugas")
    assert "Tugas diakhiri." in yohana.text()
    look.report()


def test_markus_limits_the_hours(visit, people):
    markus = visit(people.markus)
    look = Inspector(markus)
    look.look("limit", f"{NABIRE}tugas/batas/")
    shoot(markus, "work-limit")
    look.report()


def test_yohana_sees_what_ends_on_her_desk(visit, world, people):
    rules()
    maker, now = who_may_work(world.nabire), clock.now()
    found(maker, world.nabire, "fitness", until=ends_on(7), known_on=now.date(), now=now)
    yohana = visit(people.yohana)
    yohana.open(NABIRE)
    yohana.follow("Perbarui syarat 1 pembuat")
    assert maker in yohana.text()
    shoot(yohana, "makers-officer")
