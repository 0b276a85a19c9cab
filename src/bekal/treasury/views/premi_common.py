"""What the pages of premi share."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.actions import keep_conflict
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.treasury import actions
from bekal.treasury.rules.premi_paying import NewRun
from bekal.treasury.views.common import crumb
from bekal.ui.inputs import show_refusal

WRONG, CONFLICT = 422, 409


def permissions(request: StaffRequest, place: PlaceNow) -> frozenset[Permission]:
    """What to offer; the addresses themselves refuse in any case."""
    return accounts.permissions_at(
        user_id=request.user.pk, place_id=place.id, on=request.scope.today
    )


def crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way down from the premi of a unit."""
    premi = ("Premi", reverse("treasury:premi", args=[place.code])) if further else ("Premi", None)
    return [crumb(place), premi, *further]


def to(name: str, *args: object, said: str) -> HttpResponse:
    """Go to a page of premi that says what was done."""
    return see_other(f"{reverse(f'treasury:{name}', args=args)}?tersimpan={said}")


def prepared(
    request: StaffRequest, place: PlaceNow, form: django_forms.Form, *, new: NewRun
) -> HttpResponse | None:
    """Prepare a run and go to it; None when that is refused, and the form says why.

    What came under a used key is kept for a person of the unit to look at.
    """
    today = today_at(request, place)
    try:
        actions.prepare_run(new=new, today=today, by=request.actor, now=request.now)
    except KeyReused as refused:
        keep_conflict(
            key=new.key,
            door="treasury.premi_run",
            scope=f"place:{place.id}",
            body=new.frozen(),
            by=request.actor,
            now=request.now,
        )
        show_refusal(form, refused)
        form.is_reused = True  # type: ignore[attr-defined]
    except Refused as refused:
        show_refusal(form, refused)
    else:
        return to("premi_run", place.code, new.key, said="siap")
    return None


def form_page(
    request: StaffRequest,
    place: PlaceNow,
    form: django_forms.Form,
    *,
    page: str,
    way: Iterable[tuple[str, str | None]],
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A form, with what was typed when something is wrong with it; the last of `way` is its name.

    A form whose key was used with other content is answered with 409.
    """
    steps = list(way)
    shown = {
        "unit": place,
        "form": form,
        "heading": steps[-1][0],
        "today": today_at(request, place),
        "crumbs": crumbs(place, *steps),
        **(context or {}),
    }
    is_reused = getattr(form, "is_reused", False)
    status = CONFLICT if is_reused else WRONG if form.is_bound else 200
    return render(request, f"treasury/premi/{page}.html", shown, status=status)
