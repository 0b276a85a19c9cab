"""A label is looked up by whoever holds it: what it stands on, and how often it was looked at."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bekal.catalogue import queries as catalogue
from bekal.catalogue.rules import ORIGIN_LABELS
from bekal.foundation import clock
from bekal.foundation.actors import buyer_actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.codes import CodeMistyped
from bekal.foundation.doors import public
from bekal.labels import actions, forms, queries
from bekal.labels.rules import read_label
from bekal.places import queries as places
from bekal.production import queries as production
from bekal.production.queries import LabelTold

_HOLDER = buyer_actor("label")
NOT_FOUND, UNPROCESSABLE = 404, 422


@public
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Where the code of a label is typed."""
    typed = request.GET.get("kode")
    form = forms.LabelForm(None if typed is None else {"kode": typed[:40]})
    if form.is_valid():
        if production.label_told(code=form.cleaned_data["kode"]):
            return redirect("labels:label", form.cleaned_data["kode"])
        form.does_not_fit()
    return _page(request, "find", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@public
@never_cache
@require_safe
def label(request: HttpRequest, label: str) -> HttpResponse:
    """What a label stands on; every other code is answered alike."""
    now = clock.now()
    try:
        told = production.label_told(code=read_label(label))
    except CodeMistyped:
        told = None
    if told is None:
        form = forms.LabelForm({"kode": label[:40]})
        if form.is_valid():
            form.does_not_fit()
        return _page(request, "find", {"form": form}, status=NOT_FOUND)
    if request.method == "GET":
        actions.note_scan(code=told.code, by=_HOLDER, now=now)
    return _page(request, "label", _told(told, on=local_day(now, Zone.WIB)))


def _told(told: LabelTold, *, on: dt.date) -> dict[str, Any]:
    """What the page says, and more of the product while visitors may see it."""
    said = {
        "told": told,
        "unit": places.place_by_id(place_id=told.unit_id, on=on),
        "is_expired": bool(told.expires_on and told.expires_on <= on),
        "scans": queries.scans_of(code=told.code),
    }
    found = catalogue.showcase_product(code=told.product_code, on=on)
    if found is None:
        return said
    details = catalogue.details_of(product_id=found.card.id, on=on)
    origin = details.listing.origin if details.listing else None
    return {
        **said,
        "found": found,
        "photo": details.photos[0].photo if details.photos else None,
        "origin": ORIGIN_LABELS[origin] if origin else "",
        "product_url": reverse("showcase:product", args=[found.card.path]),
        "contact_url": details.contact.link(_question(told)) if details.contact else "",
    }


def _question(told: LabelTold) -> str:
    text = gettext("Halo, saya ingin bertanya tentang label %(code)s, %(name)s, di Bekal.")
    return text % {"code": told.code, "name": told.product_name}


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    answer = render(request, f"labels/{name}.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
