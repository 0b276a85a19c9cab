"""The workshops for visitors: the list, and one of them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bekal.catalogue import queries as catalogue
from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face
from bekal.front import facts, forms, links, queries
from bekal.ui.addresses import canonical_page

WORKSHOPS_A_PAGE = 40


@face("catalogue", "places", "ledger")
def workshops(request: HttpRequest) -> HttpResponse:
    """The units that make something, as narrowed."""
    filters = forms.read_workshop_filters(request.GET)
    found = catalogue.makers(on=local_day(clock.now(), Zone.WIB))
    sifted = queries.sift_makers(
        found,
        text=filters.text,
        kanwil=filters.kanwil,
        province=filters.province,
        kind=filters.kind,
    )
    page = Paginator(sifted, WORKSHOPS_A_PAGE).get_page(filters.page)
    context = {
        "filters": filters,
        "choices": queries.choices_of(found),
        "page": page,
        "total": len(found),
        "canonical": canonical_page(page.number, is_whole=not filters.is_narrowed),
    }
    return render(request, "front/workshops.html", context)


@face("catalogue", "places", "ledger", "sales", "production")
def workshop(request: HttpRequest, workshop: str) -> HttpResponse:
    """One unit: what it makes and sold, by which rule, and what it was before."""
    found = queries.workshop(code=workshop, at=clock.now())
    if found is None:
        raise Http404
    context = {
        "shop": found,
        "rule": queries.rule_shown(found.rule) if found.rule else None,
        "kinds": [
            (kind, links.of_catalogue(unit=found.unit.code, jenis=kind.code))
            for kind in found.made.kinds
        ],
        "ask_url": _ask(found),
        "catalogue_href": links.of_catalogue(unit=found.unit.code),
        "facts": facts.workshop(found, address=request.build_absolute_uri(request.path)),
    }
    return render(request, "front/workshop.html", context)


def _ask(found: queries.Workshop) -> str:
    """Where a visitor writes to the unit; nothing where it named no number."""
    text = _("Halo, saya ingin bertanya tentang karya %(unit)s di Bekal.")
    contact = found.reach.contact
    return contact.link(text % {"unit": found.unit.name}) if contact else ""
