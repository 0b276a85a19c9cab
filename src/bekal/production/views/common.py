"""What the pages of production share."""

import datetime as dt
from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest
from bekal.accounts.rules import Permission
from bekal.foundation.actions import keep_conflict
from bekal.foundation.clock import Zone, local_day
from bekal.places.queries import PlaceNow
from bekal.production.rules import NewCount, NewSheet

Crumbs = list[tuple[str, str | None]]
CHECK, SAVE, CHANGE = "periksa", "simpan", "ubah"
WRONG, CONFLICT = 422, 409


def zone_of(place: PlaceNow) -> Zone:
    """The unit's own zone."""
    return place.zone or Zone.WIB


def today_at(request: StaffRequest, place: PlaceNow) -> dt.date:
    """The unit's own day."""
    return local_day(request.now, zone_of(place))


def may(request: StaffRequest, place: PlaceNow, permission: Permission) -> bool:
    """Whether to offer something; the addresses themselves refuse in any case."""
    return accounts.may(
        user_id=request.user.pk,
        permission=permission,
        place_id=place.id,
        on=request.scope.today,
    )


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


def said(request: StaffRequest, words: Mapping[str, str]) -> str:
    """What the page before has done, as this one says it."""
    return words.get(request.GET.get("tersimpan", ""), "")
