"""What an order costs with ten years of orders behind it, against what it costs with none.

    python -m bench.order_history

Guests buy at three units and are paid, sent and received, thirty a day, by the actions of the
rooms; then every row of that day is laid down once more for each of 3,650 days before it, by SQL
alone (109,500 orders, 36,500 of each unit: far more than any has). Cost is processor time, of this
process and of the one of PostgreSQL that serves it, so that other work beside it adds nothing.
"""

import os
import random
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass

import psutil
import psycopg
from django.db import connection

from bekal.config import reference
from bekal.foundation.actors import Actor, ActorKind, buyer_actor, command_actor
from bekal.foundation.clock import Zone, local_day, now
from bekal.foundation.ids import uuid7
from bekal.payments.actions import expire_asks, receive
from bekal.payments.models import Request
from bekal.payments.queries import money_tasks, received_page
from bekal.payments.rules import Means, Method, NewReceipt
from bekal.production.actions import release_expired
from bekal.sales.rules import BuyerClass
from bekal.shop import actions, queries
from bekal.shop.models import OrderPart
from bekal.shop.rules import Buyer, Delivery, NewOrder, OrderItem, PartAsked
from bench import ground
from bench.fill_catalogue import fill
from bench.fill_shop import fill_shop
from bench.public_pages import LOADS

BY, RINA = command_actor("bench"), buyer_actor("rina")
PROVIDER = Actor(ActorKind.WEBHOOK, "sandbox")
PRODUCTS, UNITS, DAYS, A_DAY = 2_000, 3, 3_650, 30
ROUNDS, RUNS = 5, 100
GOAL = 1.3
TELLABLE_MS = 0.5
"""Processor time is counted in ticks of 10 ms: less than this is not told apart."""
TABLES = (
    *("shop_order", "shop_orderbuyer", "shop_ordermove", "shop_orderpart", "shop_orderline"),
    *("shop_partmove", "shop_notice", "payments_request", "payments_receipt"),
    *("payments_application", "payments_rest", "production_hold", "production_stockmove"),
    *("sales_sale", "sales_saleline", "sales_producthour", "sales_leaf", "sales_unitday"),
    *("ledger_entry", "ledger_entryline", "foundation_message", "audit_event"),
)
TOLD_APART = {
    ("shop_order", "code"): "'BK-' || upper(substr(md5(t.code || k), 1, 9))",
    ("shop_notice", "about"): "md5(t.about || k)",
    ("payments_receipt", "reference"): "md5(t.reference || k)",
    ("production_stockmove", "source"): "md5(t.source || k)",
    ("sales_sale", "number"): "t.number + k * 1000",
    ("audit_event", "seq"): "t.seq - k * 100000",
}
"""What is unique and neither a number of its table nor a UUID: how a copy says it."""
_COLUMNS = """
select a.attname, a.attidentity <> '' or f.confrelid is not null, a.attgenerated <> '',
       format_type(a.atttypid, null)
from pg_attribute a
left join pg_constraint f on f.conrelid = a.attrelid and f.contype = 'f'
  and f.conkey = array[a.attnum] and f.confrelid = any(%(tables)s::regclass[])
where a.attrelid = %(table)s::regclass and a.attnum > 0 and not a.attisdropped
"""


@dataclass(frozen=True)
class Deed:
    """Something that is done again and again, and the words for it."""

    words: str
    do: Callable[[], object]


def prepared():
    """A shop of 2,000 products; what can be ordered at the three units that sell most."""
    at = now()
    for load in (*LOADS, reference.load_districts):
        load(by=BY, now=at)
    fill(PRODUCTS)
    goods = fill_shop(by=BY, now=at)
    shelves = {}
    for each in goods:
        shelves.setdefault(each["unit"], []).append(each)
    fullest = sorted(shelves.values(), key=len, reverse=True)[:UNITS]
    return [each for shelf in fullest for each in shelf]


def an_order(goods):
    """One piece by courier, to be paid by QRIS."""
    there = {"district_code": goods["district"], "district": goods["place"]}
    return NewOrder(
        key=uuid7(),
        items=(OrderItem(goods["id"], 1, goods["price"]),),
        parts=(PartAsked(goods["unit"], Delivery.COURIER, goods["service"], goods["fee"]),),
        buyer=Buyer(
            name="Rina Contoh",
            phone=f"+62812{random.randrange(10**7, 10**8)}",
            address=f"Jalan Contoh {random.randrange(10**6)}",
            postal_code="80614",
            **there,
        ),
        buyer_class=BuyerClass.PUBLIC,
        method=Method.QRIS,
    )


def place(goods):
    """A guest orders; the key of the order."""
    order = an_order(goods)
    actions.place_order(order=order, by=RINA, now=now())
    return order.key


def pay(key):
    """All that an order asks for comes in."""
    ask = Request.objects.get(pk=key)
    money = NewReceipt(
        key=uuid7(),
        unit_id=ask.unit_id,
        amount=ask.payable,
        method=Means.QRIS,
        provider="sandbox",
        reference=str(uuid7()),
        request_id=key,
        received_at=now(),
    )
    receive(receipt=money, by=PROVIDER, now=now())


