"""What the database promises of sales and refunds alike: a head, its lines, and their sums.

All SQL here is put together of the constants that `facts` names.
"""

import pgtrigger

from bekal.foundation.triggers import Promise


def has_lines(lines: str, *, key: str, what: str) -> Promise:
    """No head without lines, looked at when the transaction ends; `key` of `lines` points at it."""
    return Promise(
        name="has_lines",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=f"""
        if not exists (select from {lines} where {key} = new.id) then
          raise exception '{what} % has no lines', new.id using errcode = '23514';
        end if;
        return null;
        """,
    )


def sum_to_total(head: str, lines: str, *, key: str, amount: str, what: str) -> Promise:
    """The `amount` of the lines sums to the total of their head, and the parts of each to it."""
    return Promise(
        name="sum_to_total",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),
        func=f"""
        if exists (select from {head} h where h.id in (select {key} from added)
                   and h.total <> (select sum({amount}) from {lines} where {key} = h.id))
           or exists (select from added where {amount} <> coalesce(
             (select sum(value::bigint) from jsonb_each_text(added.parts)), 0)) then
          raise exception 'lines sum to the {what}, parts to the line' using errcode = '23514';
        end if;
        return null;
        """,
    )


BY_ITS_ORDER = Promise(
    name="by_its_order",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if new.order_part <> (select order_part from sales_sale where id = new.sale_id) then
      raise exception 'what an order sold is taken back by its order' using errcode = '23514';
    end if;
    if (new.order_part = '') <> (new.goods_source = '') then
      raise exception 'goods of an order move before their refund, all others with it'
        using errcode = '23514';
    end if;
    return new;
    """,
)
# Looked at when the transaction ends, so that it does not matter which of the two comes first.
MOVES_ONCE = Promise(
    name="moves_once",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if new.goods_source <> '' and exists (
      select from production_stockmove where source = 'refund:' || new.id) then
      raise exception 'the goods of refund % came back before it', new.id using errcode = '23514';
    end if;
    return null;
    """,
)
