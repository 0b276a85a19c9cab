"""The shop under buyers that all come at once, and under kill -9 of what serves them.

Everything is a process of its own: two workers of the application server, one of the jobs, and the
buyers, who speak HTTP and nothing else.
"""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

import psutil
import pytest
from django.db import connection

from bekal.audit.queries import chain_problems
from bekal.catalogue.models import Product
from bekal.config import serving
from bekal.config.processes import kept
from bekal.ledger.queries import ledger_problems
from bekal.payments.models import Receipt
from bekal.payments.queries import payment_problems
from bekal.production.models import Stock
from bekal.production.queries import stock_problems
from bekal.production.tests.goods import receive
from bekal.sales.models import Sale, UnitDay
from bekal.sales.queries import summary_problems
from bekal.shop.models import Order, OrderPart
from bekal.shop.tests.market import open_market
from tests.support import world as worlds

pytestmark = pytest.mark.slow
SEED = 4
BUYERS, PIECES = 200, 50
PROCESSES = int(os.environ.get("BEKAL_BUYERS", "8"))
CHECKOUTS = int(os.environ.get("BEKAL_CHECKOUTS", "48"))
"""How many the kill test makes; by hand it was run with 1,000, by 24 processes of buyers."""
PATIENCE = 180
"""Seconds that a server may take to come back: on a busy machine a start takes long."""
NOTE = re.compile(r"^(placed|paid) (BK-\S+)$", re.MULTILINE)


def problems():
    return [
        *stock_problems(),
        *payment_problems(),
        *summary_problems(),
        *ledger_problems(),
        *chain_problems(),
    ]


def environment():
    database = connection.settings_dict
    return {
        **os.environ,
        "DATABASE_URL": (
            f"postgres://{database['USER']}@{database['HOST'].replace('/', '%2F')}"
            f":{database['PORT'] or 5432}/{database['NAME']}"
        ),
        "DJANGO_SETTINGS_MODULE": "tests.faults.demo_settings",
        "BEKAL_PROXIES": "1",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }


@contextmanager
def served():
    """Pages by two processes; yields their address and the process above them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    before = dict(os.environ)
    os.environ.update(environment())
    try:
        with kept(serving.granian(host="127.0.0.1", port=port, workers=2)) as server:
            serving.wait_until_ready(server.child, port)
            yield f"http://127.0.0.1:{port}", server
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def working():
    """The process that carries out the jobs."""
    before = dict(os.environ)
    os.environ.update(environment())
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--delete-jobs=always"]
    try:
        with kept(command) as worker:
            yield worker
    finally:
        os.environ.clear()
        os.environ.update(before)


def shoppers(act, url, product, *, count, notes=()):
    """COUNT buyers in several processes of the module of shoppers."""
    shares = [count // PROCESSES + (n < count % PROCESSES) for n in range(PROCESSES)]
    firsts = [sum(shares[:n]) for n in range(PROCESSES)]
    return [
        subprocess.Popen(
            [
                *[sys.executable, "-m", "tests.faults.shopper", act, url, product],
                *[str(first), str(share), *map(str, notes[n : n + 1])],
            ],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for n, (first, share) in enumerate(zip(firsts, shares, strict=True))
        if share
    ]


@pytest.fixture
def market(transactional_db):
    """A market of today: what is served reads the real clock."""
    return open_market(worlds.build())


def test_two_hundred_buyers_at_once_get_the_fifty_pieces_that_there_are(market):
    receive(market.noken, PIECES - 10)
    product = Product.objects.get(pk=market.noken).code
    with served() as (url, _server):
        said = [
            process.communicate()[0] for process in shoppers("place", url, product, count=BUYERS)
        ]
    answers = [line.split() for text in said for line in text.splitlines()]
    codes = [code for _status, code, _faults in answers if code.startswith("BK-")]
    refused = [status for status, code, _faults in answers if code == "refused"]
    assert (len(codes), len(set(codes)), Counter(refused)) == (
        PIECES,
        PIECES,
        {"422": BUYERS - PIECES},
    )
    assert {faults for _status, _code, faults in answers} == {"0"}, "an answer of 500"
    assert set(Order.objects.values_list("code", flat=True)) == set(codes)
    stock = Stock.objects.get(pk=market.noken)
    assert (stock.on_hand, stock.held) == (PIECES, PIECES)
    assert problems() == []


def kill(process):
    """Kill -9 one of the processes below this one, or this one where there is none."""
    family = psutil.Process(process.pid).children(recursive=True) or [psutil.Process(process.pid)]
    random.Random(time.monotonic_ns()).choice(family).send_signal(signal.SIGKILL)


def stand_up(server, worker, *, port):
    """Start what has ended, as `bekal demo` does, and wait until pages are served again."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        server.revive()
        worker.revive()
        if serving.is_healthy(port):
            return
        time.sleep(0.2)
    pytest.fail("the server did not come back")


def test_processes_killed_at_random_lose_no_paid_order_and_double_none(market, tmp_path):
    receive(market.noken, CHECKOUTS)
    product = Product.objects.get(pk=market.noken).code
    notes = [tmp_path / f"{n}.txt" for n in range(PROCESSES)]
    chance, kills = random.Random(SEED), 0
    with served() as (url, server), working() as worker:
        buyers = shoppers("buy", url, product, count=CHECKOUTS, notes=notes)
        while any(buyer.poll() is None for buyer in buyers):
            time.sleep(chance.uniform(1, 4))
            kill(chance.choice([server.child, server.child, worker.child]))
            kills += 1
            stand_up(server, worker, port=int(url.rpartition(":")[2]))
    assert kills > 2
    for buyer in buyers:
        buyer.communicate()
        assert buyer.returncode == 0
    told = [NOTE.findall(note.read_text()) for note in notes]
    placed = [code for each in told for act, code in each if act == "placed"]
    paid = [code for each in told for act, code in each if act == "paid"]
    assert len(paid) == len(placed) == len(set(placed)) == CHECKOUTS
    assert sorted(Order.objects.values_list("code", flat=True)) == sorted(placed)
    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    assert Receipt.objects.count() == CHECKOUTS
    parts = OrderPart.objects.values_list("sale_id", flat=True)
    assert sorted(map(str, parts)) == sorted(map(str, Sale.objects.values_list("pk", flat=True)))
    assert sum(UnitDay.objects.values_list("receipts", flat=True)) == CHECKOUTS
    stock = Stock.objects.get(pk=market.noken)
    assert (stock.on_hand, stock.held) == (10, 0)
    assert problems() == []
