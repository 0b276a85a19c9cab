"""Reviews for those who read them before they are shown."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When

from bekal.catalogue import rules
from bekal.catalogue.models import Review
from bekal.catalogue.rules import ReviewStatus
from bekal.foundation.clock import Zone, local_day

PAGE_SIZE = 20
_NAMES = {
    ReviewStatus.WAITING: "menunggu",
    ReviewStatus.SHOWN: "ditampilkan",
    ReviewStatus.REFUSED: "tidak ditampilkan",
}
_KINDS = {ReviewStatus.WAITING: "warn", ReviewStatus.SHOWN: "ok"}
REVIEW_STATUSES = {name.replace(" ", "-"): status for status, name in _NAMES.items()}


@dataclass(frozen=True)
class ReviewFilters:
    """What a person narrows the reviews by."""

    status: ReviewStatus | None = None
    page: int = 1


@dataclass(frozen=True)
class ReviewRow:
    """A review with the product that it is about; of who wrote it nothing is known."""

    id: int
    product: str
    product_code: str
    unit_id: int
    unit_name: str
    stars: int
    text: str
    written_on: dt.date
    status: ReviewStatus
    reason: str

    @property
    def status_text(self) -> str:
        """Its status in words."""
        return _NAMES[self.status]

    @property
    def status_kind(self) -> str:
        """The colour of its status, as ui's tags name it."""
        return _KINDS.get(self.status, "neutral")

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has still to judge it."""
        return self.status is ReviewStatus.WAITING


def reviews_of(*, units: Mapping[int, str], filters: ReviewFilters) -> Page[ReviewRow]:
    """One page of the reviews of goods of these units: those that wait first, then the newest.

    `units` are the names of the units by id. Two statements.
    """
    found = Review.objects.filter(product__seller__unit_id__in=units)
    if filters.status is not None:
        found = found.filter(status=filters.status)
    waits_first = Case(
        When(status=ReviewStatus.WAITING, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    ordered = found.select_related("product__seller").order_by(waits_first, "-written_at", "-pk")
    page: Page[Any] = Paginator(ordered, PAGE_SIZE).get_page(filters.page)
    page.object_list = [_row(review, units) for review in page.object_list]
    return page


def is_review_of(*, unit_ids: Collection[int], review_id: int) -> bool:
    """Whether a review is of goods of these units. One statement."""
    return Review.objects.filter(product__seller__unit_id__in=unit_ids, pk=review_id).exists()


def _row(review: Review, units: Mapping[int, str]) -> ReviewRow:
    unit_id = review.product.seller.unit_id
    return ReviewRow(
        id=review.pk,
        product=review.product.name,
        product_code=review.product.code,
        unit_id=unit_id,
        unit_name=units[unit_id],
        stars=review.stars,
        text=review.text,
        written_on=local_day(review.written_at, Zone.WIB),
        status=rules.ReviewStatus(review.status),
        reason=review.reason,
    )


def written_reviews(*, keys: Collection[str]) -> frozenset[str]:
    """Of these keys those under which a review was written. One statement."""
    found = Review.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return frozenset(found)
