"""What the public page of a product tells beside its card: words, photographs, permits, reviews."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection

from bekal.catalogue import rules
from bekal.catalogue.queries.contacts import ContactShown
from bekal.foundation.clock import Zone, local_day

REVIEWS_SHOWN = 10
_DETAILS = """
select to_jsonb(l), shelf.sentence,
  coalesce((
    select jsonb_agg(jsonb_build_array(digest, width, height, alt, exists (
      select from catalogue_picturefile f where f.digest = p.digest and f.kind = 'avif'
    )) order by position)
    from catalogue_picture p where p.product_id = %(product)s and checked_at is not null
  ), '[]'),
  coalesce((
    select jsonb_agg(jsonb_build_array(kind, number, holder, valid_until) order by permit.id)
    from catalogue_permitproduct pp join catalogue_permit permit on permit.id = pp.permit_id
    where pp.product_id = %(product)s and withdrawn_at is null
      and %(on)s between valid_from and coalesce(valid_until, 'infinity')
  ), '[]'),
  coalesce((
    select jsonb_agg(jsonb_build_array(stars, text, written_at) order by written_at desc, id desc)
    from (select id, stars, text, written_at from catalogue_review
          where product_id = %(product)s and status = 'shown'
          order by written_at desc, id desc limit %(reviews)s) newest
  ), '[]'),
  rated.count, rated.sum,
  (select jsonb_build_array(c.number, c.is_sample) from catalogue_contact c
   join catalogue_product p on p.seller_id = c.seller_id
   where p.id = %(product)s and c.number <> '')
from (select count(*), coalesce(sum(stars), 0)::int as sum from catalogue_review
      where product_id = %(product)s and status = 'shown') rated
left join catalogue_listing l on l.product_id = %(product)s
left join catalogue_shelf shelf on shelf.product_id = %(product)s
"""


@dataclass(frozen=True)
class PublicPermit:
    """A permit in force, as buyers see it; no last day: it names none."""

    kind: rules.PermitKind
    number: str
    holder: str
    valid_until: dt.date | None

    @property
    def label(self) -> str:
        """What it is called."""
        return str(rules.PERMIT_LABELS[self.kind])


@dataclass(frozen=True)
class PublicReview:
    """What a buyer said, on a day; of whom nothing is known here."""

    stars: int
    text: str
    written_on: dt.date


@dataclass(frozen=True)
class GalleryPhoto:
    """A photograph of the gallery; `has_avif`: its smaller files are made."""

    photo: rules.Photo
    has_avif: bool


@dataclass(frozen=True)
class Details:
    """What is known of a product on a day; `pause` says why its unit takes no orders.

    `listing` is None when nobody has described it. `reviews` are the newest of `review_count`.
    """

    listing: rules.NewListing | None
    pause: str
    photos: Sequence[GalleryPhoto]
    permits: Sequence[PublicPermit]
    reviews: Sequence[PublicReview]
    review_count: int
    stars: int
    contact: ContactShown | None = None

    @property
    def average(self) -> str | None:
        """The average of all stars with one decimal; None of fewer than three reviews."""
        if self.review_count < rules.FEWEST_FOR_AVERAGE:
            return None
        tenths = (20 * self.stars + self.review_count) // (2 * self.review_count)
        return f"{tenths // 10}.{tenths % 10}"


def details_of(*, product_id: int, on: dt.date) -> Details:
    """What the page of a product tells on a day. One statement."""
    values: dict[str, Any] = {"product": product_id, "on": on, "reviews": REVIEWS_SHOWN}
    with connection.cursor() as cursor:
        cursor.execute(_DETAILS, values)
        listing, pause, *lists, count, stars, contact = cursor.fetchone()
    photos, permits, reviews = map(json.loads, lists)
    return Details(
        listing=_listing(json.loads(listing)) if listing else None,
        pause=pause or "",
        photos=[GalleryPhoto(rules.Photo(*photo), has_avif) for *photo, has_avif in photos],
        permits=[
            PublicPermit(rules.PermitKind(kind), number, holder, _day(until))
            for kind, number, holder, until in permits
        ],
        reviews=[
            PublicReview(given, text, local_day(dt.datetime.fromisoformat(at), Zone.WIB))
            for given, text, at in reviews
        ],
        review_count=count,
        stars=stars,
        contact=ContactShown(*json.loads(contact)) if contact else None,
    )


def _listing(row: Mapping[str, Any]) -> rules.NewListing:
    names = (field.name for field in fields(rules.NewListing))
    told = {name: row[name] for name in names}
    told["origin"] = rules.Origin(row["origin"]) if row["origin"] else None
    told["halal"] = rules.Halal(row["halal"]) if row["halal"] else None
    told["making"] = rules.Making(row["making"])
    return rules.NewListing(**told)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
