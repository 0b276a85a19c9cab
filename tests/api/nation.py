"""The world of the examples: what is sold in it, and how each operation is asked."""

import json

from bekal.foundation.ids import uuid7
from bekal.sales.actions import record_sale
from bekal.shipping.actions import load_districts
from tests.api.conftest import NABIRE, a_token
from tests.support.world import NOON, SETUP, WAYAN, YOHANA, a_sale

KEY = "0190a5b2-7d5b-7c1a-9a57-3f5f6f1c2b10"
VOID_KEY = "0190a5b2-8e6c-7d2b-8b68-406a7a2d3c21"


def trade(world):
    """Sales enough that nothing is hidden, then one more which is read and voided."""
    load_districts(by=SETUP, now=NOON)
    for unit, product, times, by in (
        (world.nabire, world.noken, 6, YOHANA),
        (world.merauke, world.bread, 5, YOHANA),
        (world.bangli, world.endek, 7, WAYAN),
    ):
        for _ in range(times):
            record_sale(sale=a_sale(unit, (product, 1), key=uuid7()), by=by, now=NOON)
    return a_token(world.nabire).secret


def asks(noken):
    """Each operation as the description shows it: (operationId, path, query, headers, body)."""
    unit = {"unit": NABIRE}
    sale = {
        "sold_on": "2026-04-27",
        "sold_at": "2026-04-27T11:42:00+09:00",
        "channel": "workshop",
        "buyer_class": "public",
        "payment": "cash",
        "items": [{"product": noken, "pieces": 2}],
    }
    return [
        ("listCategories", {}, {}, {}, None),
        ("listSuggestions", {}, {"q": "no"}, {}, None),
        ("listProducts", {}, {"text": "noken", "province": "94", "sort": "termurah"}, {}, None),
        ("getProduct", {"code": noken}, {}, {}, None),
        ("listUnits", {}, {"kanwil": "kanwil-papua", "on": "2026-04-27", "page": 1}, {}, None),
        ("getUnit", unit, {"on": "2026-04-27"}, {}, None),
        ("listDistricts", {}, {"q": "nabire papua", "limit": 2}, {}, None),
        ("getDistrict", {"district": "940101"}, {}, {}, None),
        ("getTurnover", {"place": "nasional"}, {"period": "2026-04"}, {}, None),
        ("listTurnoverOfProvinces", {}, {"period": "2026-04"}, {}, None),
        ("listTurnoverBelow", {"area": "kanwil-papua"}, {"period": "2026-04"}, {}, None),
        ("listTurnoverDays", {"area": "nasional"}, {"month": "2026-04"}, {}, None),
        ("listTurnoverMonths", {"area": "nasional"}, {"year": 2026}, {}, None),
        ("recordSale", unit, {}, {"Idempotency-Key": KEY}, sale),
        ("getSale", {**unit, "sale": KEY}, {}, {}, None),
        ("voidSale", {**unit, "sale": KEY}, {}, {"Idempotency-Key": VOID_KEY}, None),
    ]


def ask(client, described, secret, asked):
    """Ask an operation of the description as a program would."""
    name, path, query, headers, body = asked
    address, method = next(
        (address, method)
        for address, methods in described["paths"].items()
        for method, operation in methods.items()
        if operation["operationId"] == name
    )
    if "security" in described["paths"][address][method]:
        headers = {**headers, "Authorization": f"Bearer {secret}"}
    return client.generic(
        method.upper(),
        address.format(**path),
        json.dumps(body) if body else "",
        content_type="application/json",
        query_params=query,
        headers=headers,
    )
