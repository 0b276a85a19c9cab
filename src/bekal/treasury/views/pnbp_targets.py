"""A unit's target of the year beside what it deposited."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, may, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.treasury import actions, queries
from bekal.treasury.forms.pnbp_asked import read_asked
from bekal.treasury.forms.pnbp_targets import TargetForm
from bekal.treasury.views.pnbp_common import SAVED, WRONG, crumbs, form_page, refused, to


@needs(Permission.SEE_BOOKS)
@require_safe
def year(request: StaffRequest, unit: str) -> HttpResponse:
    """A year: its target, what was deposited by months, and the documents."""
    place = request.scope.unit(unit)
    asked = read_asked(request.GET, today=today_at(request, place))
    targets = list(queries.targets_of(unit_id=place.id, year=asked.year))
    names = accounts.names_of(actors={one.set_by for one in targets})
    context = {
        "unit": place,
        "zone": zone_of(place),
        "asked": asked,
        "years": asked.years_offered,
        "year": queries.years_of(unit_ids=[place.id], year=asked.year)[place.id],
        "months": queries.months_of(unit_id=place.id, year=asked.year),
        "targets": [(one, names[one.set_by]) for one in targets],
        "may_set": may(request, place, Permission.APPROVE_MONEY),
        "saved": said(request, SAVED),
        "crumbs": crumbs(place, ("Target setahun", None)),
    }
    return render(request, "treasury/pnbp/year.html", context)


@needs(Permission.APPROVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def set_target(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down a target with its document."""
    place = request.scope.unit(unit)
    sent = request.POST if request.method == "POST" else None
    form = TargetForm(sent, today=today_at(request, place))
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        target = actions.NewTarget(key=form.key, unit_id=place.id, **form.cleaned_data)
        try:
            actions.set_target(target=target, by=request.actor, now=request.now)
        except Refused as refusal:
            status = refused(request, form, refusal, at=place, door=actions.SET_TARGET)
        else:
            return to(place, "pnbp_year", said="target")
    return form_page(request, place, form, page="target", heading="Catat target", status=status)
