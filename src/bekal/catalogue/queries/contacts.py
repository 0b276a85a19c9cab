"""How buyers reach units."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection

# Each look at a basket asks for it; to let Django build the query anew costs three times as much.
_CONTACTS = """
select s.unit_id, c.number, c.is_sample
from catalogue_seller s join catalogue_contact c on c.seller_id = s.id
where s.unit_id = any((select %s::bigint[])::bigint[]) and c.number <> ''
"""
_POINTS = """
select s.unit_id, c.pickup_point, c.pickup_hours, c.is_sample
from catalogue_seller s join catalogue_contact c on c.seller_id = s.id
where s.unit_id = any((select %s::bigint[])::bigint[]) and c.pickup_point <> ''
"""


@dataclass(frozen=True)
class ContactShown:
    """The WhatsApp number (E.164) of a unit's service desk; `is_sample`: a demo's, of nobody."""

    number: str
    is_sample: bool

    def link(self, text: str) -> str:
        """The address that opens WhatsApp with a message to it, ready to be sent."""
        return f"https://wa.me/{self.number.removeprefix('+')}?text={quote(text, safe='')}"


def contacts_of(*, unit_ids: Collection[int]) -> dict[int, ContactShown]:
    """The numbers of units by unit; those that have none are left out. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, [list(unit_ids)])
        return {unit: ContactShown(*contact) for unit, *contact in cursor.fetchall()}


@dataclass(frozen=True)
class PickupPoint:
    """Where a unit hands over what is fetched; `hours` may be empty; `is_sample`: a demo's."""

    where: str
    hours: str
    is_sample: bool

    @property
    def line(self) -> str:
        """Where and when, in one line."""
        return f"{self.where} ({self.hours})" if self.hours else self.where


def pickup_points_of(*, unit_ids: Collection[int]) -> dict[int, PickupPoint]:
    """The pick-up points of units by unit; those that named none are left out.

    One statement; none where nobody is asked about.
    """
    if not unit_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_POINTS, [list(unit_ids)])
        return {unit: PickupPoint(*point) for unit, *point in cursor.fetchall()}