def send(key):
    """The unit prepares, hands over, and hears that it arrived."""
    for part_id, unit_id in OrderPart.objects.filter(order=key).values_list("id", "unit_id"):
        said = {"part_id": part_id, "unit_id": unit_id, "by": BY, "now": now()}
        actions.prepare_part(**said)
        actions.ready_part(**said)
        actions.hand_over_part(tracking_number="JNE0123456", **said)
        actions.deliver_part(**said)


def a_day(goods):
    """The orders of one day, from first to last; their rows are kept aside as they stand."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint")
        (since,) = cursor.fetchone()
        for each in random.choices(goods, k=A_DAY):
            key = place(each)
            pay(key)
            send(key)
        for table in TABLES:
            cursor.execute(
                f"create table day_of_{table} as select * from {table} "
                f"where xmin::text::bigint > {since}"
            )


def lay_down_history(url):
    """That day once more for each day of ten years before it."""
    with psycopg.connect(ground.as_master(url)) as master, master.cursor() as cursor:
        # No trigger and no foreign key looks on: the copies are as true as what they copy.
        cursor.execute("set session_replication_role = replica")
        for table in TABLES:
            cursor.execute(_copying(cursor, table), {"days": DAYS})
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def _copying(cursor, table):
    cursor.execute(_COLUMNS, {"table": table, "tables": list(TABLES)})
    copied = [
        (name, _copy_of(table, name, is_key=is_key, kind=kind))
        for name, is_key, is_generated, kind in cursor.fetchall()
        if not is_generated
    ]
    names, values = ", ".join(name for name, _ in copied), ", ".join(value for _, value in copied)
    return (
        f"insert into {table} ({names}) overriding system value "
        f"select {values} from day_of_{table} t cross join generate_series(1, %(days)s) k"
    )


def _copy_of(table, name, *, is_key, kind):
    if told := TOLD_APART.get((table, name)):
        return told
    column = f't."{name}"'
    if kind == "uuid":
        return f"md5({column}::text || k)::uuid"
    if kind in {"date", "timestamp with time zone"}:
        return f"({column} - make_interval(days => k))::{kind}"
    return f"{column} - k * 10000000::bigint" if is_key else column


def deeds(goods):
    """What a buyer, the unit, its treasurer and the jobs do."""
    unit, today = goods[0]["unit"], local_day(now(), Zone.WIB)
    asked = {"unit_id": unit, "today": today, "zone": Zone.WIB}
    waiting, paid = [], []

    def placing():
        waiting.append(place(random.choice(goods)))

    def paying():
        paid.append(waiting.pop())
        pay(paid[-1])

    code = queries.code_of(order_id=OrderPart.objects.filter(unit_id=unit).first().order_id)
    listed = {**asked, "filters": queries.DeskFilters()}
    return [
        Deed("place an order", placing),
        Deed("pay it: sale, split, stock, sums", paying),
        Deed("prepare, hand over, deliver", lambda: send(paid.pop())),
        Deed("the buyer's page of an order", lambda: queries.order_shown(code=code, on=today)),
        Deed("the desk's counts", lambda: queries.desk_counts(**asked)),
        Deed("the desk's list", lambda: queries.rows_of(queries.orders_of(**listed)[:25])),
        Deed("the treasurer's tasks", lambda: money_tasks(unit_id=unit)),
        Deed("what came in, first page", lambda: received_page(unit_id=unit)),
        Deed("the jobs of a minute", minute),
    ]


def minute():
    """What ends by time."""
    for job in (expire_asks, actions.expire_orders, release_expired):
        job(by=BY, now=now())


def measured(goods):
    """Milliseconds of processor time of each deed, median of the rounds."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    mine, todo, found = psutil.Process(os.getpid()), deeds(goods), {}
    for _ in range(ROUNDS):
        for deed in todo:
            before = _spent(mine, backend)
            for _ in range(RUNS):
                deed.do()
            cost = (_spent(mine, backend) - before) / RUNS * 1000
            found.setdefault(deed.words, []).append(cost)
    return {words: statistics.median(costs) for words, costs in found.items()}


def _spent(*processes):
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def _ratio(after, before):
    """Of what costs next to nothing no ratio can be told."""
    return f"{after / before:.2f}" if before >= TELLABLE_MS else "-"


def tell(words, *values):
    """One row of the table."""
    sys.stdout.write(f"{words:<36}" + "".join(f"{value:>12}" for value in values) + "\n")
    sys.stdout.flush()


def main():
    """Measure with no history, lay it down, measure again."""
    with ground.database() as url:
        goods = prepared()
        a_day(goods)
        alone = measured(goods)
        lay_down_history(url)
        behind = measured(goods)
    tell("processor time, ms", "none", "ten years", "ratio")
    for words, cost in alone.items():
        tell(words, f"{cost:.1f}", f"{behind[words]:.1f}", _ratio(behind[words], cost))
    whole, now_whole = sum(alone.values()), sum(behind.values())
    tell(f"together (goal {GOAL})", f"{whole:.1f}", f"{now_whole:.1f}", _ratio(now_whole, whole))


if __name__ == "__main__":
    main()
