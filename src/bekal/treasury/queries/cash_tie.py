"""Whether counts of cash, what settled their differences, and the books say the same."""

from django.db import connection

# Counts tie to the books when what they posted is their difference, and the sum of all differences
# is what the account took from counts.
_COUNTS = """
select 'hitungan kas ' || coalesce(c.id, p.id) || ': selisih ' || coalesce(c.difference, 0)
  || ', terbukukan ' || coalesce(p.amount, 0)
from treasury_cashcount c
full join (
  select substr(e.source, 6)::uuid as id, sum(l.amount) as amount
  from ledger_entry e join ledger_entryline l on l.entry_id = e.id
  join ledger_account a on a.id = l.account_id
  where e.source like 'cash:%' and a.kind = 'cash' group by 1
) p on p.id = c.id
where coalesce(p.amount, 0) <> coalesce(c.difference, 0)
union all
select 'hitungan kas ' || c.id || ': hari ' || c.day || ', terbukukan pada '
  || coalesce(e.late_from, e.occurred_on)
from treasury_cashcount c join ledger_entry e on e.key = c.id
where coalesce(e.late_from, e.occurred_on) <> c.day
union all
select 'hitungan kas ' || c.id || ': pecahannya berjumlah lain'
from treasury_cashcount c
where c.pieces <> '{}'::jsonb and c.counted <> (
  select sum(substr(p.key, 2)::bigint * p.value::bigint) from jsonb_each_text(c.pieces) p)
union all
select 'hitungan kas ' || c.id || ': tidak menyambung yang sebelumnya'
from treasury_cashcount c
left join treasury_cashcount b on b.unit_id = c.unit_id and b.number = c.number - 1
where (b.id is null and c.number <> 1)
  or (b.id is not null and c.opening <> coalesce(
    (select o.counted from treasury_cashcount o
     where o.unit_id = c.unit_id and o.number < c.number and o.day < c.day
     order by o.number desc limit 1), c.opening))
order by 1
"""
# A clearing that was approved moved two accounts; one that was not moved none. What stands at a
# unit is what its counts found less what was settled, whoever else posted to the account.
_CLEARINGS = """
with settled as (
  select id, unit_id, decided_at, way in ('replaced', 'given') as is_cash,
         case when way in ('replaced', 'borne') then amount else -amount end as moved
  from treasury_cashclearing where decided_as = 'approved'
)
select 'penyelesaian selisih kas ' || coalesce(s.id, p.id) || ', akun '
  || coalesce(s.kind, p.kind) || ': terbukukan ' || coalesce(p.amount, 0) || ', disetujui '
  || coalesce(s.amount, 0)
from (
  select id, unit_id, 'cash_difference' as kind, -moved as amount from settled
  union all
  select id, unit_id, case when is_cash then 'cash' else 'capital' end, moved from settled
) s
full join (
  select split_part(e.source, ':', 2)::uuid as id, a.unit_id, a.kind, sum(l.amount) as amount
  from ledger_entry e join ledger_entryline l on l.entry_id = e.id
  join ledger_account a on a.id = l.account_id
  where e.source like 'clearing:%' group by 1, 2, 3
) p on (p.id, p.unit_id, p.kind) = (s.id, s.unit_id, s.kind)
where coalesce(p.amount, 0) <> coalesce(s.amount, 0)
union all
select 'penyelesaian selisih kas ' || s.id || ': diputuskan ' || s.decided_at
  || ', dibukukan ' || e.posted_at
from settled s join ledger_entry e on e.key = s.id where e.posted_at <> s.decided_at
union all
select 'unit ' || coalesce(b.unit_id, f.unit_id) || ': selisih kas di buku '
  || coalesce(b.amount, 0) || ', menurut hitungan dan penyelesaiannya ' || coalesce(f.amount, 0)
from (
  select a.unit_id, -sum(l.amount) as amount
  from ledger_account a join ledger_entryline l on l.account_id = a.id
  where a.kind = 'cash_difference' group by 1
) b
full join (
  select unit_id, sum(amount) as amount
  from (select unit_id, difference as amount from treasury_cashcount
        union all select unit_id, moved from settled) found
  group by 1
) f on f.unit_id = b.unit_id
where coalesce(b.amount, 0) <> coalesce(f.amount, 0)
order by 1
"""


def cash_problems() -> list[str]:
    """Counts and clearings that do not tie to the books or to one another, as sentences."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for sql in (_COUNTS, _CLEARINGS):
            cursor.execute(sql)
            found += [row[0] for row in cursor.fetchall()]
    return found
