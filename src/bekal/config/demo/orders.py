"""Orders to try at one unit: to be prepared, to be fetched, reported, and waiting for their money.

Made as buyers and officers make them; whoever bought is nobody.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from bekal.catalogue.queries import SaleTerms, sale_terms, sample_products
from bekal.config.demo.goods import SHOWN
from bekal.foundation.actors import Actor
from bekal.payments.actions import receive
from bekal.payments.queries import asks_of
from bekal.payments.rules import Means, Method, NewReceipt
from bekal.places.queries import place_on
from bekal.production import queries as production
from bekal.sales.rules import BuyerClass
from bekal.shipping.queries import Destination, search_districts
from bekal.shop import actions, queries
from bekal.shop.rules import (
    Basket,
    BasketLine,
    Buyer,
    Delivery,
    Fault,
    NewAnswer,
    NewOrder,
    NewProblem,
    OrderItem,
    PartAsked,
    Verdict,
    WhereGoods,
)

_UNIT = "lapas-kelas-iib-merauke"
_ORDERS, _PIECES = 5, 2


@dataclass(frozen=True)
class Trade:
    """What is ordered, of whom, to where, and when all of it happens."""

    unit_id: int
    good: SaleTerms
    home: Destination
    by: Actor
    now: dt.datetime


def make_orders(*, by: Actor, now: dt.datetime) -> str:
    """Five paid orders of one unit: two are reported, and the money of one of them waits."""
    trade = trade_of(_ORDERS, by=by, now=now)
    if trade is None:
        return "no simulated orders, for nothing lies ready"
    parts = [paid(number, trade) for number in range(_ORDERS)]
    actions.ready_part(part_id=parts[2], unit_id=trade.unit_id, by=by, now=now)
    for part in parts[3:]:
        come(part, trade)
    _report(parts[3], "Laporan contoh: satu sobek di pinggir.", trade)
    _accept(_report(parts[4], "Laporan contoh: dua-duanya rusak.", trade), trade)
    return f"{len(parts)} simulated orders, 2 reports"


def trade_of(orders: int, *, by: Actor, now: dt.datetime) -> Trade | None:
    """What lies ready at the unit for so many orders; None where nothing does."""
    place = place_on(code=_UNIT, on=now.date())
    if place is None:
        raise LookupError(f"the demo needs {_UNIT}")
    terms = sale_terms(product_ids=sample_products()[place.id], on=now.date())
    there = production.availability(product_ids=list(terms), now=now)
    left = {
        one: there[one].left or 0
        for one, good in terms.items()
        if one in there and good.price and good.name in SHOWN
    }
    most = max(left, key=lambda one: left[one], default=0)
    if left.get(most, 0) < orders * _PIECES:
        return None
    return Trade(place.id, terms[most], search_districts(text="Merauke Merauke")[0], by, now)


def paid(number: int, trade: Trade) -> UUID:
    """An order by courier, the third one to be fetched, paid by QRIS; its part's id."""
    key, good = key_of(number), trade.good
    price = good.price or 0
    order = NewOrder(
        key=key,
        items=(OrderItem(good.product_id, _PIECES, price),),
        parts=(_way(number, trade),),
        buyer=Buyer(
            name="Pembeli Contoh",
            phone=f"+62812000001{number:02d}",
            district_code=trade.home.code,
            district=trade.home.label,
            address=f"Jalan Contoh {number + 1}",
        ),
        buyer_class=BuyerClass.PUBLIC,
        method=Method.QRIS,
    )
    actions.place_order(order=order, by=trade.by, now=trade.now)
    (ask,) = asks_of(subject=f"order:{key}")
    receipt = NewReceipt(
        key=uuid5(key, "paid"),
        unit_id=ask.unit_id,
        amount=ask.payable,
        method=Means.QRIS,
        provider="sandbox",
        reference=f"contoh-{number}",
        request_id=ask.id,
        received_at=trade.now,
    )
    receive(receipt=receipt, by=trade.by, now=trade.now)
    return _part(key, trade)


def _way(number: int, trade: Trade) -> PartAsked:
    """By the cheapest courier of now; the third order is fetched."""
    line = BasketLine(trade.good.code, _PIECES, trade.good.price or 0)
    shown = queries.basket_shown(basket=Basket((line,)), now=trade.now)
    offers = queries.offers_of(basket=shown, district_code=trade.home.code, now=trade.now)
    quotes = [quote for offer in offers for quote in offer.quotes]
    if number == 2 or not quotes:  # noqa: PLR2004
        return PartAsked(trade.unit_id, Delivery.PICKUP)
    return PartAsked(trade.unit_id, Delivery.COURIER, quotes[0].service_id, quotes[0].fee)


def _part(key: UUID, trade: Trade) -> UUID:
    code = queries.code_of(order_id=key)
    part = queries.part_by_order_code(unit_id=trade.unit_id, code=code)
    if part is None:
        raise LookupError(f"order {code} has no part of {_UNIT}")
    return part.id


def come(part: UUID, trade: Trade) -> None:
    """It is made ready and sent, and comes to its buyer."""
    unit, by, now = trade.unit_id, trade.by, trade.now
    actions.ready_part(part_id=part, unit_id=unit, by=by, now=now)
    actions.hand_over_part(part_id=part, unit_id=unit, tracking_number="CONTOH0001", by=by, now=now)
    actions.deliver_part(part_id=part, unit_id=unit, by=by, now=now)


def _report(part: UUID, text: str, trade: Trade) -> UUID:
    """Its buyer says that all of it is not as it should be."""
    is_food = SHOWN[trade.good.name].listing.is_food
    lines = queries.lines_of_parts(part_ids=[part])[part]
    problem = NewProblem(
        key=uuid5(part, "problem"),
        part_id=part,
        fault=Fault.SPOILED if is_food else Fault.DAMAGED,
        pieces={line.id: line.pieces for line in lines},
        text=text,
    )
    return actions.report_problem(problem=problem, by=trade.by, now=trade.now)


def _accept(problem_id: UUID, trade: Trade) -> None:
    """The unit accepts, and nothing need come back: the money waits for another person."""
    problem = queries.problem_of_unit(unit_id=trade.unit_id, problem_id=problem_id)
    if problem is None:
        raise LookupError(f"there is no problem {problem_id}")
    answer = NewAnswer(
        Verdict.ACCEPTED,
        where=WhereGoods.KEEP,
        pieces={piece.line_id: piece.reported for piece in problem.pieces},
    )
    actions.answer_problem(
        problem_id=problem_id, unit_id=trade.unit_id, answer=answer, by=trade.by, now=trade.now
    )


def key_of(number: int) -> UUID:
    """The id of a simulated order."""
    return uuid5(NAMESPACE_URL, f"bekal:demo:order {number}")
