"""Looking for the four things that auditors keep finding, in any units. Reads, and judges nothing.

What is looked for is defined in `rules.pnbp_findings`; each look is one or a few statements.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection

from bekal.foundation import formats
from bekal.foundation.clock import Period
from bekal.ledger import queries as ledger
from bekal.treasury.queries.pnbp import owed_by_sale, standings
from bekal.treasury.rules import (
    LATE_AFTER,
    Collected,
    Finding,
    Pattern,
    late_sentence,
    missing,
    missing_sentence,
    paid_late_sentence,
    short_by,
)

_PAID_LATE = """
select d.unit_id, p.paid_on, p.oldest_on, d.amount, d.id
from treasury_depositpayment p join treasury_deposit d on d.id = p.deposit_id
where d.unit_id = any(%(units)s) and p.paid_on between %(first)s and %(last)s
  and p.paid_on - p.oldest_on > %(late)s
order by p.paid_on, d.id
"""
# Many lines are priced and split alike: each such way is reckoned once, and only the lines of those
# in which the state got too little are fetched.
_WAYS = """
select l.rule_id, l.unit_price, l.list_price, l.unit_cost, l.pieces,
       coalesce((l.parts ->> 'pnbp_payable')::bigint, 0),
       s.collector_id is null and s.buyer_class <> 'institution'
from sales_saleline l join sales_sale s on s.id = l.sale_id
where s.unit_id = any(%(units)s) and s.sold_on between %(first)s and %(last)s
group by 1, 2, 3, 4, 5, 6, 7
"""
_LINES = """
select w.place, s.unit_id, s.sold_on, s.id, l.name
from unnest(%(places)s::int[], %(rules)s::bigint[], %(prices)s::bigint[], %(lists)s::bigint[],
            %(costs)s::bigint[], %(pieces)s::int[], %(pnbp)s::bigint[], %(hands)s::bool[])
  as w (place, rule_id, unit_price, list_price, unit_cost, pieces, pnbp, is_by_hand)
join sales_saleline l on (l.rule_id, l.unit_price, l.list_price, l.pieces)
     = (w.rule_id, w.unit_price, w.list_price, w.pieces)
  and l.unit_cost is not distinct from w.unit_cost
  and coalesce((l.parts ->> 'pnbp_payable')::bigint, 0) = w.pnbp
join sales_sale s on s.id = l.sale_id
  and (s.collector_id is null and s.buyer_class <> 'institution') = w.is_by_hand
where s.unit_id = any(%(units)s) and s.sold_on between %(first)s and %(last)s
order by s.sold_on, s.number, l.id
"""
_UNFOUNDED = """
select s.unit_id, s.sold_on, 'sale:' || s.id, (l.parts ->> 'pnbp_payable')::bigint, r.name,
       case when not r.during @> s.sold_on then 'tidak berlaku pada hari itu'
            when r.citation !~ '\\S' then 'tidak menyebut dasar hukum'
            when r.activity not in ('', l.category) then 'untuk kegiatan lain'
            else 'milik tempat lain' end
from sales_sale s
join sales_saleline l on l.sale_id = s.id
join ledger_splitrule r on r.id = l.rule_id
where s.unit_id = any(%(units)s) and s.sold_on between %(first)s and %(last)s
  and coalesce((l.parts ->> 'pnbp_payable')::bigint, 0) > 0
  and (not r.during @> s.sold_on or r.citation !~ '\\S' or r.activity not in ('', l.category)
       or not exists (select from places_ancestry a where a.descendant_id = s.unit_id
                      and a.ancestor_id = r.place_id and a.during @> s.sold_on))
order by s.sold_on, s.number, l.id
"""
_STRAY = """
select l.unit_id, e.occurred_on, e.source, l.amount, e.memo
from ledger_account a
join ledger_entryline l on l.account_id = a.id
join ledger_entry e on e.id = l.entry_id
where a.unit_id = any(%(units)s) and a.kind = 'pnbp_payable'
  and e.occurred_on between %(first)s and %(last)s
  and split_part(e.source, ':', 1) not in ('sale', 'deposit', 'setoff', 'pnbplift')
order by e.occurred_on, l.id
"""
_MONEY = """
select a.unit_id,
       -coalesce(sum(h.held) filter (where a.kind = 'pnbp_payable'), 0),
       coalesce(sum(h.held) filter (where a.kind in ('cash', 'bank', 'qris')), 0),
       coalesce(sum(h.held) filter (where a.kind in ('receivable', 'settlement')), 0)
