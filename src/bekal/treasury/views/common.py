"""What the pages of a unit's money share."""

from typing import Protocol
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest
from bekal.accounts.rules import Permission
from bekal.foundation.actions import keep_conflict
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import show_refusal

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


def to(name: str, *args: object, said: str = "") -> HttpResponse:
    """Go to a page, which says what was done if anything was."""
    address = reverse(f"treasury:{name}", args=args)
    return see_other(f"{address}?tersimpan={said}" if said else address)


class Message(Protocol):
    """What a form asks an action for, under its key."""

    @property
    def key(self) -> UUID:
        """The key of the form."""

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""


def refuse(
    request: StaffRequest,
    place: PlaceNow,
    form: forms.Form,
    *,
    refused: Refused,
    door: str,
    message: Message,
) -> int:
    """Show what was refused; a used key is also kept for a person. The status of the answer."""
    show_refusal(form, refused)
    if not isinstance(refused, KeyReused):
        return WRONG
    keep_conflict(
        key=message.key,
        door=door,
        scope=f"place:{place.id}",
        body=message.frozen(),
        by=request.actor,
        now=request.now,
    )
    return CONFLICT
