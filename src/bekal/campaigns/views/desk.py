"""The desk of campaigns: what was declared, declaring one, correcting one."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.campaigns import actions, forms, queries
from bekal.campaigns.queries import CampaignNow
from bekal.campaigns.rules import State, state_on
from bekal.foundation.actions import keep_conflict
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.refusals import KeyReused, Refused
from bekal.ui.inputs import show_refusal

_CHECK, _SAVE = "periksa", "simpan"
_CONFLICT, _UNREADY = 409, 422
_STATES = {State.AHEAD: "Akan datang", State.RUNNING: "Berlangsung", State.OVER: "Selesai"}


@needs(Permission.DECLARE_CAMPAIGN)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """All campaigns, latest days first."""
    rows = [(found, _state(request, found)) for found in queries.campaigns()]
    return render(request, "campaigns/desk/list.html", {"rows": rows})


@needs(Permission.DECLARE_CAMPAIGN)
@require_safe
def detail(request: StaffRequest, declared: str) -> HttpResponse:
    """What a campaign is, and all that it was declared to be before."""
    found = _campaign(declared)
    definitions = queries.definitions_of(campaign_id=found.id)
    names = accounts.names_of(actors={row.by for row in definitions})
    context = {
        "campaign": found,
        "state": _state(request, found),
        "definitions": [(row, names[row.by]) for row in definitions],
        "units": definitions[0].units,
        "is_saved": "tersimpan" in request.GET,
        "zone": Zone.WIB,
        "crumbs": [_crumb(), (found.name, None)],
    }
    return render(request, "campaigns/desk/detail.html", context)


@needs(Permission.DECLARE_CAMPAIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: StaffRequest) -> HttpResponse:
    """Declare a campaign: ask, show what will be declared, then write it down."""
    data = request.POST if request.method == "POST" else None
    form = forms.CampaignForm(data, today=_today(request))
    step = request.POST.get("langkah", _CHECK)
    if step == _SAVE and form.is_valid():
        new = actions.NewCampaign(**form.definition())
        try:
            slug = actions.declare_campaign(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            return _refused(request, form, refused=refused, new=new, campaign=None)
        return _to_campaign(slug)
    if step == _CHECK and form.is_valid() and form.foresee():
        return _check_page(request, form, campaign=None)
    return _question(request, form, campaign=None, status=_UNREADY if form.errors else 200)


@needs(Permission.DECLARE_CAMPAIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, declared: str) -> HttpResponse:
    """Correct what was declared: ask with the reason, show what will hold, then write it down."""
    found = _campaign(declared)
    data = request.POST if request.method == "POST" else None
    form = forms.CorrectionForm(data, today=_today(request), campaign=found)
    step = request.POST.get("langkah", _CHECK)
    if step == _SAVE and form.is_valid():
        new = actions.Correction(**form.definition())
        try:
            slug = actions.correct_campaign(correction=new, by=request.actor, now=request.now)
        except Refused as refused:
            return _refused(request, form, refused=refused, new=new, campaign=found)
        return _to_campaign(slug)
    if step == _CHECK and form.is_valid() and form.foresee():
        return _check_page(request, form, campaign=found)
    return _question(request, form, campaign=found, status=_UNREADY if form.errors else 200)


def _question(
    request: StaffRequest,
    form: forms.CampaignForm,
    *,
    campaign: CampaignNow | None,
    status: int,
) -> HttpResponse:
    key = form.key_to_send(is_used=status == _CONFLICT)
    context = _context(form, campaign) | {"key": key}
    return render(request, "campaigns/desk/form.html", context, status=status)


def _check_page(
    request: StaffRequest, form: forms.CampaignForm, *, campaign: CampaignNow | None
) -> HttpResponse:
    units = form.unit_ids
    context = _context(form, campaign) | {"asked": form.cleaned_data, "units": len(units)}
    return render(request, "campaigns/desk/check.html", context)


def _context(form: forms.CampaignForm, campaign: CampaignNow | None) -> dict[str, Any]:
    address = (
        reverse("campaigns:correct", args=[campaign.slug])
        if campaign
        else reverse("campaigns:declare")
    )
    here = "Betulkan" if campaign else "Umumkan kampanye"
    return {
        "form": form,
        "campaign": campaign,
        "address": address,
        "crumbs": [_crumb(), (here, None)],
    }


def _refused(
    request: StaffRequest,
    form: forms.CampaignForm,
    *,
    refused: Refused,
    new: actions.NewCampaign,
    campaign: CampaignNow | None,
) -> HttpResponse:
    """The question again with what was refused; a used key is also kept for a person to look at."""
    show_refusal(form, refused)
    if not isinstance(refused, KeyReused):
        return _question(request, form, campaign=campaign, status=_UNREADY)
    keep_conflict(
        key=new.key,
        door=actions.CORRECT if campaign else actions.DECLARE,
        scope="nation",
        body=new.frozen(),
        by=request.actor,
        now=request.now,
    )
    return _question(request, form, campaign=campaign, status=_CONFLICT)


def _campaign(slug: str) -> CampaignNow:
    found = queries.campaign_by_slug(slug=slug)
    if found is None:
        raise Http404
    return found


def _state(request: StaffRequest, campaign: CampaignNow) -> str:
    return _STATES[state_on(campaign.period, now=request.now)]


def _today(request: StaffRequest) -> dt.date:
    return local_day(request.now, Zone.WIB)


def _to_campaign(slug: str) -> HttpResponse:
    return redirect(f"{reverse('campaigns:detail', args=[slug])}?tersimpan")


def _crumb() -> tuple[str, str]:
    return "Kampanye", reverse("campaigns:list")
