"""The papers of an order: what typst is told of parts, and the PDF that it makes of it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bekal.foundation import formats
from bekal.foundation.clock import local_day
from bekal.foundation.spelled import spelled, spelled_rupiah
from bekal.shop.addresses import order_address
from bekal.shop.printing import Print
from bekal.shop.queries.parts import LineShown, PartShown, Receiver
from bekal.shop.queries.terms import NO_TERMS, Terms
from bekal.shop.rules import (
    RETURN_RULES,
    Delivery,
    GoodsKind,
    Paper,
    PartStatus,
    paper_number,
    papers_left,
)
from bekal.ui import pdf

LABEL_SIZES = ("100x150", "a4")


def paper(name: str, part: PartShown, *, to: Print, terms: Terms = NO_TERMS) -> bytes | None:
    """The paper of a part that is called so in addresses; None where there is no such paper."""
    if name not in papers_of(part):
        return None
    if name == Paper.SLIP:
        return slip(part, to=to)
    make = {
        Paper.DELIVERY_NOTE: delivery_note,
        Paper.INVOICE: invoice,
        Paper.HANDOVER: handover_record,
    }[Paper(name)]
    return make(part, to=to, terms=terms)


def papers_of(part: PartShown) -> frozenset[str]:
    """What may be printed of a part now."""
    return papers_left(order=part.order_status, part=part.status, method=part.method)


def is_packed(part: PartShown) -> bool:
    """Whether goods of this part are to be fetched, packed and labelled."""
    return Paper.SLIP in papers_of(part)


def is_labelled(part: PartShown) -> bool:
    """Whether a courier takes it, who reads where to on its label."""
    return is_packed(part) and part.delivery is Delivery.COURIER


def slip(part: PartShown, *, to: Print) -> bytes:
    """The packing slip that lies in the box."""
    kinds = {GoodsKind.STOCK, *(GoodsKind.MADE for line in part.lines if line.making == "order")}
    days = min(RETURN_RULES[kind].days for kind in kinds)
    return to.paper(
        "slip",
        {
            **_shared(part, title="Isi paket"),
            "fetch_at": _fetch_at(part, to),
            "placed": formats.date(local_day(part.placed_at, to.zone)),
            "note": _to(part).note,
            "rule": f"Laporkan dalam {days} hari sejak diterima.",
        },
    )


def picking_list(parts: Sequence[PartShown], *, to: Print) -> bytes:
    """What to fetch from the shelves for these parts, and what goes into which box."""
    printed = f"{to.day}, {formats.time(to.at, to.zone)}"
    return to.paper(
        "picking",
        {
            "title": "Daftar ambil barang",
            "foot": f"{to.unit.name}, {printed}",
            "printed": printed,
            "goods": _together(line for part in parts for line in part.lines),
            "orders": [
                {
                    "order": part.order_code,
                    "promised": _short(part.ready_by(to.zone)),
                    "delivery": _delivery(part),
                    "name": _to(part).name,
                    "lines": _lines(part),
                    "note": _to(part).note,
                }
                for part in parts
            ],
        },
    )


def labels(parts: Iterable[PartShown], *, size: str, to: Print) -> bytes:
    """Shipping labels: one on a page of 100 x 150 mm, or four on A4."""
    told = [_label(part, to=to) for part in parts]
    return to.paper("label", {"title": "Label kirim", "size": size, "labels": told})


def delivery_note(part: PartShown, *, to: Print, terms: Terms = NO_TERMS) -> bytes:
    """Surat jalan: goes with the goods and is signed on arrival."""
    return to.paper(
        "delivery",
        {
            **_shared(part, title="Surat jalan"),
            "number": number_of("SJ", part),
            "reference": terms.reference,
            "address_lines": _to(part).address_lines,
            "tracking": part.tracking_number,
            "fetch_at": _fetch_at(part, to),
            "sender": terms.signers.giver,
        },
    )


def invoice(part: PartShown, *, to: Print, terms: Terms = NO_TERMS) -> bytes:
    """Faktur: what is owed or was paid to the unit for this part. No tax invoice."""
    due = part.due_on if part.status is not PartStatus.CANCELLED else None
    return to.paper(
        "invoice",
        {
            **_shared(part, title="Faktur"),
            "number": number_of("F", part),
            "day": formats.date(local_day(part.placed_at, to.zone)),
            "reference": terms.reference,
            "due": formats.date(due) if due else "",
            "npwp": terms.npwp,
            "address_lines": _to(part).address_lines,
            "goods": formats.rupiah(part.goods_total),
            "shipping": formats.rupiah(part.fee),
            "total": formats.rupiah(part.total),
            "spelled": spelled_rupiah(part.total),
            "state": _state(part),
            "credits": terms.credits,
            "pay_to": terms.pay_to,
            "treasurer": terms.signers.giver,
        },
    )


def handover_record(part: PartShown, *, to: Print, terms: Terms = NO_TERMS) -> bytes:
    """BAST (berita acara serah terima): both parties say that the goods were handed over."""
    signers = terms.signers
    return to.paper(
        "handover",
        {
            **_shared(part, title="Berita acara serah terima"),
            "number": number_of("BAST", part),
            "reference": terms.reference,
            "day_in_words": day_in_words(local_day(part.received_at or to.at, to.zone)),
            "giver": signers.giver,
            "giver_office": signers.giver_office,
            "taker": signers.taker,
            "taker_office": signers.taker_office,
            "total": formats.rupiah(part.goods_total),
            "spelled": spelled_rupiah(part.goods_total),
        },
    )


def number_of(kind: str, part: PartShown) -> str:
    """The number of a paper of this part, once for each part of an order."""
    return paper_number(kind, order=part.order_code, position=part.position)


def day_in_words(day: dt.date) -> str:
    """A day as handover records begin: "Pada hari ini, Senin, tanggal dua puluh tujuh April"."""
    month = formats.MONTHS[day.month - 1]
    told = f"tanggal {spelled(day.day)} {month} tahun {spelled(day.year)}"
    return f"Pada hari ini, {formats.DAYS[day.weekday()]}, {told}"


def _to(part: PartShown) -> Receiver:
    """Who receives a part, with words that break where they are too long for the paper."""
    fields = ("name", "address", "district", "landmark", "note")
    told = {name: formats.breakable(getattr(part.receiver, name)) for name in fields}
    return replace(part.receiver, **told)


def _fetch_at(part: PartShown, to: Print) -> str:
    """Where and when goods that nobody sends are fetched; empty where the unit says nothing."""
    point = to.reach.point
    is_fetched = part.delivery is Delivery.PICKUP
    return formats.breakable(point.line) if is_fetched and point else ""


def _state(part: PartShown) -> str:
    """What an invoice says of its money."""
    if part.status is PartStatus.CANCELLED:
        return "Dibatalkan. Tidak ada yang harus dibayar."
    return "Lunas" if part.is_settled else "Belum dibayar"


def _shared(part: PartShown, *, title: str) -> dict[str, Any]:
    address = order_address(part.order_code)
    return {
        "title": title,
        "foot": f"{title} {part.order_code}",
        "order": part.order_code,
        "name": _to(part).name,
        "delivery": _delivery(part),
        "lines": _lines(part),
        "pieces": part.pieces,
        "sample": part.is_sample,
        **pdf.code_of(address),
    }


def _label(part: PartShown, *, to: Print) -> dict[str, Any]:
    to_whom = _to(part)
    weight = f"{part.weight_g / 1000:.1f} kg".replace(".", ",")
    return {
        "order": part.order_code,
        "service": _delivery(part),
        "weight": weight if part.weight_g else "",
        "unit": to.unit.name,
        "sender_lines": to.sender_lines,
        "name": to_whom.name,
        "phone": formats.phone(part.receiver.phone) if part.receiver.phone else "",
        "lines": to_whom.address_lines or ["Diambil di bengkel"],
        "landmark": to_whom.landmark,
        "pieces": part.pieces,
        "note": "Contoh: pesanan ini tidak sungguhan." if part.is_sample else "",
        **pdf.code_of(order_address(part.order_code)),
    }


def _lines(part: PartShown) -> list[dict[str, Any]]:
    return [
        {
            "code": line.code,
            "name": formats.breakable(line.name),
            "pieces": line.pieces,
            "price": formats.rupiah(line.unit_price),
            "gross": formats.rupiah(line.gross),
        }
        for line in part.lines
    ]


def _together(lines: Iterable[LineShown]) -> list[dict[str, Any]]:
    """Pieces of each product over all boxes, by name."""
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        sums[line.name, line.code] = sums.get((line.name, line.code), 0) + line.pieces
    return [
        {"name": name, "code": code, "pieces": pieces}
        for (name, code), pieces in sorted(sums.items())
    ]


def _delivery(part: PartShown) -> str:
    return part.service if part.delivery is Delivery.COURIER else "Diambil di bengkel"


def _short(day: dt.date | None) -> str:
    return formats.short_date(day) if day else "belum ada"
