"""Resellers before their own prices; units before the terms that they give."""

import datetime as dt
from uuid import UUID

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation import clock
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms, obstacles, queries
from bekal.institutions.models import ResaleTerms
from bekal.institutions.queries import Resold
from bekal.institutions.views.common import (
    CHANGE,
    CONFLICT,
    SAVE,
    UNREADY,
    actor_of,
    institution_at,
    private,
    today,
)
from bekal.institutions.views.supplying import way_to
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.shop import queries as shop

_FORM = ["GET", "HEAD", "POST"]


@private
@require_http_methods(_FORM)
def prices(request: HttpRequest, institution: str) -> HttpResponseBase:
    """A reseller's own prices, and ordering by them."""
    reseller = institution_at(institution)
    on = today()
    terms = queries.resale_terms(institution_id=reseller.pk, on=on) if reseller.checked_at else []
    goods = queries.resale_goods(terms=terms, on=on)
    form = forms.ResaleForm(request.POST if request.method == "POST" else None, goods=goods)
    step = request.POST.get("langkah", "")
    status = UNREADY if form.is_bound and step != CHANGE else 200
    if step != CHANGE and form.is_valid():
        new = actions.NewResale(form.key, reseller.pk, form.chosen)
        try:
            return _next(request, form, new, key=institution)
        except Refused as refused:
            obstacles.show(form, refused, on=on)
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    context = {
        "institution": reseller,
        "key": institution,
        "form": form,
        "rows": _fields(form, on=on),
        "sent_key": form.key_to_send(is_used=status == CONFLICT),
    }
    return render(request, "institutions/resale/prices.html", context, status=status)


def _next(
    request: HttpRequest, form: forms.ResaleForm, new: actions.NewResale, *, key: str
) -> HttpResponse:
    """Show what would be ordered, or order it."""
    by, now = actor_of(new.institution_id), clock.now()
    if request.POST.get("langkah") == SAVE:
        code = actions.order_for_resale(new=new, by=by, now=now)
        return see_other(f"{reverse('lembaga:home', args=[key])}?pesanan={code}")
    foreseen = actions.foresee_resale(new=new, by=by, now=now)
    units = places.last_called(
        place_ids={one.goods.unit_id for one, _pieces, _sum in form.taken}, on=today()
    )
    rows = [(*row, units[row[0].goods.unit_id][1]) for row in form.taken]
    context = {"form": form, "rows": rows, "foreseen": foreseen, "key": key}
    return render(request, "institutions/resale/check.html", context)


def _fields(form: forms.ResaleForm, *, on: dt.date) -> list[tuple[Resold, BoundField, str]]:
    """What may be bought, with the field of its pieces and what its unit is called."""
    names = places.last_called(place_ids={one.goods.unit_id for one in form.goods}, on=on)
    return [(one, form[forms.resale_field(one)], names[one.goods.unit_id][1]) for one in form.goods]


@needs(Permission.SEE_CATALOGUE)
@require_safe
def index(request: StaffRequest, unit: str) -> HttpResponse:
    """Which resellers buy on which terms, and what stays at its cost."""
    place = request.scope.unit(unit)
    return _page(request, place, form=None)


@needs(Permission.SET_PRICE)
@require_http_methods(_FORM)
def change(request: StaffRequest, unit: str) -> HttpResponse:
    """Set terms from a day on."""
    place = request.scope.unit(unit)
    if request.method != "POST":
        return see_other(reverse("resale:index", args=[place.code]))
    form = forms.ResaleTermsForm(request.POST, resellers=queries.resellers())
    status = UNREADY
    if form.is_valid():
        asked = form.cleaned_data
        new = actions.NewResaleTerms(
            key=form.key,
            institution_id=UUID(asked["reseller"]),
            unit_id=place.id,
            valid_from=asked["valid_from"],
            percent=asked["percent"],
            least=asked["least"],
        )
        try:
            actions.set_resale_terms(new=new, by=request.actor, now=request.now)
            return see_other(f"{reverse('resale:index', args=[place.code])}?tersimpan")
        except Refused as refused:
            form.show(refused)
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    return _page(request, place, form=form, status=status)


def _page(
    request: StaffRequest,
    place: PlaceNow,
    *,
    form: forms.ResaleTermsForm | None,
    status: int = 200,
) -> HttpResponse:
    on = today_at(request, place)
    resellers = queries.resellers()
    rows = queries.unit_resale(unit_id=place.id)
    names = shop.institution_names(ids={one.institution_id for one in rows})
    now = _in_force(rows, on=on)
    deepest = max(now, key=lambda one: one.percent, default=None)
    goods = queries.resale_goods(terms=[deepest], on=on) if deepest else []
    may = accounts.may(
        user_id=request.user.pk,
        permission=Permission.SET_PRICE,
        place_id=place.id,
        on=request.scope.today,
    )
    blank = forms.ResaleTermsForm(resellers=resellers, initial={"valid_from": on, "least": 20})
    shown = form or blank
    context = {
        "unit": place,
        "rows": [(one, names.get(one.institution_id, ""), one in now) for one in rows],
        "floored": [one for one in goods if one.price.is_at_cost],
        "form": shown if may and resellers else None,
        "key": shown.key_to_send(is_used=status == CONFLICT),
        "is_saved": "tersimpan" in request.GET,
        "crumbs": [way_to(place), ("Pengecer", None)],
    }
    return render(request, "institutions/resale/index.html", context, status=status)


def _in_force(rows: list[ResaleTerms], *, on: dt.date) -> list[ResaleTerms]:
    """Of terms that stand newest first, those that hold on a day: one for each reseller."""
    newest: dict[UUID, ResaleTerms] = {}
    for one in rows:
        if one.valid_from <= on:
            newest.setdefault(one.institution_id, one)
    return [one for one in newest.values() if one.percent]
