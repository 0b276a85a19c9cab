"""Who goes home or to another unit is paid without waiting for the others, and only once."""

import pytest

from bekal.accounts.rules import Permission, Role
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger.queries import ledger_problems
from bekal.people.queries import gone_from
from bekal.people.tests.makers import goes_home, lets_go, receives
from bekal.treasury.models import PremiEarning, PremiRun, PremiRunLine
from bekal.treasury.queries import (
    PremiTasks,
    premi_problems,
    premi_tasks,
    unreturned,
    unsettled,
)
from bekal.treasury.rules.premi_paying import PremiRefused
from bekal.treasury.tests.premi import (
    approves,
    cancels,
    divides,
    gets_savings,
    paid_run,
    pays,
    prepares,
    prepares_for,
    saves,
    sells,
)
from bekal.treasury.tests.test_premi_allocating import refused
from bekal.treasury.tests.test_premi_pages import PREMI
from bekal.treasury.tests.test_premi_runs import owed
from tests.support.pages import words
from tests.support.world import TODAY, YESTERDAY, YOHANA

pytestmark = pytest.mark.django_db
ALL = frozenset(Permission)


@pytest.fixture
def premi(world, batches, makers):
    """Nabire sold two of five noken of Anton and Budi, and saves a half."""
    shares = [(makers[0], 90), (makers[1], 30)]
    batches.add(world.nabire, world.noken, pieces=5, shares=shares)
    saves(world.nabire)
    return sells(world.nabire, world.noken, 2)


def all_ties():
    assert premi_problems() == []
    assert ledger_problems() == []


def tasks(unit, may=ALL):
    """What premi asks of somebody who may do everything."""
    return premi_tasks(unit_id=unit, may=may)


def test_who_went_home_is_paid_alone_by_three_persons_and_saves_nothing_more(world, premi, makers):
    anton, budi, _ = makers
    goes_home(anton, world.nabire)
    run = prepares_for(world.nabire, anton)
    line = PremiRunLine.objects.get()
    assert (line.maker_id, line.earned, line.usable, line.saved) == (anton, 30_000, 30_000, 0)
    assert set(PremiEarning.objects.filter(run=None).values_list("maker", flat=True)) == {budi}
    with pytest.raises(PremiRefused):
        approves(world.nabire, run, by=YOHANA)
    approves(world.nabire, run)
    for _ in range(2):
        pays(world.nabire, run)
    assert owed(world.nabire, anton) == (0, 0)
    assert owed(world.nabire, budi) == (10_000, 0)
    all_ties()
    paid_run(world.nabire)
    assert owed(world.nabire, budi) == (0, 5_000)
    all_ties()


def test_who_was_moved_is_paid_alone_by_the_unit_that_owes_it_and_saves_as_all(
    world, premi, makers
):
    anton = makers[0]
    receives(lets_go(anton, world.nabire, world.bangli), world.bangli, number="UJI-0111")
    run = prepares_for(world.nabire, anton)
    approves(world.nabire, run)
    pays(world.nabire, run)
    assert owed(world.nabire, anton) == (0, 15_000)
    all_ties()


def test_who_is_still_here_or_has_nothing_is_not_paid_alone(world, premi, makers):
    anton, _, carlos = makers
    goes_home(carlos, world.nabire)
    with pytest.raises(PremiRefused, match="masih di unit"):
        prepares_for(world.nabire, anton)
    with pytest.raises(PremiRefused, match="Belum ada premi"):
        prepares_for(world.nabire, carlos)
    goes_home(anton, world.nabire)
    saves(world.bangli)
    with pytest.raises(PremiRefused, match="Belum ada premi"):
        prepares_for(world.bangli, anton)
    assert not PremiRun.objects.exists()
    assert not PremiEarning.objects.exists()


def test_a_run_of_one_maker_takes_nothing_that_another_has_and_gives_back_what_it_took(
    world, premi, makers
):
    anton = makers[0]
    goes_home(anton, world.nabire)
    everybody = prepares(world.nabire)
    with pytest.raises(PremiRefused, match="Belum ada premi"):
        prepares_for(world.nabire, anton)
    cancels(world.nabire, everybody)
    key = uuid7()
    assert prepares_for(world.nabire, anton, key=key) == prepares_for(world.nabire, anton, key=key)
    with pytest.raises(KeyReused):
        prepares_for(world.nabire, anton, key=key, last=YESTERDAY)
    assert PremiRun.objects.filter(cancelled_at=None).get().maker_id == anton
    cancels(world.nabire, key)
    again = paid_run(world.nabire)
    assert PremiRunLine.objects.filter(run=again).count() == 2
    all_ties()


