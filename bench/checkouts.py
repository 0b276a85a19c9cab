"""Completed checkouts of guests a second, and pages a second, here and at django-oscar.

    python -m bench.checkouts [bekal] [oscar] [--products 2000] [--seconds 12] [--runs 3]

Both shops hold as many products on one PostgreSQL server (embedded, fsync on), are served by the
same granian with two processes, and are asked by the same eight client processes
(bench/shoppers.py) on this machine: "posts" sends the forms alone, "browser" opens the pages
between as well. A guest here says more (telephone, kecamatan, courier), gets a QRIS code, and must
take four seconds; while one does, others are served. Each answer is a line of JSON, with the core
milliseconds of web, database and client for each checkout; where both shops were asked, the last
line has ratios.

django-oscar gets an environment of its own under .bekal (or BEKAL_HOME), installed by name and
version from the registry that this machine is set to; see bench/oscar.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psutil
import psycopg

from bekal.config import reference
from bekal.foundation.actors import command_actor
from bekal.foundation.clock import now
from bench import ground
from bench.fill_catalogue import fill
from bench.fill_shop import fill_shop
from bench.public_pages import BUILD, LOADS, environment, served

MOST_FAILED = 20
"""One order in so many may fail by the shop's own fault; it is told, and more is an end."""
CLIENTS, WARM = 8, 6
"""Client processes, and seconds before anything is counted."""
REPOSITORY = Path(__file__).resolve().parents[1]
HERE = REPOSITORY / "bench" / "oscar"
SHOPPERS = REPOSITORY / "bench" / "shoppers.py"
WORDS = ("kopi", "batik", "keripik", "sepatu", "meja", "tas", "roti", "tenun")


@dataclass(frozen=True)
class Shop:
    """A shop that is being served: where, what it sells, which pages it has, how orders count.

    `anew` is where the same pages are made anew each time, for a shop that keeps them.
    """

    name: str
    address: str
    products: list[dict]
    pages: dict[str, list[str]]
    database: str
    orders: str
    anew: str = ""


def tell(**said):
    """One line of JSON."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def names(count):
    """What Oscar sells: so many names, kinds and prices, of real products with a number each."""
    chance = ground.seeded()
    with (REPOSITORY / "src/bekal/catalogue/data/products.csv").open(encoding="utf-8") as lines:
        real = [line.split(",")[2:4] for line in lines.read().splitlines()[1:]]
    goods = []
    for number in range(count):
        name, kind = chance.choice(real)
        price = chance.randrange(5, 900) * 1000
        goods.append({"name": f"{name[:80]} no. {number}", "kind": kind or "lain", "price": price})
    return goods


def environment_of_oscar():
    """The interpreter of Oscar's own environment, made when it is not there or has aged."""
    home = Path(os.environ.get("BEKAL_HOME") or REPOSITORY / ".bekal") / "bench-oscar"
    wanted = (HERE / "requirements.txt").read_text()
    stamp, python = home / "stamp", home / "bin" / "python"
    if stamp.is_file() and stamp.read_text() == wanted and python.exists():
        return python
    ground.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(home)])
    uv = Path(sys.prefix) / "bin" / "uv"
    install = [str(uv), "pip"] if uv.exists() else [sys.executable, "-m", "pip"]
    target = ["--python", str(python)]
    place = [*install, "install", *target] if uv.exists() else [*install, *target, "install"]
    ground.run([*place, "-r", str(HERE / "requirements.txt")])
    stamp.write_text(wanted)
    return python


def versions(python):
    """What was installed there, for whoever compares numbers."""
    asked = "import oscar, django; print(oscar.VERSION, django.__version__)"
    return ground.run([str(python), "-c", asked]).strip()


@contextmanager
def oscar_served(url, home, count):
    """Oscar with the products, on the same server of PostgreSQL, behind the same granian."""
    python = environment_of_oscar()
    database = _new_database(url, "oscar")
    env = os.environ | {
        "OSCAR_DATABASE": database,
        "OSCAR_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "shop_settings",
        "PYTHONPATH": str(HERE),
    }
    for arguments in (["migrate", "--verbosity", "0"], ["check"]):
        ground.run(["env", *_pairs(env), str(python), "-m", "django", *arguments])
    products = _filled(python, env, names(count))
    with served("shop_wsgi:application", env, python=python) as address:
        pages = {
            "list": ["/catalogue/"],
            "product": [product["page"] for product in products[:60]],
            "search": [f"/search/?q={word}" for word in WORDS],
        }
        yield Shop("oscar", address, products, pages, database, "select count(*) from order_order")


@contextmanager
def bekal_served(url, home, count):
    """Bekal with as many products, those with a price on the shelf, couriers and merchants."""
    by, at = command_actor("bench"), now()
    for load in (*LOADS, reference.load_districts):
        load(by=by, now=at)
    fill(count)
    products = fill_shop(by=by, now=at)
    env = environment(url, home)
    (home / "assets").mkdir()
    subprocess.run([sys.executable, "-c", BUILD], env=env, check=True)
    with (
        served("bekal.config.wsgi:application", env) as address,
        served("bench.uncached:application", env) as anew,
    ):
        pages = {
            "list": ["/katalog/"],
            "product": [product["page"] for product in products[:60]],
            "search": [f"/katalog/?cari={word}" for word in WORDS],
        }
        orders = "select count(*) from shop_order where status <> 'draft'"
        yield Shop("bekal", address, products, pages, url, orders, anew)


def _pairs(env):
    return [f"{name}={value}" for name, value in env.items()]


