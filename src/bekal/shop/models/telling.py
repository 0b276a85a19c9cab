"""Triggers that write a notice with the fact that it tells of, in the same transaction.

So nothing that happens to an order can leave its buyer untold, whoever does it, and telling costs
no statement of its own. The SQL is put together of the tables of `rules.notices` alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pgtrigger

from bekal.foundation.triggers import Promise
from bekal.payments.rules import MARGIN
from bekal.shop.rules import ORDER_EVENTS, PART_EVENTS, VERDICT_EVENTS, Event, Way, ways_of


def _array(ways: Iterable[Way]) -> str:
    return "array[" + ", ".join(f"'{way}'" for way in ways) + "]::text[]"


def _case(subject: str, pairs: Mapping[Any, Any]) -> str:
    whens = " ".join(f"when '{here}' then '{there}'" for here, there in pairs.items())
    return f"case {subject} {whens} end"


_Event = tuple[str, pgtrigger.Condition | None]
"""SQL that sets `told`, and for which rows alone."""


def _told(column: str, events: Mapping[Any, Any], *, then: str = "") -> _Event:
    """Told by a table of events, for what stands in it alone: most moves tell and cost nothing."""
    names = ", ".join(f"'{name}'" for name in events)
    only = pgtrigger.Condition(f"new.{column} in ({names})")
    return f"told := {_case(f'new.{column}', events)};{then}", only


def _ways(*, has_email: bool) -> str:
    whens = " ".join(
        f"when '{event}' then {_array(ways_of(event, has_email=has_email))}" for event in Event
    )
    return f"case told {whens} end"


# Goods are kept a little longer than their payment code lives; who pays is told the code's end.
_CODE_ENDS = f"seen.expires_at - interval '{MARGIN.total_seconds():.0f} seconds'"
_DECLARED = [("seen", "record"), ("told", "text")]
_NO_PART = "select o.*,"
_WITH_PART = "select o.*, (select p from shop_orderpart p where p.id = new.part_id) as part,"
_PART = "(select p.order_id from shop_orderpart p where p.id = new.part_id)"
# A parcel that came back and is sent again is news: it is told by the number of that move.
_SENT_AGAIN = """case when told = 'handed_over' and exists (
  select from shop_partmove m
  where m.part_id = new.part_id and m.status = 'sent' and m.id < new.id
) then ':' || new.id else '' end"""
# What an invoice asks for now: its credit notes are off.
_OF_INVOICE = "(select q.amount - q.reduced from payments_request q where q.id = seen.id)"
_OF_PROBLEM = """
(select p.{what} from shop_orderpart p join shop_problem b on b.part_id = p.id
 where b.id = {problem})
"""


def _of_problem(what: str, *, problem: str) -> str:
    return _OF_PROBLEM.replace("{what}", what).replace("{problem}", problem)


def _tells(
    event: _Event,
    *,
    order: str,
    columns: str = _NO_PART,
    unit: str,
    about: str,
    amount: str,
    until: str = "null",
    act: str,
) -> Promise:
    """A notice for the buyer of an order, if `event` sets `told`; all SQL about the new row.

    `act` names the columns that say who and when: "moved" for moved_at and moved_by.
    """
    (telling, condition), at, by = event, f"new.{act}_at", f"new.{act}_by"
    return Promise(
        name="tells_buyer",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        condition=condition,
        declare=_DECLARED,
        func=f"""
{columns} b.email <> '' as mails,
  coalesce(o.collector_id, (select p.unit_id from shop_orderpart p where p.order_id = o.id
                            order by p.position limit 1)) as teller
into seen
from shop_order o join shop_orderbuyer b on b.order_id = o.id and b.erased_at is null
where o.id = {order};
if not found then return null; end if;
{telling}
if told is not null then
  insert into shop_notice (order_id, unit_id, about, event, way, amount, until, made_at, made_by,
                           due_at, tries, outcome)
  select seen.id, {unit}, {about}, told, way, {amount}, {until}, {at}, {by},
         case way when 'email' then {at} end, 0, ''
  from unnest(case when seen.mails then {_ways(has_email=True)}
                   else {_ways(has_email=False)} end) way
  on conflict (about, event, way) do nothing;
