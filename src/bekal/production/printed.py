"""The papers of production: labels of pieces, one for each good piece of a batch."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from bekal.foundation import formats
from bekal.places.queries import PlaceNow
from bekal.production.queries import BatchRow, TransferRow
from bekal.ui import pdf


def labels(row: BatchRow, codes: Iterable[str], *, unit: PlaceNow, at: dt.datetime) -> bytes:
    """Sheets of A4 with a label for each code, as PDF; whose work it was stands on none."""
    expires = formats.date(row.expires_on) if row.expires_on else ""
    shared = {
        "product": row.product,
        "unit": unit.name,
        "made": formats.date(row.made_on),
        "expires": expires,
    }
    told = [{**shared, "code": code, **pdf.code_of(label_address(code))} for code in codes]
    data = {"title": f"Label {row.number}", "labels": told}
    return pdf.paper("production/papers/labels.typ", data, made_at=at)


def label_address(code: str) -> str:
    """Where a label is looked up: "/L/<code>"."""
    return f"{settings.BEKAL_ADDRESS}/L/{code}"


def transfer_letter(row: TransferRow, *, day: dt.date, at: dt.datetime) -> bytes:
    """The paper that goes with a transfer, as PDF; its code leads the receiver to the transfer."""
    page = reverse("production:transfer", args=[row.receiver_code, row.id])
    data = {
        "title": "Surat jalan transfer",
        "number": row.letter,
        "day": formats.date(day),
        "sender": row.sender,
        "receiver": row.receiver,
        "product": row.product,
        "code": row.product_code,
        "pieces": formats.thousands(row.pieces),
        "value": formats.rupiah(row.value),
        "sample": row.is_sample,
        **pdf.code_of(f"{settings.BEKAL_ADDRESS}{page}"),
    }
    return pdf.paper("production/papers/transfer.typ", data, made_at=at)
