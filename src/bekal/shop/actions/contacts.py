"""Who asked for something: kept for as long as it matters, then erased."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation.actors import Actor
from bekal.shop.models import Contact


@dataclass(frozen=True)
class NewContact:
    """Somebody who asks: a name, and at least one way to reach them."""

    id: UUID
    name: str
    phone: str = ""
    email: str = ""
    company: str = ""
    note: str = ""
    language: str = "id"


def add_contact(*, contact: NewContact, keep_until: dt.date, by: Actor, now: dt.datetime) -> UUID:
    """Keep who asks, in the transaction of what they ask for; returns the contact's id."""
    Contact.objects.create(keep_until=keep_until, added_at=now, added_by=str(by), **vars(contact))
    return contact.id


def keep_contact_until(
    *, contact_id: UUID, keep_until: dt.date, by: Actor, now: dt.datetime
) -> None:
    """Keep a contact longer, since what they asked for goes on; never once it was erased."""
    rows = Contact.objects.filter(pk=contact_id, erased_at__isnull=True, keep_until__lt=keep_until)
    rows.update(keep_until=keep_until)


@transaction.atomic
def erase_contacts(*, today: dt.date, by: Actor, now: dt.datetime) -> int:
    """Erase every contact whose last day has passed; returns how many."""
    due = Contact.objects.filter(erased_at__isnull=True, keep_until__lt=today)
    erased = due.update(
        name="", company="", phone="", email="", note="", erased_at=now, erased_by=str(by)
    )
    if erased:
        audit.record(
            chain=NATION,
            action="shop.erase_contacts",
            object_key=f"day:{today}",
            detail={"contacts": erased},
            by=by,
            now=now,
        )
    return erased
