"""The API as a whole: which routers it is made of, and where they are spoken to."""

import re
from collections.abc import Iterator

from django.urls import URLPattern
from django.urls import path as at
from ninja import NinjaAPI, Router
from ninja.operation import Operation

from bekal.catalogue.api import router as catalogue
from bekal.config.api import document, refusing
from bekal.config.api.door import Door
from bekal.config.api.reading import StrictParser
from bekal.places.api import router as places
from bekal.sales.api import router as sales
from bekal.shipping.api import router as shipping
from bekal.turnover.api import router as turnover

ROUTERS: tuple[Router, ...] = (catalogue, places, shipping, turnover, sales)
PREFIX = "api/v1"


def build() -> NinjaAPI:
    """The API of all rooms, without ninja's own pages."""
    made = NinjaAPI(
        title="Bekal",
        version="1",
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        parser=StrictParser(),
    )
    refusing.teach(made)
    for router in ROUTERS:
        made.add_router("", router)
    return made


api = build()
described = document.Document(lambda: api.get_openapi_schema(path_prefix=f"{PREFIX}/"))
"""What /api/openapi.json says."""


def _operations() -> Iterator[tuple[str, list[Operation]]]:
    """Every path of the API ("units/<unit>", as Django writes it) with what is done there."""
    for router in ROUTERS:
        for path, view in router.path_operations.items():
            yield re.sub(r"{(\w+)}", r"<\1>", path.lstrip("/")), view.operations


def patterns() -> list[URLPattern]:
    """The addresses of the API, each behind its door."""
    doors = dict(_operations())
    found, seen = [], set()
    for pattern in api.urls[0]:
        route = str(pattern.pattern)
        if not isinstance(pattern, URLPattern) or route not in doors or route in seen:
            continue  # ninja's own root page, and a path's second method
        seen.add(route)
        door = Door(pattern.callback, doors[route], release=lambda: described.digest)
        found.append(at(f"{PREFIX}/{route}", door.view, name=f"api-{pattern.name}"))
    return found
