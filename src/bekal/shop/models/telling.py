"""Triggers that write a notice with the fact that it tells of, in the same transaction.

So nothing that happens to an order can leave its buyer untold, whoever does it, and telling costs
no statement of its own. The SQL is put together of the tables of `rules.notices` alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pgtrigger

from bekal.foundation.triggers import Promise
from bekal.shop.rules import ORDER_EVENTS, PART_EVENTS, VERDICT_EVENTS, Event, Way, ways_of


def _array(ways: Iterable[Way]) -> str:
    return "array[" + ", ".join(f"'{way}'" for way in ways) + "]::text[]"


def _case(subject: str, pairs: Mapping[Any, Any]) -> str:
    whens = " ".join(f"when '{here}' then '{there}'" for here, there in pairs.items())
    return f"case {subject} {whens} end"


def _ways(*, has_email: bool) -> str:
    whens = " ".join(
        f"when '{event}' then {_array(ways_of(event, has_email=has_email))}" for event in Event
    )
    return f"case told {whens} end"


_SEEN = """
select o.*, b.email <> '' as mails,
  coalesce(o.collector_id, (select p.unit_id from shop_orderpart p where p.order_id = o.id
                            order by p.position limit 1)) as teller
into seen
from shop_order o join shop_orderbuyer b on b.order_id = o.id and b.erased_at is null
where o.id = {order};
if not found then return null; end if;
"""
_WRITE = f"""
if told is not null then
  insert into shop_notice (order_id, unit_id, about, event, way, amount, until, made_at, made_by,
                           due_at, tries, outcome)
  select seen.id, {{unit}}, {{about}}, told, way, {{amount}}, {{until}}, {{at}}, {{by}},
         case way when 'email' then {{at}} end, 0, ''
  from unnest(case when seen.mails then {_ways(has_email=True)}
                   else {_ways(has_email=False)} end) way
  on conflict (about, event, way) do nothing;
end if;
return null;
"""
_DECLARED = [("seen", "record"), ("told", "text")]


def _tells(func: str) -> Promise:
    return Promise(
        name="tells_buyer",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        declare=_DECLARED,
        func=func,
    )


def _filled(sql: str, **values: str) -> str:
    for name, value in values.items():
        sql = sql.replace("{" + name + "}", value)
    return sql


tells_of_order = _tells(
    _filled(_SEEN, order="new.order_id")
    + f"""
    told := {_case("new.status", ORDER_EVENTS)};
    if (select array_agg(m.status order by m.id) from shop_ordermove m
        where m.order_id = new.order_id) = array['draft', new.status]::varchar[] then
      told := case told when 'placed' then 'confirmed' when 'cancelled' then 'declined' end;
    elsif told = 'paid' and seen.method = 'at_pickup' then
      told := null;  -- the buyer stands at the counter
    end if;
    """
    + _filled(
        _WRITE,
        unit="seen.teller",
        about="'order:' || seen.id",
        amount="seen.total",
        until="case when told in ('placed', 'confirmed') and seen.method <> 'at_pickup'"
        " then seen.expires_at end",
        at="new.moved_at",
        by="new.moved_by",
    )
)

tells_of_part = _tells(
    _filled(
        _SEEN, order="(select p.order_id from shop_orderpart p where p.id = new.part_id)"
    ).replace(
        "select o.*,",
        "select o.*, (select p from shop_orderpart p where p.id = new.part_id) as part,",
    )
    + f"""
    told := {_case("new.status", PART_EVENTS)};
    if told = 'ready' and (seen.part).delivery = 'courier' then
      told := 'prepared';
    end if;
    """
    + _filled(
        _WRITE,
        unit="(seen.part).unit_id",
        about="'part:' || new.part_id",
        amount="case when (seen.part).sale_id is null then (seen.part).goods_total else 0 end",
        until="null",
        at="new.moved_at",
        by="new.moved_by",
    )
)

_OF_PROBLEM = """
(select p.order_id from shop_orderpart p join shop_problem b on b.part_id = p.id
 where b.id = {problem})
"""
_UNIT_OF_PROBLEM = """
(select p.unit_id from shop_orderpart p join shop_problem b on b.part_id = p.id
 where b.id = {problem})
"""

tells_of_answer = _tells(
    _filled(_SEEN, order=_filled(_OF_PROBLEM, problem="new.problem_id"))
    + f"told := {_case('new.verdict', VERDICT_EVENTS)};"
    + _filled(
        _WRITE,
        unit=_filled(_UNIT_OF_PROBLEM, problem="new.problem_id"),
        about="'problem:' || new.problem_id",
        amount="0",
        until="null",
        at="new.answered_at",
        by="new.answered_by",
    )
)

tells_of_refund = _tells(
    _filled(_SEEN, order=_filled(_OF_PROBLEM, problem="new.answer_id"))
    + "told := 'refund_due';"
    + _filled(
        _WRITE,
        unit="seen.teller",
        about="'problem:' || new.answer_id",
        amount="new.goods + new.shipping",
        until="null",
        at="new.refunded_at",
        by="new.refunded_by",
    )
)
