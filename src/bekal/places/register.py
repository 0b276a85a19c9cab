"""The units of a day as anyone may look them up, a page at a time."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from bekal.places.models import Tenure
from bekal.places.rules import Level


@dataclass(frozen=True)
class RegisterFilters:
    """What narrows the register: words of name or city; codes of kanwil and province; a kind."""

    text: str = ""
    kanwil: str = ""
    province: str = ""
    kind: str = ""


def register(*, filters: RegisterFilters, on: dt.date) -> QuerySet[Tenure]:
    """The tenures of the units that stand on a day, by name, each with its place and kanwil.

    Beside the fields: `kanwil_code`, `kanwil_name` (as called on that day).
    """
    found = _units(on)
    for word in filters.text.split():
        found = found.filter(Q(name__icontains=word) | Q(place__city__icontains=word))
    if filters.kanwil:
        found = found.filter(parent__code=filters.kanwil)
    if filters.province:
        found = found.filter(place__province_id=filters.province)
    if filters.kind:
        found = found.filter(kind__iexact=filters.kind)
    return found.order_by("name", "place_id")


def unit_in_register(*, code: str, on: dt.date) -> Tenure | None:
    """The tenure of one unit on a day, as `register` gives it; None when it does not stand."""
    return _units(on).filter(place__code=code).first()


def history_of(*, place_id: int) -> QuerySet[Tenure]:
    """All tenures of a unit, the oldest first, each with the kanwil as called when it ended."""
    found = Tenure.objects.filter(place_id=place_id).annotate(
        kanwil_code=F("parent__code"), kanwil_name=_name_of_parent(overlapping=True)
    )
    return found.order_by("during", "id")


def _units(on: dt.date) -> QuerySet[Tenure]:
    found = Tenure.objects.filter(during__contains=on, place__level=Level.UNIT)
    return found.select_related("place__province").annotate(
        kanwil_code=F("parent__code"), kanwil_name=_name_of_parent(on=on)
    )


def _name_of_parent(*, on: dt.date | None = None, overlapping: bool = False) -> Subquery:
    above = Tenure.objects.filter(place_id=OuterRef("parent_id"))
    above = (
        above.filter(during__overlap=OuterRef("during"))
        if overlapping
        else above.filter(during__contains=on)
    )
    return Subquery(above.order_by("-during", "id").values("name")[:1])
