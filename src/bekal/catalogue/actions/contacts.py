"""How buyers reach a unit."""

import datetime as dt

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue.models import Contact, Seller
from bekal.foundation.actors import Actor


@transaction.atomic
def set_contact(
    *,
    unit_id: int,
    number: str,
    pickup_point: str = "",
    pickup_hours: str = "",
    is_sample: bool = False,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Let buyers write to a unit at this number (E.164) and come to this point from now on.

    What is empty ends. The same again changes nothing. Old and new stand in the audit trail.
    """
    seller, _ = Seller.objects.get_or_create(unit_id=unit_id)
    told = {"number": number, "pickup_point": pickup_point, "pickup_hours": pickup_hours}
    before = Contact.objects.select_for_update().filter(seller=seller).first()
    old = {name: getattr(before, name) if before else "" for name in told}
    if old == told and (before is None or before.is_sample == is_sample):
        return
    Contact.objects.update_or_create(
        seller=seller,
        defaults={**told, "is_sample": is_sample, "set_at": now, "set_by": str(by)},
    )
    audit.record(
        chain=chain_of_place(unit_id),
        action="catalogue.set_contact",
        object_key=f"contact:{unit_id}",
        detail={"before": old, "after": told},
        by=by,
        now=now,
    )
