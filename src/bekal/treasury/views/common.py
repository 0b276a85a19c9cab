"""What the pages of a unit's money share."""

from django.http import HttpResponse
from django.urls import reverse

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest
from bekal.accounts.rules import Permission
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow

WRONG, CONFLICT = 422, 409


def crumb(place: PlaceNow) -> tuple[str, str]:
    """The way back to all of the unit's money."""
    return "Uang", reverse("treasury:home", args=[place.code])


def way(place: PlaceNow, *further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way down from all of the unit's money."""
    return [crumb(place), *further]


def permissions(request: StaffRequest, place: PlaceNow) -> frozenset[Permission]:
    """What to offer; the addresses themselves refuse in any case."""
    return accounts.permissions_at(
        user_id=request.user.pk, place_id=place.id, on=request.scope.today
    )


def to(name: str, *args: object, said: str) -> HttpResponse:
    """Go to a page that says what was done."""
    return see_other(f"{reverse(f'treasury:{name}', args=args)}?tersimpan={said}")
