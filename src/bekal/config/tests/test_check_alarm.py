"""A broken promise comes to the centre's desk, and leaves it with the next clean night."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.config import jobs
from bekal.config.checks import Check
from bekal.foundation import clock
from bekal.ledger.actions import make_checkpoints
from bekal.ledger.queries import ledger_problems
from bekal.sales.actions import record_sale
from bekal.treasury.models import CheckRun
from tests.support.world import NOON, SETUP, YOHANA, a_sale

DESK = "/kerja/"
BOOKS = Check("the books are balanced, checkpoints too", ledger_problems)


@pytest.fixture
def night(monkeypatch):
    """Run the nightly check so many days after noon."""
    monkeypatch.setattr(jobs, "CHECKS", [BOOKS])

    def run(days):
        monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=days))
        jobs.nightly_check(timestamp=0)
        monkeypatch.setattr(clock, "now", lambda: NOON)

    return run


@pytest.fixture
def rina(committed_world, client, monkeypatch):
    """Rina of the centre, signed in at noon."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    user = User.objects.create(email="rina@contoh.test", name="Rina")
    grant = {"role": Role.DITJENPAS, "place_id": committed_world.centre}
    Grant.objects.create(user=user, **grant, granted_at=NOON, granted_by=str(SETUP))
    client.force_login(user)
    return client


def text(client, address=DESK):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_damage_is_a_task_of_the_centre_until_a_clean_night(committed_world, rina, night):
    world = committed_world
    record_sale(sale=a_sale(world.nabire, (world.noken, 1)), by=YOHANA, now=NOON)
    make_checkpoints(by=SETUP, now=NOON)
    night(1)
    assert "Tugas pusat" not in text(rina)
    with connection.cursor() as cursor:
        cursor.execute("update ledger_checkpoint set balance = balance + 1 where balance = 100000")
    night(2)
    assert "Periksa 1 hal yang tidak cocok" in text(rina)
    told = text(rina, "/buku/pemeriksaan/")
    assert "saldo acuan 100001, jumlah baris 100000" in told
    with connection.cursor() as cursor:
        cursor.execute("update ledger_checkpoint set balance = balance - 1 where balance = 100001")
    night(3)
    assert "Tugas pusat" not in text(rina)
    assert [run.problems for run in CheckRun.objects.order_by("ran_at")] == [0, 1, 0]


@pytest.mark.django_db
def test_a_check_that_breaks_down_is_kept_as_a_problem_and_rises(world, monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "CHECKS", [Check("a check", broken)])
    with pytest.raises(ZeroDivisionError):
        jobs.nightly_check(timestamp=0)
    (run,) = CheckRun.objects.all()
    assert run.problems == 1
    assert "ZeroDivisionError" in run.outcomes.get().sentences[0]


@pytest.mark.django_db
def test_a_unit_reads_that_something_is_wrong_but_not_what(world, person, monkeypatch):
    monkeypatch.setattr(jobs, "CHECKS", [Check("the books", lambda: ["rahasia unit lain"])])
    jobs.nightly_check(timestamp=0)
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    told = text(siti, "/buku/pemeriksaan/")
    assert "Ada yang tidak cocok" in told
    assert "rahasia" not in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage",
    [
        "update treasury_checkrun set problems = 0",
        "delete from treasury_checkoutcome",
        "update treasury_checkoutcome set problems = 0",
    ],
)
def test_what_was_found_is_final(world, monkeypatch, damage):
    monkeypatch.setattr(jobs, "CHECKS", [Check("the books", lambda: ["a problem"])])
    jobs.nightly_check(timestamp=0)
    with (
        pytest.raises(IntegrityError, match="are final"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(damage)


@pytest.mark.django_db
@pytest.mark.parametrize("counts", ["0, 0", "1, -1"])
def test_a_run_counts_what_it_did(db, counts):
    into = "insert into treasury_checkrun (ran_at, checks, problems, ran_by)"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{into} values (now(), {counts}, '')")
