"""The words of the desk. Pure."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.clock import Zone
from bekal.foundation.refusals import Refused
from bekal.front.message_doors import DOORS as DOORS
from bekal.front.message_doors import Door as Door
from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind
from bekal.production.rules import (
    CAUSE_LABELS,
    FUND_LABELS,
    MODEL_LABELS,
    PAID_FROM_LABELS,
    REASON_LABELS,
    WHY_LABELS,
)
from bekal.sales.rules import (
    BUYER_LABELS,
    CHANNEL_LABELS,
    GOODS_LABELS,
    PAYMENT_LABELS,
    REFUND_LABELS,
)
from bekal.treasury.rules import WAY_LABELS

HELD = (
    AccountKind.CASH,
    AccountKind.BANK,
    AccountKind.QRIS,
    AccountKind.RECEIVABLE,
    AccountKind.SETTLEMENT,
)
"""The accounts of money that came in; all others say whose it is."""


class NotTheirTask(Refused):
    """A conflict at a door that the person may not send messages to."""

    def __init__(self) -> None:
        """One sentence that says whose it is."""
        super().__init__("Kiriman ini diperiksa oleh orang yang boleh mengerjakannya di unit ini.")


def doors_for(may: frozenset[Permission]) -> frozenset[str]:
    """The doors whose conflicts are the task of somebody with these permissions."""
    return frozenset(name for name, door in DOORS.items() if door.task_of in may)


_LABELS = {
    "sold_on": "Tanggal",
    "sold_at": "Jam",
    "items": "Barang",
    "channel": "Saluran",
    "buyer_class": "Pembeli",
    "payment": "Bayar",
    "kind": "Jenis",
    "pieces": "Jumlah",
    "goods": "Barangnya",
    "cause": "Sebab",
    "reason": "Alasan",
    "code": "Aturan",
    "product": "Produk",
    "amount": "Rupiah",
    "from": "Berlaku mulai",
    "valid_from": "Berlaku mulai",
    "activity": "Kegiatan",
    "citation": "Dasar hukum",
    "note": "Catatan",
    "courier": "Kurir",
    "name": "Nama",
    "service_id": "Nomor layanan",
    "area": "Kode tujuan",
    "first_kg": "Kg pertama",
    "next_kg": "Kg berikutnya",
    "means": "Lewat",
    "method": "Lewat",
    "proof": "Nomor bukti",
    "paid_on": "Tanggal dibayar",
    "reference": "Nomor rujukan",
    "received_on": "Tanggal masuk",
    "why": "Alasan",
    "label": "Pesanan",
    "supplier": "Dari",
    "bought_on": "Tanggal nota",
    "lines": "Bahan",
    "fund": "Dana",
    "paid_from": "Uang dari",
    "quantity": "Jumlah",
    "billing_code": "Kode billing",
    "expires_on": "Berlaku sampai",
    "ntpn": "NTPN",
    "year": "Tahun",
    "document": "Nomor surat",
    "late_reason": "Alasan terlambat",
    "more_reason": "Alasan disetor lebih",
    "denominations": "Pecahan",
    "day": "Hari",
    "month": "Bulan",
    "planted_on": "Hari tanam",
    "harvested_on": "Hari panen",
    "recipient": "Penerima",
    "fate": "Untuk",
    "until": "Sampai",
    "made_on": "Dibuat pada",
    "good": "Jadi",
    "rejected": "Gagal",
    "model": "Model kerja",
    "partner": "Mitra",
    "best_before": "Kedaluwarsa",
    "shares": "Menit kerja",
    "returned": "Bahan yang kembali",
    "rejects": "Tidak lulus",
    "way": "Cara",
    "decision": "Putusan",
}
_NOT_SHOWN = frozenset(
    {
        *("key", "unit_id", "sale", "place", "debt", "receipt", "receipt_id", "request"),
        *("subject", "application", "what", "payer_id", "payee_id", "payee", "material", "seen"),
        *("unit", "expected", "replaces", "workshop", "payment", "line"),
        *("batch", "findings", "clearing", "to", "transfer"),
    }
)
_DAYS = {"sold_on", "bought_on", "made_on", "best_before", "from", "valid_from"}
_WORDS: dict[str, Mapping[Any, str]] = {
    "channel": CHANNEL_LABELS,
    "buyer_class": BUYER_LABELS,
    "payment": PAYMENT_LABELS,
    "kind": REFUND_LABELS,
    "goods": GOODS_LABELS,
    "cause": {**REASON_LABELS, **CAUSE_LABELS},
    "fund": FUND_LABELS,
    "paid_from": PAID_FROM_LABELS,
    "why": WHY_LABELS,
    "model": MODEL_LABELS,
    "way": WAY_LABELS,
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


def read_message(body: bytes) -> dict[str, Any]:
    """The content of a frozen message; one that cannot be read is shown as it is."""
    try:
        content = json.loads(body)
    except ValueError:
        return {"isi": body.decode(errors="replace")}
    return content if isinstance(content, dict) else {"isi": content}


def products_in(content: Mapping[str, Any]) -> frozenset[int]:
    """The ids of the products that a message names."""
    named = [item.get("product_id") for item in _items(content)] + [content.get("product")]
    return frozenset(product for product in named if isinstance(product, int))


def differences(
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    *,
    names: Mapping[int | str, str],
    zone: Zone,
) -> list[Difference]:
    """Two messages line by line; `names`: of products by id, of documented splits by code."""
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


def _text(
    field: str, content: Mapping[str, Any], *, names: Mapping[int | str, str], zone: Zone
) -> str:
    value = content.get(field)
    if value in (None, "", [], {}):
        return "tidak ada"
    if field == "items":
        return ", ".join(_item(item, names=names) for item in _items(content))
    if field == "pieces" and isinstance(value, dict):
        return f"{sum(value.values())} barang"
    if field in {"code", "product"} and isinstance(value, int | str):
        return names.get(value, value if isinstance(value, str) else "produk lain")
    return _plain(field, value, zone)


def _plain(field: str, value: object, zone: Zone) -> str:
    """What needs no names: rupiah, days and instants, and the words for codes."""
    if field in {"amount", "first_kg", "next_kg"} and isinstance(value, int):
        return formats.rupiah(value)
    if not isinstance(value, str):
        return str(value)
    return _moment(field, value, zone) or _WORDS.get(field, {}).get(value, value)


def _moment(field: str, written: str, zone: Zone) -> str:
    """A day or an instant as people write it; nothing when it is neither."""
    try:
        if field in _DAYS:
            return formats.date(dt.date.fromisoformat(written))
        if field == "sold_at":
            return formats.time(dt.datetime.fromisoformat(written), zone)
    except ValueError:
        pass
    return ""


def _item(item: Mapping[str, Any], *, names: Mapping[int | str, str]) -> str:
    product = item.get("product_id")
    name = names.get(product, "produk lain") if isinstance(product, int) else "produk"
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
