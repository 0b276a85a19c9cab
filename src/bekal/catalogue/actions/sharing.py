"""Keeping the pictures that messages show of products."""

import datetime as dt

from bekal.catalogue import rules, share_pictures
from bekal.catalogue.models import PictureFile, SharePicture
from bekal.catalogue.share_pictures import Share
from bekal.foundation.actors import Actor


def keep_share_picture(*, product_id: int, share: Share, by: Actor, now: dt.datetime) -> bytes:
    """Draw what messages show of a product and keep it in the place of the one before.

    It is derived from what the product's page shows, so it leaves no event. Raises nothing.
    """
    content = share_pictures.drawn(share, photo=_photo(share.photo), made_at=now)
    SharePicture.objects.update_or_create(
        product_id=product_id,
        language=share.language,
        defaults={"digest": share.digest, "content": content},
    )
    return content


def _photo(digest: str) -> bytes | None:
    """The widest file of a photograph; None where there is none."""
    if not digest:
        return None
    files = PictureFile.objects.filter(digest=digest, kind="webp", width__lte=rules.WIDTHS[-1])
    content = files.order_by("-width").values_list("content", flat=True).first()
    return None if content is None else bytes(content)
