"""What others ask of the shop: orders, their parts, what waits for a unit."""

from bekal.shop.queries.baskets import BasketShown, LineInBasket, Workshop, basket_shown
from bekal.shop.queries.desk import (
    PILE_LABELS,
    SORTING_LABELS,
    DeskCounts,
    DeskFilters,
    PartRow,
    Pile,
    Sorting,
    desk_counts,
    orders_of,
    rows_of,
)
from bekal.shop.queries.drafts import DraftShown, draft
from bekal.shop.queries.looking import Look, day_of, is_made, look, parcels_of
from bekal.shop.queries.methods import Collector, collector_for, methods_for
from bekal.shop.queries.notices import NoticeShown, count_to_send, notices_to_send, told_notices
from bekal.shop.queries.offers import WorkshopOffer, days_of, offers_of, postage_of
from bekal.shop.queries.orders import (
    BoughtPart,
    OrderShown,
    address_of,
    code_of,
    order_shown,
)
from bekal.shop.queries.parts import (
    LineShown,
    MoveShown,
    PartShown,
    Receiver,
    part_by_order_code,
    part_of_unit,
    parts_of_unit,
)
from bekal.shop.queries.problems import order_problems

__all__ = [
    "PILE_LABELS",
    "SORTING_LABELS",
    "BasketShown",
    "BoughtPart",
    "Collector",
    "DeskCounts",
    "DeskFilters",
    "DraftShown",
    "LineInBasket",
    "LineShown",
    "Look",
    "MoveShown",
    "NoticeShown",
    "OrderShown",
    "PartRow",
    "PartShown",
    "Pile",
    "Receiver",
    "Sorting",
    "Workshop",
    "WorkshopOffer",
    "address_of",
    "basket_shown",
    "code_of",
    "collector_for",
    "count_to_send",
    "day_of",
    "days_of",
    "desk_counts",
    "draft",
    "is_made",
    "look",
    "methods_for",
    "notices_to_send",
    "offers_of",
    "order_problems",
    "order_shown",
    "orders_of",
    "parcels_of",
    "part_by_order_code",
    "part_of_unit",
    "parts_of_unit",
    "postage_of",
    "rows_of",
    "told_notices",
]
