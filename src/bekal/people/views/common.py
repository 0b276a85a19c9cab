"""What the pages of makers share."""

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, today_at
from bekal.accounts.rules import Permission
from bekal.people import actions, queries
from bekal.people.queries import MakerRow
from bekal.people.rules import KeysMissing, Why
from bekal.places.queries import PlaceNow

Crumbs = list[tuple[str, str | None]]
WRONG = 422


def permissions(request: StaffRequest, place: PlaceNow) -> frozenset[Permission]:
    """What to offer; the addresses themselves refuse in any case."""
    return accounts.permissions_at(
        user_id=request.user.pk, place_id=place.id, on=request.scope.today
    )


def the_maker(request: StaffRequest, place: PlaceNow, code: str) -> MakerRow:
    """The maker, where the unit has them; Http404 for everybody else's."""
    found = queries.maker_of(unit_id=place.id, code=code, on=today_at(request, place))
    if found is None:
        raise Http404
    return found


def names(
    request: StaffRequest, place: PlaceNow, *codes: str, why: Why
) -> tuple[dict[str, str], str]:
    """The names of makers, by code, and why they cannot be read; the audit keeps the reading."""
    try:
        found = actions.read_names(
            codes=codes,
            unit_id=place.id,
            why=why,
            allowed_by=Permission.SEE_MAKERS,
            by=request.actor,
            now=request.now,
        )
    except KeysMissing as missing:
        return {}, missing.message
    return found, ""


def crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from the makers of a unit."""
    return [("Pembuat", reverse("people:list", args=[place.code])), *further]


def to(name: str, *args: object, said: str) -> HttpResponse:
    """Go to a page that says what was done."""
    return redirect(f"{reverse(f'people:{name}', args=args)}?tersimpan={said}")


def form_page(
    request: StaffRequest,
    place: PlaceNow,
    form: django_forms.Form,
    *,
    page: str,
    heading: str,
    row: MakerRow | None = None,
    **context: Any,  # noqa: ANN401 - what the template of the form asks for
) -> HttpResponse:
    """A form of a maker, with what was typed when something is wrong with it."""
    way = [(row.code, reverse("people:maker", args=[place.code, row.code]))] if row else []
    shown = {
        "unit": place,
        "form": form,
        "row": row,
        "heading": heading,
        "today": today_at(request, place),
        "crumbs": crumbs(place, *way, (heading, None)),
        **context,
    }
    return render(request, f"people/{page}.html", shown, status=WRONG if form.is_bound else 200)
