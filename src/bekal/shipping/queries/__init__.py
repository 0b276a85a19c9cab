"""What others ask of shipping: where a parcel can go, and what that costs."""

from bekal.shipping.queries.finding import district, districts, search_districts
from bekal.shipping.queries.offers import quotes, quotes_of_units
from bekal.shipping.queries.shapes import Destination, Offer, Parcel, Quote

__all__ = [
    "Destination",
    "Offer",
    "Parcel",
    "Quote",
    "district",
    "districts",
    "quotes",
    "quotes_of_units",
    "search_districts",
]
