"""A shop to try: the simulated products described, shown, on the shelf, and units that take money.

All of it says "contoh": permits have numbers that no office gave, QRIS codes no acquirer knows.
"""

import datetime as dt
import random

from bekal.catalogue import actions as catalogue
from bekal.catalogue.queries import SaleTerms, sale_terms, sample_products
from bekal.catalogue.rules import FIRST_DAY, Making, NewPermit, PermitKind
from bekal.config.demo.goods import SHOWN
from bekal.foundation.actors import Actor
from bekal.payments import actions as payments
from bekal.payments.rules import sample_qris
from bekal.places.queries import PlaceNow, centre, places_below
from bekal.production import actions as production
from bekal.production.rules import NewMove, NewWorkTime, Reason

_PLENTY = (24, 36, 48, 60)
_SCARCE = (1, 2, 3)
_DAYS_AHEAD = 2
_NOBODY = "+6280000000000"
"""A number in the shape of one; Indonesia gives out none that begin so."""
_TIME = NewWorkTime(minutes=1_440, days_a_week=5)
"""Three benches of eight hours, from Monday to Friday."""


def make_shop(*, by: Actor, now: dt.datetime) -> str:
    """Describe and show each simulated product, put it on the shelf, let its unit take money."""
    day = now.date()
    units = {place.id: place for place in _places(on=day)}
    terms = _terms(on=day)
    for number, (unit_id, goods) in enumerate(terms.items(), start=1):
        _take_money(units[unit_id], number=number, by=by, now=now)
        _name_contact(units[unit_id], by=by, now=now)
        _permit_food(unit_id, goods, number=number, by=by, now=now)
        for good in goods:
            _show(good, by=by, now=now)
        _fill(units[unit_id], goods, by=by, now=now)
    shown = sum(len(goods) for goods in terms.values())
    return f"{shown} simulated products on the shelves of {len(terms)} units"


def _places(*, on: dt.date) -> list[PlaceNow]:
    nation = centre(on=on)
    if nation is None:
        raise LookupError("the demo needs the places")
    return places_below(place_ids=[nation.id], on=on)


def _terms(*, on: dt.date) -> dict[int, list[SaleTerms]]:
    found = sample_products()
    terms = sale_terms(product_ids=[one for ids in found.values() for one in ids], on=on)
    return {
        unit: [terms[one] for one in ids if terms[one].name in SHOWN] for unit, ids in found.items()
    }


def _name_contact(place: PlaceNow, *, by: Actor, now: dt.datetime) -> None:
    catalogue.set_contact(
        unit_id=place.id,
        number=_NOBODY,
        pickup_point=f"Alamat contoh, {place.name}",
        pickup_hours="Jam contoh, Senin sampai Jumat 08.00 sampai 15.00",
        is_sample=True,
        by=by,
        now=now,
    )


def _take_money(place: PlaceNow, *, number: int, by: Actor, now: dt.datetime) -> None:
    name = f"CONTOH {place.name}".upper()
    payments.set_merchant(
        merchant=payments.NewMerchant(
            unit_id=place.id,
            static_qris=sample_qris(name=name, city="CONTOH", number=number),
            bank="Bank Contoh",
            account_number=f"{number:010d}",
            holder=name,
            is_sample=True,
        ),
        by=by,
        now=now,
    )


def _permit_food(
    unit_id: int, goods: list[SaleTerms], *, number: int, by: Actor, now: dt.datetime
) -> None:
    food = tuple(good.product_id for good in goods if SHOWN[good.name].listing.is_food)
    if food:
        permit = NewPermit(
            kind=PermitKind.PIRT,
            number=f"CONTOH {number:04d}",
            holder="Contoh",
            valid_from=FIRST_DAY,
            valid_until=None,
            product_ids=food,
        )
        catalogue.add_permit(unit_id=unit_id, permit=permit, by=by, now=now)


def _show(good: SaleTerms, *, by: Actor, now: dt.datetime) -> None:
    listing = SHOWN[good.name].listing
    catalogue.describe_product(product_id=good.product_id, listing=listing, by=by, now=now)
    catalogue.publish(product_id=good.product_id, by=by, now=now)


def _fill(place: PlaceNow, goods: list[SaleTerms], *, by: Actor, now: dt.datetime) -> None:
    """Pieces of what lies ready, a workshop for what is made to order."""
    chance = random.Random(f"bekal shelf {place.code}")  # noqa: S311 - the same demo everywhere
    ready = [good for good in goods if SHOWN[good.name].listing.making is Making.STOCK]
    to_order = [good for good in goods if good not in ready]
    moves = [
        NewMove(
            product_id=good.product_id,
            pieces=chance.choice(_PLENTY if chance.random() < 0.9 else _SCARCE),  # noqa: PLR2004
            reason=Reason.RECEIVED,
            source=f"demo:{good.product_id}",
        )
        for good in ready
    ]
    if moves:
        production.move_stock(moves=moves, by=by, now=now)
    if to_order:
        bench = production.open_workshop(
            unit_id=place.id, name="Bengkel contoh", kind="kerajinan", time=_TIME, by=by, now=now
        )
        for good in to_order:
            production.set_work(
                product_id=good.product_id,
                workshop_id=bench,
                minutes_a_piece=SHOWN[good.name].minutes,
                days_ahead=_DAYS_AHEAD,
                by=by,
                now=now,
            )
