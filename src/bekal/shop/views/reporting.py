"""What a buyer tells the unit by word of mouth, by telephone or WhatsApp, written down for them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.shop import actions, forms, queries
from bekal.shop.queries import PartShown
from bekal.shop.rules import GONE, Fault, NewProblem, PartStatus, faults_to_report
from bekal.shop.views.common import crumbs, part_page, problem_page, the_part

_WHY_NOT = {
    False: "Paket ini belum dikirim.",
    True: "Semua barangnya sudah dilaporkan.",
}


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """Write a buyer's report down, by the same rules as on the buyer's page; then answer it."""
    place = request.scope.unit(unit)
    shown = the_part(place, part)
    form = _form(request, shown)
    if not form.is_valid():
        return _page(request, place, shown, form=form, status=422 if form.is_bound else 200)
    new = NewProblem(
        key=form.key_to_send,
        part_id=part,
        fault=Fault(form.cleaned_data["fault"]),
        pieces=form.pieces,
        text=form.cleaned_data["text"],
        photo=form.cleaned_data["photo"],
    )
    try:
        made = actions.report_problem(problem=new, by=request.actor, now=request.now)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _page(request, place, shown, form=form, status=422)
    return see_other(problem_page(place, made, done="lapor"))


def _form(request: StaffRequest, part: PartShown) -> forms.ReportForm:
    lines = queries.lines_of_parts(part_ids=[part.id])[part.id]
    faults = faults_to_report(
        kinds=[line.kind for line in lines if line.left],
        is_there=part.status is PartStatus.DELIVERED,
    )
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return forms.ReportForm(*sent, lines=lines, faults=faults)


def _page(
    request: StaffRequest,
    place: PlaceNow,
    part: PartShown,
    *,
    form: forms.ReportForm,
    status: int,
) -> HttpResponse:
    is_gone = part.status in GONE
    address = part_page(place, part.id)
    context = {
        "unit": place,
        "part": part,
        "form": form,
        "key": uuid7(),
        "is_over": not form.is_bound and not (is_gone and form.care),
        "why_not": _WHY_NOT[is_gone],
        "part_url": address,
        "crumbs": crumbs(place, (part.order_code, address), ("Catat laporan pembeli", None)),
    }
    return render(request, "shop/desk/report.html", context, status=status)
