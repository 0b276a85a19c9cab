"""Events of the audit as the trail shows them. Asks nothing."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from bekal.foundation.actors import ActorKind

HEADING = ("pada_utc", "pelaku", "sumber", "perbuatan", "objek", "isi", "rantai", "urutan", "segel")
TOPICS = {
    "sales": "Penjualan",
    "ledger": "Aturan bagi hasil",
    "payments": "Uang masuk dan keluar",
    "treasury": "Uang",
    "shop": "Pesanan",
    "production": "Barang dan bengkel",
    "people": "Pembuat",
    "catalogue": "Produk",
    "accounts": "Akun dan peran",
    "places": "Susunan",
    "institutions": "Lembaga",
}
_SOURCES = {
    ActorKind.USER: "web",
    ActorKind.TOKEN: "API",
    ActorKind.JOB: "tugas otomatis",
    ActorKind.COMMAND: "perintah",
    ActorKind.BUYER: "toko",
    ActorKind.WEBHOOK: "layanan luar",
    ActorKind.DEVICE: "perangkat",
}
_PAIRS = (("from", "to"), ("before", "after"), ("old", "new"))
_REASONS = ("reason", "why", "citation", "note")


@dataclass(frozen=True)
class Told:
    """An event: who, by which way, what, to what; what changed, why, and everything else."""

    event: Any
    by: str
    source: str
    topic: str
    changed: tuple[str, str] | None
    reason: str
    details: list[tuple[str, str]]


def tell(event: Any, *, by: str) -> Told:  # noqa: ANN401  an event of the audit
    """An event in words; before and after, and a reason, where its detail has them."""
    detail = _detail(event)
    pair = next(((a, b) for a, b in _PAIRS if a in detail or b in detail), None)
    reason = next((key for key in _REASONS if detail.get(key)), "")
    shown = {key: value for key, value in detail.items() if key != reason}
    changed = None
    if pair is not None:
        changed = (_text(shown.pop(pair[0], "")), _text(shown.pop(pair[1], "")))
    return Told(
        event,
        by,
        source_of(event.actor),
        TOPICS.get(event.action.partition(".")[0], ""),
        changed,
        _text(detail[reason]) if reason else "",
        [(key.replace("_", " "), _text(value)) for key, value in shown.items()],
    )


def source_of(actor: str) -> str:
    """By which way somebody acted."""
    kind = actor.partition(":")[0]
    return _SOURCES[ActorKind(kind)] if kind in set(ActorKind) else "sistem"


def cells(event: Any) -> tuple[object, ...]:  # noqa: ANN401
    """An event as the row of a file, in the order of HEADING."""
    return (
        event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        event.actor,
        source_of(event.actor),
        event.action,
        event.object_key,
        event.detail,
        event.chain,
        event.seq,
        bytes(event.seal).hex(),
    )


def _detail(event: Any) -> dict[str, Any]:  # noqa: ANN401
    found = json.loads(event.detail)
    return found if isinstance(found, dict) else {"isi": found}


def _text(value: object) -> str:
    if value is None or value == "":
        return "kosong"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
