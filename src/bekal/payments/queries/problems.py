"""Whether receipts, what became of them, and the books say the same."""

from django.db import connection

# What payments posted, by unit and account, beside what its own facts say of the same.
_PROBLEMS = """
with posted as (
  select a.unit_id, a.kind, sum(l.amount) as amount
  from ledger_entry e join ledger_entryline l on l.entry_id = e.id
  join ledger_account a on a.id = l.account_id
  where e.source ~ '^(receipt|application|payout|transfer):'
  group by 1, 2
), money (means, kind) as (
  values ('cash', 'cash'), ('qris', 'qris'), ('gateway', 'qris'), ('transfer', 'bank')
), fact as (
  select r.unit_id, m.kind, r.amount from payments_receipt r join money m using (means)
  union all
  select r.unit_id, 'order_advance', -a.amount
  from payments_application a join payments_receipt r on r.id = a.receipt_id
  union all
  select r.unit_id, 'unapplied_receipt', a.amount
  from payments_application a join payments_receipt r on r.id = a.receipt_id
  union all
  select unit_id, 'unapplied_receipt', -amount from payments_receipt
  union all
  select r.unit_id, m.kind, -r.amount
  from payments_mistake k join payments_receipt r on r.id = k.receipt_id join money m using (means)
  union all
  select r.unit_id, 'unapplied_receipt', r.amount
  from payments_mistake k join payments_receipt r on r.id = k.receipt_id
  union all
  select d.unit_id, m.kind, -d.amount
  from payments_payout p join payments_debt d on d.id = p.debt_id join money m using (means)
  union all
  select d.unit_id, case d.source when 'advance' then 'order_advance' else 'unapplied_receipt' end,
    d.amount - d.surplus
  from payments_payout p join payments_debt d on d.id = p.debt_id
  union all
  select d.unit_id, 'unapplied_receipt', d.surplus
  from payments_payout p join payments_debt d on d.id = p.debt_id
  union all select payer_id, 'bank', -amount from payments_unittransfer
  union all select payee_id, 'bank', amount from payments_unittransfer
  union all select payer_id, 'settlement', amount from payments_unittransfer
  union all select payee_id, 'settlement', -amount from payments_unittransfer
), told as (
  select unit_id, kind, sum(amount) as amount from fact group by 1, 2
)
select 'unit ' || coalesce(told.unit_id, posted.unit_id) || ' akun '
  || coalesce(told.kind, posted.kind) || ': terbukukan ' || coalesce(posted.amount, 0)
  || ', menurut pembayaran ' || coalesce(told.amount, 0)
from told full join posted using (unit_id, kind)
where coalesce(told.amount, 0) <> coalesce(posted.amount, 0)
union all
select 'unit ' || a.unit_id || ': akun uang belum dikenali memuat ' || sum(l.amount)
  || ', menurut pembayaran ' || coalesce(-(max(k.amount)), 0)
from ledger_account a join ledger_entryline l on l.account_id = a.id
left join (
  select unit_id, sum(amount) as amount from (
    select unit_id, left_over as amount from payments_rest
    union all
    select d.unit_id, case d.source when 'advance' then d.surplus else d.amount end
    from payments_debt d
    where not exists (select from payments_payout p where p.debt_id = d.id)) kept
  group by unit_id
) k on k.unit_id = a.unit_id
where a.kind = 'unapplied_receipt'
group by a.unit_id having sum(l.amount) <> coalesce(-(max(k.amount)), 0)
union all
select 'penerimaan ' || r.id || ': sisa ' || coalesce(t.left_over, -1)
from payments_receipt r left join payments_rest t on t.receipt_id = r.id
where t.amount is distinct from r.amount or t.left_over is distinct from r.amount
  - coalesce((select sum(amount) from payments_application where receipt_id = r.id), 0)
  - coalesce((select sum(case source when 'advance' then surplus else amount end)
    from payments_debt where receipt_id = r.id), 0)
  - case when exists (select from payments_mistake where receipt_id = r.id) then r.amount else 0 end
union all
select 'tagihan ' || q.id || ': lunas ' || q.settled
from payments_request q
where q.settled <>
  coalesce((select sum(amount) from payments_application where request_id = q.id), 0)
union all
select 'tagihan ' || q.id || ': dikurangi ' || q.reduced
from payments_request q
where q.reduced <>
  coalesce((select sum(amount) from payments_creditnote where request_id = q.id), 0)
union all
select 'tagihan ' || q.id || ': kelebihannya ' || q.settled - q.amount + q.reduced
from payments_request q
where q.settled > q.amount - q.reduced and q.settled - q.amount + q.reduced <>
  coalesce((select sum(amount) from payments_debt
    where subject = 'surplus:' || q.subject and unit_id = q.unit_id and receipt_id is null), 0)
union all
select 'uang keluar ' || f.id || ': bertanggal ' || f.day || ', terbukukan pada '
  || coalesce(e.late_from, e.occurred_on)
from (
  select id, paid_on as day from payments_payout
  union all select id, paid_on from payments_unittransfer
) f join ledger_entry e on e.key = f.id
where coalesce(e.late_from, e.occurred_on) <> f.day
union all
select 'baris bank ' || s.id || ': keadaan ' || s.state || ', menurut putusan terakhir '
  || coalesce(v.state, 'open')
from payments_statementline s left join lateral (
  select state from payments_verdict where line_id = s.id order by id desc limit 1
) v on true
where s.state <> coalesce(v.state, 'open')
order by 1
"""


def payment_problems() -> list[str]:
    """Where receipts, applications and payouts do not tie to the books; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
