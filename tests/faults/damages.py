"""What may be damaged in a database, for each check of `bekal check` that must see it.

A damage is SQL that goes round every promise: the triggers of the table that it changes are off.
It changes rows of `busy_world`, or takes a promise itself away.
"""

import re

_CHANGED = re.compile(r"\b(?:update|delete from|insert into) (\w+)")

_WITHOUT_REFERENCES = """
do $$ begin execute (
  select string_agg(format('alter table {0} drop constraint %I', conname), ';')
  from pg_constraint where conrelid = '{0}'::regclass and contype = 'f'); end $$
"""

GROUND = {
    "migrations are applied": (
        "delete from django_migrations where id = (select max(id) from django_migrations)",
        "delete from django_migrations where app = 'ledger' and name like '0001%'",
    ),
    "triggers are in place": (
        "alter table sales_sale disable trigger user",
        "drop function pgtrigger_append_only_5a643 cascade",
        (
            "create or replace function pgtrigger_append_only_5a643() returns trigger as "
            "'begin return new; end' language plpgsql"
        ),
    ),
    "constraints are in place and validated": (
        "alter table sales_sale add constraint uji check (total > 0) not valid",
        "drop index ledger_closing_number_once",
        "alter table treasury_qrissettlement drop constraint treasury_qrissettlement_day_once",
        "alter table treasury_qrissettlement drop constraint treasury_qrissettlement_line_id_key",
        _WITHOUT_REFERENCES.format("sales_sale"),
    ),
    "every audit chain is whole": (
        "update audit_event set detail = '{}' where action = 'sales.record'",
        "delete from audit_event where chain || seq in (select chain || 1 from audit_event)",
        "update audit_chain set seq = seq + 1",
    ),
    "the ancestry says what the tenures say": (
        "delete from places_ancestry where distance = 1",
        (
            "update places_tenure set parent_id = (select parent_id from places_tenure t "
            "where t.place_id = places_tenure.parent_id) where parent_id in "
            "(select id from places_place where level = 'kanwil')"
        ),
        "update places_ancestry set during = daterange(lower(during) + 1, upper(during))",
    ),
    "no buyer is known longer than the law asks": (
        (
            "update shop_order set placed_at = placed_at - interval '9 years', "
            "status_at = status_at - interval '9 years' where status = 'cancelled'"
        ),
        "update shop_order set status_at = status_at - interval '9 years' where status = 'done'",
    ),
}
GOODS = {
    "search texts and price spans say what the catalogue says": (
        "update catalogue_pricespan set amount = amount + 1",
        "update catalogue_product set search_plain = null where name = 'Kain endek'",
        "delete from catalogue_nameword where word = 'noken'",
        "update catalogue_product set is_offered = not is_offered",
    ),
    "levels, holds and hours say what their facts say": (
        "update production_stock set on_hand = on_hand + 1 where on_hand > 0",
        "update production_hold set status = 'released' where status = 'held'",
        "update production_capacityday set taken = taken - 1",
    ),
    "what was made ties to the goods that came": (
        "update production_batch set good = good + 1",
        "delete from production_batchcorrection",
        "update production_batchbook set last_number = last_number + 1",
        "delete from production_batchbook",
        "update production_stockmove set source = 'batch:0' where source like 'batchfix:%'",
    ),
    "materials, purchases and their money agree": (
        "update production_materiallevel set value = value + 1",
        "update production_purchase set total = total + 1 where total > 0",
        "update production_purchaseline set quantity = quantity + 1",
        "update production_purchase set paid_from = 'bank' where paid_from = 'cash'",
        "delete from production_purchaseundone",
        "delete from production_materiallevel",
        "update production_purchase set bought_on = bought_on - 1",
    ),
    "harvests are of what grew, and tie to batches": (
        "update production_harvest set harvested_on = harvested_on + 1 where batch_id is not null",
        "update production_harvest set harvested_on = harvested_on - 99 where batch_id is null",
        (
            "update production_batch set made_on = made_on - 1 "
            "where id in (select batch_id from production_harvest)"
        ),
    ),
    "what batches used ties to the materials that went": (
        "update production_materialuse set quantity = quantity + 1",
        "delete from production_materialuse",
    ),
    "transfers between units tie to goods and materials": (
        "update production_stocktransfer set (pieces, came) = (31, 31) where material_id > 0",
        "update production_stocktransfer set quantity = quantity + 1 where material_id > 0",
        "update production_stocktransfer set came = 0 where outcome = 'back'",
        "delete from production_stockmove where source like 'transferback:%'",
    ),
    "price sheets sum their lines": (
        "update production_costline set amount = amount + 1 where material_id is null",
        "update production_costline set amount = amount + 1 where material_id is not null",
        "delete from production_costline where material_id is null",
    ),
    "buyers are told what the levels say": (
        "update catalogue_shelf set state = 'sold_out' where state = 'ready'",
        "delete from catalogue_shelf",
    ),
    "makers are where their status says": (
        "update people_stay set during = daterange(lower(during), null)",
        "delete from people_transfer",
        "update people_maker set status = 'released' where status = 'in_custody'",
        "delete from people_statusmove where new <> 'in_custody'",
    ),
    "makers work where they are": (
        "update people_stay set during = daterange(lower(during) + 25, upper(during))",
        "update production_assignment set during = daterange(date '2025-01-01', upper(during))",
    ),
}
MONEY = {
    "the books are balanced, checkpoints too": (
        "update ledger_entryline set amount = amount + 1 where amount > 0",
        "update ledger_checkpoint set balance = balance + 1",
        "delete from ledger_entryline where entry_id = (select max(id) from ledger_entry)",
        (
            "update ledger_entryline set amount = amount * 2 "
            "where unit_id = (select payee_id from payments_unittransfer)"
        ),
    ),
    "nothing was posted inside closed days": (
        (
            "update ledger_entry set occurred_on = '2026-03-15' where id = "
            "(select max(id) from ledger_entry)"
        ),
        "update ledger_closing set number = 2",
        "update ledger_closing set through = through + 40",
    ),
    "months that were approved were closed": (
        "delete from ledger_closing",
        "update ledger_closing set through = through + 1",
        "update treasury_monthpaper set month = month - interval '1 month'",
    ),
    "the sums of the books say what their lines say": (
        "update ledger_spansum set debit = debit + 1 where span = 'day'",
        "delete from ledger_spansum where span = 'year'",
    ),
    "the sums and the ledger agree with the sales": (
        "update sales_unitday set gross = gross + 1",
        "update sales_saleline set parts = '{\"capital\": 100000}'",
        "update sales_producthour set pieces = pieces + 1",
        "update sales_sale set payment = 'qris' where payment = 'cash' and collector_id is null",
        "delete from sales_leaf",
        "update sales_unitbook set last_number = last_number + 1",
    ),
    "receipts, asks and payouts tie to the books": (
        "update payments_receipt set amount = amount + 1",
        "update payments_request set settled = settled - 1 where settled > 0",
        "update payments_request set reduced = reduced + 1 where amount > 1",
        "update payments_rest set left_over = left_over + 1",
        "delete from payments_payout",
        "update payments_unittransfer set amount = amount + 1",
        "update payments_receipt set means = 'cash' where means = 'qris'",
        "update payments_rest set amount = amount + 1",
        "update payments_payout set paid_on = paid_on - 1",
        "delete from payments_verdict",
        "update payments_debt set amount = amount - 1",
    ),
    "deposits of PNBP tie to the books and to what is owed": (
        "update treasury_deposit set amount = amount + 1 where state = 'paid'",
        "delete from treasury_depositpayment",
        "update treasury_setoff set amount = amount - 1",
        "update treasury_deposit set state = 'billed'",
        "update treasury_depositproof set content = 'lain'",
        "update treasury_depositpayment set paid_on = paid_on - 1",
        "update treasury_setoff set set_on = set_on - 1",
    ),
    "premi ties to sales, books and payments": (
        "update treasury_premiearning set amount = amount + 1 where amount > 0",
        "update treasury_allocatedline set amount = amount + 1 where amount > 0",
        "update treasury_premirunline set usable = usable + 1, saved = saved - 1",
        "delete from treasury_savingspayment",
        "update treasury_allocatedpart set borne = borne + 5",
        "update treasury_premirun set paid_on = paid_on - 1",
        "update treasury_savingspayment set paid_on = paid_on - 1",
        'update treasury_allocation set "on" = "on" - 1',
        "update treasury_premiearning set run_id = null where run_id is not null",
    ),
    "cash counts tie to the books": (
        (
            "update treasury_cashcount set counted = counted + 1, difference = difference + 1 "
            "where difference <> 0"
        ),
        "update treasury_cashcount set pieces = '{\"n50000\": 1}'",
        "update treasury_cashcount set number = number + 7",
        (
            "update treasury_cashcount set opening = opening + 1, money_in = money_in - 1 "
            "where number = 2"
        ),
        "update treasury_cashcount set day = day - 1",
        "update treasury_cashclearing set amount = amount + 1 where decided_as = 'approved'",
        "update treasury_cashclearing set way = 'borne' where way = 'replaced'",
        (
            "update treasury_cashclearing set decided_as = '', decided_at = null, "
            "decided_by = '' where decided_as = 'approved'"
        ),
        "update ledger_entry set source = 'uji' where source like 'clearing:%'",
        (
            "update treasury_cashclearing set decided_at = decided_at - interval '1 day' "
            "where decided_as = 'approved'"
        ),
    ),
    "receipts of the capital fund tie to the books": (
        "update treasury_fundpayment set amount = amount + 1",
        "delete from treasury_fundchange",
        "update treasury_fundpayment set means = 'bank'",
        "update treasury_fundpayment set paid_on = paid_on - 1",
        "update treasury_fundchange set returned_on = returned_on + 1",
    ),
    "QRIS that reached the bank ties to its lines and the books": (
        "update treasury_qrissettlement set amount = amount + 1",
        "update payments_statementline set state = 'open'",
        "update treasury_qrissettlement set fee = fee + 1",
    ),
    "orders agree with their sales, money and goods": (
        "update shop_orderpart set goods_total = goods_total + 1 where sale_id is not null",
        "update shop_orderpart set sale_id = null where status <> 'cancelled'",
        "update shop_ordermove set status = 'waiting'",
        (
            "update shop_order set shipping_total = shipping_total + 1, total = total + 1 "
            "where status = 'paid'"
        ),
        "update shop_order set status = 'expired' where status in ('paid', 'done')",
        "update shop_orderline set pieces = pieces + 1, gross = gross + unit_price",
        "update shop_orderpart set fee = fee + 1",
        "delete from shop_partmove",
        "update production_hold set until = null, status = 'held' where status = 'released'",
    ),
    "goods that came back tie to their moves and refunds": (
        "update shop_goodsbackline set to_stock = to_stock + 1 where to_stock > 0",
        "update shop_goodsbackline set is_tracked = false",
        "delete from production_stockmove where source like 'goodslost:%' and reason = 'return'",
        "delete from production_stockmove where source like 'goodslost:%' and pieces < 0",
        "update production_stockmove set source = 'goodsback:0' where source like 'goodsback:%'",
        "update production_stockmove set pieces = pieces + 1 where source like 'goodsback:%'",
        "update sales_refundline set pieces = pieces + 1",
        "update sales_refund set goods_source = '' where goods_source like 'goodsback:%'",
        "delete from shop_problemrefund",
        (
            "update production_stockmove set source = 'refund:' || (select min(id::text) "
            "from sales_refund where goods_source <> '') where source like 'transferback:%'"
        ),
    ),
    "samples drawn again are the same": (
        "update treasury_sampleitem set position = -position",
        "update treasury_sample set seed = 'lain'",
        "update treasury_sample set gross = gross + 1",
        "update treasury_sampleitem set position = position + 100",
    ),
    "the nation is the sum of kanwil, units, receipts": (
        "update sales_unitday set gross = gross + 1",
        "delete from places_ancestry where distance = 1",
    ),
}
DAMAGES = {**GROUND, **GOODS, **MONEY}


def changed_table(sql: str) -> str | None:
    """The table whose rows a damage changes; None where it takes a promise away."""
    found = _CHANGED.search(sql)
    return found[1] if found else None
