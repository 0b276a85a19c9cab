"""What is required of those who work: read by units, proposed and decided by the centre."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.people import actions, forms, queries
from bekal.people.models import RequirementProposal
from bekal.people.views.common import WRONG, crumbs
from bekal.ui.inputs import show_refusal

_SAID = {
    "usul": "Usulan tersimpan. Orang lain di Ditjenpas memutuskannya.",
    "setuju": "Usulan disetujui.",
    "tolak": "Usulan ditolak.",
}
_STATES = {"": ("menunggu", "warn"), "approved": ("disetujui", "ok"), "refused": ("ditolak", "bad")}


@needs(Permission.SEE_MAKERS)
@require_safe
def of_unit(request: StaffRequest, unit: str) -> HttpResponse:
    """What is required of whoever works in a unit, with its meaning and ground."""
    place = request.scope.unit(unit)
    context = {
        "unit": place,
        "rows": queries.requirement_rows(on=today_at(request, place)),
        "crumbs": crumbs(place, ("Syarat bekerja", None)),
    }
    return render(request, "people/requirements/unit.html", context)


@needs(Permission.SET_RULES)
@require_safe
def book(request: StaffRequest) -> HttpResponse:
    """What holds, what will, and what was proposed of it."""
    proposals = queries.requirement_proposals()
    names = accounts.names_of(actors={one.proposed_by for one in proposals})
    context = {
        "rows": queries.requirement_rows(on=request.scope.today),
        "proposals": [
            (one, *_STATES[one.verdict], names.get(one.proposed_by, "")) for one in proposals
        ],
        "said": said(request, _SAID),
    }
    return render(request, "people/requirements/book.html", context)


@needs(Permission.SET_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest) -> HttpResponse:
    """A new requirement, another in place of one that holds, or its end."""
    form = _form(request)
    if form.is_valid():
        try:
            actions.propose_requirement(
                key=form.key,
                new=form.requirement(),
                ends=form.ends,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return _to(form.key, "usul")
    context = {"form": form, "old": form.old, "ends": form.ends}
    status = WRONG if form.is_bound else 200
    return render(request, "people/requirements/propose.html", context, status=status)


@needs(Permission.SET_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: StaffRequest, requirement: UUID) -> HttpResponse:
    """One proposal beside what holds; somebody else than the proposer decides on it."""
    found = queries.requirement_proposal(proposal_id=requirement)
    if found is None:
        raise Http404
    refuses = request.POST.get("putusan") == "tolak"
    form = forms.VerdictForm(request.POST if refuses else None)
    problem: Refused | None = None
    if request.method == "POST" and (not refuses or form.is_valid()):
        try:
            return _decided(request, found.pk, form if refuses else None)
        except Refused as refused:
            problem = refused
    context = _shown(request, found) | {"form": form, "problem": problem}
    status = WRONG if request.method == "POST" else 200
    return render(request, "people/requirements/proposal.html", context, status=status)


def _form(request: StaffRequest) -> forms.RequirementForm:
    """The form for the requirement that the address names; Http404 when none of it holds."""
    code, ends = request.GET.get("syarat", ""), request.GET.get("akhiri") == "ya"
    rows = queries.requirement_rows(on=request.scope.today)
    old = next((row for row in reversed(rows) if row.code == code and row.last is None), None)
    if (code or ends) and old is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    known = queries.requirement_codes()
    return forms.RequirementForm(data, old=old, ends=ends, known=known)


def _decided(
    request: StaffRequest, proposal_id: UUID, refusal: forms.VerdictForm | None
) -> HttpResponse:
    asked: dict[str, Any] = {"proposal_id": proposal_id, "by": request.actor, "now": request.now}
    if refusal is None:
        actions.approve_requirement(**asked)
        return _to(proposal_id, "setuju")
    actions.refuse_requirement(**asked, reason=refusal.cleaned_data["reason"])
    return _to(proposal_id, "tolak")


def _shown(request: StaffRequest, found: RequirementProposal) -> dict[str, object]:
    today = request.scope.today
    rows = queries.requirement_rows(on=today)
    names = accounts.names_of(actors={found.proposed_by, found.decided_by} - {""})
    state, state_kind = _STATES[found.verdict]
    return {
        "found": found,
        "state": state,
        "state_kind": state_kind,
        "old": next((row for row in rows if row.code == found.code), None),
        "trial": queries.tried(found, today=today),
        "proposer": names.get(found.proposed_by, ""),
        "decider": names.get(found.decided_by, ""),
        "is_mine": found.proposed_by == str(request.actor),
        "said": said(request, _SAID),
    }


def _to(proposal_id: UUID, word: str) -> HttpResponse:
    return see_other(f"{reverse('requirements:proposal', args=[proposal_id])}?tersimpan={word}")
