"""What units are to bring in a year beside what they deposited with an NTPN."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from bekal.foundation.formats import MONTHS
from bekal.treasury.models import Target

_YEAR = """
with aim as (
  select distinct on (unit_id) unit_id, amount from treasury_target
  where unit_id = any(%(units)s) and year = %(year)s order by unit_id, number desc
), real as (
  select d.unit_id, sum(d.amount) as amount, count(*) as deposits
  from treasury_depositpayment p join treasury_deposit d on d.id = p.deposit_id
  where d.unit_id = any(%(units)s)
    and p.paid_on between make_date(%(year)s, 1, 1) and make_date(%(year)s, 12, 31)
  group by d.unit_id
)
select u.unit_id, aim.amount, coalesce(real.amount, 0), coalesce(real.deposits, 0)
from unnest(%(units)s::bigint[]) as u (unit_id)
left join aim using (unit_id) left join real using (unit_id)
"""

_MONTHS = """
select m.month, coalesce(sum(d.amount), 0)
from generate_series(1, 12) as m (month)
left join (
  select extract(month from p.paid_on)::int as month, d.amount
  from treasury_depositpayment p join treasury_deposit d on d.id = p.deposit_id
  where d.unit_id = %s and extract(year from p.paid_on) = %s
) d using (month)
group by m.month order by m.month
"""


@dataclass(frozen=True)
class YearOf:
    """A unit's year: its target (None without one), and what it deposited, in rupiah."""

    unit_id: int
    target: int | None
    deposited: int
    deposits: int

    @property
    def percent(self) -> int | None:
        """How much of the target was deposited, rounded down; None without a target."""
        return None if self.target is None else 100 * self.deposited // self.target


def years_of(*, unit_ids: Collection[int], year: int) -> dict[int, YearOf]:
    """A year of each of these units, by unit; one statement. Realised is what has an NTPN."""
    with connection.cursor() as cursor:
        cursor.execute(_YEAR, {"units": sorted(unit_ids), "year": year})
        return {row[0]: YearOf(row[0], row[1], int(row[2]), row[3]) for row in cursor.fetchall()}


def targets_of(*, unit_id: int, year: int) -> QuerySet[Target]:
    """The targets of a unit's year, the one that holds first."""
    return Target.objects.filter(unit_id=unit_id, year=year).order_by("-number")


def months_of(*, unit_id: int, year: int) -> list[tuple[str, int]]:
    """What a unit deposited in each month of a year: (name of the month, rupiah)."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, [unit_id, year])
        return [(MONTHS[month - 1], int(amount)) for month, amount in cursor.fetchall()]
