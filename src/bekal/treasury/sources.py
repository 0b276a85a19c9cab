"""Where the source of an entry can be looked at: its receipt, its refund's receipt, its payment."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from bekal.places.queries import PlaceNow
from bekal.sales import queries as sales


def addresses_of(sources: Iterable[str], place: PlaceNow) -> dict[str, str]:
    """The page of each source that has one at a unit; one statement where there are refunds.

    A refund leads to the receipt that it took back.
    """
    wanted = {source: source.partition(":")[::2] for source in sources}
    uuids = (_uuid(key) for cause, key in wanted.values() if cause == "refund")
    refunds = {uuid for uuid in uuids if uuid is not None}
    sale_of = sales.sales_of_refunds(refund_ids=refunds) if refunds else {}
    found = {
        source: _address(cause, key, place, sale_of=sale_of)
        for source, (cause, key) in wanted.items()
    }
    return {source: address for source, address in found.items() if address}


def _address(cause: str, key: str, place: PlaceNow, *, sale_of: Mapping[UUID, UUID]) -> str:
    uuid = _uuid(key)
    sale = sale_of.get(uuid) if cause == "refund" and uuid else uuid if cause == "sale" else None
    if sale is not None:
        return reverse("sales:receipt", args=[place.code, sale])
    if cause == "deposit" and uuid:
        return reverse("treasury:deposit", args=[place.code, uuid])
    if cause == "clearing" and uuid:
        return reverse("treasury:clearing", args=[place.code, uuid])
    if cause == "overpaid" and uuid:
        return reverse("treasury:premi_clearing", args=[place.code, uuid])
    page = _PAGES.get(cause)
    return reverse(page, args=[place.code]) if page else ""


_PAGES = {
    "receipt": "payments:money_in",
    "application": "payments:money_in",
    "payout": "payments:money_out",
    "transfer": "payments:money_out",
    "premi": "treasury:premi",
    "premirun": "treasury:premi_runs",
    "savings": "treasury:premi",
    "setoff": "treasury:pnbp",
    "pnbplift": "treasury:pnbp",
}
"""Causes whose page is a list of the unit."""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
