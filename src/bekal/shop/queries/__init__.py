"""What others ask of the shop: orders, their parts, what waits for a unit."""

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
from bekal.shop.queries.looking import Look, day_of, is_made, look, parcels_of
from bekal.shop.queries.notices import NoticeShown, count_to_send, notices_to_send, told_notices
from bekal.shop.queries.parts import (
    LineShown,
    MoveShown,
    PartShown,
    Receiver,
    part_by_order_code,
    part_of_unit,
    parts_of_unit,
)

__all__ = [
    "PILE_LABELS",
    "SORTING_LABELS",
    "DeskCounts",
    "DeskFilters",
    "LineShown",
    "Look",
    "MoveShown",
    "NoticeShown",
    "PartRow",
    "PartShown",
    "Pile",
    "Receiver",
    "Sorting",
    "count_to_send",
    "day_of",
    "desk_counts",
    "is_made",
    "look",
    "notices_to_send",
    "orders_of",
    "parcels_of",
    "part_by_order_code",
    "part_of_unit",
    "parts_of_unit",
    "rows_of",
    "told_notices",
]
