"""Who is registered as an institution, for its own pages and for those who check it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bekal.foundation.private import digest_of
from bekal.shop.models import Institution as Institution
from bekal.shop.models import Order
from bekal.shop.rules import OrderStatus

_MOST_ORDERS = 200
_FELL_OUT = Q(parts__given_up__isnull=False, closing__isnull=True)


@dataclass(frozen=True)
class InstitutionFilters:
    """How a person narrows the institutions: words or digits, a kind, checked or not."""

    text: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True)
class InstitutionOrder:
    """An order in the list of the institution that placed it; `total` is without what fell out."""

    id: UUID
    code: str
    placed_at: dt.datetime
    status: OrderStatus
    total: int


ALL_INSTITUTIONS = InstitutionFilters()
CHECKED, UNCHECKED = "diperiksa", "belum"


def institution_by_key(*, key: str) -> Institution | None:
    """The institution whose private address has this key; one statement."""
    return Institution.objects.filter(key_digest=digest_of(key), erased_at__isnull=True).first()


def institution(*, institution_id: UUID) -> Institution | None:
    """The institution with this id."""
    return Institution.objects.filter(pk=institution_id).first()


def institutions_at(*, email: str) -> list[Institution]:
    """The institutions whose contact reads this e-mail, whatever its case, oldest first."""
    found = Institution.objects.filter(email__iexact=email, erased_at__isnull=True)
    return list(found.order_by("registered_at", "id"))


def institutions(*, filters: InstitutionFilters = ALL_INSTITUTIONS) -> QuerySet[Institution]:
    """The registered institutions, newest first, each with `rivals`: others with its NPWP."""
    found = Institution.objects.filter(erased_at__isnull=True)
    for word in filters.text.split():
        found = found.filter(Q(name__icontains=word) | Q(npwp__contains=word))
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.state:
        found = found.filter(checked_at__isnull=filters.state == UNCHECKED)
    same = Institution.objects.filter(npwp=OuterRef("npwp")).exclude(pk=OuterRef("pk"))
    same = same.exclude(npwp="")
    count = same.order_by().values("npwp").annotate(n=Count("pk")).values("n")
    return found.annotate(rivals=Coalesce(Subquery(count), 0)).order_by("-registered_at", "id")


def sample_institutions() -> list[Institution]:
    """The institutions of a demo ("data contoh"), by name."""
    return list(Institution.objects.filter(is_sample=True).order_by("name", "id"))


def rivals_of(*, institution: Institution) -> list[Institution]:
    """Others that registered with the same NPWP, oldest first."""
    same = Institution.objects.filter(npwp=institution.npwp).exclude(pk=institution.pk)
    same = same.exclude(npwp="")
    return list(same.order_by("registered_at", "id"))


def institution_names(*, ids: Collection[UUID]) -> dict[UUID, str]:
    """What these institutions are called, by id; one statement."""
    return dict(Institution.objects.filter(pk__in=ids).values_list("pk", "name"))


def orders_of_institution(*, institution_id: UUID) -> list[InstitutionOrder]:
    """What an institution has ordered, the newest 200 first; one statement."""
    names = ("id", "code", "placed_at", "status", "total", "gone")
    found = Order.objects.filter(institution_id=institution_id).order_by("-placed_at", "id")
    gone = Sum(F("parts__goods_total") + F("parts__fee"), filter=_FELL_OUT, default=0)
    rows = found.annotate(gone=gone).values_list(*names)[:_MOST_ORDERS]
    return [
        InstitutionOrder(pk, code, placed_at, OrderStatus(status), total - gone)
        for pk, code, placed_at, status, total, gone in rows
    ]