def _filled(python, env, goods):
    done = subprocess.run(
        [python, HERE / "shop_fill.py"],
        input=json.dumps(goods),
        env=env | {"OSCAR_FILLING": "yes"},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def _new_database(url, name):
    """Another database on the server of `url`, of the same role; its address."""
    server, _, _ = url.rpartition("/")
    role = server.removeprefix("postgres://").partition("@")[0]
    with psycopg.connect(ground.as_master(f"{server}/postgres"), autocommit=True) as connection:
        connection.execute(f'create database {name} owner "{role}"')
    return f"{server}/{name}"


def shoppers(shop, seconds, asked, *, warm=WARM):
    """What eight clients did in so many seconds, after warming up."""
    times = [str(warm), str(seconds)]
    command = [sys.executable, SHOPPERS, shop.name, shop.address.removeprefix("http://"), *times]

    def one(_):
        done = subprocess.run(
            command, input=json.dumps(asked), check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        return json.loads(done.stdout)

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(one, range(CLIENTS)))


def _spread(took):
    ordered = sorted(took)
    p50, p95 = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.95))
    return {"p50_ms": round(p50), "p95_ms": round(p95)}


def checkouts(shop, *, browser, seconds, runs):
    """Orders a second, median of the runs; every one must be an order in the database."""
    asked = {"products": shop.products, "browser": browser}
    rates, took, failures, requests, spent = [], [], [], 0, Counter()
    for _ in range(runs):
        before = _count(shop)
        with ThreadPoolExecutor(1) as pool:
            began = pool.submit(_processor_time_after, shop, WARM)
            done = shoppers(shop, seconds, asked)
        spent.update(_processor_time(shop) - began.result())
        failures += [each for one in done for each in one["failures"]]
        sold = sum(one["bought"] for one in done)
        if _count(shop) - before != sold:
            raise SystemExit(f"{shop.name}: {sold} bought, {_count(shop) - before} orders")
        spent["client"] += sum(one["spent"] for one in done)
        mine = [each for one in done for each in one["took"]]
        rates.append(len(mine) / seconds)
        took += mine
        requests += sum(one["requests"] for one in done)
    rate = statistics.median(rates)
    if len(failures) * MOST_FAILED > len(took):
        raise SystemExit(f"{shop.name}: {len(failures)} failed, such as {failures[0]}")
    tell(
        shop=shop.name,
        what="checkout",
        how="browser" if browser else "posts",
        per_second=round(rate, 1),
        runs=[round(each, 1) for each in rates],
        requests_each=round(requests / len(took), 1),
        failed=len(failures),
        core_ms_each={what: round(1000 * each / len(took), 1) for what, each in spent.items()},
        **_spread(took),
    )
    return rate


def _processor_time_after(shop, seconds):
    """What was spent by then: that of the warming up is no order's."""
    time.sleep(seconds)
    return _processor_time(shop)


def _processor_time(shop):
    """Seconds of the shop's server and of PostgreSQL so far: what else runs adds nothing."""
    port = shop.address.rpartition(":")[2]
    folder = unquote(urlsplit(shop.database).netloc.rpartition("@")[2])
    spent = Counter(web=0.0, database=0.0)
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            of = "web" if port in process.cmdline() else ""
            of = of or ("database" if process.cwd() == folder else "")
            if of:
                times = process.cpu_times()
                spent[of] += times.user + times.system
    return spent


def _count(shop):
    with psycopg.connect(shop.database) as connection:
        (count,) = connection.execute(shop.orders).fetchone()
        return count


def pages(shop, *, seconds, runs, how=""):
    """Pages a second of each kind, median of the runs. The clients may be what bounds it."""
    rates = {}
    for kind, paths in shop.pages.items():
        asked = {"pages": paths}
        done = [shoppers(shop, seconds, asked) for _ in range(runs)]
        took = [[each for one in run for each in one["took"]] for run in done]
        rates[kind] = statistics.median(len(run) / seconds for run in took)
        spread = _spread([each for run in took for each in run])
        spread["failed"] = sum(len(one["failures"]) for run in done for one in run)
        tell(shop=shop.name, what=kind, how=how, per_second=round(rates[kind], 1), **spread)
    return rates


def measured(shop, asked):
    """Everything of one shop, by name."""
    found = {
        f"checkout {how}": checkouts(
            shop, browser=how == "browser", seconds=asked.seconds, runs=asked.runs
        )
        for how in ("posts", "browser")
    }
    times = {"seconds": max(2, asked.seconds // 3), "runs": asked.runs}
    found |= pages(shop, **times, how="kept" if shop.anew else "")
    if shop.anew:
        made = pages(replace(shop, address=shop.anew), **times, how="made anew")
        found |= {f"{kind} made anew": rate for kind, rate in made.items()}
    return found


SHOPS = {"bekal": bekal_served, "oscar": oscar_served}


def main():
    """Measure the shops that are asked for, one after the other, and tell the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shops", nargs="*", help=" or ".join(SHOPS))
    parser.add_argument("--products", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=12)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    found = {}
    with ground.database() as url:
        for name in asked.shops or SHOPS:
            with (
                tempfile.TemporaryDirectory(prefix="bekal-bench-") as home,
                SHOPS[name](url, Path(home), asked.products) as shop,
            ):
                found[name] = measured(shop, asked)
    if set(found) == {"bekal", "oscar"}:
        theirs = found["oscar"]
        ratio = {
            what: round(rate / theirs[what.removesuffix(" made anew")], 1)
            for what, rate in found["bekal"].items()
        }
        tell(ratio=ratio)


if __name__ == "__main__":
    main()
