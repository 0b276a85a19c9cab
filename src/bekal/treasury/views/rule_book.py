"""Rules that the centre sets: proposed, tried on last month's sales, decided by somebody else."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.ledger import actions, queries
from bekal.ledger.queries import Proposed
from bekal.ledger.rules import BASE_LABELS
from bekal.places import queries as places
from bekal.treasury import trials
from bekal.treasury.forms.rule_book import ProposalForm, RefusalForm
from bekal.ui.inputs import show_refusal

_SAID = {
    "usul": "Usulan tersimpan. Orang lain di Ditjenpas memutuskannya.",
    "setuju": "Usulan disetujui.",
    "tolak": "Usulan ditolak.",
}


@needs(Permission.SET_RULES)
@require_safe
def proposals(request: StaffRequest) -> HttpResponse:
    """What waits for a decision, and what was decided."""
    called = {place.id: place.name for place in request.scope.places}
    state = request.GET.get("keadaan", "")
    rows = [row for row in queries.proposals() if row.place_id in called]
    shown = [row for row in rows if state in {"", row.state}]
    names = accounts.names_of(actors={row.proposed_by for row in shown})
    context = {
        "rows": [(row, called[row.place_id], names.get(row.proposed_by, "")) for row in shown],
        "state": state,
        "states": ("menunggu", "disetujui", "ditolak"),
        "said": said(request, _SAID),
    }
    return render(request, "treasury/rules/list.html", context)


@needs(Permission.SET_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest) -> HttpResponse:
    """A new rule: show what it would have made of last month's sales, then put it forward."""
    today = local_day(request.now, Zone.WIT)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        places=request.scope.places,
        today=today,
    )
    if form.is_valid():
        try:
            made = actions.propose_rule(
                key=form.key, new=form.proposal(), by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return _to(made.pk, "usul")
    status = 422 if form.is_bound else 200
    return render(request, "treasury/rules/propose.html", {"form": form}, status=status)


@needs(Permission.SET_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: StaffRequest, proposal: UUID) -> HttpResponse:
    """One proposal with its trial; somebody else than the proposer decides on it."""
    found = queries.proposal_by_id(proposal_id=proposal)
    if found is None or found.place_id not in {place.id for place in request.scope.places}:
        raise Http404
    refuses = request.POST.get("putusan") == "tolak"
    form = RefusalForm(request.POST if refuses else None)
    problem: Refused | None = None
    if request.method == "POST" and (not refuses or form.is_valid()):
        try:
            return _decided(request, found, form if refuses else None)
        except Refused as refused:
            problem = refused
    status = 422 if request.method == "POST" else 200
    context = _shown(request, found) | {"form": form, "problem": problem}
    return render(request, "treasury/rules/proposal.html", context, status=status)


def _decided(request: StaffRequest, found: Proposed, refusal: RefusalForm | None) -> HttpResponse:
    if refusal is None:
        actions.approve_proposal(proposal_id=found.id, by=request.actor, now=request.now)
        return _to(found.id, "setuju")
    reason = refusal.cleaned_data["reason"]
    actions.refuse_proposal(proposal_id=found.id, reason=reason, by=request.actor, now=request.now)
    return _to(found.id, "tolak")


def _shown(request: StaffRequest, found: Proposed) -> dict[str, object]:
    today = request.scope.today
    units = places.unit_ids_below(place_ids=[found.place_id], on=today)
    trial = trials.tried(found.rule, unit_ids=sorted(units), activity=found.activity, today=today)
    names = accounts.names_of(actors={found.proposed_by, found.decided_by} - {""})
    return {
        "found": found,
        "base": BASE_LABELS[found.rule.base],
        "place": places.place_by_id(place_id=found.place_id, on=today),
        "units": len(units),
        "trial": trial,
        "proposer": names.get(found.proposed_by, ""),
        "decider": names.get(found.decided_by, ""),
        "is_mine": found.proposed_by == str(request.actor),
        "said": said(request, _SAID),
    }


def _to(proposal_id: UUID, word: str) -> HttpResponse:
    return see_other(f"{reverse('rules:proposal', args=[proposal_id])}?tersimpan={word}")
