"""The desk of a unit, the choice of one, and its messages that came twice."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from bekal.accounts import queries as accounts
from bekal.accounts.rules import Permission
from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import PermitRow, Unready
from bekal.foundation import queries as messages
from bekal.foundation.actors import user_actor
from bekal.foundation.clock import Period, Zone, local_day
from bekal.foundation.messages import scope_of_place
from bekal.foundation.queries import Conflict, DeskMessages
from bekal.front import rules
from bekal.front.queries import desk_money
from bekal.front.queries.receipt_rows import ReceiptRow
from bekal.front.rules import Difference, Door
from bekal.front.works import TIMED, Effort, Work, effort
from bekal.institutions import queries as institutions
from bekal.institutions.queries import UnitWork
from bekal.ledger import queries as ledger
from bekal.ledger.rules import Base, NoRule
from bekal.payments.queries import MoneyTasks
from bekal.people import queries as people
from bekal.people.queries import MakerTasks
from bekal.production import queries as production
from bekal.production.queries import Alerts
from bekal.sales import queries as sales
from bekal.sales.queries import DaySums
from bekal.sales.rules import (
    BUYER_LABELS,
    PAYMENT_LABELS,
    BuyerClass,
    PaymentKind,
    receipt_number,
)
from bekal.shop import queries as shop
from bekal.shop.queries import DeskCounts
from bekal.treasury import queries as treasury
from bekal.treasury.queries import PnbpTasks, PremiTasks

_A_DAY = dt.timedelta(days=1)
RECEIPTS_SHOWN = 5
CONFLICTS_SHOWN = 20
_NOTHING_UNREADY = Unready(0, 0, {}, {})
_NO_ALERTS = Alerts(0, 0, 0, "")
_NOTHING_ASKED = UnitWork(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Costless:
    """Products whose sale cannot be split for want of a cost: shown and thus `stopped`, and not."""

    stopped: int
    hidden: int


@dataclass(frozen=True)
class Desk:
    """A unit's desk on its own local day, for one person with these permissions.

    `unready`, `permits` (that end soon or have ended), `goods`, `orders`, `asked` and the conflicts
    in `messages` are counted only for those whose work they are. `to_tell` are messages for buyers,
    `to_refund` accepted reports whose money waits; `held` and `owed` rupiah by the account's label.
    """

    may: frozenset[Permission]
    sums_today: DaySums
    sums_yesterday: DaySums
    messages: DeskMessages
    unready: Unready
    costless: Costless
    permits: list[PermitRow]
    goods: Alerts
    orders: DeskCounts
    to_tell: int
    asked: UnitWork
    to_refund: int
    late_invoices: int
    receipts: list[ReceiptRow]
    held: list[tuple[str, int]]
    owed: list[tuple[str, int]]
    money: MoneyTasks
    makers: MakerTasks
    pnbp: PnbpTasks
    premi: PremiTasks
    uncounted: dt.date | None
    to_clear: int

    @property
    def today(self) -> dt.date:
        """The unit's own day."""
        return self.sums_today.day

    @property
    def yesterday(self) -> dt.date:
        """The day before."""
        return self.sums_yesterday.day

    def effort(self, work: Work, times: int = 1) -> Effort:
        """How long so many of a work take at this unit."""
        return effort(self.messages.took, work, times)


@dataclass(frozen=True)
class Dispute:
    """A message that came with a used key on a local day, beside the one that was carried out."""

    conflict: Conflict
    on: dt.date
    differences: list[Difference]

    @property
    def door(self) -> Door:
        """What kind of message the second one is."""
        return rules.DOORS[self.conflict.second_door]

    @property
    def sale_id(self) -> UUID | None:
        """The receipt that the first message became; its key is the receipt's id."""
        return self.conflict.key if self.conflict.first_door == "sales.record" else None


def desk_of(*, unit_id: int, user_id: int, zone: Zone, on: dt.date, now: dt.datetime) -> Desk:
    """The desk of a unit on the day of its zone; `on` is the day of the tree.

    At most twenty-one statements, whatever was sold.
    """
    may = accounts.permissions_at(user_id=user_id, place_id=unit_id, on=on)
    today = local_day(now, zone)
    unready, permits = _unready(may, unit_id=unit_id, today=today)
    orders, to_tell = _orders(may, unit_id=unit_id, today=today, zone=zone)
    days = sales.days_of(unit_id=unit_id, period=Period(today - _A_DAY, today))
    held, owed = _held_and_owed(unit_id)
    return Desk(
        may=may,
        sums_today=days[0],
        sums_yesterday=days[1],
        messages=_messages(may, unit_id=unit_id),
        unready=unready,
        costless=_costless(unready, unit_id=unit_id, on=today),
        permits=permits,
        goods=_goods(may, unit_id=unit_id, today=today, now=now),
        orders=orders,
        to_tell=to_tell,
        asked=_asked(may, unit_id=unit_id, today=today, zone=zone, now=now),
        to_refund=_to_refund(may, unit_id=unit_id, user_id=user_id),
        receipts=_last_receipts(unit_id=unit_id),
        held=held,
        owed=owed,
        money=desk_money.money_of(may, unit_id=unit_id),
        late_invoices=desk_money.late_invoices_of(may, unit_id=unit_id, today=today),
        makers=people.maker_tasks(unit_id=unit_id, on=today, may=may),
        pnbp=desk_money.pnbp_of(may, unit_id=unit_id, today=today, now=now),
        premi=treasury.premi_tasks(unit_id=unit_id, may=may),
        uncounted=desk_money.uncounted(may, unit_id=unit_id, today=today),
        to_clear=desk_money.clearings_of(may, unit_id=unit_id),
    )


