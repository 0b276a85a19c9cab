"""What others ask of shipping: where a parcel can go, and what that costs."""

from bekal.shipping.queries.finding import district, districts, search_districts
from bekal.shipping.queries.offers import quotes, quotes_of_units
from bekal.shipping.queries.reading import Areas, read_rates
from bekal.shipping.queries.reckoning import reckon
from bekal.shipping.queries.shapes import (
    Destination,
    Offer,
    Parcel,
    Quote,
    RateFilters,
    RateRow,
    ReadRow,
    Reckoned,
    Rows,
    ServiceRow,
    Sort,
)
from bekal.shipping.queries.tables import (
    every_rate_of,
    rate_now,
    rates_of,
    service_of,
    services_of,
)

__all__ = [
    "Areas",
    "Destination",
    "Offer",
    "Parcel",
    "Quote",
    "RateFilters",
    "RateRow",
    "ReadRow",
    "Reckoned",
    "Rows",
    "ServiceRow",
    "Sort",
    "district",
    "districts",
    "every_rate_of",
    "quotes",
    "quotes_of_units",
    "rate_now",
    "rates_of",
    "read_rates",
    "reckon",
    "search_districts",
    "service_of",
    "services_of",
]