from ledger_account a
left join lateral (
  select through_line, balance from ledger_checkpoint
  where account_id = a.id order by through_line desc limit 1
) c on true
cross join lateral (
  select coalesce(c.balance, 0) + coalesce(sum(amount), 0) as held from ledger_entryline
  where account_id = a.id and id > coalesce(c.through_line, 0)
) h
where a.unit_id = any(%(units)s)
  and a.kind in ('pnbp_payable', 'cash', 'bank', 'qris', 'receivable', 'settlement')
group by a.unit_id
order by a.unit_id
"""


def findings_of(
    *, unit_ids: Collection[int], period: Period, on: dt.date, now: dt.datetime
) -> list[Finding]:
    """What is found in units: facts of a period, and debts and money as they stand on a day.

    Ten statements at most for any number of units, and one for each rule that was sold under. For
    one unit the oldest sale that is owed is told too.
    """
    asked = {"units": sorted(unit_ids), "first": period.first, "last": period.last}
    return [
        *_owed_late(unit_ids, on=on, now=now),
        *_paid_late(asked),
        *_short(asked),
        *_unfounded(asked),
        *_missing(asked, on=on),
        *_stray(asked),
    ]


def _owed_late(unit_ids: Collection[int], *, on: dt.date, now: dt.datetime) -> Iterator[Finding]:
    found = standings(unit_ids=unit_ids, on=on, now=now)
    for unit_id, standing in sorted(found.items()):
        if standing.late:
            rows = owed_by_sale(unit_id=unit_id) if len(found) == 1 else []
            oldest = rows[0].day if rows else None
            said = late_sentence(standing.late, oldest=oldest, on=on)
            yield Finding(Pattern.LATE, unit_id, oldest, standing.late, said)


def _paid_late(asked: dict[str, Any]) -> Iterator[Finding]:
    for unit_id, paid_on, oldest, amount, deposit in _rows(
        _PAID_LATE, {**asked, "late": LATE_AFTER}
    ):
        said = paid_late_sentence(amount, oldest=oldest, paid_on=paid_on)
        yield Finding(Pattern.LATE, unit_id, paid_on, amount, said, f"deposit:{deposit}")


def _short(asked: dict[str, Any]) -> Iterator[Finding]:
    ways = [Collected(*row) for row in _rows(_WAYS, asked)]
    rules = {rule: ledger.rule_by_id(rule_id=rule) for rule in {way.rule_id for way in ways}}
    judged = [(way, *short_by(rules[way.rule_id], way)) for way in ways]
    bad = [(way, amount, said) for way, amount, said in judged if amount]
    if not bad:
        return
    columns = {
        "places": range(len(bad)),
        "rules": [way.rule_id for way, _, _ in bad],
        "prices": [way.unit_price for way, _, _ in bad],
        "lists": [way.list_price for way, _, _ in bad],
        "costs": [way.unit_cost for way, _, _ in bad],
        "pieces": [way.pieces for way, _, _ in bad],
        "pnbp": [way.pnbp for way, _, _ in bad],
        "hands": [way.is_by_hand for way, _, _ in bad],
    }
    listed = {name: list(values) for name, values in columns.items()}
    for place, unit_id, day, sale, name in _rows(_LINES, {**asked, **listed}):
        way, amount, said = bad[place]
        sentence = f"{way.pieces} x {name}: {said}. Kurang {formats.rupiah(amount)}."
        yield Finding(Pattern.SHORT, unit_id, day, amount, sentence, f"sale:{sale}")


def _unfounded(asked: dict[str, Any]) -> Iterator[Finding]:
    for unit_id, day, source, amount, rule, why in _rows(_UNFOUNDED, asked):
        said = f"{formats.rupiah(amount)} dipungut menurut {rule}, yang {why}."
        yield Finding(Pattern.UNFOUNDED, unit_id, day, amount, said, source)


def _missing(asked: dict[str, Any], *, on: dt.date) -> Iterator[Finding]:
    for unit_id, owed, money, awaited in _rows(_MONEY, {"units": asked["units"]}):
        sums = {"owed": int(owed), "money": int(money), "awaited": int(awaited)}
        if gap := missing(**sums):
            yield Finding(Pattern.SPENT, unit_id, on, gap, missing_sentence(**sums))


def _stray(asked: dict[str, Any]) -> Iterator[Finding]:
    for unit_id, day, source, amount, memo in _rows(_STRAY, asked):
        if amount > 0:
            said = f"{formats.rupiah(amount)} keluar dari akun PNBP, bukan setoran: {memo}."
            yield Finding(Pattern.SPENT, unit_id, day, amount, said, source)
        else:
            said = f"{formats.rupiah(-amount)} masuk ke akun PNBP tanpa penjualan: {memo}."
            yield Finding(Pattern.UNFOUNDED, unit_id, day, -amount, said, source)


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
