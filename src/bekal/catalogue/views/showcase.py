"""The public list of the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekal.catalogue import forms, queries, showcase_listed
from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face


@face("catalogue", "places", "ledger")
def showcase(request: HttpRequest) -> HttpResponse:
    """What the workshops make: words, filters, order, pages."""
    asked, today = forms.read_showcase(request.GET), local_day(clock.now(), Zone.WIB)
    page = queries.showcase(filters=asked, on=today, is_forgiving=True)
    filters = page.asked
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
