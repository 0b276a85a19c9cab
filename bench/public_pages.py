"""Public pages a second at 2,000 and 20,000 products, against constant bytes, in one run.

    python -m bench.public_pages            needs wrk (apt-get install wrk)

The same granian (two processes) serves in turn 20 KB of constant bytes behind Django's standard
middleware, the pages with the page cache before Django, and the pages made anew each time. wrk
keeps 16 connections busy on the same machine; of three runs the median is shown.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from bekal.catalogue import showcase_listed
from bekal.catalogue.queries import PAGE_SIZE, ShowcaseFilters, newest_paths, showcase
from bekal.config import reference
from bekal.config.console import say
from bekal.config.processes import running
from bekal.config.serving import granian
from bekal.foundation.actors import command_actor
from bekal.foundation.clock import now
from bench import ground
from bench.fill_catalogue import fill

SIZES = (2_000, 20_000)
CONNECTIONS, SECONDS, RUNS, PROCESSES = 16, 3, 3, 2
WORDS = ("kopi", "batik", "keripik", "sepatu", "meja jati", "tas", "roti", "tenun bali", "krpik")
FILTERED = (
    "stok=siap",
    "stok=pesanan&prov=33",
    "halal=ya",
    "baru=ya&stok=siap",
    "jenis=mebel&baru=ya",
)
LOADS = (reference.load_places, reference.load_rules, reference.load_products)
BUILD = "import django; django.setup(); from bekal.config import assets; assets.prepare()"
PATIENT = ["curl", "-so", "/dev/null", "--retry", "60", "--retry-connrefused", "--retry-delay", "1"]
ROTATE = """
local paths = { %s }
local turn = 0
request = function()
  turn = turn + 1
  return wrk.format("GET", paths[turn %% #paths + 1])
end
"""


def environment(url, home):
    """What the server is started with: the demo's settings, a database, its own files."""
    return os.environ | {
        "DATABASE_URL": url,
        "BEKAL_HOME": str(home),
        "SECRET_KEY": "bench",
        "DJANGO_SETTINGS_MODULE": "bekal.config.settings.demo",
        "PYTHONPATH": os.pathsep.join(["src", ".", "bench"]),
    }


@contextmanager
def served(application, env, python=sys.executable):
    """An application behind granian; yields its address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _, *options, _ = granian(host="127.0.0.1", port=port, workers=PROCESSES)
    pairs = [f"{name}={value}" for name, value in env.items()]
    with running(["env", *pairs, str(python), *options, application]):
        address = f"http://127.0.0.1:{port}"
        ground.run([*PATIENT, address])
        yield address


def rate(address, pages):
    """Median answers a second of three runs; ends when an answer was not 2xx or 3xx."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ROTATE % ", ".join(f'"{page}"' for page in pages))
        script.flush()
        wrk = ["wrk", "-t1", f"-c{CONNECTIONS}", "-s", script.name, "-H", "Accept-Encoding: gzip"]
        ground.run([*wrk, "-d1s", address])
        said = [ground.run([*wrk, f"-d{SECONDS}s", address]) for _ in range(RUNS)]
    if any("Non-2xx" in each for each in said):
        raise SystemExit(f"{pages}: {said[0]}")
    return statistics.median(float(re.search(r"Requests/sec:\s+([\d.]+)", s)[1]) for s in said)


def link_to(number):
    """The address by which visitors come to a page: the link of the one before it."""
    before = ShowcaseFilters(page=number - 1)
    return showcase_listed.ways(before, showcase(filters=before, on=now().date())).after


def pages_of(count):
    """The addresses that are asked for; of products and words many, so that many pages are kept."""
    products = newest_paths(on=now().date(), count=200)
    far = min(500, count // PAGE_SIZE - 20)
    return {
        "list": ["/katalog/"],
        "category": ["/katalog/?jenis=makanan"],
        "filtered": [f"/katalog/?{asked}" for asked in FILTERED],
        "deep": [link_to(far + step) for step in range(20)],
        "numbered": [f"/katalog/?halaman={far + step}" for step in range(20)],
        "product": [f"/p/{path}/" for path in products],
        "search": [f"/katalog/?cari={word.replace(' ', '+')}" for word in WORDS],
    }


def main():
    """Print one table for each size."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    with ground.database() as url, tempfile.TemporaryDirectory(prefix="bekal-bench-") as home:
        for load in LOADS:
            load(by=command_actor("bench"), now=now())
        env = environment(url, Path(home))
        (Path(home) / "assets").mkdir()
        subprocess.run([sys.executable, "-c", BUILD], env=env, check=True)
        with served("constant:application", env) as address:
            constant = rate(address, ["/"])
        say(f"constant bytes behind the standard middleware: {constant:,.0f} a second")
        for size in SIZES:
            fill(size)
            asked = pages_of(size)
            rates = {}
            for name in ("bekal.config.wsgi", "bench.uncached"):
                with served(f"{name}:application", env) as address:
                    rates[name] = {page: rate(address, paths_) for page, paths_ in asked.items()}
            say(f"{size:,} products    kept / constant        made anew each time")
            for page in asked:
                kept, made = (rates[name][page] for name in rates)
                say(f"  {page:9} {kept:9,.0f} {kept / constant:5.2f} {made:20,.0f}")


if __name__ == "__main__":
    main()
