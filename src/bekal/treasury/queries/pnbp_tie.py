"""Whether deposits, set-offs and the books say the same of the state's share."""

from django.db import connection

_PROBLEMS = """
with posted as (
  select a.unit_id, split_part(e.source, ':', 1) as what, e.source, a.kind,
         sum(l.amount) as amount
  from ledger_entry e
  join ledger_entryline l on l.entry_id = e.id
  join ledger_account a on a.id = l.account_id
  where a.kind in ('pnbp_payable', 'pnbp_overpaid')
    and not starts_with(e.source, 'sale:')
  group by a.unit_id, e.source, a.kind
), fact as (
  select d.unit_id, 'deposit:' || d.id as source, 'pnbp_payable' as kind,
         d.amount - p.overpaid as amount
  from treasury_depositpayment p join treasury_deposit d on d.id = p.deposit_id
  union all
  select d.unit_id, 'deposit:' || d.id, 'pnbp_overpaid', p.overpaid
  from treasury_depositpayment p join treasury_deposit d on d.id = p.deposit_id
  union all
  select unit_id, 'setoff:' || id, 'pnbp_payable', amount from treasury_setoff
  union all
  select unit_id, 'setoff:' || id, 'pnbp_overpaid', -amount from treasury_setoff
), told as (
  select * from fact where amount <> 0
)
select 'unit ' || coalesce(t.unit_id, p.unit_id) || ', ' || coalesce(t.source, p.source)
  || ', akun ' || coalesce(t.kind, p.kind) || ': terbukukan ' || coalesce(p.amount, 0)
  || ', menurut setoran ' || coalesce(t.amount, 0)
from told t
full join (select * from posted where what in ('deposit', 'setoff')) p
  on (p.unit_id, p.source, p.kind) = (t.unit_id, t.source, t.kind)
where coalesce(t.amount, 0) <> coalesce(p.amount, 0)
union all
select 'setoran ' || d.id || ': keadaan ' || d.state || ', pembayaran '
  || (p.id is not null)::text || ', pembatalan ' || (c.deposit_id is not null)::text
from treasury_deposit d
left join treasury_depositpayment p on p.deposit_id = d.id
left join treasury_depositcall c on c.deposit_id = d.id
where d.state <> case when p.id is not null then 'paid' when c.deposit_id is not null
                 then 'cancelled' else 'billed' end
   or (p.id is not null and c.deposit_id is not null)
union all
select 'unit ' || unit_id || ': lebih setor ' || sum(amount)
from (select a.unit_id, l.amount from ledger_account a
      join ledger_entryline l on l.account_id = a.id where a.kind = 'pnbp_overpaid') o
group by unit_id having sum(amount) < 0
union all
select 'unit ' || b.unit_id || ': PNBP terutang ' || b.owed || ', menurut umur '
  || coalesce(sum(r.left_over), 0)
from (
  select a.unit_id, greatest(-sum(l.amount), 0) as owed
  from ledger_account a join ledger_entryline l on l.account_id = a.id
  where a.kind = 'pnbp_payable' group by a.unit_id
) b
left join (
  select unit_id, greatest(least(due, upto - paid), 0) as left_over
  from (
    select f.*, sum(due) over (partition by f.unit_id order by day, first) as upto,
           coalesce(c.paid, 0) as paid
    from (
      select a.unit_id, min(l.id) as first, -sum(l.amount) as due,
             min(coalesce(o.late_from, o.occurred_on, e.late_from, e.occurred_on)) as day
      from ledger_account a
      join ledger_entryline l on l.account_id = a.id
      join ledger_entry e on e.id = l.entry_id
      left join ledger_entry o on o.id = e.reverses_id
      where a.kind = 'pnbp_payable' and not starts_with(e.source, 'pnbplift:')
        and (starts_with(e.source, 'sale:') or l.amount < 0)
      group by a.unit_id, e.source,
               case when starts_with(e.source, 'sale:') then 0 else l.id end
    ) f
    left join (
      select a.unit_id, sum(l.amount) as paid
      from ledger_account a
      join ledger_entryline l on l.account_id = a.id
      join ledger_entry e on e.id = l.entry_id
      where a.kind = 'pnbp_payable' and not starts_with(e.source, 'sale:')
        and (starts_with(e.source, 'pnbplift:') or l.amount > 0)
      group by a.unit_id
    ) c on c.unit_id = f.unit_id
  ) run
) r on r.unit_id = b.unit_id
group by b.unit_id, b.owed having b.owed <> coalesce(sum(r.left_over), 0)
union all
select f.what || ' ' || f.id || ': bertanggal ' || f.day || ', terbukukan pada '
  || coalesce(e.late_from, e.occurred_on)
from (
  select 'pembayaran setoran' as what, id, paid_on as day from treasury_depositpayment
  union all select 'perhitungan', id, set_on from treasury_setoff
) f join ledger_entry e on e.key = f.id
where coalesce(e.late_from, e.occurred_on) <> f.day
union all
select 'bukti ' || p.id || ' setoran ' || p.deposit_id || ': isinya bukan lagi yang diterima'
from treasury_depositproof p where encode(sha256(p.content), 'hex') <> p.digest
order by 1
"""


def pnbp_problems() -> list[str]:
    """Where deposits do not tie to the books, or what is owed to its list by age; one statement.

    Empty when all is well.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
