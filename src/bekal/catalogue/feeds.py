"""Goods as shopping channels read them: RSS 2.0 with Google's fields, and CSV for Meta.

Sources: https://support.google.com/merchants/answer/7052112 (fields and values),
https://support.google.com/merchants/answer/14987622 (RSS 2.0),
https://developers.facebook.com/docs/marketing-api/catalog/reference/ (Meta's fields).
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bekal.catalogue.queries import Offer
from bekal.foundation.clock import Zone
from bekal.foundation.exports import safe_cell
from bekal.ui.addresses import FACES

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_BRAND = 70
_META = (
    "id",
    "title",
    "description",
    "availability",
    "condition",
    "price",
    "link",
    "image_link",
    "additional_image_link",
    "brand",
    "product_type",
    "shipping_weight",
)
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
<title>Bekal</title>
<link>{site}/</link>
<description>Karya warga binaan dari bengkel pemasyarakatan.</description>
<language>id</language>
<!-- {told} -->
"""
TOLD = "Hanya karya yang hari ini bisa dipesan dan berfoto. Karya contoh tidak ada di sini."
TOLD_IN_DEMO = (
    "Situs contoh: karyanya simulasi dan tidak dijual, jadi tidak ditawarkan di sini. "
    "Yang ada hanya karya sungguhan yang hari ini bisa dipesan dan berfoto."
)


@dataclass(frozen=True)
class Channel:
    """To whom goods are told: the site they lead to, and the day on which they can be ordered."""

    site: str
    on: dt.date
    is_demo: bool = False


def google(offers: Iterable[Offer], channel: Channel) -> Iterator[str]:
    """The feed for Google, item by item."""
    told = TOLD_IN_DEMO if channel.is_demo else TOLD
    yield _HEAD.format(site=escape(channel.site), told=told)
    for offer in offers:
        fields = "".join(f"<{name}>{_xml(value)}</{name}>" for name, value in _item(offer, channel))
        yield f"<item>{fields}</item>\n"
    yield "</channel>\n</rss>\n"


def _item(offer: Offer, channel: Channel) -> Iterator[tuple[str, str]]:
    """The fields of an item; the three of RSS itself come first."""
    first, *more = [channel.site + photo for photo in offer.photos]
    yield "title", offer.name
    yield "link", _link(offer, channel)
    yield "description", offer.description
    yield "g:id", offer.code
    yield "g:image_link", first
    yield from (("g:additional_image_link", photo) for photo in more)
    if offer.days is None:
        yield "g:availability", "in_stock"
    else:
        ready = dt.datetime.combine(
            channel.on + dt.timedelta(days=offer.days), dt.time(), Zone.WIB.info
        )
        yield "g:availability", "backorder"
        yield "g:availability_date", ready.isoformat(timespec="minutes")
    yield "g:price", f"{offer.price} IDR"
    yield "g:condition", "new"
    yield "g:brand", _brand(offer)
    yield "g:identifier_exists", "no"
    yield "g:product_type", _product_type(offer)
    yield "g:shipping_weight", f"{offer.weight_g} g"


def meta(offers: Iterable[Offer], channel: Channel) -> Iterator[str]:
    """The feed for Meta, line by line."""
    yield _line(_META)
    for offer in offers:
        first, *more = [channel.site + photo for photo in offer.photos]
        yield _line(
            (
                offer.code,
                safe_cell(offer.name),
                safe_cell(offer.description),
                "in stock" if offer.days is None else "available for order",
                "new",
                f"{offer.price} IDR",
                _link(offer, channel),
                first,
                ",".join(more),
                safe_cell(_brand(offer)),
                _product_type(offer),
                f"{offer.weight_g} g",
            )
        )


def _link(offer: Offer, channel: Channel) -> str:
    return f"{channel.site}{FACES['product']}{offer.path}/"


def _brand(offer: Offer) -> str:
    return offer.unit_name[:_LONGEST_BRAND]


def _product_type(offer: Offer) -> str:
    return f"{offer.kind} > {offer.category.capitalize()}"


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("", text))


def _line(cells: Iterable[str]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerow(cells)
    return file.getvalue()
