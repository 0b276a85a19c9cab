"""Enquiries from abroad, for who asked and for those who reply."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from bekal.foundation.private import digest_of, private_key
from bekal.institutions.models import Enquiry, EnquiryPlace, EnquiryProduct, Reply
from bekal.institutions.rules import (
    ENQUIRY_KEY,
    EnquiryState,
    ReplyKind,
    state_of_replies,
)
from bekal.places import queries as places

_OF_STATE = {
    EnquiryState.WAITING: "",
    EnquiryState.ANSWERED: ReplyKind.TERMS,
    EnquiryState.DECLINED: ReplyKind.DECLINE,
}
ENQUIRY_SORTS = {
    "menunggu": ("enquiry__asked_at", "id"),
    "terbaru": ("-enquiry__asked_at", "-id"),
    "jumlah": ("-enquiry__pieces", "id"),
}


@dataclass(frozen=True)
class EnquiryFilters:
    """How a person narrows and orders the enquiries."""

    text: str = ""
    state: EnquiryState | None = None
    sort: str = "terbaru"


@dataclass(frozen=True)
class Replied:
    """A place to which an enquiry went, with its newest reply, if there is one."""

    place_id: int
    place: str
    reply: Reply | None


def enquiry_by_key(*, key: str) -> Enquiry | None:
    """The enquiry whose private address has this key; one statement."""
    return Enquiry.objects.filter(key_digest=digest_of(key)).first()


def enquiries_of(*, place_ids: Collection[int], filters: EnquiryFilters) -> QuerySet[EnquiryPlace]:
    """What went to these places, each with `said`: the kind of its newest reply, or ""."""
    newest = Reply.objects.filter(to=OuterRef("pk")).order_by("-number").values("kind")[:1]
    said = Coalesce(Subquery(newest), Value(""), output_field=CharField())
    found = EnquiryPlace.objects.filter(place_id__in=place_ids).annotate(said=said)
    for word in filters.text.split():
        found = found.filter(enquiry__goods__icontains=word)
    if filters.state:
        found = found.filter(said=_OF_STATE[filters.state])
    return found.select_related("enquiry").order_by(*ENQUIRY_SORTS[filters.sort])


def state_said(said: str) -> EnquiryState:
    """The state of one place by the kind of its newest reply."""
    return state_of_replies({said} - {""})


def sent_to(*, enquiry_id: UUID, place_ids: Collection[int]) -> EnquiryPlace | None:
    """That an enquiry went to one of these places; None when it did not."""
    found = EnquiryPlace.objects.filter(enquiry_id=enquiry_id, place_id__in=place_ids)
    return found.select_related("enquiry").order_by("id").first()


def replies_of(*, to: EnquiryPlace) -> list[Reply]:
    """What a place replied, the newest first."""
    return list(Reply.objects.filter(to=to).order_by("-number"))


def replied(*, enquiry_id: UUID, on: dt.date) -> list[Replied]:
    """To whom an enquiry went and what each replied last; three statements."""
    to = list(EnquiryPlace.objects.filter(enquiry_id=enquiry_id).order_by("id"))
    rows = Reply.objects.filter(to__in=to).order_by("to_id", "-number").distinct("to_id")
    newest = {one.to_id: one for one in rows}
    names = places.last_called(place_ids=[one.place_id for one in to], on=on)
    return [
        Replied(one.place_id, names.get(one.place_id, ("", ""))[1], newest.get(one.pk))
        for one in to
    ]


def named_products(*, enquiry_id: UUID) -> list[int]:
    """The products that an enquiry names."""
    rows = EnquiryProduct.objects.filter(enquiry_id=enquiry_id).order_by("id")
    return list(rows.values_list("product_id", flat=True))


def sample_enquiries() -> list[tuple[str, str]]:
    """The enquiries of a demo with the keys of their private addresses; one statement."""
    rows = Enquiry.objects.filter(is_sample=True).order_by("asked_at", "id")
    return [(one.goods, private_key(ENQUIRY_KEY, one.pk)) for one in rows]
