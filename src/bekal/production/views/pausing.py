"""A unit that takes no orders for a while: said, shown, ended."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, forms, queries
from bekal.production.views.common import WRONG, stock_crumbs, to

_SAVED = {
    "jeda": "Jeda dimulai. Pembeli membaca kalimat Anda dan belum bisa memesan.",
    "buka": "Pesanan dibuka lagi.",
}


@needs(Permission.PAUSE_UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: StaffRequest, unit: str) -> HttpResponse:
    """Whether a unit takes orders, and the form that lets it take none."""
    place = request.scope.unit(unit)
    form = forms.PauseForm(request.POST if request.method == "POST" else None, zone=zone_of(place))
    if form.is_valid():
        try:
            actions.pause_unit(
                unit_id=place.id,
                sentence=form.cleaned_data["sentence"],
                until=form.until(),
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            form.add_error("day" if refused.field == "until" else refused.field, refused.message)
        else:
            return to("pause", place.code, tersimpan="jeda")
    return _page(request, place, form=form)


@needs(Permission.PAUSE_UNIT)
@require_POST
def resume(request: StaffRequest, unit: str) -> HttpResponse:
    """Let a unit take orders again."""
    place = request.scope.unit(unit)
    actions.resume_unit(unit_id=place.id, by=request.actor, now=request.now)
    return to("pause", place.code, tersimpan="buka")


def _page(request: StaffRequest, place: PlaceNow, *, form: forms.PauseForm) -> HttpResponse:
    zone = zone_of(place)
    found = queries.pauses_of(unit_id=place.id)
    names = accounts.names_of(actors={one.paused_by for one in found})
    shown = [
        (
            one,
            local_day(one.paused_at, zone),
            names[one.paused_by],
            local_day(one.until, zone) if one.until else None,
            local_day(one.ended_at, zone) if one.ended_at else None,
        )
        for one in found
    ]
    now_paused = next((row for row in shown if row[0].is_in_force(at=request.now)), None)
    context = {
        "unit": place,
        "zone": zone,
        "form": form,
        "now_paused": now_paused,
        "past": [row for row in shown if row is not now_paused],
        "saved": said(request, _SAVED),
        "crumbs": stock_crumbs(place, ("Jeda pesanan", None)),
    }
    status = WRONG if form.is_bound else 200
    return render(request, "production/pause.html", context, status=status)
