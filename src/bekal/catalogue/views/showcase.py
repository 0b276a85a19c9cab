"""The public pages of the catalogue: the list, and one product."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bekal.catalogue import forms, queries, showcase_listed, showcase_shown
from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face
from bekal.ledger import queries as ledger
from bekal.ledger.rules import NoRule


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
        "narrowing": showcase_listed.narrowing(filters),
        "canonical": showcase_listed.canonical(filters, page),
        "facts": showcase_listed.facts(page, request.build_absolute_uri("/").removesuffix("/")),
        "first_cards": page.cards[:4],
        "other_cards": page.cards[4:],
    }
    return render(request, "catalogue/showcase.html", context)


@face("catalogue", "places", "ledger")
def product(request: HttpRequest, product: str) -> HttpResponse:
    """One product: what it is, who makes it, what it costs and where the money goes."""
    on = local_day(clock.now(), Zone.WIB)
    found = queries.showcase_product(code=product.rpartition("-")[2], on=on, like=4)
    if found is None:
        raise Http404
    address = reverse("showcase:product", args=[found.card.path])
    if product != found.card.path:
        return redirect(address, permanent=True)
    activity = found.card.category_code
    try:
        rule = ledger.rules_in_force(unit_id=found.unit.id, activities=[activity], on=on)[activity]
    except NoRule:
        rule = None
    context = {
        "found": found,
        "card": found.card,
        "going": showcase_shown.going(found, rule),
        "facts": showcase_shown.facts(found, request.build_absolute_uri(address)),
        "crumbs": showcase_shown.crumbs(found),
    }
    return render(request, "catalogue/product.html", context)
