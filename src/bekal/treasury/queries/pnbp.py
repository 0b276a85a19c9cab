"""What a unit owes the state, how old it is, and the deposits by which it pays.

Each answer is one statement, and so one snapshot: what is owed, what was deposited and what is
left by age agree, whoever sells meanwhile.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from bekal.treasury.rules import AGES, ENDING_SOON, LATE_AFTER, Age, aged

LIFT = "pnbplift"
DEPOSIT = "deposit"
SET_OFF = "setoff"
"""How the sources of entries begin that treasury posts to the state's share."""

# A refund is younger debt that never fell due: it counts on the day of its sale. Nothing is booked
# before its day, so what a checkpoint held before the ages begin is too old to be looked at: two
# days of room are for the zones.
_STANDINGS = """
with pot as (
  select a.id, a.unit_id, a.kind,
         coalesce(c.balance, 0) + coalesce((
           select sum(amount) from ledger_entryline
           where account_id = a.id and id > coalesce(c.through_line, 0)), 0) as balance
  from ledger_account a
  left join lateral (
    select through_line, balance from ledger_checkpoint
    where account_id = a.id order by through_line desc limit 1
  ) c on true
  where a.unit_id = any(%(units)s) and a.kind in ('pnbp_payable', 'pnbp_overpaid')
), young as (
  select p.unit_id,
         sum(-l.amount) filter (where %(on)s - d.day <= %(first)s) as first,
         sum(-l.amount) filter (where %(on)s - d.day between %(first)s + 1 and %(second)s)
           as second,
         sum(-l.amount) filter (where %(on)s - d.day between %(second)s + 1 and %(third)s)
           as third
  from pot p
  join ledger_entryline l on l.account_id = p.id
  join ledger_entry e on e.id = l.entry_id
  left join ledger_entry o on o.id = e.reverses_id
  cross join lateral (
    select coalesce(o.late_from, o.occurred_on, e.late_from, e.occurred_on) as day
  ) d
  where p.kind = 'pnbp_payable' and e.occurred_on >= %(on)s - %(third)s
    and l.id > coalesce((
      select max(c.through_line) from ledger_checkpoint c
      where c.account_id = p.id and c.made_at < %(on)s::date - %(third)s - 2), 0)
    and (starts_with(e.source, 'sale:') or l.amount < 0 and not starts_with(e.source, 'pnbplift:'))
  group by p.unit_id
), billed as (
  select unit_id, sum(amount) as amount from treasury_deposit
  where unit_id = any(%(units)s) and state = 'billed' and expires_at > %(now)s group by unit_id
), held as (
  select unit_id,
         coalesce(sum(balance) filter (where kind = 'pnbp_payable'), 0) as payable,
         coalesce(sum(balance) filter (where kind = 'pnbp_overpaid'), 0) as overpaid
  from pot group by unit_id
)
select u.unit_id, coalesce(h.payable, 0), coalesce(h.overpaid, 0), coalesce(b.amount, 0),
       coalesce(y.first, 0), coalesce(y.second, 0), coalesce(y.third, 0)
from unnest(%(units)s::bigint[]) as u (unit_id)
left join held h using (unit_id) left join young y using (unit_id)
left join billed b using (unit_id)
"""
_OWED = """
with line as (
  select e.source, l.amount, l.id,
         coalesce(o.late_from, o.occurred_on, e.late_from, e.occurred_on) as day,
         starts_with(e.source, 'sale:') as is_sale, starts_with(e.source, 'pnbplift:') as is_lift
  from ledger_account a
  join ledger_entryline l on l.account_id = a.id
  join ledger_entry e on e.id = l.entry_id
  left join ledger_entry o on o.id = e.reverses_id
  where a.unit_id = %s and a.kind = 'pnbp_payable'
), fell_due as (
  select source, min(day) as day, min(id) as first, -sum(amount) as due
  from line where is_sale group by source having sum(amount) < 0
  union all
  select source, day, id, -amount from line where not is_sale and not is_lift and amount < 0
), cover as (
  select coalesce(sum(amount), 0) as paid
  from line where not is_sale and (is_lift or amount > 0)
), run as (
  select f.*, sum(due) over (order by day, first) as upto from fell_due f
)
select source, day, due, least(due, upto - paid) from run cross join cover
where upto > paid order by day, first
"""
# What came back after it was deposited is too much from the moment on at which all that fell due
# is less than all that was paid, and stays so: the highest point of their difference, whenever
# somebody looks.
_TO_LIFT = """
select greatest(coalesce(max(upto), 0), 0) - coalesce(max(lifted), 0)
from (
  select sum(l.amount) filter (where not starts_with(e.source, 'pnbplift:'))
           over (order by l.id) as upto,
         sum(-l.amount) filter (where starts_with(e.source, 'pnbplift:')) over () as lifted
  from ledger_account a
  join ledger_entryline l on l.account_id = a.id
  join ledger_entry e on e.id = l.entry_id
  where a.unit_id = %s and a.kind = 'pnbp_payable'
) run
"""
_CODES = """
select count(*) filter (where expires_at > %(now)s), count(*) filter (where expires_at <= %(now)s)
from treasury_deposit
where unit_id = %(unit)s and state = 'billed' and expires_at <= %(soon)s
"""
_LAST_LINE = """
select coalesce(max(l.id), 0) from ledger_account a
join ledger_entryline l on l.account_id = a.id where a.unit_id = %s and a.kind = 'pnbp_payable'
"""
_RETURNED = """
select distinct a.unit_id
from ledger_entry e
join ledger_entryline l on l.entry_id = e.id
join ledger_account a on a.id = l.account_id
where e.posted_at >= %s and a.kind = 'pnbp_payable' and l.amount > 0
  and starts_with(e.source, 'sale:')
order by 1
"""


