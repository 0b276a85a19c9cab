"""The tables of an evidence bundle: what each row says, in whole rupiah and UTC."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind, SplitRule

Row = tuple[object, ...]
Codes = Mapping[int, tuple[str, str]]
RECEIPTS = (
    "urutan",
    "peringkat",
    "id",
    "nomor",
    "unit",
    "tanggal",
    "zona",
    "saluran",
    "pembeli",
    "bayar",
    "rupiah",
    "dicatat_pada",
    "dicatat_oleh",
)
LINES = ("nota", "baris", "barang", "buah", "harga", "harga_pokok", "rupiah", "aturan", "dasar")
PARTS = ("nota", "baris", "akun", "rupiah")
REFUNDS = ("nota", "id", "jenis", "dihitung_pada", "alasan", "rupiah", "dicatat_pada", "oleh")
ENTRIES = (
    "jurnal",
    "sumber",
    "tanggal",
    "keterangan",
    "unit",
    "akun",
    "debit",
    "kredit",
    "dibukukan_pada",
    "oleh",
)
EVENTS = (
    "rantai",
    "urutan",
    "pada",
    "pelaku",
    "perbuatan",
    "objek",
    "isi",
    "segel_sebelumnya",
    "segel",
)


def receipts(sales: Sequence[Any], codes: Codes, ranked: Sequence[str]) -> Iterator[Row]:
    """The receipts in the order of drawing."""
    for position, (sale, number) in enumerate(zip(sales, ranked, strict=True), start=1):
        yield (
            position,
            number,
            sale.pk,
            str(sale),
            codes[sale.unit_id][0],
            sale.sold_on,
            sale.zone,
            sale.channel,
            sale.buyer_class,
            sale.payment,
            sale.total,
            instant(sale.recorded_at),
            sale.recorded_by,
        )


def lines(sales: Sequence[Any], rules: Mapping[int, SplitRule]) -> Iterator[Row]:
    """What was sold, each line with the rule by which it was split."""
    for sale in sales:
        for line in sale.lines.all():
            rule = rules[line.rule_id]
            yield (
                sale.pk,
                line.pk,
                line.name,
                line.pieces,
                line.unit_price,
                line.unit_cost,
                line.gross,
                rule.name,
                rule.citation,
            )


def parts(sales: Sequence[Any]) -> Iterator[Row]:
    """Whose each line's money is, account by account."""
    for sale in sales:
        for line in sale.lines.all():
            for account, amount in sorted(line.parts.items()):
                yield (sale.pk, line.pk, ACCOUNT_LABELS[AccountKind(account)], amount)


def refunds(found: Iterable[Any]) -> Iterator[Row]:
    """What was taken back up to the sample's instant."""
    for refund in found:
        yield (
            refund.sale_id,
            refund.pk,
            refund.kind,
            refund.counts_on,
            refund.reason,
            refund.total,
            instant(refund.recorded_at),
            refund.recorded_by,
        )


def entries(found: Iterable[Any], codes: Codes) -> Iterator[Row]:
    """The entries that these receipts and refunds caused, line by line."""
    for entry in found:
        for line in entry.lines.all():
            yield (
                entry.pk,
                entry.source,
                entry.occurred_on,
                entry.memo,
                codes.get(line.unit_id, (str(line.unit_id), ""))[0],
                ACCOUNT_LABELS[AccountKind(line.account.kind)],
                max(line.amount, 0),
                max(-line.amount, 0),
                instant(entry.posted_at),
                entry.posted_by,
            )


def events(found: Iterable[Any]) -> Iterator[Row]:
    """What the audit keeps of them, with the seals by which the chain can be computed again."""
    for event in found:
        yield (
            event.chain,
            event.seq,
            event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            event.actor,
            event.action,
            event.object_key,
            event.detail,
            bytes(event.previous).hex(),
            bytes(event.seal).hex(),
        )


def receipt_told(sale: Any, codes: Codes, *, until: dt.datetime) -> dict[str, Any]:  # noqa: ANN401
    """One receipt whole, for a file of its own."""
    return {
        "id": sale.pk,
        "number": str(sale),
        "unit": codes[sale.unit_id][0],
        "sold_on": sale.sold_on,
        "zone": sale.zone,
        "channel": sale.channel,
        "buyer_class": sale.buyer_class,
        "payment": sale.payment,
        "total": sale.total,
        "recorded_at": instant(sale.recorded_at),
        "recorded_by": sale.recorded_by,
        "lines": [
            {
                "id": line.pk,
                "name": line.name,
                "pieces": line.pieces,
                "unit_price": line.unit_price,
                "gross": line.gross,
                "rule": line.rule_id,
                "parts": line.parts,
            }
            for line in sale.lines.all()
        ],
        "refunds": [
            {"id": refund.pk, "kind": refund.kind, "total": refund.total}
            for refund in sale.refunds.all()
            if refund.recorded_at <= until
        ],
    }


def instant(moment: dt.datetime) -> str:
    """A moment as the tables tell it: in UTC, to the second."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
