"""Home: what is made, what is counted today, and where the money of one piece goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekal.campaigns import queries as campaigns
from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face
from bekal.front import facts, links, queries

KINDS = 8


@face("catalogue", "places", "ledger", "campaigns", "sales")
def home(request: HttpRequest) -> HttpResponse:
    """The whole of Bekal in one page."""
    now = clock.now()
    today = local_day(now, Zone.WIB)
    found = queries.home(on=today)
    campaign = campaigns.running(on=today)
    cloth = found.catalogue.cloth
    context = {
        "home": found,
        "found": found.catalogue,
        "kinds": [
            (kind, links.of_catalogue(jenis=kind.code)) for kind in found.catalogue.kinds[:KINDS]
        ],
        "newest_href": links.of_catalogue(urut="terbaru"),
        "cloth_href": links.public_product(cloth.path) if cloth else "",
        "picture": campaigns.picture(campaign=campaign, now=now) if campaign else None,
        "facts": facts.organization(request.build_absolute_uri("/").removesuffix("/")),
        "live_href": links.live(campaign.slug) if campaign else "",
    }
    return render(request, "front/home.html", context)
