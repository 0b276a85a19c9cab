"""What a person of the unit looks at before an order is taken on, and the messages about it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Goods, Reach
from bekal.payments.rules import Method
from bekal.shipping import queries as shipping
from bekal.shipping.queries import Quote
from bekal.shop.addresses import order_address
from bekal.shop.models import Notice, OrderBuyer, OrderMove
from bekal.shop.queries.limits import bought_of_late
from bekal.shop.queries.looking import day_of, look, parcels_of
from bekal.shop.queries.methods import methods_for
from bekal.shop.queries.notices import NoticeShown, told_notices
from bekal.shop.queries.orders import OrderShown
from bekal.shop.queries.parts import PartShown
from bekal.shop.rules import (
    Amended,
    Change,
    ChangeKind,
    Delivery,
    Event,
    OrderItem,
    OrderStatus,
    PartAsked,
    Way,
    amended_words,
)

_NAMED = 5
"""So many goods are named in a message; the code leads to all of them."""
_TAKEN_ON = frozenset({OrderStatus.WAITING, OrderStatus.PLACED})


@dataclass(frozen=True)
class Confirming:
    """An order that waits to be confirmed, with its goods as they are now.

    `changes` are what is not as the buyer saw it, by the name of the product; prices among them do
    not stand in the way. `prices` are those of today. `problem` says why no courier takes it.
    `amended` are pieces that became others since it was ordered, as somebody has typed them.
    """

    part: PartShown
    changes: tuple[tuple[str, Change], ...]
    prices: Mapping[int, int]
    quotes: tuple[Quote, ...]
    problem: str
    methods: tuple[Method, ...]
    amended: tuple[Amended, ...]

    @property
    def goods_total(self) -> int:
        """Rupiah of its goods at the prices that the buyer saw, of the pieces as amended."""
        pieces = {each.product_id: each.pieces for each in self.amended}
        lines = self.part.lines
        return sum(pieces.get(one.product_id, one.pieces) * one.unit_price for one in lines)

    @property
    def amended_words(self) -> str:
        """What was amended, in a sentence."""
        return amended_words(self.amended)

    @property
    def can_be_amended(self) -> bool:
        """Whether other pieces may help: not where its unit is closed."""
        return all(change.kind is not ChangeKind.PAUSED for _name, change in self.changes)

    @property
    def can_be_confirmed(self) -> bool:
        """Whether all of it is there, at whatever price."""
        return all(change.kind is ChangeKind.PRICE for _name, change in self.changes)

    @property
    def raised(self) -> list[tuple[str, Change]]:
        """The goods whose price is another today."""
        return [row for row in self.changes if row[1].kind is ChangeKind.PRICE]

    @property
    def missing(self) -> list[tuple[str, Change]]:
        """What stands in the way."""
        return [row for row in self.changes if row[1].kind is not ChangeKind.PRICE]


def confirming(
    *, part: PartShown, pieces: Mapping[int, int] | None = None, now: dt.datetime
) -> Confirming:
    """A part that waits to be confirmed, as it stands now. Seven statements at most.

    With `pieces`, by product, in the place of those that were ordered; none for what is left out.
    """
    amended = _amended(part, pieces or {})
    items = _left(part, amended)
    goods = catalogue.goods_for_sale(
        product_ids=[item.product_id for item in items], on=day_of(now)
    )
    had = _had(part, goods, now=now)
    seen = look(items=items, goods=goods, had=had, now=now)
    names = {line.product_id: line.name for line in part.lines}
    quotes: tuple[Quote, ...] = ()
    problem = ""
    if part.receiver.district_code and part.receiver.address:
        parcel = parcels_of(items, seen.goods)[part.unit_id]
        offer = shipping.quotes_of_units(
            parcels=[parcel], district_code=part.receiver.district_code, on=day_of(now)
        )[part.unit_id]
        quotes, problem = offer.quotes, str(offer.problem.sentence) if offer.problem else ""
    before = methods_for(parts=[PartAsked(part.unit_id, Delivery.COURIER)], on=day_of(now))
    return Confirming(
        part=part,
        changes=tuple((names.get(c.product_id or 0, ""), c) for c in seen.changes),
        prices={pk: goods.price for pk, goods in seen.goods.items() if goods.price is not None},
        quotes=quotes,
        problem=problem,
        methods=(*before, Method.AT_PICKUP),
        amended=amended,
    )


def _left(part: PartShown, amended: Iterable[Amended]) -> list[OrderItem]:
    """The lines with what becomes of them, but for those that are left out."""
    left = {line.product_id: line.pieces for line in part.lines}
    left |= {each.product_id: each.pieces for each in amended}
    items = (OrderItem(one.product_id, left[one.product_id], one.unit_price) for one in part.lines)
    return [item for item in items if item.pieces]


def _amended(part: PartShown, pieces: Mapping[int, int]) -> tuple[Amended, ...]:
    """What becomes of the lines; nothing where nothing of them would be left."""
    told = tuple(
        Amended(line.product_id, line.name, line.pieces, left)
        for line in part.lines
        if (left := pieces.get(line.product_id, line.pieces)) != line.pieces
    )
    is_left = len(told) < len(part.lines) or any(each.pieces for each in told)
    return told if is_left else ()


def _had(part: PartShown, goods: Mapping[int, Goods], *, now: dt.datetime) -> dict[int, int]:
    """What its buyer bought of its limited goods of late; asks nothing where none is limited."""
    if all(each.buyer_limit is None for each in goods.values()):
        return {}
    buyer = OrderBuyer.objects.only("phone", "household").get(order_id=part.order_id)
    return bought_of_late(goods=goods, phone=buyer.phone, household=buyer.household, now=now)


def message_to_buyer(*, order_id: UUID, unit_id: int, on: dt.date) -> NoticeShown | None:
    """The prepared message that says an order was taken on, declined or over, until it was sent."""
    waiting = Notice.objects.filter(
        order_id=order_id,
        unit_id=unit_id,
        way=Way.WHATSAPP.value,
        outcome="",
        event__in=[Event.CONFIRMED.value, Event.DECLINED.value, Event.WITHDRAWN.value],
    )
    return next(iter(told_notices(notices=waiting, on=on)), None)


@dataclass(frozen=True)
class UnitToAsk:
    """A workshop of an order to which its buyer may write; `link` opens a message with the code."""

    name: str
    number: str
    link: str
    is_sample: bool


def units_to_ask(order: OrderShown, *, reach: Mapping[int, Reach]) -> list[UnitToAsk]:
    """The workshops of an order that take messages, as its parts stand; `reach` is by unit."""
    told = _("Halo, saya ingin bertanya tentang pesanan %(code)s.") % {"code": order.code}
    text = f"{told}\n{order_address(order.code)}"
    names = {part.unit_id: part.unit_name for part in order.parts}
    found = [(name, reach[unit].contact) for unit, name in names.items() if unit in reach]
    return [
        UnitToAsk(name, contact.number, contact.link(text), contact.is_sample)
        for name, contact in found
        if contact is not None
    ]


def message_to_unit(order: OrderShown, *, reach: Mapping[int, Reach]) -> tuple[str, bool]:
    """Where a buyer writes to the unit of an order, with its code; and whether that is a sample's.

    Nothing where the unit takes no messages any more; `reach` is by unit.
    """
    (part, *_more) = order.parts
    contact = reach.get(part.unit_id, Reach()).contact
    if contact is None:
        return "", False
    goods = ", ".join(f"{line.pieces} {line.name}" for line in part.lines[:_NAMED])
    text = _(
        "Halo, saya memesan lewat Bekal. Kode pesanan %(code)s: %(goods)s. Mohon dikonfirmasi."
    )
    told = text % {"code": order.code, "goods": goods}
    return contact.link(f"{told}\n{order_address(order.code)}"), contact.is_sample


def confirmed(*, order_id: UUID) -> tuple[dt.datetime, str] | None:
    """When and by whom an order was taken on that a person of the unit had to confirm.

    None where it never was: nobody did yet, it was declined, or it ran out. One statement.
    """
    moves = OrderMove.objects.filter(order_id=order_id).order_by("id")
    first, *more = [*moves.values_list("status", "moved_at", "moved_by")[:2]]
    if first[0] != OrderStatus.DRAFT or not more or more[0][0] not in _TAKEN_ON:
        return None
    return more[0][1], more[0][2]
