"""Kanwil and centre look at who registered, and mark institutions as checked."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation import exports
from bekal.foundation.clock import Zone
from bekal.foundation.formats import read_page
from bekal.foundation.npwp import npwp
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.institutions import forms, queries
from bekal.institutions.views.common import UNREADY
from bekal.shop import actions as shop_actions
from bekal.shop import queries as shop
from bekal.shop.queries import Institution
from bekal.shop.rules import INSTITUTION_LABELS, InstitutionKind

PAGE_SIZE = 50
_HEADING = ["Lembaga", "NPWP", "Jenis", "Terdaftar", "Diperiksa", "NPWP sama"]


@needs(Permission.CHECK_INSTITUTIONS)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Who registered, newest first: filters, pages."""
    filters = forms.read_institution_filters(request.GET)
    found = shop.institutions(filters=filters)
    page = Paginator(found, PAGE_SIZE).get_page(read_page(request.GET.get("halaman", "")))
    context = {
        "page": page,
        "filters": filters,
        "is_narrowed": filters != shop.ALL_INSTITUTIONS,
        "kinds": INSTITUTION_LABELS,
        "states": {shop.UNCHECKED: "Belum diperiksa", shop.CHECKED: "Sudah diperiksa"},
    }
    return render(request, "institutions/desk/parties.html", context)


@needs(Permission.CHECK_INSTITUTIONS)
@require_safe
def table(request: StaffRequest) -> HttpResponseBase:
    """The list, as filtered, as a CSV file; it names no person."""
    found = shop.institutions(filters=forms.read_institution_filters(request.GET))
    rows = (_cells(one) for one in found.iterator(chunk_size=500))
    lines = exports.csv_lines(_HEADING, rows)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="lembaga.csv"'
    return answer


@needs(Permission.CHECK_INSTITUTIONS)
@require_safe
def detail(request: StaffRequest, party: UUID) -> HttpResponse:
    """One institution: what it says, who else says so, what it asked for."""
    return _page(request, _found(party))


@needs(Permission.CHECK_INSTITUTIONS)
@require_POST
def check(request: StaffRequest, party: UUID) -> HttpResponse:
    """Mark an institution as checked."""
    found = _found(party)
    try:
        shop_actions.check_institution(institution_id=party, by=request.actor, now=request.now)
    except Refused as refused:
        return _page(request, found, problem=refused.message, status=UNREADY)
    return see_other(f"{reverse('parties:detail', args=[party])}?tersimpan")


def _page(
    request: StaffRequest, found: Institution, *, problem: str = "", status: int = 200
) -> HttpResponse:
    names = accounts.names_of(actors={found.checked_by} if found.checked_by else set())
    context = {
        "institution": found,
        "npwp": npwp(found.npwp),
        "kind": INSTITUTION_LABELS[InstitutionKind(found.kind)],
        "rivals": shop.rivals_of(institution=found),
        "requests": queries.requests_of(institution_id=found.pk, now=request.now),
        "checked_by": names.get(found.checked_by, ""),
        "problem": problem,
        "is_saved": "tersimpan" in request.GET,
        "zone": Zone.WIB,
        "crumbs": [("Lembaga", reverse("parties:list")), (found.name, None)],
    }
    return render(request, "institutions/desk/party.html", context, status=status)


def _found(party: UUID) -> Institution:
    found = shop.institution(institution_id=party)
    if found is None:
        raise Http404
    return found


def _cells(one: Institution) -> list[object]:
    return [
        one.name,
        npwp(one.npwp),
        INSTITUTION_LABELS[InstitutionKind(one.kind)],
        one.registered_at.date(),
        one.checked_at.date() if one.checked_at else None,
        one.rivals,  # type: ignore[attr-defined]
    ]
