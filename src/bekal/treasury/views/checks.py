"""What the nightly look for broken promises found."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Zone
from bekal.foundation.formats import read_page
from bekal.treasury.queries.checks import check_runs

RUNS_A_PAGE = 30


@needs(Permission.SEE_BOOKS)
@require_safe
def runs(request: StaffRequest) -> HttpResponse:
    """The runs of the checks; who sees the nation reads what was wrong, word by word."""
    page = Paginator(check_runs(), RUNS_A_PAGE).get_page(read_page(request.GET.get("halaman", "")))
    context = {
        "page": page,
        "zone": Zone.WIB,
        "shows_sentences": request.scope.is_national,
        "crumbs": [("Buku", reverse("books:home")), ("Pemeriksaan", None)],
    }
    return render(request, "treasury/books/checks.html", context)
