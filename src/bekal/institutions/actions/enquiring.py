"""Buyers abroad ask; the units whose products they name, or the centre, reply."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION, chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import scope_of_place
from bekal.foundation.private import digest_of, private_key, sealed
from bekal.institutions.actions.numbering import new_code
from bekal.institutions.countries import country_names
from bekal.institutions.models import (
    Enquiry,
    EnquiryLetter,
    EnquiryPlace,
    EnquiryProduct,
    Reply,
)
from bekal.institutions.rules import (
    ENQUIRY_KEY,
    KEPT_DAYS,
    MOST_PRODUCTS,
    EnquiryRefused,
    ReplyKind,
    Sought,
    Terms,
    check_note,
    check_sought,
    check_terms,
    no_such_enquiry,
    written,
)
from bekal.places import queries as places
from bekal.shop import actions as shop
from bekal.shop.actions import NewContact

ENQUIRE = "institutions.enquire"
REPLY = "institutions.reply"


@dataclass(frozen=True)
class NewEnquiry:
    """An enquiry as it arrives; its key becomes its id and that of the contact.

    `products` are (id, unit) of those that it names; without any it goes to the centre.
    """

    key: UUID
    sought: Sought
    name: str
    email: str
    company: str = ""
    phone: str = ""
    note: str = ""
    language: str = "en"
    products: tuple[tuple[int, int], ...] = field(default=())

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat; nothing of a person can be read from it."""
        said = {**vars(self), **vars(self.sought), "documents": written(self.sought.documents)}
        return sealed(frozen_bytes({name: one for name, one in said.items() if name != "sought"}))


@dataclass(frozen=True)
class NewReply:
    """A reply as it arrives; `key` becomes its id. Without terms it is a no, `note` says why."""

    key: UUID
    enquiry_id: UUID
    place_id: int
    terms: Terms | None
    note: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        terms = vars(self.terms) if self.terms else {}
        documents = written(self.terms.documents) if self.terms else ""
        said = {"enquiry": self.enquiry_id, "place": self.place_id, "note": self.note}
        return frozen_bytes({**said, **terms, "documents": documents})


@transaction.atomic
def enquire(*, new: NewEnquiry, by: Actor, now: dt.datetime, is_sample: bool = False) -> str:
    """Send an enquiry from abroad; returns the key of its private address.

    The same key with the same content answers the first. Raises EnquiryRefused (with the field),
    and KeyReused for the same key with other content.
    """
    key = private_key(ENQUIRY_KEY, new.key)
    if claim_message(key=new.key, door=ENQUIRE, body=new.frozen(), by=by, now=now) is not None:
        return key
    check_sought(new.sought, countries=country_names("en"))
    if len(new.products) > MOST_PRODUCTS:
        raise EnquiryRefused(f"{MOST_PRODUCTS}", field="products")
    today = local_day(now, Zone.WIB)
    shop.add_contact(contact=_contact(new), keep_until=_kept(today), by=by, now=now)
    enquiry = Enquiry.objects.create(
        id=new.key,
        code=new_code(),
        key_digest=digest_of(key),
        contact_id=new.key,
        is_sample=is_sample,
        asked_at=now,
        asked_by=str(by),
        **_tidied(new.sought),
    )
    to = _send(enquiry, new.products, today=today)
    _write(enquiry.pk, is_reply=False, by=by, now=now)
    audit.record(
        chain=NATION,
        action=ENQUIRE,
        object_key=f"enquiry:{enquiry.pk}",
        detail={"country": new.sought.country, "places": to},
        by=by,
        now=now,
    )
    return key


@transaction.atomic
def reply(*, new: NewReply, by: Actor, now: dt.datetime) -> UUID:
    """Answer an enquiry that went to a place; returns the reply's id, which is its key.

    A later reply takes the place of an earlier one, and who asked is kept a year from it. Raises
    EnquiryRefused (with the field), and KeyReused for the same key with other content.
    """
    body, scope = new.frozen(), scope_of_place(new.place_id)
    first = claim_message(key=new.key, door=REPLY, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return new.key
    to = EnquiryPlace.objects.select_for_update().filter(
        enquiry_id=new.enquiry_id, place_id=new.place_id
    )
    found = to.select_related("enquiry").first()
    if found is None:
        raise no_such_enquiry()
    today = local_day(now, Zone.WIB)
    check_note(new.note, is_decline=new.terms is None)
    last = Reply.objects.filter(to=found).order_by("-number").first()
    Reply.objects.create(
        id=new.key,
        to=found,
        number=last.number + 1 if last else 1,
        note=new.note.strip(),
        replied_at=now,
        replied_by=str(by),
        **_said(new.terms, today=today),
    )
    contact, until = found.enquiry.contact_id, _kept(today)
    shop.keep_contact_until(contact_id=contact, keep_until=until, by=by, now=now)
    _tell(new, by=by, now=now)
    return new.key


def _tell(new: NewReply, *, by: Actor, now: dt.datetime) -> None:
    """Write to who asked, and in the place's chain."""
    _write(new.enquiry_id, is_reply=True, by=by, now=now)
    audit.record(
        chain=chain_of_place(new.place_id),
        action=REPLY,
        object_key=f"enquiry:{new.enquiry_id}",
        detail={"reply": new.key, "has_terms": new.terms is not None},
        by=by,
        now=now,
    )


def _tidied(sought: Sought) -> dict[str, object]:
    tidy = {name: getattr(sought, name).strip() for name in ("goods", "measure", "named_place")}
    return {**vars(sought), **tidy, "documents": written(sought.documents)}


def _contact(new: NewEnquiry) -> NewContact:
    return NewContact(
        id=new.key,
        name=new.name.strip(),
        phone=new.phone,
        email=new.email,
        company=new.company.strip(),
        note=new.note.strip(),
        language=new.language,
    )


def _kept(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=KEPT_DAYS)


def _send(enquiry: Enquiry, products: tuple[tuple[int, int], ...], *, today: dt.date) -> list[int]:
    """Send it to the units of what it names, or to the centre; returns to whom."""
    EnquiryProduct.objects.bulk_create(
        EnquiryProduct(enquiry=enquiry, product_id=product) for product, _unit in products
    )
    to = sorted({unit for _product, unit in products})
    if not to:
        centre = places.centre(on=today)
        if centre is None:
            raise no_such_enquiry()
        to = [centre.id]
    EnquiryPlace.objects.bulk_create(EnquiryPlace(enquiry=enquiry, place_id=one) for one in to)
    return to


def _said(terms: Terms | None, *, today: dt.date) -> dict[str, object]:
    if terms is None:
        return {"kind": ReplyKind.DECLINE}
    check_terms(terms, today=today)
    said = {**vars(terms), "documents": written(terms.documents)}
    return {"kind": ReplyKind.TERMS, **said, "named_place": terms.named_place.strip()}


def _write(enquiry_id: UUID, *, is_reply: bool, by: Actor, now: dt.datetime) -> None:
    EnquiryLetter.objects.create(
        enquiry_id=enquiry_id, is_reply=is_reply, written_at=now, written_by=str(by)
    )
