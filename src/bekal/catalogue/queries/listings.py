"""What is written of a product for buyers, and the permits that it stands on."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from bekal.catalogue import rules
from bekal.catalogue.models import Listing, Permit, Picture
from bekal.catalogue.queries.goods import seller_on


def listing_of(row: Listing) -> rules.NewListing:
    """What an officer wrote, as it was given."""
    return rules.NewListing(
        description=row.description,
        description_en=row.description_en,
        name_en=row.name_en,
        origin=rules.Origin(row.origin) if row.origin else None,
        making=rules.Making(row.making),
        weight_g=row.weight_g,
        length_cm=row.length_cm,
        width_cm=row.width_cm,
        height_cm=row.height_cm,
        material=row.material,
        measure=row.measure,
        care=row.care,
        buyer_limit=row.buyer_limit,
        is_food=row.is_food,
        composition=row.composition,
        net_content=row.net_content,
        allergens=row.allergens,
        storage=row.storage,
        shelf_life_days=row.shelf_life_days,
        halal=rules.Halal(row.halal) if row.halal else None,
    )


def permit_spans(*, product_id: int) -> list[rules.PermitSpan]:
    """The permits of a product that were not withdrawn. One statement."""
    found = Permit.objects.filter(goods__product_id=product_id, withdrawn_at__isnull=True)
    return [
        rules.PermitSpan(rules.PermitKind(kind), valid_from, valid_until)
        for kind, valid_from, valid_until in found.values_list(
            "kind", "valid_from", "valid_until"
        ).order_by("id")
    ]


@dataclass(frozen=True)
class ShopState:
    """How a product stands for buyers on a day, as its desk shows it.

    `missing` keeps it from being shown, or from being ordered although it is shown. `waiting` are
    photographs that nobody has looked at. `can_split`: its unit's rule can split its price.
    """

    listing: rules.NewListing
    is_published: bool
    missing: tuple[rules.Missing, ...]
    pictures: int
    waiting: int
    can_split: bool

    @property
    def may_publish(self) -> bool:
        """Whether it can be shown from now on."""
        return not self.is_published and not self.missing

    @property
    def status(self) -> str:
        """Its state in words."""
        if not self.is_published:
            return "belum tayang"
        return "tayang, belum bisa dipesan" if self.missing else "tayang"

    @property
    def status_kind(self) -> str:
        """The colour of its state, as ui's tags name it."""
        if not self.is_published:
            return "neutral"
        return "warn" if self.missing else "ok"

    @property
    def pictures_text(self) -> str:
        """How many photographs buyers see, and how many wait."""
        if not self.pictures:
            return "Belum ada foto"
        waiting = f", {self.waiting} menunggu diperiksa" if self.waiting else ""
        return f"{self.pictures} foto{waiting}"


def shop_state(*, product_id: int, on: dt.date) -> ShopState:
    """How a product stands for buyers on a day of its unit. Four statements."""
    row = Listing.objects.filter(product_id=product_id).first()
    listing = listing_of(row) if row else rules.NewListing()
    spans = permit_spans(product_id=product_id)
    pictures = Picture.objects.filter(product_id=product_id).aggregate(
        all=Count("id"), waiting=Count("id", filter=Q(checked_at__isnull=True))
    )
    can_split, kind, category = seller_on(product_id=product_id, on=on)
    return ShopState(
        listing=listing,
        is_published=row is not None and row.is_published,
        missing=rules.publish_problems(
            listing=listing,
            permits=spans,
            on=on,
            can_split=can_split,
            category=category,
            unit_kind=kind,
        ),
        pictures=pictures["all"],
        waiting=pictures["waiting"],
        can_split=can_split,
    )
