"""Premi is paid once, whoever clicks at the same time and whatever dies on the way."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from bekal.audit.queries import chain_problems
from bekal.foundation.ids import uuid7
from bekal.ledger.models import Entry
from bekal.ledger.queries import ledger_problems
from bekal.people.tests.makers import a_maker, goes_home, rules
from bekal.production import queries as production
from bekal.treasury.models import Allocation, PremiRun, SavingsPayment
from bekal.treasury.queries import premi_problems
from bekal.treasury.rules.premi_paying import PremiRefused
from bekal.treasury.tests.premi import (
    Batches,
    approves,
    cancels,
    divides,
    earned,
    gets_savings,
    pays,
    prepares,
    saves,
    sells,
)
from tests.support.threads import all_at_once, at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FEWEST_STATEMENTS = 8
"""Paying a run sends more than that in a new process."""


@pytest.fixture
def unit(committed_world, monkeypatch):
    """Nabire has sold two noken of Anton and Budi."""
    rules()
    told = Batches()
    monkeypatch.setattr(production, "batches_with_shares", told.told)
    w = committed_world
    makers = [a_maker(w.nabire, number=f"UJI-{number}11") for number in range(2)]
    told.add(w.nabire, w.noken, pieces=5, shares=[(maker, 60) for maker in makers])
    saves(w.nabire)
    sells(w.nabire, w.noken, 2)
    return w.nabire


def all_ties():
    assert [*premi_problems(), *ledger_problems(), *chain_problems()] == []


def test_eight_who_divide_at_once_divide_once(unit):
    at_once(8, lambda _: divides(unit))
    assert Allocation.objects.count() == 1
    assert sum(earned(unit).values()) == 40_000
    all_ties()


def test_eight_who_prepare_with_keys_of_their_own_make_one_run(unit):
    answers = all_at_once(8, lambda _: prepares(unit))
    assert sum(isinstance(answer, PremiRefused) for answer in answers) == 7
    assert PremiRun.objects.count() == 1
    all_ties()


def test_eight_who_pay_the_same_run_at_once_pay_it_once(unit):
    run = prepares(unit)
    approves(unit, run)
    at_once(8, lambda _: pays(unit, run))
    assert Entry.objects.filter(source=f"premirun:{run}").count() == 1
    all_ties()


def test_a_run_that_is_paid_and_cancelled_at_once_is_one_of_both(unit):
    run = prepares(unit)
    approves(unit, run)
    all_at_once(8, lambda number: (pays if number % 2 else cancels)(unit, run))
    one = PremiRun.objects.get()
    assert (one.paid_at is None) is (one.cancelled_at is not None)
    assert Entry.objects.filter(key=run).exists() is (one.paid_at is not None)
    all_ties()


def test_savings_that_eight_pay_out_at_once_are_paid_once(unit):
    run = prepares(unit)
    approves(unit, run)
    pays(unit, run)
    maker = min(earned(unit))
    goes_home(maker, unit)
    key = uuid7()
    at_once(4, lambda _: gets_savings(unit, maker, key=key))
    answers = all_at_once(4, lambda _: gets_savings(unit, maker))
    assert all(isinstance(answer, PremiRefused) for answer in answers)
    assert SavingsPayment.objects.get().amount == 10_000
    all_ties()


def payer(unit, run, step):
    """A process of tests.faults.payer on the test's database, and how it ended."""
    database = connection.settings_dict
    url = (
        f"postgres://{database['USER']}@{database['HOST'].replace('/', '%2F')}"
        f":{database['PORT'] or 5432}/{database['NAME']}"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "bekal.config.settings.test",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    command = [sys.executable, "-m", "tests.faults.payer", str(unit), str(run), str(step)]
    return subprocess.run(
        command, env=environment, stderr=subprocess.PIPE, timeout=120, check=False
    )


def test_a_payment_killed_at_any_statement_is_whole_or_not_at_all(unit):
    run = prepares(unit)
    approves(unit, run)
    step, is_paid = 0, False
    while not is_paid:  # past its last statement the process dies after the commit
        step += 1
        ended = payer(unit, run, step)
        assert ended.returncode == -signal.SIGKILL, (step, ended.stderr.decode())
        is_paid = PremiRun.objects.get().paid_at is not None
        assert Entry.objects.filter(key=run).exists() is is_paid
        all_ties()
    assert step > FEWEST_STATEMENTS
    pays(unit, run)
    assert Entry.objects.filter(source=f"premirun:{run}").count() == 1
    all_ties()
