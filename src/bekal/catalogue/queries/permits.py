"""Permits of a unit: the list, one of them, and those that end soon."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from bekal.catalogue import rules
from bekal.catalogue.models import Permit, PermitProduct, Product
from bekal.catalogue.rules import PermitState

PAGE_SIZE = 30
_KINDS = {
    PermitState.IN_FORCE: "ok",
    PermitState.ENDING: "warn",
    PermitState.ENDED: "bad",
    PermitState.AHEAD: "info",
}


@dataclass(frozen=True)
class PermitFilters:
    """What a person narrows the list by."""

    state: PermitState | None = None
    page: int = 1


@dataclass(frozen=True)
class PermitRow:
    """A permit as its list shows it on a day; `goods` are names of products, by name."""

    id: int
    kind: rules.PermitKind
    number: str
    holder: str
    valid_from: dt.date
    valid_until: dt.date | None
    state: PermitState
    goods: Sequence[str]

    @property
    def label(self) -> str:
        """What it is called."""
        return str(rules.PERMIT_LABELS[self.kind])

    @property
    def state_kind(self) -> str:
        """The colour of its state, as ui's tags name it."""
        return _KINDS.get(self.state, "neutral")

    @property
    def may_be_renewed(self) -> bool:
        """Whether a permit that follows it may be written down."""
        return self.state in {PermitState.IN_FORCE, PermitState.ENDING, PermitState.ENDED}


@dataclass(frozen=True)
class PermitDetail:
    """A permit with the products that it speaks of."""

    row: PermitRow
    product_ids: frozenset[int]


def permits_of(*, unit_id: int, filters: PermitFilters, on: dt.date) -> Page[PermitRow]:
    """One page of a unit's permits, what ends first on top. Three statements."""
    page = Paginator(_filtered(unit_id, filters, on), PAGE_SIZE).get_page(filters.page)
    page.object_list = [_row(permit, on) for permit in page.object_list]
    return page


def every_permit_of(*, unit_id: int, filters: PermitFilters, on: dt.date) -> list[PermitRow]:
    """All permits that the filters leave, for a file. Two statements."""
    return [_row(permit, on) for permit in _filtered(unit_id, filters, on)]


def permit_detail(*, unit_id: int, permit_id: int, on: dt.date) -> PermitDetail | None:
    """A permit of a unit; None when the unit has none of this id. Two statements."""
    permit = _permits(unit_id).filter(pk=permit_id).first()
    if permit is None:
        return None
    ids = frozenset(each.product_id for each in permit.goods.all())
    return PermitDetail(_row(permit, on), ids)


def goods_to_permit(*, unit_id: int) -> list[tuple[int, str]]:
    """The products of a unit for a permit to speak of, by name."""
    found = Product.objects.filter(seller__unit_id=unit_id, is_sample=False)
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def ending_permits(*, unit_id: int, on: dt.date) -> list[PermitRow]:
    """Permits of a unit that end within 60 days or have ended, and were not renewed."""
    found = _permits(unit_id).filter(_state(PermitState.ENDING, on) | _state(PermitState.ENDED, on))
    return [_row(permit, on) for permit in found.order_by("valid_until", "pk")]


def _permits(unit_id: int) -> QuerySet[Any, Any]:
    renewal = Permit.objects.filter(renews=OuterRef("pk"), withdrawn_at__isnull=True)
    found: QuerySet[Any, Any] = Permit.objects.filter(seller__unit_id=unit_id).annotate(
        is_renewed=Exists(renewal)
    )
    goods = PermitProduct.objects.select_related("product")
    return found.prefetch_related(Prefetch("goods", queryset=goods))


def _filtered(unit_id: int, filters: PermitFilters, on: dt.date) -> QuerySet[Any, Any]:
    found = _permits(unit_id)
    if filters.state is not None:
        found = found.filter(_state(filters.state, on))
    return found.order_by("valid_until", "kind", "pk")


def _state(state: PermitState, on: dt.date) -> Q:
    """The same as rules.state_of_permit, asked of the table."""
    here = Q(withdrawn_at__isnull=True, valid_from__lte=on)
    soon = on + dt.timedelta(days=rules.WARN_DAYS)
    return {
        PermitState.WITHDRAWN: Q(withdrawn_at__isnull=False),
        PermitState.AHEAD: Q(withdrawn_at__isnull=True, valid_from__gt=on),
        PermitState.IN_FORCE: here & (Q(valid_until__isnull=True) | Q(valid_until__gt=soon)),
        PermitState.ENDING: here & Q(valid_until__range=(on, soon), is_renewed=False),
        PermitState.ENDED: here & Q(valid_until__lt=on, is_renewed=False),
        PermitState.RENEWED: here & Q(valid_until__lte=soon, is_renewed=True),
    }[state]


def _row(permit: Permit, on: dt.date) -> PermitRow:
    return PermitRow(
        id=permit.pk,
        kind=rules.PermitKind(permit.kind),
        number=permit.number,
        holder=permit.holder,
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        state=rules.state_of_permit(
            valid_from=permit.valid_from,
            valid_until=permit.valid_until,
            is_renewed=bool(vars(permit)["is_renewed"]),
            is_withdrawn=permit.withdrawn_at is not None,
            on=on,
        ),
        goods=sorted(each.product.name for each in permit.goods.all()),
    )
