"""By which numbers buyers reach units."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from bekal.catalogue.models import Contact


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
    rows = Contact.objects.filter(seller__unit_id__in=list(unit_ids)).exclude(number="")
    found = rows.values_list("seller__unit_id", "number", "is_sample")
    return {unit: ContactShown(number, is_sample) for unit, number, is_sample in found}
