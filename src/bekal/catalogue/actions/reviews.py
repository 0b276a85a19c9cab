"""What buyers say of products, and who lets it be shown."""

import datetime as dt
from typing import Any

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import rules
from bekal.catalogue.models import Product, Review
from bekal.foundation.actors import Actor


@transaction.atomic
def write_review(
    *, product_id: int, key: str, stars: int, text: str, by: Actor, now: dt.datetime
) -> Review:
    """Keep what a buyer says of a product until somebody has read it.

    `key` proves the purchase ("part:<uuid>:<product>"): whoever calls has seen that this part was
    bought and holds the product. There is one review for each; a second one answers the first.
    Raises ProductUnknown, ReviewRefused.
    """
    tidy = rules.check_review(stars=stars, text=text)
    product = Product.objects.select_related("seller").filter(pk=product_id).first()
    if product is None:
        raise rules.ProductUnknown
    review, is_new = Review.objects.get_or_create(
        key=key,
        defaults={
            "product": product,
            "stars": stars,
            "text": tidy,
            "written_at": now,
            "written_by": str(by),
        },
    )
    if is_new:
        _record(review, action="catalogue.write_review", detail={"stars": stars}, by=by, now=now)
    return review


@transaction.atomic
def moderate_review(
    *, review_id: int, is_shown: bool, reason: str, by: Actor, now: dt.datetime
) -> Review:
    """Show a review, or refuse it for a reason. What was judged stays; the same again is fine.

    Raises ReviewRefused for a refusal without a reason, an unknown review, and a second judgement
    that differs from the first.
    """
    tidy = rules.check_reason(is_shown=is_shown, reason=reason)
    found = Review.objects.select_related("product__seller").filter(pk=review_id)
    review = found.select_for_update(of=("self",)).first()
    if review is None:
        raise rules.ReviewRefused("Ulasan ini tidak ada.")
    status = rules.ReviewStatus.SHOWN if is_shown else rules.ReviewStatus.REFUSED
    if review.status != rules.ReviewStatus.WAITING:
        if review.status != status:
            raise rules.ReviewRefused("Ulasan ini sudah diputuskan orang lain.")
        return review
    review.status, review.reason = status, tidy
    review.moderated_at, review.moderated_by = now, str(by)
    review.save(update_fields=["status", "reason", "moderated_at", "moderated_by"])
    detail = {"status": str(status), "reason": tidy}
    _record(review, action="catalogue.moderate_review", detail=detail, by=by, now=now)
    return review


def _record(
    review: Review, *, action: str, detail: dict[str, Any], by: Actor, now: dt.datetime
) -> None:
    product = review.product
    audit.record(
        chain=chain_of_place(product.seller.unit_id),
        action=action,
        object_key=f"review:{review.pk}",
        detail={"code": product.code, **detail},
        by=by,
        now=now,
    )
