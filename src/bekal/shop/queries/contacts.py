"""Who asked for something, for the pages of those who answer."""

from collections.abc import Collection
from uuid import UUID

from bekal.shop.models import Contact as Contact


def contacts_by_id(*, ids: Collection[UUID]) -> dict[UUID, Contact]:
    """These contacts by id; one statement."""
    return {contact.pk: contact for contact in Contact.objects.filter(pk__in=ids)}


def contacts_with(*, phone: str) -> list[UUID]:
    """The ids of those who left this phone and were not erased."""
    return list(Contact.objects.filter(phone=phone).values_list("pk", flat=True))
