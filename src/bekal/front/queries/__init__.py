"""What the pages of the front show, from what the rooms below answer."""

from bekal.front.queries.choice import ListedUnit, listed_units, sift
from bekal.front.queries.desk import (
    Desk,
    Dispute,
    desk_of,
    disputes_of,
)
from bekal.front.queries.home import Divided, Home, home
from bekal.front.queries.receipt_rows import ReceiptRow
from bekal.front.queries.said import declared_personal_data, principle
from bekal.front.queries.workshops import (
    Sold,
    Workshop,
    choices_of,
    rule_shown,
    sift_makers,
    workshop,
)

__all__ = [
    "Desk",
    "Dispute",
    "Divided",
    "Home",
    "ListedUnit",
    "ReceiptRow",
    "Sold",
    "Workshop",
    "choices_of",
    "declared_personal_data",
    "desk_of",
    "disputes_of",
    "home",
    "listed_units",
    "principle",
    "rule_shown",
    "sift",
    "sift_makers",
    "workshop",
]
