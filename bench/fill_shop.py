"""Make the products of a filled catalogue orderable, quickly: stock, couriers, who takes money.

For throw-away databases: every product that is shown and has a price gets plenty of stock, every
unit with one the couriers of the demo and a merchant of the demo.
"""

import datetime as dt

from bekal.catalogue.models import Listing
from bekal.catalogue.queries import Goods, goods_for_sale
from bekal.config.demo.shipping import tables_of
from bekal.foundation.actors import Actor
from bekal.payments import actions as payments
from bekal.payments.rules import sample_qris
from bekal.places.queries import standing
from bekal.production import actions as production
from bekal.production.rules import NewMove, Reason
from bekal.shipping.actions import load_tables
from bekal.shipping.queries import quotes, search_districts

PLENTY = 100_000
WAIT_SECONDS = 4.3
"""A little more than what the shop wants a person to take (shop.views.placing)."""
_ADDRESSES = ("mantikulore palu", "tebet jakarta selatan", "gubeng surabaya", "merauke")


def fill_shop(*, by: Actor, now: dt.datetime) -> list[dict[str, object]]:
    """Stock, couriers and merchants; what the shoppers of the benchmark need of each product."""
    today = now.date()
    listed = list(Listing.objects.filter(is_published=True).values_list("product_id", flat=True))
    found = goods_for_sale(product_ids=listed, on=today).values()
    goods = [each for each in found if each.is_published and each.price and not each.buyer_limit]
    places = standing(on=today)
    homes = {each.unit_id: places[each.unit_id].province_code or "31" for each in goods}
    load_tables(tables=tables_of(homes), valid_from=today, by=by, now=now, is_sample=True)
    for number, unit_id in enumerate(homes, start=1):
        _take_money(unit_id, places[unit_id].name, number=number, by=by, now=now)
    moves = [
        NewMove(each.product_id, PLENTY, Reason.RECEIVED, f"bench:{each.product_id}")
        for each in goods
    ]
    production.move_stock(moves=moves, by=by, now=now)
    return [_asked(each, number, on=today) for number, each in enumerate(goods)]


def _take_money(unit_id: int, name: str, *, number: int, by: Actor, now: dt.datetime) -> None:
    merchant = payments.NewMerchant(
        unit_id=unit_id,
        static_qris=sample_qris(name=f"CONTOH {name}".upper(), city="CONTOH", number=number),
        bank="Bank Contoh",
        account_number=f"{number:010d}",
        holder=f"CONTOH {name}".upper(),
        is_sample=True,
    )
    payments.set_merchant(merchant=merchant, by=by, now=now)


def _asked(goods: Goods, number: int, *, on: dt.date) -> dict[str, object]:
    (there,) = search_districts(text=_ADDRESSES[number % len(_ADDRESSES)], limit=1)
    cheapest = quotes(
        unit_id=goods.unit_id,
        district_code=there.code,
        weight_g=goods.weight_g,
        volume_cm3=goods.volume_cm3,
        on=on,
    )[0]
    return {
        "id": goods.product_id,
        "code": goods.code,
        "page": f"/p/{goods.path}/",
        "unit": goods.unit_id,
        "price": goods.price,
        "service": cheapest.service_id,
        "fee": cheapest.fee,
        "district": there.code,
        "place": there.label,
        "wait": WAIT_SECONDS,
    }
