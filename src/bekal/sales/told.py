"""Facts of sales as pages tell them: words for codes, sums for parts. Nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page

from bekal.accounts import queries as accounts
from bekal.audit import queries as audit
from bekal.foundation.clock import Zone, local_day
from bekal.ledger import queries as ledger
from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind, split
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.sales import queries
from bekal.sales.models import Refund, Sale, SaleLine
from bekal.sales.rules import (
    BUYER_LABELS,
    CHANNEL_LABELS,
    PAYMENT_LABELS,
    REFUND_LABELS,
    BuyerClass,
    Channel,
    PaymentKind,
    RefundKind,
)
from bekal.sales.why import labelled, why

HEADING = (
    "nomor",
    "tanggal",
    "zona",
    "saluran",
    "pembeli",
    "bayar",
    "barang",
    "bruto",
    "dikembalikan",
    "bersih",
    "data_contoh",
)
_EVENTS = {
    "sales.record": "Dicatat",
    "sales.correction": "Dibatalkan, salah catat",
    "sales.return": "Barang kembali",
}


@dataclass(frozen=True)
class SaleTold:
    """A receipt in words; amounts are rupiah, `parts` what each account kept."""

    channel: str
    buyer: str
    payment: str
    parts: list[tuple[str, int]]
    returned: int
    refunds: list["RefundTold"]

    @property
    def has_band(self) -> bool:
        """Whether the parts can be drawn: some, and none a rupiah below zero."""
        return bool(self.parts) and all(amount >= 0 for _, amount in self.parts)


@dataclass(frozen=True)
class RefundTold:
    """What came back at one time; `lines` are (name, pieces, rupiah)."""

    refund: Refund
    kind: str
    lines: list[tuple[str, int, int]]


@dataclass(frozen=True)
class ReceiptRow:
    """One receipt of the list."""

    sale: Sale
    channel: str
    buyer: str
    payment: str
    pieces: int
    returned: int

    @property
    def manner(self) -> str:
        """Channel, buyer and payment in one line."""
        return f"{self.channel} · {self.buyer} · {self.payment}"

    @property
    def net(self) -> int:
        """Rupiah less what came back."""
        return self.sale.total - self.returned


def page_of(page: Page[Any]) -> Page[Any]:
    """A page of receipts with their words."""
    page.object_list = list(rows_of(page.object_list))
    return page


def rows_of(receipts: Iterable[Any]) -> Iterator[ReceiptRow]:
    """The receipts of queries.receipts_of with their words."""
    for sale in receipts:
        yield ReceiptRow(sale, *_words(sale), pieces=sale.pieces, returned=sale.returned)


def _words(sale: Sale) -> tuple[str, str, str]:
    return (
        CHANNEL_LABELS[Channel(sale.channel)],
        BUYER_LABELS[BuyerClass(sale.buyer_class)],
        PAYMENT_LABELS[PaymentKind(sale.payment)],
    )


def cells_of(row: ReceiptRow) -> tuple[object, ...]:
    """A receipt as the row of a file, in the order of HEADING."""
    sale = row.sale
    sums = (row.pieces, sale.total, row.returned, row.net, "ya" if sale.is_sample else "")
    return (str(sale), sale.sold_on, sale.zone, *_words(sale), *sums)


def tell(sale: Sale) -> SaleTold:
    """A receipt of queries.receipt in words; asks the database nothing."""
    names = {line.pk: line.name for line in sale.lines.all()}
    parts: dict[AccountKind, int] = {}
    _add(parts, (line.parts for line in sale.lines.all()), sign=1)
    refunds = []
    for refund in sale.refunds.all():
        _add(parts, (line.parts for line in refund.lines.all()), sign=-1)
        lines = [(names[line.line_id], line.pieces, line.amount) for line in refund.lines.all()]
        kind = REFUND_LABELS[RefundKind(refund.kind)]
        refunds.append(RefundTold(refund, kind, lines))
    returned = sum(told.refund.total for told in refunds)
    return SaleTold(*_words(sale), labelled(parts), returned, refunds)


def collector_of(sale: Sale, place: PlaceNow) -> str:
    """The unit that received the money of a sale of `place` by an order; empty for other sales.

    Asks nothing where that is the unit itself.
    """
    if sale.collector_id in {None, place.id}:
        return place.name if sale.collector_id else ""
    collector = places.place_by_id(place_id=sale.collector_id, on=sale.sold_on)
    return collector.name if collector else "unit yang sudah ditutup"


def _add(parts: dict[AccountKind, int], stored: Iterable[Mapping[str, int]], *, sign: int) -> None:
    for each in stored:
        for account, amount in each.items():
            kind = AccountKind(account)
            parts[kind] = parts.get(kind, 0) + sign * amount


def pieces_left(sale: Sale) -> int:
    """Pieces of a receipt of queries.receipt that have not come back."""
    sold = sum(line.pieces for line in sale.lines.all())
    return sold - sum(line.pieces for refund in sale.refunds.all() for line in refund.lines.all())


def trail_of(sale: Sale) -> dict[str, Any]:
    """Who recorded a receipt, and what the audit knows of it, oldest first; two statements."""
    events = list(audit.events_of(object_key=f"sale:{sale.pk}"))
    names = accounts.names_of(actors={sale.recorded_by, *(event.actor for event in events)})
    told = [
        {
            "what": _EVENTS.get(event.action, event.action),
            "at": event.at,
            "on": local_day(event.at, Zone(sale.zone)),
            "by": names[event.actor],
            "link": f"{event.chain} #{event.seq}",
        }
        for event in events
    ]
    return {"recorder": names[sale.recorded_by], "events": told}


def reasons_of(line: SaleLine, place: PlaceNow) -> dict[str, Any]:
    """All that explains one line: its rule, the steps, what came back, and the books."""
    collector = collector_of(line.sale, place)
    rule = ledger.rule_by_id(rule_id=line.rule_id)
    price, pieces, cost = line.unit_price, line.pieces, line.unit_cost
    whole = split(rule, unit_price=price, pieces=pieces, unit_cost=cost)
    kept: dict[AccountKind, int] = {}
    _add(kept, [line.parts], sign=1)
    parts = labelled(kept)
    returned = []
    for back in queries.refund_lines_of(line_id=line.pk):
        _add(kept, [back.parts], sign=-1)
        amounts = {AccountKind(account): amount for account, amount in back.parts.items()}
        kind = REFUND_LABELS[RefundKind(back.refund.kind)]
        returned.append({"line": back, "kind": kind, "parts": labelled(amounts)})
    return {
        "rule": rule,
        "why": why(rule, whole, unit_price=price, pieces=pieces, unit_cost=cost),
        "parts": parts,
        "returned": returned,
        "kept": labelled(kept),
        "kept_total": sum(kept.values()),
        "collector": collector,
        "entries": _entries(line.sale, collector=collector),
    }


def _entries(sale: Sale, *, collector: str) -> list[dict[str, Any]]:
    """The entries that a receipt caused, each with its lines as (account, debit, credit).

    Accounts of the unit that collected the money of an order are told with its name.
    """
    entries: dict[int, dict[str, Any]] = {}
    for line in ledger.lines_of(source=f"sale:{sale.pk}"):
        told = entries.setdefault(line.entry_id, {"entry": line.entry, "lines": []})
        label = ACCOUNT_LABELS[AccountKind(line.account.kind)]
        label += "" if line.unit_id == sale.unit_id else f", {collector}"
        told["lines"].append((label, max(line.amount, 0), max(-line.amount, 0)))
    return list(entries.values())
