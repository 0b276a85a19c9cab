"""What changes sales: recording, taking back, reporting a day, rebuilding the sums."""

from bekal.sales.actions.rebuilding import rebuild_summaries
from bekal.sales.actions.recording import Recorded, record_order, record_sale
from bekal.sales.actions.refunding import NewRefund, refund_sale, void_sale
from bekal.sales.actions.reporting import ReportRefused, report_day

__all__ = [
    "NewRefund",
    "Recorded",
    "ReportRefused",
    "rebuild_summaries",
    "record_order",
    "record_sale",
    "refund_sale",
    "report_day",
    "void_sale",
]