def _messages(may: frozenset[Permission], *, unit_id: int) -> DeskMessages:
    """How many messages came twice, for whoever may send them, and how long work took."""
    doors = rules.doors_for(may)
    if not doors:
        return DeskMessages()
    return messages.desk_messages(scope=scope_of_place(unit_id), doors=doors, timed=TIMED)


def _held_and_owed(unit_id: int) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """What a unit holds and whose it is, by the books."""
    balances = ledger.balances_of(unit_id=unit_id)
    return rules.held_and_owed((line.account, line.amount) for line in balances)


def _unready(
    may: frozenset[Permission], *, unit_id: int, today: dt.date
) -> tuple[Unready, list[PermitRow]]:
    """What keeps products from being sold, and permits that end, for whoever sees to them."""
    if Permission.SET_PRICE not in may:
        return _NOTHING_UNREADY, []
    unready = catalogue.unready_of(unit_id=unit_id, on=today)
    return unready, catalogue.ending_permits(unit_id=unit_id, on=today)


def _orders(
    may: frozenset[Permission], *, unit_id: int, today: dt.date, zone: Zone
) -> tuple[DeskCounts, int]:
    """What orders ask of whoever handles them, and how many messages wait to be sent."""
    if Permission.HANDLE_ORDERS not in may:
        return DeskCounts(), 0
    counts = shop.desk_counts(unit_id=unit_id, today=today, zone=zone)
    return counts, shop.count_to_send(unit_id=unit_id)


def _to_refund(may: frozenset[Permission], *, unit_id: int, user_id: int) -> int:
    """How much money of accepted reports waits for this person, if they may give it back."""
    if Permission.REFUND_SALE not in may:
        return 0
    return shop.count_to_refund(unit_id=unit_id, by=user_actor(user_id))


def _goods(may: frozenset[Permission], *, unit_id: int, today: dt.date, now: dt.datetime) -> Alerts:
    """What the stock asks of whoever keeps it, and what was said of today's work."""
    if not may & {Permission.KEEP_STOCK, Permission.PAUSE_UNIT}:
        return _NO_ALERTS
    return production.goods_and_work(unit_id=unit_id, day=today, now=now)


def _asked(
    may: frozenset[Permission], *, unit_id: int, today: dt.date, zone: Zone, now: dt.datetime
) -> UnitWork:
    """What institutions and others ask of whoever handles orders."""
    if Permission.HANDLE_ORDERS not in may:
        return _NOTHING_ASKED
    return institutions.unit_work(unit_id=unit_id, today=today, zone=zone, now=now)


def _costless(unready: Unready, *, unit_id: int, on: dt.date) -> Costless:
    """How many products have a price but no cost, under a rule that splits what is left of it."""
    if not unready.costless:
        return Costless(0, 0)
    activities = list(unready.costless)
    try:
        in_force = ledger.rules_in_force(unit_id=unit_id, activities=activities, on=on)
    except NoRule:
        return Costless(0, 0)  # nothing can be sold at all, and a cost would not change that
    split = [one for one in activities if in_force[one].base is Base.AFTER_COST]
    stopped = sum(unready.stopped.get(one, 0) for one in split)
    return Costless(stopped, sum(unready.costless[one] for one in split) - stopped)


def _last_receipts(*, unit_id: int) -> list[ReceiptRow]:
    found: QuerySet[Any, Any] = sales.receipts_of(unit_id=unit_id)
    rows = found.values_list(
        "pk",
        "number",
        "sold_on",
        "buyer_class",
        "payment",
        "total",
        "returned",
        "is_sample",
        "recorded_at",
        "order_part",
    )
    return [
        ReceiptRow(
            row[0],
            receipt_number(row[1]),
            row[2],
            BUYER_LABELS[BuyerClass(row[3])],
            PAYMENT_LABELS[PaymentKind(row[4])],
            *row[5:],
        )
        for row in rows[:RECEIPTS_SHOWN]
    ]


def disputes_of(
    *, unit_id: int, doors: frozenset[str], today: dt.date, zone: Zone
) -> list[Dispute]:
    """The first conflicts of a unit that nobody has looked at, oldest first.

    `doors` are those whose conflicts are the reader's task; a reader without any sees all. At most
    three statements.
    """
    found = messages.open_conflicts(
        scope=scope_of_place(unit_id), doors=doors or rules.DOORS, limit=CONFLICTS_SHOWN
    )
    contents = [(rules.read_message(each.first), rules.read_message(each.second)) for each in found]
    parts = [part for pair in contents for part in pair]
    names = _names_in(parts, unit_id=unit_id, on=today)
    return [
        Dispute(
            conflict,
            local_day(conflict.second_at, zone),
            rules.differences(first, second, names=names, zone=zone),
        )
        for conflict, (first, second) in zip(found, contents, strict=True)
    ]


def _names_in(contents: list[dict[str, Any]], *, unit_id: int, on: dt.date) -> dict[int | str, str]:
    """Names of the unit's own products by id, and of documented splits by code."""
    asked = {product for content in contents for product in rules.products_in(content)}
    terms = catalogue.sale_terms(product_ids=asked, on=on) if asked else {}
    names: dict[int | str, str] = {
        product: known.name for product, known in terms.items() if known.unit_id == unit_id
    }
    if any("code" in content for content in contents):
        names |= {split.pk: split.name for split in ledger.documented_splits()}
    return names