@dataclass(frozen=True)
class Standing:
    """What a unit owes the state, in rupiah: in all, by age (as AGES), and billed by open codes.

    `overpaid` was deposited for goods that came back. `back` came back since and is not yet there.
    """

    unit_id: int
    owed: int
    overpaid: int
    back: int
    billed: int
    ages: tuple[int, ...]

    @property
    def by_age(self) -> list[tuple[Age, int]]:
        """What is owed of each age, youngest first."""
        return list(zip(AGES, self.ages, strict=True))

    @property
    def free(self) -> int:
        """What is owed and has no open billing code."""
        return max(self.owed - self.billed, 0)

    @property
    def late(self) -> int:
        """What is owed longer than it may be."""
        return sum(amount for age, amount in self.by_age if age.first > LATE_AFTER)


@dataclass(frozen=True)
class Owed:
    """What is left to be deposited of one sale; `source` is the ledger's key of what made it."""

    source: str
    day: dt.date
    due: int
    left: int

    @property
    def sale_id(self) -> UUID | None:
        """The sale that it comes from; None where it came from no sale."""
        kind, _, key = self.source.partition(":")
        return UUID(key) if kind == "sale" else None


def standings(*, unit_ids: Collection[int], on: dt.date, now: dt.datetime) -> dict[int, Standing]:
    """What each of these units owes on a day, by unit; one statement."""
    first, second, third = (age.last for age in AGES[:-1])
    asked: dict[str, Any] = {
        "units": sorted(unit_ids),
        "on": on,
        "now": now,
        "first": first,
        "second": second,
        "third": third,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, asked)
        return {row[0]: _standing(row) for row in cursor.fetchall()}


def standing_of(*, unit_id: int, on: dt.date, now: dt.datetime) -> Standing:
    """What one unit owes on a day; one statement."""
    return standings(unit_ids=[unit_id], on=on, now=now)[unit_id]


def _standing(row: Iterable[int]) -> Standing:
    unit_id, payable, overpaid, billed, *young = (int(cell) for cell in row)
    return Standing(
        unit_id,
        max(-payable, 0),
        overpaid,
        max(payable, 0),
        billed,
        aged(-payable, young=tuple(young)),
    )


@dataclass(frozen=True)
class PnbpTasks:
    """What the state's share asks of a treasurer: codes that end soon or have, and rupiah late."""

    ending: int = 0
    ended: int = 0
    late: int = 0


def pnbp_tasks(*, unit_id: int, on: dt.date, now: dt.datetime) -> PnbpTasks:
    """What there is to do of a unit's PNBP; two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_CODES, {"unit": unit_id, "now": now, "soon": now + ENDING_SOON})
        ending, ended = cursor.fetchone()
    return PnbpTasks(ending, ended, standing_of(unit_id=unit_id, on=on, now=now).late)


def owed_by_sale(*, unit_id: int) -> list[Owed]:
    """What is left to be deposited, sale by sale, oldest first; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OWED, [unit_id])
        return [Owed(row[0], row[1], int(row[2]), int(row[3])) for row in cursor.fetchall()]


def to_lift(*, unit_id: int) -> int:
    """Rupiah that were deposited for goods that came back, and do not stand as such yet."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_LIFT, [unit_id])
        return int(cursor.fetchone()[0])


def units_with_returns(*, since: dt.datetime) -> list[int]:
    """The units that took goods back since an instant."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURNED, [since])
        return [row[0] for row in cursor.fetchall()]


def last_line(*, unit_id: int) -> int:
    """The number of the newest line of what a unit owes the state; 0 before the first."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_LINE, [unit_id])
        return int(cursor.fetchone()[0])
