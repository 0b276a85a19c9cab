"""How buyers reach units."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.foundation import formats

# Each look at a basket asks for it; to let Django build the query anew costs three times as much.
_REACH = """
select s.unit_id, c.number, c.pickup_point, c.pickup_hours, c.is_sample
from catalogue_seller s join catalogue_contact c on c.seller_id = s.id
where s.unit_id = any((select %s::bigint[])::bigint[])
"""


@dataclass(frozen=True)
class ContactShown:
    """The WhatsApp number (E.164) of a unit's service desk; `is_sample`: a demo's, of nobody."""

    number: str
    is_sample: bool

    def link(self, text: str) -> str:
        """The address that opens WhatsApp with a message to it, ready to be sent."""
        return formats.whatsapp(self.number, text)


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


@dataclass(frozen=True)
class Reach:
    """Where buyers write to a unit, and where they come to; None where it has named none."""

    contact: ContactShown | None = None
    point: PickupPoint | None = None


def reach_of(*, unit_ids: Collection[int]) -> dict[int, Reach]:
    """How buyers reach units, by unit; those that never said anything are left out.

    One statement; none where nobody is asked about.
    """
    if not unit_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_REACH, [list(unit_ids)])
        return {unit: _reach(told) for unit, *told in cursor.fetchall()}


def contacts_of(*, unit_ids: Collection[int]) -> dict[int, ContactShown]:
    """The numbers of units by unit; those that have none are left out. One statement."""
    found = reach_of(unit_ids=unit_ids)
    return {unit: reach.contact for unit, reach in found.items() if reach.contact}


def pickup_points_of(*, unit_ids: Collection[int]) -> dict[int, PickupPoint]:
    """The pick-up points of units by unit; those that have none are left out. One statement."""
    found = reach_of(unit_ids=unit_ids)
    return {unit: reach.point for unit, reach in found.items() if reach.point}


def _reach(row: Sequence[Any]) -> Reach:
    number, where, hours, is_sample = row
    contact = ContactShown(number, is_sample) if number else None
    return Reach(contact, PickupPoint(where, hours, is_sample) if where else None)
