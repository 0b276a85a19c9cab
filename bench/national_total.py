"""The national total over a million sale lines: from the fold, against summing the lines.

    python -m bench.national_total

Real places, one line a sale, a year of days; the facts are laid down by SQL, the sums are made by
`rebuild`. The last rows show that a month costs the same with a year behind it as with none.
"""

import datetime as dt
import statistics
import sys
import time

from django.db import connection

from bekal.foundation.actors import command_actor
from bekal.foundation.clock import Period, now
from bench import ground

LINES = 1_000_000
YEAR = Period(dt.date(2025, 11, 1), dt.date(2026, 10, 31))
LAST_MONTH = Period(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
RUNS = 9
_SALES = """
insert into sales_sale (id, unit_id, number, sold_on, zone, channel, buyer_class, payment, total,
                        is_sample, recorded_at, recorded_by)
select gen_random_uuid(), u.unit_id, (n / u.units)::int + %(after)s,
  %(first)s::date + (n / u.units %% %(days)s)::int, 'WIB',
  (array['workshop','exhibition','consignment'])[1 + n %% 3],
  (array['public','officer','institution'])[1 + n %% 3], 'cash', 100000, true, now(), 'bench'
from (select s.unit_id, row_number() over (order by s.unit_id) - 1 as place,
             count(*) over () as units from catalogue_seller s) u
join generate_series(0, %(lines)s - 1) n on n %% u.units = u.place
"""
_LINES = """
insert into sales_saleline (sale_id, product_id, name, category, pieces, unit_price, list_price,
                            unit_cost, gross, rule_id, parts)
select s.id, p.id, p.name, p.category_id, 1, 100000, 100000, 60000, 100000,
  (select min(id) from ledger_splitrule),
  '{"cost_recovery":60000,"premi_unallocated":20000,"capital":14000,"pnbp_payable":6000}'
from sales_sale s join catalogue_seller c on c.unit_id = s.unit_id
join lateral (select * from catalogue_product where seller_id = c.id order by id limit 1) p on true
where s.number > %(after)s
"""
_BY_LINES = """
select sum(l.gross), sum((l.parts ->> 'pnbp_payable')::bigint)
from sales_saleline l join sales_sale s on s.id = l.sale_id where s.sold_on between %s and %s
"""


def lay_down(lines, *, period, after):
    """That many sales of one line, spread over the units that sell and the days of a period."""
    values = {"lines": lines, "first": period.first, "days": period.days, "after": after}
    with connection.cursor() as cursor:
        cursor.execute(_SALES, values)
        cursor.execute(_LINES, values)


def milliseconds(question):
    """The median of several askings."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        question()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def by_lines(period):
    """The same total without the fold."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_LINES, [period.first, period.last])
        return cursor.fetchone()


def tell(words, value):
    """One row of the table."""
    sys.stdout.write(f"{words:<58}{value:>12}\n")
    sys.stdout.flush()


def main():
    """Lay down a month, ask; lay down the year, ask again."""
    with ground.database():
        from bekal.config import reference
        from bekal.places.queries import centre
        from bekal.sales.actions import rebuild_summaries
        from bekal.turnover.queries import total
        from bekal.turnover.rules import Basis

        by = command_actor("bench")
        for load in (reference.load_places, reference.load_rules, reference.load_products):
            load(by=by, now=now())
        nation = centre(on=LAST_MONTH.last)

        def ask(period):
            return total(
                place_id=nation.id, period=period, basis=Basis.AS_IT_WAS, on=LAST_MONTH.last
            )

        def rebuild():
            rebuild_summaries(by=by, now=now())
            with connection.cursor() as cursor:
                cursor.execute("vacuum analyze")

        month = LINES * LAST_MONTH.days // YEAR.days
        lay_down(month, period=LAST_MONTH, after=0)
        rebuild()
        alone = milliseconds(lambda: ask(LAST_MONTH))
        tell("a month, nothing before it, ms", f"{alone:.1f}")
        lay_down(LINES - month, period=Period(YEAR.first, LAST_MONTH.first), after=1_000_000)
        start = time.perf_counter()
        rebuild()
        tell(f"rebuild of {LINES:,} lines, s", f"{time.perf_counter() - start:.1f}")
        behind = milliseconds(lambda: ask(LAST_MONTH))
        fold, lines = milliseconds(lambda: ask(YEAR)), milliseconds(lambda: by_lines(YEAR))
        assert ask(YEAR).total.gross == by_lines(YEAR)[0] == LINES * 100_000
        tell("the same month with a year before it, ms", f"{behind:.1f}")
        tell("ratio", f"{behind / alone:.2f}")
        tell("the year from the fold, ms", f"{fold:.1f}")
        tell("the year from the lines, ms", f"{lines:.1f}")
        tell("ratio", f"{lines / fold:.1f}")


if __name__ == "__main__":
    main()
