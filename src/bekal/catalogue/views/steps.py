"""What the pages of a unit's goods begin with: the day, the product, the way here."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, today_at
from bekal.accounts.rules import Permission
from bekal.catalogue import queries
from bekal.places.queries import PlaceNow


def product_of(request: StaffRequest, unit: str, code: str) -> tuple[PlaceNow, queries.ProductRow]:
    """A unit in the scope and a product of it. Raises Http404."""
    place = request.scope.unit(unit)
    row = queries.product_row(unit_id=place.id, code=code, on=today_at(request, place))
    if row is None:
        raise Http404
    return place, row


def may_change(request: StaffRequest, place: PlaceNow) -> bool:
    """Whether to offer adding and pricing; the addresses themselves refuse in any case."""
    return accounts.may(
        user_id=request.user.pk,
        permission=Permission.SET_PRICE,
        place_id=place.id,
        on=request.scope.today,
    )


def way_to(place: PlaceNow, row: queries.ProductRow | None = None) -> list[tuple[str, str | None]]:
    """The way down to a unit's products, or to one of them."""
    way: list[tuple[str, str | None]] = [("Produk", reverse("catalogue:list", args=[place.code]))]
    if row is not None:
        way.append((row.name, reverse("catalogue:detail", args=[place.code, row.code])))
    return way


def saved(place: PlaceNow, code: str, what: str) -> HttpResponse:
    """Back to a product, which tells what was saved."""
    address = reverse("catalogue:detail", args=[place.code, code])
    return redirect(f"{address}?tersimpan={what}")
