"""What the list costs: page 1 and page 500, with filters, orders and words, at two sizes.

    python -m bench.list_pages

Counted is processor time of the query in Python and in the PostgreSQL process behind it, which
stands still while other work has the machine; what HTML costs comes on top and is the same for
every page. Page 500 is reached by the link of the page before it, as visitors do, and by its
number; lists that are shorter are asked for their last page but one.
"""

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import connection

from bekal.catalogue import queries
from bekal.catalogue.queries import PriceRange, ShowcaseFilters, ShowcaseSort, Stock
from bekal.config import reference
from bekal.config.console import say
from bekal.foundation.actors import command_actor
from bekal.foundation.clock import now
from bench import ground
from bench.fill_catalogue import fill

SIZES, TIMES, FAR = (2_000, 20_000), 40, 500
LOADS = (reference.load_places, reference.load_rules, reference.load_products)
ASKED = {
    "the whole list": ShowcaseFilters(),
    "cheapest first": ShowcaseFilters(sort=ShowcaseSort.CHEAPEST),
    "a kind": ShowcaseFilters(category="makanan"),
    "a province": ShowcaseFilters(province="33"),
    "up to Rp50.000": ShowcaseFilters(price=PriceRange.LOW),
    "ready to ship": ShowcaseFilters(stock=Stock.READY),
    "made to order": ShowcaseFilters(stock=Stock.MADE),
    "halal": ShowcaseFilters(is_halal=True),
    "new": ShowcaseFilters(is_new=True),
    "ready, halal, a kind": ShowcaseFilters(stock=Stock.READY, is_halal=True, category="makanan"),
    "a word": ShowcaseFilters(text="keripik"),
    "a word of many": ShowcaseFilters(text="merah"),
    "a mistyped word": ShowcaseFilters(text="krpik"),
    "a word, ready": ShowcaseFilters(text="keripik", stock=Stock.READY),
}


@dataclass(frozen=True)
class Clock:
    """Reads the processor time that this process and its PostgreSQL process have had."""

    postgres: int

    def now(self):
        """Milliseconds."""
        there = int(Path(f"/proc/{self.postgres}/schedstat").read_text().split()[0])
        return time.process_time() * 1e3 + there / 1e6

    def cost(self, ask):
        """Milliseconds of one asking, the mean of many; and what it answered."""
        answer = ask()
        before = self.now()
        for _ in range(TIMES):
            ask()
        return (self.now() - before) / TIMES, answer


def our_clock():
    """The clock of this process and its connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return Clock(cursor.fetchone()[0])


def costs(clock, filters, on):
    """Products found, and the cost of page 1, of the far page by its link and by its number."""

    def page(filters):
        return clock.cost(lambda: queries.showcase(filters=filters, on=on))

    first, found = page(filters)
    far = max(1, min(FAR, found.pages - 1))
    if far == 1:
        return found.total, far, first, first, first
    before = replace(filters, page=far - 1)
    _, mark = queries.marks(queries.showcase(filters=before, on=on), before)
    by_link, _ = page(replace(filters, page=far, mark=mark))
    by_number, _ = page(replace(filters, page=far))
    return found.total, far, first, by_link, by_number


def main():
    """Print one table for each size."""
    if not os.access("/proc/self/schedstat", os.R_OK):
        raise SystemExit("this system tells no processor time of other processes")
    on = now().date()
    with ground.database():
        for load in LOADS:
            load(by=command_actor("bench"), now=now())
        for size in SIZES:
            fill(size)
            clock = our_clock()
            say(f"{size:,} products         found  page 1   far page by link    by number")
            for name, filters in ASKED.items():
                total, far, first, link, number = costs(clock, filters, on)
                if not total:
                    raise SystemExit(f"{name}: nothing was found, so nothing was measured")
                say(
                    f"  {name:22} {total:6,} {first:4.1f} ms {far:6} {link:5.1f} ms"
                    f" {link / first:4.2f}  {number:5.1f} ms {number / first:4.2f}"
                )
            typing, _ = clock.cost(lambda: queries.suggestions(text="keri", on=on))
            say(f"  suggestions for four letters {typing:4.1f} ms")


if __name__ == "__main__":
    main()
