"""Dividing a line of a bank among the asks that it paid, where it is matched."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.payments import actions as payments
from bekal.payments import queries as money
from bekal.treasury.forms.splitting import SplitForm
from bekal.treasury.views.common import CONFLICT, WRONG, refuse, to, way


@needs(Permission.HANDLE_PAYMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: StaffRequest, unit: str, bank_line: int) -> HttpResponse:
    """Say how much of a line is for which ask, to the rupiah."""
    place = request.scope.unit(unit)
    line = money.line_in(unit_id=place.id, line_id=bank_line)
    if line is None:
        raise Http404
    asks = money.waiting_asks(unit_id=place.id)
    form = SplitForm(request.POST if request.method == "POST" else None, asks=asks, key=uuid7())
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        new = form.split(place.id, line.id)
        try:
            payments.split_line(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            door = payments.SPLIT
            status = refuse(request, place, form, refused=refused, door=door, message=new)
        else:
            return to("matching", place.code, said="pecah")
    context = {
        "unit": place,
        "line": line,
        "form": form,
        "parts": list(form.parts()),
        "key": uuid7() if status == CONFLICT else form["key"].value(),
        "crumbs": way(place, _matching(place.code), ("Pecah", None)),
    }
    return render(request, "treasury/matching/split.html", context, status=status)


def _matching(unit: str) -> tuple[str, str]:
    return "Cocokkan uang", reverse("treasury:matching", args=[unit])
