"""What the pages of the desk of orders share."""

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Zone, local_day
from bekal.places.queries import PlaceNow
from bekal.shop import queries
from bekal.shop.printed import Print
from bekal.shop.queries import PartShown

Crumb = tuple[str, str | None]


def zone_of(place: PlaceNow) -> Zone:
    """The zone that the clocks of a unit keep."""
    return place.zone or Zone.WIB


def today_at(request: StaffRequest, place: PlaceNow) -> dt.date:
    """The present day at a unit."""
    return local_day(request.now, zone_of(place))


def crumbs(place: PlaceNow, *last: Crumb) -> list[Crumb]:
    """The way down from the unit's orders."""
    return [("Pesanan", reverse("orders:list", args=[place.code])), *last]


def the_part(place: PlaceNow, part_id: UUID) -> PartShown:
    """A part that the unit makes. Raises Http404 when it makes none with this id."""
    part = queries.part_of_unit(unit_id=place.id, part_id=part_id)
    if part is None:
        raise Http404
    return part


def part_page(place: PlaceNow, part_id: UUID, *, done: str = "") -> str:
    """The page of a part, which may say what was done."""
    address = reverse("orders:part", args=[place.code, part_id])
    return f"{address}?selesai={done}" if done else address


def problem_page(place: PlaceNow, problem_id: UUID, *, done: str = "") -> str:
    """The page of a problem, which may say what was done."""
    address = reverse("orders:problem", args=[place.code, problem_id])
    return f"{address}?selesai={done}" if done else address


def powers(request: StaffRequest, place: PlaceNow) -> frozenset[Permission]:
    """What the person may do at a unit; one statement."""
    return accounts.permissions_at(
        user_id=request.user.pk, place_id=place.id, on=request.scope.today
    )


def printing(request: StaffRequest, place: PlaceNow) -> Print:
    """A printing at a unit, now."""
    return Print(place, request.now)


def see_other(address: str) -> HttpResponse:
    """Lead away from a form that was carried out, so that a refresh sends nothing again."""
    return HttpResponse(status=303, headers={"Location": address})
