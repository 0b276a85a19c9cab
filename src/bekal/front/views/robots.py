"""What machines read first: where they may look, and which pages there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekal.campaigns import queries as campaigns
from bekal.catalogue import queries as catalogue
from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face
from bekal.front import links

MOST_PRODUCTS = 20_000
"""With its twin each product is two of the 50,000 addresses that a sitemap may have."""


@face()
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages are for everybody, machines too; behind the sign-in they find nothing anyway."""
    context = {"sitemap": request.build_absolute_uri(links.sitemap())}
    return render(request, "front/robots.txt", context, content_type="text/plain; charset=utf-8")


@face("catalogue", "places", "campaigns")
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its twin in English (sitemaps.org 0.9, at most 50,000 pages)."""
    today = local_day(clock.now(), Zone.WIB)
    pages = [
        *links.faces(),
        *(links.live(campaign.slug) for campaign in campaigns.campaigns()),
        *(links.workshop(maker.unit.code) for maker in catalogue.makers(on=today)),
        *map(links.public_product, catalogue.newest_paths(on=today, count=MOST_PRODUCTS)),
    ]
    found = [
        [(code, request.build_absolute_uri(path)) for code, path in links.in_each_language(each)]
        for each in pages
    ]
    return render(request, "front/sitemap.xml", {"pages": found}, content_type="application/xml")
