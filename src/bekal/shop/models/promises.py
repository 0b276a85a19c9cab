"""What the database promises of orders: they stay themselves, sum up, move as told, and say so.

All SQL here is put together of constants of this file and of the tables of moves in `rules`.
"""

from collections.abc import Mapping
from typing import Any

import pgtrigger

from bekal.foundation.triggers import Promise
from bekal.sales.rules import Goods
from bekal.shop.rules import ORDER_MOVES, PART_MOVES, Delivery, goods_source

_SOUND, _LOST = (f"'{goods_source('', goods)}'" for goods in (Goods.BACK, Goods.WRITTEN_OFF))


def moves_only(
    moves: Mapping[Any, frozenset[Any]],
    *,
    frozen: tuple[str, ...],
    open_in_draft: tuple[str, ...],
    order_status: str = "old.status",
) -> Promise:
    """An update changes nothing of `frozen`, and the status only along the table of moves.

    `open_in_draft` may still be filled in while an order is a draft; `order_status` is the SQL by
    which the row knows that.
    """
    pairs = ", ".join(f"('{here}', '{there}')" for here in moves for there in sorted(moves[here]))
    drafted = f"or {_differ(open_in_draft)} and {order_status} <> 'draft'"
    return Promise(
        name="moves_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
        if {_differ(frozen)} {drafted} then
          raise exception 'what was ordered stays' using errcode = '23514';
        end if;
        if new.status <> old.status and (old.status, new.status) not in ({pairs}) then
          raise exception 'no way from % to %', old.status, new.status using errcode = '23514';
        end if;
        return new;
        """,
    )


def _differ(columns: tuple[str, ...]) -> str:
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    return f"({new}) is distinct from ({old})"


def writes_moves(table: str, *, key: str) -> Promise:
    """Each status, from the first on, leaves a row in the table of moves."""
    return Promise(
        name="writes_moves",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
        # The names are constants of the models.
        func=f"""
        if tg_op = 'INSERT' or new.status <> old.status then
          insert into {table} ({key}, status, moved_at, moved_by)
          values (new.id, new.status, new.status_at, new.status_by);
        end if;
        return null;
        """,  # noqa: S608
    )


only_by_status = Promise(
    name="only_by_status",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if pg_trigger_depth() < 2 then
      raise exception 'moves are written by the status alone' using errcode = '23514';
    end if;
    return new;
    """,
)

follows_amendments = Promise(
    name="follows_amendments",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    if pg_trigger_depth() < 2 then
      raise exception 'what was ordered stays, but for its amendment' using errcode = '23514';
    end if;
    if tg_op = 'DELETE' then
      return old;
    end if;
    if {_differ(("id", "part_id", "product_id", "name", "unit_price"))} then
      raise exception 'what was ordered stays' using errcode = '23514';
    end if;
    return new;
    """,
)

of_what_is_unpaid = Promise(
    name="of_what_is_unpaid",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if not exists (select from shop_orderpart p where p.id = new.part_id
                   and p.status = 'cancelled' and p.sale_id is null) then
      raise exception 'part % is sold or goes on', new.part_id using errcode = '23514';
    end if;
    return new;
    """,
)

# A move is made once for each source, product and reason (production), so goods come back once.
goods_moved = Promise(
    name="goods_moved",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("moved", "int[]")],
    # The names are constants of the rules.
    func=f"""
    select array[
      coalesce(sum(m.pieces) filter (where m.source ^@ {_SOUND} and m.reason = 'return'), 0),
      coalesce(sum(m.pieces) filter (where m.source ^@ {_LOST} and m.reason = 'return'), 0),
      coalesce(-sum(m.pieces) filter (where m.reason = 'written_off'), 0)
    ] into moved
    from production_stockmove m join shop_orderline l on l.product_id = m.product_id
    where l.id = new.line_id and m.source in ({_SOUND} || new.goods_id, {_LOST} || new.goods_id);
    if new.is_tracked is null or moved <> (case when new.is_tracked
      then array[new.to_stock, new.written_off, new.written_off] else array[0, 0, 0] end) then
      raise exception 'goods that come back move with it' using errcode = '23514';
    end if;
    return new;
    """,  # noqa: S608
)

# A part that ends before it is paid for, of an invoice that goes on, is not owed.
is_credited = Promise(
    name="is_credited",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("status"),
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Condition("new.status = 'cancelled' and new.sale_id is null"),
    func="""
    if exists (
         select from shop_order o where o.id = new.order_id and o.method = 'invoice'
         and o.status in ('placed', 'paid', 'done'))
       and not exists (
         select from payments_creditnote c join payments_request r on r.id = c.request_id
         where c.about = 'part:' || new.id and r.subject = 'order:' || new.order_id
         and c.amount = new.goods_total + new.fee)
    then
      raise exception 'what falls out of an invoice is credited' using errcode = '23514';
    end if;
    return null;
    """,
)

# What comes back of an invoice that nobody has paid makes it smaller by as much, and is not owed.
credited_or_owed = Promise(
    name="credited_or_owed",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if new.is_credited <> exists (
         select from payments_creditnote c join payments_request r on r.id = c.request_id
         join shop_problem b on b.id = new.answer_id join shop_orderpart p on p.id = b.part_id
         where c.about = 'problem:' || new.answer_id and r.subject = 'order:' || p.order_id
         and c.amount = new.goods + new.shipping)
       or new.is_credited and exists (
         select from payments_debt d where d.subject = 'problem:' || new.answer_id)
    then
      raise exception 'what comes back is credited or owed' using errcode = '23514';
    end if;
    return null;
    """,
)

# Of the order as it stands when the question comes up, which may be after it was filled in.
_SUMS_UP = """
    if exists (
         select from shop_orderpart p where p.order_id = new.id and p.goods_total is distinct from (
           select sum(l.gross) from shop_orderline l where l.part_id = p.id))
       or not exists (
         select from shop_orderpart p join shop_order o on o.id = p.order_id
         where p.order_id = new.id group by o.id
         having sum(p.goods_total) = o.goods_total and sum(p.fee) = o.shipping_total)
    then
      raise exception 'order % does not sum up', new.code using errcode = '23514';
    end if;
    return null;
    """
sums_up = Promise(
    name="sums_up",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func=_SUMS_UP,
)
# While it is a draft, pieces and fee of an order are still open; so it is asked once more.
sums_up_again = Promise(
    name="sums_up_again",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(old__status="draft"),
    func=_SUMS_UP,
)
way_is_chosen = Promise(
    name="way_is_chosen",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("old.status = 'draft' and new.status in ('waiting', 'placed')"),
    func=f"""
    if exists (select from shop_orderpart p
               where p.order_id = new.id and p.delivery = '{Delivery.OPEN}') then
      raise exception 'how order % reaches its buyer is open', new.code using errcode = '23514';
    end if;
    return null;
    """,
)

ORDER_MOVES_ONLY = moves_only(
    ORDER_MOVES,
    frozen=(
        "id",
        "code",
        "placed_at",
        "placed_by",
        "channel",
        "is_sample",
        "institution_id",
        "reference",
    ),
    open_in_draft=(
        "method",
        "buyer_class",
        "collector_id",
        "goods_total",
        "shipping_total",
        "total",
    ),
)
PART_MOVES_ONLY = moves_only(
    PART_MOVES,
    frozen=("id", "order_id", "unit_id", "position"),
    open_in_draft=("delivery", "fee", "goods_total"),
    order_status="(select status from shop_order where id = old.order_id)",
)
