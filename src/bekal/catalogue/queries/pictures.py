"""Photographs of products and their files."""

import datetime as dt
from dataclasses import dataclass

from bekal.catalogue import photographs, rules
from bekal.catalogue.models import Picture, PictureFile, SharePicture

_NOT_SHOWN_WIDE = 1280


@dataclass(frozen=True)
class PictureRow:
    """A photograph at the desk; nobody outside sees it before it is checked."""

    id: int
    photo: rules.Photo
    is_checked: bool
    added_at: dt.datetime


def picture_file(*, digest: str, width: int, kind: str) -> bytes | None:
    """The bytes of a file of a photograph; None when there is none. One statement."""
    found = PictureFile.objects.filter(digest=digest, width=width, kind=kind)
    content = found.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def pictures_of(*, product_id: int) -> list[PictureRow]:
    """The photographs of a product in their order, also those that wait to be checked."""
    return [
        PictureRow(
            id=row.pk,
            photo=rules.Photo(row.digest, row.width, row.height, row.alt),
            is_checked=row.checked_at is not None,
            added_at=row.added_at,
        )
        for row in Picture.objects.filter(product_id=product_id).order_by("position")
    ]


def share_picture(*, product_id: int, digest: str) -> bytes | None:
    """The picture for messages, if it was drawn since what it says last changed. One statement."""
    found = SharePicture.objects.filter(product_id=product_id, digest=digest)
    content = found.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def checked_photo(*, content: bytes) -> bytes:
    """A photograph that somebody sent, checked and encoded anew as WebP without what came beside.

    For pictures that are no product's. Asks nothing of the database. Raises PictureRefused.
    """
    encoded = photographs.encode(content)
    return encoded.files[min(encoded.files, key=lambda width: abs(width - _NOT_SHOWN_WIDE))]
