"""The papers of production: labels of pieces, one for each good piece of a batch."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from bekal.foundation import formats
from bekal.places.queries import PlaceNow
from bekal.production.queries import BatchRow
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
