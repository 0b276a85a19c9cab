"""What changes sales: recording, taking back, reporting a day, sheets, rebuilding."""

from bekal.sales.actions.new_refund import NewRefund
from bekal.sales.actions.rebuilding import rebuild_summaries
from bekal.sales.actions.recording import Recorded, record_order, record_sale
from bekal.sales.actions.refunding import refund_sale, void_sale
from bekal.sales.actions.reporting import ReportRefused, report_day
from bekal.sales.actions.sheets import (
    Taken,
    record_rows,
    record_started,
    start_sheet,
    take_sheet,
)

__all__ = [
    "NewRefund",
    "Recorded",
    "ReportRefused",
    "Taken",
    "rebuild_summaries",
    "record_order",
    "record_rows",
    "record_sale",
    "record_started",
    "refund_sale",
    "report_day",
    "start_sheet",
    "take_sheet",
    "void_sale",
]
