"""What messages show of a product: one picture of 1200 by 630 with its name, price and unit.

Reads and writes nothing. WhatsApp leaves out pictures that are large, so it stays within 60 KB.
"""

import datetime as dt
import hashlib
import io
import json
import re
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from bekal.catalogue import rules
from bekal.catalogue.queries import Card
from bekal.foundation import formats
from bekal.ui import pdf

WIDTH, HEIGHT = 1200, 630
LARGEST = 60_000
_PHOTO = (504, HEIGHT)
_LOOKS = 2
"""Grows when the picture is drawn in another way, so that all are made anew."""
_QUALITIES = (86, 78, 70, 60, 50, 40, 30, 20, 10)
LONGEST_TITLE = 80
_UNIT = re.compile(
    r"(?<=\d) (?=(?:m?g|gr|gram|kg|ons|m?l|ml|liter|[cm]?m|pcs|buah)\b)", re.IGNORECASE
)
"""The blank between a number and its unit, where no line may end."""


@dataclass(frozen=True)
class Share:
    """What the picture says; `photo` names a photograph, else `drawing` a drawing of ui/img."""

    code: str
    title: str
    price: str
    unit: str
    province: str
    drawing: str
    photo: str
    sample: bool
    language: str = settings.LANGUAGE_CODE

    @property
    def digest(self) -> str:
        """Another one for whatever it says otherwise."""
        told = json.dumps([_LOOKS, asdict(self)], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[: rules.DIGEST_LENGTH]

    @property
    def address(self) -> str:
        """Where it is served; what it says is part of the address."""
        return f"/gambar/bagikan/{self.code}-{self.digest}.jpg"


def shares_of(card: Card) -> list[Share]:
    """What its pictures say, one in each language of the pages."""
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.append(share_of(card))
    return found


def share_of(card: Card) -> Share:
    """What the picture of a product says on the day of its card, in the language of the page."""
    return Share(
        code=card.code,
        title=_UNIT.sub("\u00a0", Truncator(card.title).chars(LONGEST_TITLE)),
        price=_("Harga menyusul") if card.price is None else formats.rupiah(card.price),
        unit=card.unit_name,
        province=card.province,
        drawing="" if card.photo else card.drawing,
        photo=card.photo.digest if card.photo else "",
        sample=card.is_sample,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def drawn(share: Share, *, photo: bytes | None, made_at: dt.datetime) -> bytes:
    """The picture as JPEG; `photo` is a file of the photograph that it names."""
    with override(share.language):
        words = {
            "drawn": _("Gambar ilustrasi"),
            "marked": _("Contoh"),
            "made": _("Dibuat di bengkel"),
        }
    data = {**asdict(share), **words}
    (page,) = pdf.pictures("catalogue/papers/share.typ", data, made_at=made_at)
    with Image.open(io.BytesIO(page), formats=["PNG"]) as image:
        picture = image.convert("RGB")
    if photo is not None:
        with Image.open(io.BytesIO(photo), formats=["WEBP"]) as image:
            picture.paste(ImageOps.fit(image.convert("RGB"), _PHOTO, Image.Resampling.LANCZOS))
    tries = (_jpeg(picture, quality) for quality in _QUALITIES)
    return next(each for each in tries if len(each) <= LARGEST)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()
