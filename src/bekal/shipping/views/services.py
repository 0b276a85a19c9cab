"""The services of a unit: adding one, and stopping it."""

from dataclasses import asdict

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.shipping import actions, forms, queries
from bekal.shipping.views.common import crumbs, saved, show_refused
from bekal.ui.inputs import show_refusal


@needs(Permission.SET_SHIPPING)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, unit: str) -> HttpResponse:
    """Add a courier's service."""
    place = request.scope.unit(unit)
    form = forms.NewService(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        named = {name: form.cleaned_data[name] for name in ("courier", "name")}
        try:
            actions.add_service(
                key=form.key,
                unit_id=place.id,
                **named,
                manner=form.manner,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            asked, door = named | asdict(form.manner), "shipping.add_service"
            status = show_refused(request, place, form, refused=refused, door=door, asked=asked)
        else:
            return saved(place, "layanan")
    context = {"unit": place, "form": form, "crumbs": crumbs(place, "Tambah layanan")}
    return render(request, "shipping/service_add.html", context, status=status)


@needs(Permission.SET_SHIPPING)
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: StaffRequest, unit: str, service: int) -> HttpResponse:
    """A service with how it counts, and where it is stopped."""
    place = request.scope.unit(unit)
    found = queries.service_of(unit_id=place.id, service_id=service)
    if found is None:
        raise Http404
    today = today_at(request, place)
    form = forms.Stop(request.POST if request.method == "POST" else None, initial={"day": today})
    if form.is_valid():
        try:
            actions.stop_service(
                service_id=found.id,
                unit_id=place.id,
                day=form.cleaned_data["day"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return saved(place, "henti")
    status = 422 if form.is_bound else 200
    context = {"unit": place, "service": found, "form": form, "crumbs": crumbs(place, found.label)}
    return render(request, "shipping/service.html", context, status=status)
