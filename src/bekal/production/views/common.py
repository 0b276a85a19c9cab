"""What the pages of production share."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bekal.accounts.gate import StaffRequest
from bekal.foundation.actions import keep_conflict
from bekal.places.queries import PlaceNow
from bekal.production.rules import NewCount, NewSheet

Crumbs = list[tuple[str, str | None]]
CHECK, SAVE, CHANGE = "periksa", "simpan", "ubah"
WRONG, CONFLICT = 422, 409


def stock_crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from the stock of a unit."""
    return [("Persediaan", reverse("production:stock", args=[place.code])), *further]


def hours_crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from the hours of a unit."""
    way = ("Kapasitas", reverse("production:hours", args=[place.code]))
    return [*stock_crumbs(place), way, *further]


def to(name: str, *args: object, **said: str) -> HttpResponse:
    """Go to a page of production that says what was done."""
    asked = "&".join(f"{key}={value}" for key, value in said.items())
    return redirect(f"{reverse(f'production:{name}', args=args)}{'?' if asked else ''}{asked}")


def keep(
    request: StaffRequest, place: PlaceNow, *, door: str, message: NewSheet | NewCount
) -> None:
    """Keep what came under a used key, for a person of the unit to look at."""
    keep_conflict(
        key=message.key,
        door=door,
        scope=f"place:{place.id}",
        body=message.frozen(),
        by=request.actor,
        now=request.now,
    )