def test_leaving_makes_a_task_until_premi_and_savings_are_paid(world, premi, makers):
    anton, budi, _ = makers
    divides(world.nabire)
    assert tasks(world.nabire) == PremiTasks()
    goes_home(anton, world.nabire)
    assert tasks(world.nabire) == PremiTasks(to_settle=1)
    assert [(one.maker, one.amount) for one in unsettled(unit_id=world.nabire)] == [(anton, 30_000)]
    assert tasks(world.nabire, may=frozenset({Permission.APPROVE_MONEY})) == PremiTasks()
    run = prepares_for(world.nabire, anton)
    assert tasks(world.nabire) == PremiTasks(to_approve=1)
    approves(world.nabire, run)
    pays(world.nabire, run)
    assert tasks(world.nabire) == PremiTasks()
    paid_run(world.nabire)
    goes_home(budi, world.nabire)
    assert unreturned(unit_id=world.nabire) == {budi: 5_000}
    assert tasks(world.nabire) == PremiTasks(to_return=1)
    assert tasks(world.nabire, may=frozenset({Permission.PREPARE_MONEY})) == PremiTasks()
    gets_savings(world.nabire, budi)
    assert tasks(world.nabire) == PremiTasks()
    all_ties()


def test_the_tasks_of_premi_ask_little(world, premi, makers, django_assert_num_queries):
    divides(world.nabire)
    with django_assert_num_queries(5):  # the head's clearings of what was overpaid are the fifth
        tasks(world.nabire)


def test_on_the_way_and_elsewhere_is_gone(world, makers):
    anton, budi, carlos = makers
    lets_go(anton, world.nabire, world.bangli)
    goes_home(budi, world.nabire)
    assert gone_from(unit_id=world.nabire, codes=makers) == {anton, budi}
    assert gone_from(unit_id=world.bangli, codes=[carlos]) == {carlos}


def test_postgres_keeps_a_run_of_one_maker_theirs_alone(world, premi, makers):
    anton, budi, _ = makers
    goes_home(anton, world.nabire)
    run = prepares_for(world.nabire, anton)
    added = """
    insert into treasury_premirunline (run_id, maker_id, earned, usable, saved, percent)
    values (%s, %s, 5, 5, 0, 0)
    """
    assert refused(added, run, budi)
    assert refused("update treasury_premirun set maker_id = %s", budi)
    copied = """
    insert into treasury_premirun (id, unit_id, number, kind, first, last, prepared_at, prepared_by,
      approved_by, paid_by, paid_from, cancelled_by, cancel_reason)
    values (gen_random_uuid(), %s, 99, %s, current_date, current_date, now(), 'x', '', '', '', '',
      '')
    """
    assert refused(copied, world.nabire, "leaving")  # nobody's
    assert PremiRunLine.objects.count() == 1
    assert PremiRun.objects.count() == 1


def test_the_officer_pays_who_left_from_the_desk_to_the_paper(world, premi, makers, person):
    anton = makers[0]
    divides(world.nabire)
    yohana = person("Yohana", (Role.PETUGAS, "nabire"))
    page = f"{PREMI}pembuat/{anton}/"
    assert "Siapkan pembayaran" not in words(yohana.get(page))
    goes_home(anton, world.nabire)
    assert "Siapkan premi 1 pembuat" in words(yohana.get("/kerja/lapas-kelas-iib-nabire/"))
    assert "Sudah pulang atau pindah" in words(yohana.get(PREMI))
    assert "Premi Rp30.000 belum masuk pembayaran" in words(yohana.get(PREMI))
    assert f"{page}siapkan/" in yohana.get(page).content.decode()
    form = words(yohana.get(f"{page}siapkan/"))
    assert "Rp30.000" in form
    sent = {"key": str(uuid7()), "first": "2026-04-01", "last": TODAY.isoformat()}
    wrong = yohana.post(f"{page}siapkan/", {**sent, "last": ""})
    assert wrong.status_code == 422
    assert "Muat ulang halaman ini." in words(wrong)
    assert not PremiRun.objects.exists()
    answer = yohana.post(f"{page}siapkan/", sent)
    assert yohana.post(f"{page}siapkan/", sent)["Location"] == answer["Location"]
    run = words(yohana.get(answer["Location"]))
    assert f"Saat pulang atau pindah {anton}" in run
    assert "menunggu persetujuan" in run
    again = yohana.post(f"{page}siapkan/", {**sent, "first": "2026-04-02"})
    assert again.status_code == 409
    assert PremiRun.objects.count() == 1
    assert f"Saat pulang atau pindah {anton}" in words(yohana.get(f"{PREMI}pembayaran/"))
    assert "Siapkan premi" not in words(yohana.get("/kerja/lapas-kelas-iib-nabire/"))


def test_nobody_else_prepares_it(world, premi, makers, person):
    goes_home(makers[0], world.nabire)
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    assert siti.get(f"{PREMI}pembuat/{makers[0]}/siapkan/").status_code == 403
    ketut = person("Ketut", (Role.PETUGAS, "bangli"))
    assert ketut.get(f"{PREMI}pembuat/{makers[0]}/siapkan/").status_code == 404