end if;
return null;
""",
    )


tells_of_order = _tells(
    _told(
        "status",
        ORDER_EVENTS,
        then=f"""
    if (select array_agg(m.status order by m.id) from shop_ordermove m
        where m.order_id = new.order_id) = array['draft', new.status]::varchar[] then
      told := case told when 'placed' then 'confirmed' when 'cancelled' then
        case when exists (select from shop_closing c where c.order_id = new.order_id)
             then 'declined' else 'withdrawn' end end;
    elsif told = 'paid' and seen.method = 'at_pickup' then
      told := null;  -- the buyer stands at the counter
    elsif told = 'paid' and seen.method = 'invoice' and {_OF_INVOICE} = 0 then
      told := null;  -- all of it came back, and nobody paid
    elsif told = 'cancelled' and exists (
      select from shop_ordermove m where m.order_id = new.order_id and m.status = 'paid') then
      told := null;  -- the unit that fails says so itself
    elsif told = 'cancelled' and exists (
      select from shop_closing c where c.order_id = new.order_id) then
      told := null;  -- so does the unit that gives up what nobody paid for
    end if;
    """,
    ),
    order="new.order_id",
    unit="seen.teller",
    about="'order:' || seen.id",
    amount=f"case when told = 'paid' and seen.method = 'invoice' then {_OF_INVOICE}"
    " else seen.total end",
    until="case when told in ('placed', 'confirmed') and seen.method <> 'at_pickup'"
    f" then {_CODE_ENDS} end",
    act="moved",
)
tells_of_part = _tells(
    _told(
        "status",
        PART_EVENTS,
        then="""
    if told = 'ready' and (seen.part).delivery = 'courier' then
      told := 'prepared';
    end if;
    """,
    ),
    order=_PART,
    columns=_WITH_PART,
    unit="(seen.part).unit_id",
    about=f"'part:' || new.part_id || {_SENT_AGAIN}",
    amount="case when (seen.part).sale_id is null then (seen.part).goods_total else 0 end",
    act="moved",
)
tells_of_given_up = _tells(
    (
        """
told := case when seen.status in ('cancelled', 'refund_due') then 'not_met' else 'part_gone' end;
""",
        None,
    ),
    order=_PART,
    columns=_WITH_PART,
    unit="(seen.part).unit_id",
    about="'part:' || new.part_id",
    amount=f"case when told = 'part_gone' and seen.method = 'invoice' then {_OF_INVOICE}"
    " else 0 end",
    act="given_up",
)
tells_of_answer = _tells(
    _told(
        "verdict",
        VERDICT_EVENTS,
        then="""
    if (select fault from shop_problem b where b.id = new.problem_id) = 'gone' then
      told := 'failed';
    end if;
    """,
    ),
    order=_of_problem("order_id", problem="new.problem_id"),
    unit=_of_problem("unit_id", problem="new.problem_id"),
    about="'problem:' || new.problem_id",
    amount="0",
    act="answered",
)
tells_of_refund = _tells(
    ("told := case when new.is_credited then 'credited' else 'refund_due' end;", None),
    order=_of_problem("order_id", problem="new.answer_id"),
    unit="seen.teller",
    about="'problem:' || new.answer_id",
    amount="new.goods + new.shipping",
    act="refunded",
)
tells_of_payout = _tells(
    ("told := 'refund_paid';", None),
    order=_of_problem("order_id", problem="new.refund_id"),
    unit="seen.teller",
    about="'problem:' || new.refund_id",
    amount="(select r.goods + r.shipping from shop_problemrefund r "
    "where r.answer_id = new.refund_id)",
    act="paid",
)
