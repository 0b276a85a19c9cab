"""What the pages of the desk of orders share."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest
from bekal.accounts.rules import Permission
from bekal.places.queries import PlaceNow
from bekal.shop import queries
from bekal.shop.printing import Print
from bekal.shop.queries import PartShown

Crumb = tuple[str, str | None]


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
    return queries.printing_of(place, now=request.now)
