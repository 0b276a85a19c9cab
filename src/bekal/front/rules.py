"""The words and the minutes of the desk. Pure."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bekal.foundation import formats
from bekal.foundation.clock import Zone
from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind
from bekal.sales.rules import (
    BUYER_LABELS,
    CHANNEL_LABELS,
    PAYMENT_LABELS,
    REFUND_LABELS,
)

MINUTES_TO_RECORD = 3
MINUTES_TO_REPORT = 1
MINUTES_TO_CHECK = 2
"""Minutes for one conflict. All three are estimates of ours, not yet measured."""

HELD = (
    AccountKind.CASH,
    AccountKind.BANK,
    AccountKind.QRIS,
    AccountKind.RECEIVABLE,
    AccountKind.SETTLEMENT,
)
"""The accounts of money that came in; all others say whose it is."""

_DOORS = {
    "sales.record": "Penjualan",
    "sales.refund": "Pengembalian",
    "catalogue.set_price": "Harga",
    "catalogue.set_cost": "Harga pokok",
    "catalogue.import_amounts": "Impor harga",
}
_LABELS = {
    "sold_on": "Tanggal",
    "sold_at": "Jam",
    "items": "Barang",
    "channel": "Saluran",
    "buyer_class": "Pembeli",
    "payment": "Bayar",
    "kind": "Jenis",
    "pieces": "Jumlah",
    "reason": "Alasan",
}
_NOT_SHOWN = frozenset({"key", "unit_id", "sale"})
_WORDS: dict[str, Mapping[Any, str]] = {
    "channel": CHANNEL_LABELS,
    "buyer_class": BUYER_LABELS,
    "payment": PAYMENT_LABELS,
    "kind": REFUND_LABELS,
}


@dataclass(frozen=True)
class Difference:
    """One line of two messages beside one another."""

    label: str
    first: str
    second: str

    @property
    def is_other(self) -> bool:
        """Whether the two say different things."""
        return self.first != self.second


def door_label(door: str) -> str:
    """What a person calls the messages of a door."""
    return _DOORS.get(door, "Kiriman")


def read_message(body: bytes) -> dict[str, Any]:
    """The content of a frozen message; one that cannot be read is shown as it is."""
    try:
        content = json.loads(body)
    except ValueError:
        return {"isi": body.decode(errors="replace")}
    return content if isinstance(content, dict) else {"isi": content}


def products_in(content: Mapping[str, Any]) -> frozenset[int]:
    """The ids of the products that a message names."""
    return frozenset(
        item["product_id"] for item in _items(content) if isinstance(item.get("product_id"), int)
    )


def differences(
    first: Mapping[str, Any], second: Mapping[str, Any], *, names: Mapping[int, str], zone: Zone
) -> list[Difference]:
    """Two messages line by line; `names` are those of the products, by id."""
    asked = [field for field in {**_LABELS, **first, **second} if field not in _NOT_SHOWN]
    return [
        Difference(
            _LABELS.get(field, field),
            _text(field, first, names=names, zone=zone),
            _text(field, second, names=names, zone=zone),
        )
        for field in asked
        if first.get(field) or second.get(field)
    ]


def _items(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    items = content.get("items")
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, dict))


def _text(field: str, content: Mapping[str, Any], *, names: Mapping[int, str], zone: Zone) -> str:
    value = content.get(field)
    if value in (None, "", [], {}):
        return "tidak ada"
    if field == "items":
        return ", ".join(_item(item, names=names) for item in _items(content))
    if field == "pieces" and isinstance(value, dict):
        return f"{sum(value.values())} barang"
    if not isinstance(value, str):
        return str(value)
    return _moment(field, value, zone) or _WORDS.get(field, {}).get(value, value)


def _moment(field: str, written: str, zone: Zone) -> str:
    """A day or an instant as people write it; nothing when it is neither."""
    try:
        if field == "sold_on":
            return formats.date(dt.date.fromisoformat(written))
        if field == "sold_at":
            return formats.time(dt.datetime.fromisoformat(written), zone)
    except ValueError:
        pass
    return ""


def _item(item: Mapping[str, Any], *, names: Mapping[int, str]) -> str:
    product = item.get("product_id")
    name = names.get(product, f"produk {product}") if isinstance(product, int) else "produk"
    price = item.get("unit_price")
    at = f" @ {formats.rupiah(price)}" if isinstance(price, int) else ""
    return f"{item.get('pieces')} x {name}{at}"


def held_and_owed(
    balances: Iterable[tuple[AccountKind, int]],
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """What a unit holds, and whose it is, in rupiah; accounts at zero are left out.

    The ledger writes what came in as positive and whose it is as negative, so both lists have
    one sum. Accounts of one kind (a settlement for each other unit) are one line.
    """
    sums: dict[AccountKind, int] = {}
    for account, amount in balances:
        sums[account] = sums.get(account, 0) + amount
    held = [(ACCOUNT_LABELS[kind], sums[kind]) for kind in HELD if sums.get(kind)]
    owed = [
        (ACCOUNT_LABELS[kind], -sums[kind])
        for kind in AccountKind
        if kind not in HELD and sums.get(kind)
    ]
    return held, owed
