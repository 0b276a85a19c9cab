"""What the frame of every page shows: the navigation, and what kind of installation this is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest  # noqa: TID251  a context processor is a door
from django.urls import ResolverMatch
from django.utils.functional import SimpleLazyObject

from bekal.accounts import queries as accounts
from bekal.accounts.gate import Scope
from bekal.accounts.queries import RoleHeld
from bekal.accounts.rules import PERMISSIONS, ROLE_LEVELS, Permission
from bekal.front import (
    links,
    links_of_access,
    links_of_books,
    links_of_trade,
    links_of_workshop,
)
from bekal.places.rules import Level


@dataclass(frozen=True)
class NavItem:
    """A word of the navigation."""

    label: str
    url: str
    is_current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `demo` and `official` for ui/base.html.

    The navigation is lazy, so that pages without it stay the same for all; it costs one statement.
    """
    return {
        "nav": SimpleLazyObject(lambda: navigation(request)),
        "demo": getattr(settings, "BEKAL_DEMO", False),
        "official": getattr(settings, "BEKAL_OFFICIAL", False),
    }


def navigation(request: HttpRequest) -> list[NavItem]:
    """Where the signed-in person may go from here; nothing for strangers, who have one page yet.

    On the pages of a unit it leads to that unit's pages, elsewhere to those of the person's own.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    scope: Scope | None = getattr(request, "scope", None)
    match = request.resolver_match
    code = match.kwargs.get("unit", "") if match else ""
    unit = next((place for place in scope.units if place.code == code), None) if scope else None
    if scope is not None and unit is not None:
        may = accounts.permissions_at(user_id=user.pk, place_id=unit.id, on=scope.today)
        return _items(match, unit.code, may)
    held = accounts.roles_of(user_id=user.pk)
    may = frozenset(allowed for role in held for allowed in PERMISSIONS[role.role])
    return _items(match, _only_unit(held), may)


def _items(match: ResolverMatch | None, unit: str, may: frozenset[Permission]) -> list[NavItem]:
    here = _PART_OF.get(match.namespace, match.namespace) if match else ""
    rooms = [
        (Permission.SEE_SALES, "front", "Meja kerja", links.desk(unit) if unit else links.work()),
        *((needed, room, label, link(unit)) for needed, room, label, link in _OF_UNIT if unit),
        (Permission.SEE_BOOKS, "treasury", "Uang", links.money(unit)),
        (Permission.EXAMINE, "examine", "Periksa", links_of_books.examination()),
        (Permission.SEE_TURNOVER, "turnover", "Omzet", links.turnover()),
        *((needed, room, label, link(unit)) for needed, room, label, link in _OF_HEAD if unit),
        (Permission.SEE_CATALOGUE, "chains", "Rantai", "" if unit else links_of_workshop.chains()),
        (Permission.SEE_CATALOGUE, "market", "Pasar", links_of_trade.market(unit)),
        (Permission.MODERATE_REVIEWS, "reviews", "Ulasan", links.reviews()),
        (Permission.CHECK_INSTITUTIONS, "parties", "Lembaga", links.institutions()),
        (Permission.SET_RULES, "rules", "Aturan", links_of_access.rules()),
        (Permission.SET_RULES, "requirements", "Syarat kerja", links_of_access.requirements()),
        (Permission.MANAGE_PEOPLE, "members", "Anggota", links_of_access.members(unit)),
        (Permission.DECLARE_CAMPAIGN, "campaigns", "Kampanye", links.campaigns()),
    ]
    return [
        NavItem(label, url, here == room)
        for needed, room, label, url in rooms
        if url and needed in may
    ]


_OF_UNIT = (
    (Permission.SEE_SALES, "sales", "Penjualan", links.receipts),
    (Permission.SEE_ORDERS, "orders", "Pesanan", links.orders),
    (Permission.SEE_ORDERS, "institutions", "Permintaan", links.requests),
    (Permission.SEE_CATALOGUE, "catalogue", "Produk", links.products),
    (Permission.SEE_CATALOGUE, "production", "Persediaan", links.stock),
    (Permission.SEE_MAKERS, "people", "Pembuat", links.makers),
    (Permission.SET_SHIPPING, "shipping", "Ongkir", links.shipping),
)
_PART_OF = {"payments": "treasury", "ledger": "treasury", "books": "treasury", "pnbp": "treasury"}
_PART_OF |= dict.fromkeys(
    (
        "supply",
        "supply_home",
        "resale",
        "enquiries",
        "enquiry_home",
        "channels",
        "channel_home",
        "market_home",
    ),
    "market",
)
"""Rooms whose pages belong to the word of another."""
_OF_HEAD = ((Permission.MANAGE_TOKENS, "tokens", "Kunci API", links.tokens),)
"""The rooms of a unit: who may, the room, its word, its address; before the sums and after."""


def _only_unit(held: list[RoleHeld]) -> str:
    """The unit of a person who works at just one, which is most of them."""
    places = {role.place_code for role in held}
    at_units = all(ROLE_LEVELS[role.role] == {Level.UNIT} for role in held)
    return places.pop() if at_units and len(places) == 1 else ""
