"""What people type at the doors of sales, read generously; nothing is written here."""

from bekal.sales.forms.fields import read_day
from bekal.sales.forms.lists import DayForm, read_filters
from bekal.sales.forms.refund import RefundForm, VoidForm
from bekal.sales.forms.sale import SaleForm, names_of
from bekal.sales.forms.sheet import SheetForm

__all__ = [
    "DayForm",
    "RefundForm",
    "SaleForm",
    "SheetForm",
    "VoidForm",
    "names_of",
    "read_day",
    "read_filters",
]
