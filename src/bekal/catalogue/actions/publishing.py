"""Describing a product to buyers, showing it, and taking it back."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import rules
from bekal.catalogue.actions.sheets import locked_product, zone_of
from bekal.catalogue.models import Listing, Product
from bekal.catalogue.queries.goods import seller_on
from bekal.catalogue.queries.listings import listing_of, permit_spans
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day


@transaction.atomic
def describe_product(
    *, product_id: int, listing: rules.NewListing, by: Actor, now: dt.datetime
) -> Listing:
    """Write down what a product is for buyers. The same again changes nothing.

    Raises ProductUnknown, ListingRefused (at the field), and PublishRefused when a product that
    is published would lose a fact that buyers must be told.
    """
    product = locked_product(product_id)
    told = rules.tidy_listing(listing)
    rules.check_listing(told)
    standing = Listing.objects.filter(product=product).first()
    before = listing_of(standing) if standing else rules.NewListing()
    if standing is not None and before == told:
        return standing
    if standing is not None and standing.is_published:
        _require_complete(product, told, now=now)
    written, _ = Listing.objects.update_or_create(
        product=product, defaults={**_columns(told), "set_at": now, "set_by": str(by)}
    )
    changed = sorted(name for name in asdict(told) if getattr(before, name) != getattr(told, name))
    _record("catalogue.describe", product, {"changed": changed}, by=by, now=now)
    return written


@transaction.atomic
def publish(*, product_id: int, by: Actor, now: dt.datetime) -> Listing:
    """Let buyers order a product. Again: nothing happens.

    Raises ProductUnknown, and PublishRefused, which says which facts are missing.
    """
    product = locked_product(product_id)
    listing = Listing.objects.filter(product=product).first()
    told = listing_of(listing) if listing else rules.NewListing()
    _require_complete(product, told, now=now)
    assert listing is not None
    return _set_published(listing, product, is_published=True, by=by, now=now)


@transaction.atomic
def unpublish(*, product_id: int, by: Actor, now: dt.datetime) -> Listing | None:
    """Take a product back from what can be ordered. Again: nothing. Raises ProductUnknown."""
    product = locked_product(product_id)
    listing = Listing.objects.filter(product=product).first()
    if listing is None:
        return None
    return _set_published(listing, product, is_published=False, by=by, now=now)


def _set_published(
    listing: Listing, product: Product, *, is_published: bool, by: Actor, now: dt.datetime
) -> Listing:
    if listing.is_published is is_published:
        return listing
    listing.is_published = is_published
    listing.set_at, listing.set_by = now, str(by)
    listing.save(update_fields=["is_published", "set_at", "set_by"])
    action = "catalogue.publish" if is_published else "catalogue.unpublish"
    _record(action, product, {}, by=by, now=now)
    return listing


def _require_complete(product: Product, told: rules.NewListing, *, now: dt.datetime) -> None:
    """Raise PublishRefused when facts are missing on the unit's day."""
    on = local_day(now, zone_of(product.seller.unit_id, now))
    can_split, kind, category = seller_on(product_id=product.pk, on=on)
    missing = rules.publish_problems(
        listing=told,
        permits=permit_spans(product_id=product.pk),
        on=on,
        can_split=can_split,
        category=category,
        unit_kind=kind,
    )
    if missing:
        raise rules.PublishRefused(missing)


def _columns(told: rules.NewListing) -> dict[str, Any]:
    """The fields as the table has them: nothing chosen is an empty word."""
    return {**asdict(told), "origin": told.origin or "", "halal": told.halal or ""}


def _record(
    action: str, product: Product, detail: dict[str, Any], *, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(product.seller.unit_id),
        action=action,
        object_key=f"product:{product.pk}",
        detail={"code": product.code, **detail},
        by=by,
        now=now,
    )
