"""A vendor of food says by its private address what it bought in all in a month."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bekal.foundation import clock
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms, queries
from bekal.institutions.models import Purchases
from bekal.institutions.views.common import (
    CONFLICT,
    UNREADY,
    actor_of,
    admit,
    institution_at,
    private,
    today,
)
from bekal.places import queries as places
from bekal.shop.queries import Institution
from bekal.shop.rules import InstitutionKind

_MOST_TOTALS = 20


@private
@require_http_methods(["GET", "HEAD", "POST"])
def purchases(request: HttpRequest, institution: str) -> HttpResponseBase:
    """A vendor's totals by month: what was declared, and declaring one with its document."""
    vendor = institution_at(institution)
    units = _units(vendor)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.OwnPurchasesForm(*sent, units=units, today=today())
    status = UNREADY if form.is_bound else 200
    try:
        if form.is_bound:
            admit(request, door="lembaga-belanja", most=_MOST_TOTALS)
        if form.is_valid():
            return _declared(form, vendor, key=institution)
    except Refused as refused:
        form.show(refused)
        status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    context = {
        "institution": vendor,
        "key": institution,
        "form": form,
        "has_units": bool(units),
        "sent_key": form.key_to_send(is_used=status == CONFLICT),
        "rows": _declarations(vendor, units),
        "is_saved": "tersimpan" in request.GET,
    }
    return render(request, "institutions/supply/own.html", context, status=status)


def _declarations(vendor: Institution, units: dict[int, str]) -> list[tuple[Purchases, str]]:
    """The last that was declared of a vendor, with what its units are called."""
    rows = queries.declared_by_vendor(institution_id=vendor.pk)
    return [(one, units.get(one.unit_id, "")) for one in rows]


def _declared(form: forms.OwnPurchasesForm, vendor: Institution, *, key: str) -> HttpResponse:
    unit_id, month = form.said
    new = actions.NewPurchases(
        key=form.key,
        institution_id=vendor.pk,
        unit_id=unit_id,
        month=month,
        total=form.cleaned_data["total"],
        paper=form.cleaned_data["file"],
        reason=form.cleaned_data["reason"],
    )
    actions.declare_purchases(new=new, by=actor_of(vendor.pk), now=clock.now())
    return see_other(f"{reverse('lembaga:purchases', args=[key])}?tersimpan")


def _units(vendor: Institution) -> dict[int, str]:
    """The units that a checked vendor supplies, by name; none of anybody else."""
    if vendor.kind != InstitutionKind.VENDOR or vendor.checked_at is None:
        return {}
    ids = queries.supplied_units(institution_id=vendor.pk)
    called = places.last_called(place_ids=ids, on=today())
    return {pk: name for pk, (_code, name) in sorted(called.items(), key=lambda row: row[1][1])}
