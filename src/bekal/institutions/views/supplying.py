"""Recurring supply of a unit: agreements, what is due, telling of it once."""

import datetime as dt
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms, obstacles, queries
from bekal.institutions.models import Supply
from bekal.institutions.rules import weekdays_of
from bekal.institutions.views.common import CONFLICT, UNREADY
from bekal.places.queries import PlaceNow
from bekal.shop import queries as shop

_FORM = ["GET", "HEAD", "POST"]


@needs(Permission.SEE_ORDERS)
@require_safe
def index(request: StaffRequest, unit: str) -> HttpResponse:
    """What is due today and before, and the agreements."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    rows = queries.supplies_of(unit_id=place.id)
    names = shop.institution_names(ids={one.institution_id for one in rows})
    due = queries.due_of(rows, today=today)
    context = {
        "unit": place,
        "due": [(one, names.get(one.supply.institution_id, "")) for one in due],
        "rows": [_shown(one, names, today=today) for one in rows],
        "today": today,
        "may_change": may_handle(request, place),
        "is_told": "tersimpan" in request.GET,
        "order": request.GET.get("pesanan", "")[:16],
    }
    return render(request, "institutions/supply/index.html", context)


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(_FORM)
def add(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down an agreement with a vendor."""
    place = request.scope.unit(unit)
    vendors = queries.vendors()
    data = request.POST if request.method == "POST" else None
    today = today_at(request, place)
    form = forms.SupplyForm(data, unit_id=place.id, vendors=vendors, today=today)
    status = UNREADY if form.is_bound else 200
    if form.is_valid():
        try:
            actions.agree_supply(new=_new(form, place), by=request.actor, now=request.now)
            return see_other(f"{reverse('supply:index', args=[place.code])}?tersimpan")
        except Refused as refused:
            form.show(refused)
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    context = {
        "unit": place,
        "form": form,
        "has_vendors": bool(vendors),
        "key": form.key_to_send(is_used=status == CONFLICT),
        "crumbs": [way_to(place), ("Kesepakatan baru", None)],
    }
    return render(request, "institutions/supply/add.html", context, status=status)


def _new(form: forms.SupplyForm, place: PlaceNow) -> actions.NewSupply:
    return actions.NewSupply(
        key=form.key,
        institution_id=form.vendors[form.cleaned_data["vendor"]].pk,
        unit_id=place.id,
        product_id=form.ids[form.cleaned_data["product"]],
        agreed=form.agreed,
    )


@needs(Permission.SEE_ORDERS)
@require_safe
def detail(request: StaffRequest, unit: str, supply: UUID) -> HttpResponse:
    """One agreement, with what became of its deliveries."""
    place = request.scope.unit(unit)
    return _detail(request, place, _found(place, supply), form=forms.EndForm())


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(_FORM)
def end(request: StaffRequest, unit: str, supply: UUID) -> HttpResponse:
    """End an agreement before its time."""
    place = request.scope.unit(unit)
    found = _found(place, supply)
    form = forms.EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.end_supply(
                supply_id=found.pk,
                unit_id=place.id,
                last_on=form.cleaned_data["last_on"],
                reason=form.cleaned_data["reason"],
                by=request.actor,
                now=request.now,
            )
            return see_other(reverse("supply:detail", args=[place.code, supply]))
        except Refused as refused:
            obstacles.show(form, refused, on=today_at(request, place))
    return _detail(request, place, found, form=form, status=UNREADY if form.is_bound else 200)


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(_FORM)
def deliver(request: StaffRequest, unit: str, supply: UUID, *, day: str) -> HttpResponse:
    """Tell what became of a day's delivery, once: handed over, or not and why."""
    place = request.scope.unit(unit)
    found = _found(place, supply)
    due_on = _due(found, day)
    is_no = request.POST.get("jawaban") == "tidak"
    data = request.POST if request.method == "POST" else None
    handed = forms.HandedForm(None if is_no else data, initial={"pieces": found.pieces})
    missed = forms.ReasonForm(data if is_no else None)
    form: django_forms.Form = missed if is_no else handed
    status = UNREADY if form.is_bound else 200
    if form.is_valid():
        pieces, reason = form.cleaned_data.get("pieces"), form.cleaned_data.get("reason", "")
        told = actions.Told(found.pk, place.id, due_on, pieces, reason)
        try:
            code = actions.tell_delivery(told=told, by=request.actor, now=request.now)
            address = reverse("supply:index", args=[place.code])
            return see_other(f"{address}?tersimpan&pesanan={code}")
        except Refused as refused:
            obstacles.show(form, _said_otherwise(refused), on=today_at(request, place))
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    context = {"due_on": due_on, "handed": handed, "missed": missed, **_of(place, found)}
    return render(request, "institutions/supply/deliver.html", context, status=status)


def _of(place: PlaceNow, found: Supply) -> dict[str, object]:
    return {
        "unit": place,
        "supply": found,
        "vendor": _vendor(found),
        "total": found.pieces * found.unit_price,
        "crumbs": [way_to(place), (found.product_name, None)],
    }


def _said_otherwise(refused: Refused) -> Refused:
    if isinstance(refused, KeyReused):
        return Refused("Kiriman hari itu sudah dicatat lain. Buka kesepakatannya untuk melihatnya.")
    return refused


def _detail(
    request: StaffRequest,
    place: PlaceNow,
    found: Supply,
    *,
    form: forms.EndForm,
    status: int = 200,
) -> HttpResponse:
    today = today_at(request, place)
    context = {
        "unit": place,
        "supply": found,
        "shown": _shown(found, {found.institution_id: _vendor(found)}, today=today),
        "rows": [
            (one, shop.code_of(order_id=one.order_id) if one.order_id else "")
            for one in queries.deliveries_of(supply=found)[:60]
        ],
        "form": form,
        "may_end": may_handle(request, place) and not hasattr(found, "end"),
        "crumbs": [way_to(place), (found.product_name, None)],
    }
    return render(request, "institutions/supply/detail.html", context, status=status)


def _shown(one: Supply, names: dict[UUID, str], *, today: dt.date) -> dict[str, object]:
    end = getattr(one, "end", None)
    last = min(one.last_on, end.last_on) if end else one.last_on
    running = one.first_on <= today <= last
    return {
        "supply": one,
        "vendor": names.get(one.institution_id, ""),
        "days": ", ".join(forms.WEEKDAYS[day] for day in weekdays_of(one.weekdays)),
        "last_on": last,
        "state": "berjalan" if running else "belum mulai" if today < one.first_on else "selesai",
        "kind": "ok" if running else "info" if today < one.first_on else "neutral",
    }


def _found(place: PlaceNow, supply: UUID) -> Supply:
    found = queries.supply_of(unit_id=place.id, supply_id=supply)
    if found is None:
        raise Http404
    return found


def _due(found: Supply, typed: str) -> dt.date:
    day = forms.read_day(typed)
    if day is None or not queries.days_of_supply(found, since=day, until=day):
        raise Http404
    return day


def _vendor(found: Supply) -> str:
    return shop.institution_names(ids={found.institution_id}).get(found.institution_id, "")


def may_handle(request: StaffRequest, place: PlaceNow) -> bool:
    """Whether to offer what changes something; the addresses themselves refuse in any case."""
    return accounts.may(
        user_id=request.user.pk,
        permission=Permission.HANDLE_ORDERS,
        place_id=place.id,
        on=request.scope.today,
    )


def way_to(place: PlaceNow) -> tuple[str, str | None]:
    """The way back to the unit's supply."""
    return ("Pasokan", reverse("supply:index", args=[place.code]))
