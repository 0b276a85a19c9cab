"""Whether premi ties: to the sales it comes from, to the ledger, and to the runs that pay it."""

from django.db import connection

# Every statement compares two ways of reaching one number; what is put together is constants.
_ACTS = """
with earned as (
  select a.key, e.maker_id as maker, sum(e.amount) as amount
  from treasury_allocation a join treasury_premiearning e on e.allocation_id = a.key
  group by a.key, e.maker_id
), posted as (
  select a.key, c.maker, -sum(l.amount) as amount
  from treasury_allocation a join ledger_entry j on j.key = a.key
  join ledger_entryline l on l.entry_id = j.id join ledger_account c on c.id = l.account_id
  where c.kind = 'premi_payable' group by a.key, c.maker
)
select 'pembagian ' || coalesce(e.key, p.key) || ': ' || coalesce(e.maker, p.maker)
  || ' berhak atas ' || coalesce(e.amount, 0) || ', terbukukan ' || coalesce(p.amount, 0)
from earned e full join posted p on p.key = e.key and p.maker = e.maker
where coalesce(e.amount, 0) <> coalesce(p.amount, 0)
"""
_SET_ASIDE = """
select 'pembagian ' || a.key || ': dibagi ' || coalesce(l.amount, 0)
  || ', keluar dari premi pembuat ' || coalesce(p.amount, 0)
from treasury_allocation a
left join lateral (
  select sum(amount) as amount from treasury_allocatedline where allocation_id = a.key
) l on true
left join lateral (
  select sum(x.amount) as amount from ledger_entry j join ledger_entryline x on x.entry_id = j.id
  join ledger_account c on c.id = x.account_id
  where j.key = a.key and c.kind = 'premi_unallocated'
) p on true
where coalesce(l.amount, 0) <> coalesce(p.amount, 0)
"""
_LINES = """
select a.source || ': dibagi ' || a.amount || ' untuk ' || a.pieces || ' barang, menurut bagiannya '
  || coalesce(p.amount, 0) || ' untuk ' || coalesce(p.pieces, 0) || ', menurut pembuatnya '
  || coalesce(e.amount, 0)
from treasury_allocatedline a
left join lateral (
  select sum(amount) as amount, sum(pieces) as pieces, sum(amount - repaid + borne) as earned
  from treasury_allocatedpart where line_id = a.id
) p on true
left join lateral (
  select sum(amount) as amount from treasury_premiearning where line_id = a.id
) e on true
where (a.amount, a.pieces) is distinct from (coalesce(p.amount, 0), coalesce(p.pieces, 0))
   or coalesce(p.earned, 0) <> coalesce(e.amount, 0)
"""
_SALES = """
select 'baris nota ' || l.id || ': premi dibagi ' || d.amount || ', menurut nota '
  || sold.premi - back.premi
from (
  select sale_line_id, sum(amount) as amount, array_agg(refund_line_id) as returns
  from treasury_allocatedline group by sale_line_id
) d join sales_saleline l on l.id = d.sale_line_id
cross join lateral (
  select coalesce((l.parts ->> 'premi_unallocated')::bigint, 0) as premi
) sold
cross join lateral (
  select coalesce(sum((b.parts ->> 'premi_unallocated')::bigint), 0) as premi
  from sales_refundline b where b.id = any(d.returns)
) back
where d.amount <> sold.premi - back.premi
"""
# An agreement gives for a batch what it is worth, each time that it is claimed, and never less than
# nothing in all; one agreement alone claims it. For a month it gives what its days are worth.
_CLAIMS = """
select 'perjanjian ' || g.id || ', catatan produksi ' || e.batch || ': diperoleh ' || sum(e.amount)
  || ' untuk ' || max(e.pieces) || ' barang, masing-masing ' || g.amount
from treasury_premiearning e join treasury_allocation a on a.key = e.allocation_id
join treasury_premiagreement g on g.id = a.agreement_id
where e.batch is not null group by g.id, e.batch, e.source
having sum(e.amount) <> g.amount * max(e.pieces) or min(e.pieces) <> max(e.pieces)
union all
select 'catatan produksi ' || e.batch || ', ' || e.maker_id || ': menurut perjanjian '
  || sum(e.amount) || ', dari ' || count(distinct a.agreement_id) || ' perjanjian'
from treasury_premiearning e join treasury_allocation a on a.key = e.allocation_id
where e.batch is not null and a.agreement_id is not null group by e.batch, e.maker_id
having sum(e.amount) < 0 or count(distinct a.agreement_id) > 1
union all
select 'perjanjian ' || g.id || ', ' || e.maker_id || ', bulan sampai ' || e.earned_on
  || ': menurut perjanjian ' || sum(e.amount) || ' untuk '
  || sum(case when e.amount > 0 then e.minutes else -e.minutes end)
  || ' dari ' || max(e.minutes_of_all) || ' hari'
from treasury_premiearning e join treasury_allocation a on a.key = e.allocation_id
join treasury_premiagreement g on g.id = a.agreement_id
where e.batch is null group by g.id, g.amount, e.maker_id, e.earned_on
having sum(e.amount) <> g.amount
    * sum(case when e.amount > 0 then e.minutes else -e.minutes end) / max(e.minutes_of_all)
  or sum(e.amount) < 0
"""
_RUN_LINES = """
select 'pembayaran premi ' || r.id || ': ' || coalesce(l.maker_id, e.maker_id) || ' menerima '
  || coalesce(l.earned, 0) || ', haknya ' || coalesce(e.amount, 0)
from (
  select run_id, maker_id, earned from treasury_premirunline l
  where exists (select from treasury_premirun r where r.id = l.run_id and r.cancelled_at is null)
) l
full join (
  select run_id, maker_id, sum(amount) as amount from treasury_premiearning
  where run_id is not null group by run_id, maker_id
) e on e.run_id = l.run_id and e.maker_id = l.maker_id
join treasury_premirun r on r.id = coalesce(l.run_id, e.run_id)
where l.earned is distinct from e.amount
"""
_RUN_ENTRIES = """
with told as (
  select r.id as key, m.kind, m.maker, sum(m.amount) as amount
  from treasury_premirun r join treasury_premirunline l on l.run_id = r.id
  cross join lateral (values ('premi_payable', l.maker_id, l.earned),
                             ('premi_saved', l.maker_id, -l.saved),
                             (r.paid_from, '', -l.usable)) as m (kind, maker, amount)
  where r.paid_at is not null group by 1, 2, 3 having sum(m.amount) <> 0
  union all
  select s.id, m.kind, m.maker, m.amount from treasury_savingspayment s
  cross join lateral (values ('premi_saved', s.maker_id, s.amount),
                             (s.paid_from, '', -s.amount)) as m (kind, maker, amount)
), posted as (
  select j.key, c.kind, c.maker, sum(x.amount) as amount
  from ledger_entry j join ledger_entryline x on x.entry_id = j.id
  join ledger_account c on c.id = x.account_id
  where j.source like 'premirun:%' or j.source like 'savings:%' group by 1, 2, 3
)
select 'pembayaran ' || coalesce(t.key, p.key) || ', ' || coalesce(t.kind, p.kind) || ' '
  || coalesce(t.maker, p.maker) || ': terbukukan ' || coalesce(p.amount, 0)
  || ', menurut daftarnya ' || coalesce(t.amount, 0)
from told t full join posted p on p.key = t.key and p.kind = t.kind and p.maker = t.maker
where t.amount is distinct from p.amount
"""
_BALANCES = """
with told as (
  select unit_id, maker_id as maker, 'premi_payable' as kind, sum(amount) as amount from (
    select unit_id, maker_id, amount from treasury_premiearning
    union all
    select r.unit_id, l.maker_id, -l.earned from treasury_premirunline l
    join treasury_premirun r on r.id = l.run_id where r.paid_at is not null
  ) p group by 1, 2
  union all
  select unit_id, maker_id, 'premi_saved', sum(amount) from (
    select r.unit_id, l.maker_id, l.saved as amount from treasury_premirunline l
    join treasury_premirun r on r.id = l.run_id where r.paid_at is not null
    union all
    select unit_id, maker_id, -amount from treasury_savingspayment
  ) s group by 1, 2
), kept as (
  select c.unit_id, c.maker, c.kind, -sum(x.amount) as amount
  from ledger_account c join ledger_entryline x on x.account_id = c.id
  where c.kind in ('premi_payable', 'premi_saved') group by 1, 2, 3
)
select 'unit ' || coalesce(t.unit_id, k.unit_id) || ', ' || coalesce(t.maker, k.maker) || ', '
  || coalesce(t.kind, k.kind) || ': saldo ' || coalesce(k.amount, 0) || ', menurut premi '
  || coalesce(t.amount, 0)
from told t full join kept k on k.unit_id = t.unit_id and k.maker = t.maker and k.kind = t.kind
where coalesce(t.amount, 0) <> coalesce(k.amount, 0)
"""
_DAYS = """
select 'premi ' || f.key || ': bertanggal ' || f.day || ', terbukukan pada '
  || coalesce(e.late_from, e.occurred_on)
from (
  select key, "on" as day from treasury_allocation
  union all select id, paid_on from treasury_premirun where paid_at is not null
  union all select id, paid_on from treasury_savingspayment
) f join ledger_entry e on e.key = f.key
where coalesce(e.late_from, e.occurred_on) <> f.day
"""
# What was approved of premi that was paid too much took so much from where it says, and gave its
# maker the same; whatever else names such a source is none.
_OVERPAID = """
with told as (
  select id, unit_id, way as kind, '' as maker, amount from treasury_premiclearing
  where decided_as = 'approved'
  union all
  select id, unit_id, 'premi_payable', maker_id, -amount from treasury_premiclearing
  where decided_as = 'approved'
), posted as (
  select split_part(e.source, ':', 2)::uuid as id, a.unit_id, a.kind, a.maker,
    sum(l.amount) as amount
  from ledger_entry e join ledger_entryline l on l.entry_id = e.id
  join ledger_account a on a.id = l.account_id
  where e.source like 'overpaid:%' group by 1, 2, 3, 4
)
select 'penyelesaian kelebihan premi ' || coalesce(t.id, p.id) || ', akun '
  || coalesce(t.kind, p.kind) || ': terbukukan ' || coalesce(p.amount, 0) || ', disetujui '
  || coalesce(t.amount, 0)
from told t full join posted p
  on (p.id, p.unit_id, p.kind, p.maker) = (t.id, t.unit_id, t.kind, t.maker)
where coalesce(p.amount, 0) <> coalesce(t.amount, 0)
union all
select 'penyelesaian kelebihan premi ' || c.id || ': diberikan ' || coalesce(e.amount, 0)
  || ', disetujui ' || c.amount
from treasury_premiclearing c
left join treasury_premiearning e on e.allocation_id = c.id and e.maker_id = c.maker_id
where c.decided_as = 'approved' and coalesce(e.amount, 0) <> c.amount
"""
_PROBLEMS = (
    *(_ACTS, _SET_ASIDE, _LINES, _SALES, _CLAIMS),
    *(_RUN_LINES, _RUN_ENTRIES, _BALANCES, _DAYS, _OVERPAID),
)


def premi_problems() -> list[str]:
    """Where premi does not tie, as sentences; empty when all does."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for statement in _PROBLEMS:
            cursor.execute(statement)
            found += [row[0] for row in cursor.fetchall()]
    return sorted(found)
