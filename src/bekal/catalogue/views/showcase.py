"""The public list of the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekal.catalogue import forms, queries, showcase_listed
from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face


@face("catalogue", "places")
def showcase(request: HttpRequest) -> HttpResponse:
    """What the workshops make: words, filters, order, pages."""
    filters = forms.read_showcase(request.GET)
    page = queries.showcase(filters=filters, on=local_day(clock.now(), Zone.WIB))
    context = {
        "page": page,
        "filters": filters,
        "heading": showcase_listed.heading(filters, page),
        "chips": showcase_listed.chips(filters, page),
        "orders": showcase_listed.orders(filters),
        "ways": showcase_listed.ways(filters, page),
        "narrowing": filters.only().count,
        "canonical": showcase_listed.canonical(filters, page),
        "facts": showcase_listed.facts(page, request.build_absolute_uri("/").removesuffix("/")),
        "first_cards": page.cards[:4],
        "other_cards": page.cards[4:],
    }
    return render(request, "catalogue/showcase.html", context)
