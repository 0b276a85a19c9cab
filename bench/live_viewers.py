"""1,000 viewers of a live page while 50 sales a second are recorded: how late are they told?

    python -m bench.live_viewers

Everything is real but the viewers, which are connections that read what browsers would (gzip and
all) and keep the instant at which it came: the database is durable, sales are recorded by
sales.actions in two processes, and the stream process is the one of production (granian, one
worker) with the settings of the tests. All of it shares the processors of one machine.

Lag is from the return of record_sale, which is after its commit, to the arrival of the first
event whose total has that sale in it, over all sales and all viewers. The page is made once a
second at most, so that half a second of it is waiting for the next look.
"""

import asyncio
import datetime as dt
import multiprocessing
import os
import re
import resource
import socket
import sys
import time
import zlib
from bisect import bisect_left
from statistics import quantiles

import psutil

from bekal.campaigns.actions import NewCampaign, declare_campaign
from bekal.config import serving
from bekal.config.processes import running
from bekal.foundation import clock
from bekal.foundation.clock import Period, Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.sales.actions import record_sale
from bench import ground
from tests.support import world

VIEWERS = int(os.environ.get("VIEWERS", "1000"))
SALES_A_SECOND = int(os.environ.get("SALES", "50"))
SECONDS = 20
SELLERS = 2
UNITS = 100
PRICE = 100_000
TOTAL = re.compile(rb'data-total="(\d+)"')


def build():
    """A hundred units with a product each, in a campaign; returns its slug and the pairs."""
    small = world.build()
    pairs = []
    for number in range(UNITS):
        unit = world._place(
            f"unit-{number}", world.Level.UNIT, f"Unit {number}", parent=small.papua, province="94"
        )
        pairs.append((unit, world.a_product(unit, "Noken", "kerajinan", price=PRICE, cost=60_000)))
    today = local_day(clock.now(), Zone.WIB)
    new = NewCampaign(
        key=uuid7(),
        name="Satu Hari Satu Karya",
        hbp_number=62,
        period=Period(today, today + dt.timedelta(days=1)),
        target=1_000_000_000,
        unit_ids=frozenset(unit for unit, _ in pairs),
    )
    return declare_campaign(new=new, by=world.SETUP, now=clock.now()), pairs


def sell(url, pairs, begin, results):
    """Record sales at an even pace; puts the instants at which they were committed."""
    ground.use(url)
    today = local_day(clock.now(), Zone.WIB)
    results.put("ready")
    begin.wait()
    start, committed = time.monotonic(), []
    for number in range(SECONDS * SALES_A_SECOND // SELLERS):
        time.sleep(max(0, start + number * SELLERS / SALES_A_SECOND - time.monotonic()))
        unit, product = pairs[number % len(pairs)]
        sale = world.a_sale(unit, (product, 1), sold_on=today)
        record_sale(sale=sale, by=world.YOHANA, now=clock.now())
        committed.append(time.monotonic())
    results.put(committed)


class Viewer(asyncio.Protocol):
    """A connection that keeps what came and when; it is read afterwards."""

    def __init__(self, path):
        self.path, self.came = path, []

    def connection_made(self, transport):
        transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        )

    def data_received(self, data):
        self.came.append((time.monotonic(), data))

    def told(self):
        """(instant, total) of each event."""
        unpacker, body, found = zlib.decompressobj(16 + zlib.MAX_WBITS), b"", []
        head, rest = True, b""
        for at, data in self.came:
            rest += data
            if head:
                if b"\r\n\r\n" not in rest:
                    continue
                rest, head = rest.split(b"\r\n\r\n", 1)[1], False
            while b"\r\n" in rest:
                size, after = rest.split(b"\r\n", 1)
                length = int(size, 16)
                if len(after) < length + 2:
                    break
                body += unpacker.decompress(after[:length])
                rest = after[length + 2 :]
            for event in body.split(b"\n\n")[:-1]:
                if total := TOTAL.search(event):
                    found.append((at, int(total[1])))
            body = body.rsplit(b"\n\n", 1)[-1]
        return found


def watch(port, path, results, stop):
    """Open all viewers, keep them until told to stop, put what each was told."""

    async def together():
        loop = asyncio.get_running_loop()
        viewers = []
        for _ in range(VIEWERS):
            _, viewer = await loop.create_connection(lambda: Viewer(path), "127.0.0.1", port)
            viewers.append(viewer)
        while not all(viewer.came for viewer in viewers):
            await asyncio.sleep(0.1)
        results.put("open")
        while not stop.is_set():
            await asyncio.sleep(0.2)
        return viewers

    viewers = asyncio.run(together())
    size = sum(len(data) for viewer in viewers for _, data in viewer.came)
    results.put((size, [viewer.told() for viewer in viewers]))


def memory(process):
    """Resident MB and seconds of processor of a process and its children."""
    family = [process, *process.children(recursive=True)]
    used = [one.cpu_times() for one in family]
    return (
        sum(one.memory_info().rss for one in family) / 2**20,
        sum(times.user + times.system for times in used),
    )


def free_port():
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def lags(committed, told):
    """Seconds from each sale to each viewer."""
    found = []
    for events in told:
        totals = [total for _, total in events]
        for number, at in enumerate(committed, start=1):
            place = bisect_left(totals, number * PRICE)
            if place == len(totals):
                raise SystemExit(f"sale {number} never reached a viewer")
            found.append(max(0.0, events[place][0] - at))
    return found


def measure(url, slug, pairs):
    """Run it all; returns what is printed."""
    context = multiprocessing.get_context("spawn")
    port, results, heard = free_port(), context.Queue(), context.Queue()
    begin, stop = context.Event(), context.Event()
    os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="bekal.config.settings.test")
    with running(serving.streams(host="127.0.0.1", port=port)) as server:
        serving.wait_until_ready(server, port)
        process = psutil.Process(server.pid)
        empty, _ = memory(process)
        crowd = context.Process(target=watch, args=(port, f"/langsung/{slug}/aliran/", heard, stop))
        sellers = [
            context.Process(target=sell, args=(url, pairs[half::SELLERS], begin, results))
            for half in range(SELLERS)
        ]
        for one in (crowd, *sellers):
            one.start()
        heard.get()
        for _ in sellers:
            results.get()
        _, before = memory(process)
        begin.set()
        committed = sorted(at for _ in sellers for at in results.get())
        time.sleep(3)
        full, after = memory(process)
        stop.set()
        size, told = heard.get()
    return committed, told, size, (empty, full, after - before)


def main():
    """Print what was measured."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with ground.database() as url:
        slug, pairs = build()
        committed, told, size, (empty, full, busy) = measure(url, slug, pairs)
    late = lags(committed, told)
    cuts = quantiles(late, n=100)
    lasted = committed[-1] - committed[0]
    events = sum(len(one) for one in told)
    sys.stdout.write(
        f"{len(told)} viewers, {len(committed)} sales in {lasted:.1f} s"
        f" ({len(committed) / lasted:.0f}/s), {events / len(told):.1f} events each,"
        f" {size / events / 1024:.1f} KB an event on the wire\n"
        f"lag from commit to viewer: p50 {cuts[49]:.2f} s, p99 {cuts[98]:.2f} s,"
        f" longest {max(late):.2f} s\n"
        f"stream process: {empty:.0f} MB without viewers, {full:.0f} MB with them"
        f" ({1024 * (full - empty) / len(told):.0f} KB each),"
        f" {100 * busy / (lasted + 3):.0f} % of one processor\n"
    )


if __name__ == "__main__":
    main()
