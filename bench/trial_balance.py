"""The trial balance over ten million lines of the books: from the sums, against adding the lines.

    python -m bench.trial_balance [lines]

Real places; entries of four lines, laid down by SQL over two years for every unit that sells, with
the triggers of the books off while they are laid down (they are asked again by `ledger_problems`
of a part). The sums are made by `sum_lines`, as the job of each hour makes them.
"""

import datetime as dt
import resource
import statistics
import sys
import time

from django.db import connection, transaction

from bekal.config import reference
from bekal.foundation.actors import command_actor
from bekal.foundation.clock import Period, now
from bekal.ledger.actions import sum_lines
from bekal.ledger.queries import BookLines, Sought, turns
from bekal.ledger.rules import AccountKind
from bench import ground

BY = command_actor("bench")
LINES = 10_000_000
RUNS = 7
BATCH = 250_000
FIRST = dt.date(2024, 11, 1)
DAYS = 730
MONTH = Period(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
YEAR = Period(dt.date(2025, 11, 1), dt.date(2026, 10, 31))
_KINDS = ("cash", "premi_unallocated", "capital", "pnbp_payable")
_ACCOUNTS = """
insert into ledger_account (unit_id, kind, maker)
select s.unit_id, k, '' from catalogue_seller s cross join unnest(%s::text[]) k
"""
_ENTRIES = """
with made as (
  insert into ledger_entry (key, occurred_on, memo, source, posted_at, posted_by, xid)
  select gen_random_uuid(), %(first)s::date + ((n * %(days)s::bigint) / %(all)s)::int, 'bench',
    'sale:' || n, now(), 'bench', 0
  from generate_series(%(low)s::bigint, %(high)s::bigint) n
  returning id
), numbered as (
  select id, row_number() over (order by id) + %(low)s as n from made
), unit as (
  select unit_id, row_number() over (order by unit_id) - 1 as place, count(*) over () as units
  from catalogue_seller
)
insert into ledger_entryline (entry_id, account_id, unit_id, amount, xid)
select m.id, a.id, u.unit_id, p.amount, 0
from numbered m join unit u on u.place = m.n %% u.units
cross join (values ('cash', 100000), ('premi_unallocated', -35000), ('capital', -15000),
                   ('pnbp_payable', -50000)) as p (kind, amount)
join ledger_account a on a.unit_id = u.unit_id and a.kind = p.kind
"""
_BY_LINES = """
select a.kind, sum(l.amount) filter (where e.occurred_on < %(first)s),
  sum(l.amount) filter (where l.amount > 0 and e.occurred_on >= %(first)s),
  sum(-l.amount) filter (where l.amount < 0 and e.occurred_on >= %(first)s)
from ledger_entryline l join ledger_account a on a.id = l.account_id
join ledger_entry e on e.id = l.entry_id
where e.occurred_on <= %(last)s group by a.kind
"""


def tell(words, value):
    sys.stdout.write(f"{words:<66}{value:>14}\n")
    sys.stdout.flush()


def milliseconds(question):
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        question()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def asked(sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


def lay_down(lines):
    """So many lines, in batches; a transaction for each."""
    for table in ("ledger_entry", "ledger_entryline"):
        asked(f"alter table {table} disable trigger user")
    asked(_ACCOUNTS, [list(_KINDS)])
    entries = lines // len(_KINDS)
    for low in range(0, entries, BATCH):
        high = min(low + BATCH, entries) - 1
        with transaction.atomic():
            asked(
                _ENTRIES,
                {"low": low, "high": high, "all": entries, "first": FIRST, "days": DAYS},
            )
    for table in ("ledger_entry", "ledger_entryline"):
        asked(f"alter table {table} enable trigger user")
    asked("vacuum analyze ledger_entry")
    asked("vacuum analyze ledger_entryline")


def by_kind(found):
    kept = {}
    for turn in found:
        sums = kept.setdefault(turn.kind, [0, 0, 0])
        for place, amount in enumerate((turn.opening, turn.debit, turn.credit)):
            sums[place] += amount
    return {str(kind): tuple(value) for kind, value in kept.items()}


def main(lines):
    with ground.database():
        for load in (reference.load_places, reference.load_rules, reference.load_products):
            load(by=BY, now=now())
        units = [row[0] for row in asked("select unit_id from catalogue_seller order by 1")]
        tell("lines laid down", f"{lines:,}")
        tell("units", f"{len(units)}")
        start = time.perf_counter()
        lay_down(lines)
        tell("laid down by SQL, s", f"{time.perf_counter() - start:.0f}")
        start = time.perf_counter()
        rows = sum_lines(by=BY, now=now())
        tell(f"sums made of all lines ({rows:,} rows), s", f"{time.perf_counter() - start:.0f}")
        asked("vacuum analyze ledger_spansum")
        measured(units)
        size = asked("select pg_size_pretty(pg_total_relation_size('ledger_spansum'))")
        whole = asked("select pg_size_pretty(pg_total_relation_size('ledger_entryline'))")
        tell("sums on disk", size[0][0])
        tell("lines on disk", whole[0][0])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        tell("largest memory of the asking process, MB", memory)


def measured(units):
    for words, period in (("a month", MONTH), ("a year", YEAR)):
        nation = milliseconds(lambda period=period: turns(unit_ids=units, period=period))
        one = milliseconds(lambda period=period: turns(unit_ids=units[:1], period=period))
        tell(f"trial balance of the nation, {words}, ms", f"{nation:.0f}")
        tell(f"trial balance of one unit, {words}, ms", f"{one:.1f}")
    start = time.perf_counter()
    truth = asked(_BY_LINES, {"first": MONTH.first, "last": MONTH.last})
    took = (time.perf_counter() - start) * 1000
    tell("the same of the nation by adding the lines, a month, ms", f"{took:.0f}")
    found = by_kind(turns(unit_ids=units, period=MONTH))
    assert found == {row[0]: tuple(int(each or 0) for each in row[1:]) for row in truth}
    page = Sought(units[0], MONTH, kinds=[AccountKind.CASH])
    tell("a page of one unit's cash book, ms", f"{milliseconds(lambda: BookLines(page)[0:50]):.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else LINES)
