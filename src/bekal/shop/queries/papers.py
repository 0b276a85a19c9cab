"""The papers of a part for the institution that ordered it, as PDF."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.catalogue import queries as catalogue
from bekal.foundation.clock import local_day
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.shop import printed
from bekal.shop.printing import Print
from bekal.shop.queries.orders import BoughtPart, OrderShown
from bekal.shop.queries.parts import part_of_order
from bekal.shop.queries.terms import terms_of
from bekal.shop.rules import Paper, papers_left

BUYERS_PAPERS: Mapping[str, StrOrPromise] = {
    Paper.INVOICE: _("Faktur"),
    Paper.DELIVERY_NOTE: _("Surat jalan"),
    Paper.HANDOVER: _("Berita acara serah terima"),
}
"""What an institution may have of a part; the packing slip is the unit's own."""


def buyers_papers(order: OrderShown, part: BoughtPart) -> dict[str, StrOrPromise]:
    """What an institution may have of a part of its order, as it stands."""
    left = papers_left(order=order.status, part=part.status, method=order.method)
    papers = {name: label for name, label in BUYERS_PAPERS.items() if name in left}
    if part in order.gone:
        papers[Paper.INVOICE] = _("Faktur dengan nota kredit")
    return papers


def printing_of(unit: PlaceNow, *, now: dt.datetime) -> Print:
    """A printing at a unit, with how it is reached; one statement."""
    reach = catalogue.reach_of(unit_ids=[unit.id]).get(unit.id, catalogue.Reach())
    return Print(unit, now, reach)


def buyers_paper(*, order_id: UUID, part_id: UUID, paper: str, now: dt.datetime) -> bytes | None:
    """A paper of a part of this order; None where there is no such part or paper."""
    part = part_of_order(order_id=order_id, part_id=part_id) if paper in BUYERS_PAPERS else None
    if part is None:
        return None
    zone = places.zone_of(unit_id=part.unit_id)
    unit = places.place_by_id(place_id=part.unit_id, on=local_day(now, zone))
    if unit is None:
        return None
    return printed.paper(paper, part, to=printing_of(unit, now=now), terms=terms_of(part=part))
