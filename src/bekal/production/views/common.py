"""What the pages of production share."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bekal.accounts.gate import StaffRequest
from bekal.foundation.actions import keep_conflict
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import as_file as as_file
from bekal.places.queries import PlaceNow
from bekal.production.forms.fields import Keyed
from bekal.ui.inputs import show_refusal

Crumbs = list[tuple[str, str | None]]
CHECK, SAVE, CHANGE = "periksa", "simpan", "ubah"
DONE, WRONG, CONFLICT = 302, 422, 409


class Keeping(Protocol):
    """A message that came under a key."""

    @property
    def key(self) -> UUID:
        """Its key."""
        ...

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        ...


def stock_crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from the stock of a unit."""
    return [("Persediaan", reverse("production:stock", args=[place.code])), *further]


def hours_crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from the hours of a unit."""
    way = ("Kapasitas", reverse("production:hours", args=[place.code]))
    return [*stock_crumbs(place), way, *further]


def materials_crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from the materials of a unit."""
    way = ("Bahan", reverse("production:materials", args=[place.code]))
    return stock_crumbs(place, way, *further)


def made_crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from what a unit made."""
    return [("Produksi", reverse("production:batches", args=[place.code])), *further]


def to(name: str, *args: object, **said: str) -> HttpResponse:
    """Go to a page of production that says what was done."""
    asked = "&".join(f"{key}={value}" for key, value in said.items())
    return redirect(f"{reverse(f'production:{name}', args=args)}{'?' if asked else ''}{asked}")


def keep(request: StaffRequest, place: PlaceNow, *, door: str, message: Keeping) -> None:
    """Keep what came under a used key, for a person of the unit to look at."""
    keep_conflict(
        key=message.key,
        door=door,
        scope=f"place:{place.id}",
        body=message.frozen(),
        by=request.actor,
        now=request.now,
    )


def submit(
    request: StaffRequest,
    place: PlaceNow,
    form: Keyed,
    *,
    act: Callable[..., object],
    door: str,
    message: Keeping,
) -> int:
    """Do what a valid form asks under its key: DONE, or the status with which to show it again."""
    try:
        act(by=request.actor, now=request.now)
    except Refused as refused:
        return refuse(request, place, form, refused=refused, door=door, message=message)
    return DONE


def refuse(
    request: StaffRequest,
    place: PlaceNow,
    form: Keyed,
    *,
    refused: Refused,
    door: str,
    message: Keeping,
) -> int:
    """Show on the form what was refused; a used key is kept for a person to look at. The status."""
    show_refusal(form, refused)
    if not isinstance(refused, KeyReused):
        return WRONG
    keep(request, place, door=door, message=message)
    form.renew_key()
    return CONFLICT


def status_of(form: Form, status: int) -> int:
    """The status of a page with a form: a used key stays a conflict, any other mistake is wrong."""
    return WRONG if form.errors and status != CONFLICT else status
