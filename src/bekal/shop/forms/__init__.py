"""What people type at the doors of the shop, read generously; nothing is written here."""

from bekal.shop.forms.desk import (
    CounterForm,
    HandOverForm,
    ReasonForm,
    ScanForm,
    read_desk_filters,
    read_part_ids,
)

__all__ = [
    "CounterForm",
    "HandOverForm",
    "ReasonForm",
    "ScanForm",
    "read_desk_filters",
    "read_part_ids",
]
