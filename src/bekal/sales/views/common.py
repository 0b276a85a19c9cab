"""What the pages of sales share."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.sales import queries
from bekal.sales.models import Sale
from bekal.sales.rules import NewSale

Crumb = tuple[str, str | None]


def crumbs(place: PlaceNow, *last: Crumb) -> list[Crumb]:
    """The way down from the unit's receipts."""
    return [("Penjualan", reverse("sales:list", args=[place.code])), *last]


def crumb_of(place: PlaceNow, sale: Sale) -> Crumb:
    """A receipt as a step of the way."""
    return str(sale), reverse("sales:receipt", args=[place.code, sale.pk])


def the_sale(place: PlaceNow, sale_id: UUID) -> Sale:
    """A unit's receipt. Raises Http404 when the unit has none with this id."""
    sale = queries.receipt(unit_id=place.id, sale_id=sale_id)
    if sale is None:
        raise Http404
    return sale


def order_page(place: PlaceNow, sale: Sale) -> str:
    """Where a sale that an order made is taken back: the page of its part; nothing for others.

    What an order brought goes back to its buyer, so it goes by the pages of the order.
    """
    if not sale.order_part:
        return ""
    return reverse(settings.BEKAL_PART_PAGE, args=[place.code, sale.pk])


def books_page(place: PlaceNow, sale: Sale) -> str:
    """Where the books tell what a sale moved."""
    return f"{reverse(settings.BEKAL_SOURCE_PAGE, args=[place.code])}?kunci=sale:{sale.pk}"


def to_receipt(place: PlaceNow, sale_id: UUID, done: str) -> HttpResponse:
    """Lead to a receipt that says what was done: "jual", "batal" or "kembali"."""
    address = reverse("sales:receipt", args=[place.code, sale_id])
    return see_other(f"{address}?tersimpan={done}")


def next_sale(place: PlaceNow, sale: Sale | NewSale, **said: object) -> str:
    """Where the next sale is recorded: most often it is like the one before in all but its goods.

    `said`: what the page is to be told besides.
    """
    like = {
        "tanggal": sale.sold_on,
        "saluran": sale.channel,
        "pembeli": sale.buyer_class,
        "bayar": sale.payment,
    }
    return f"{reverse('sales:record', args=[place.code])}?{urlencode({**like, **said})}"
