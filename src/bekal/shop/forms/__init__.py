"""What people type at the doors of the shop, read generously; nothing is written here."""

from bekal.shop.forms.address import SEARCH, AddressForm
from bekal.shop.forms.aftercare import OpinionForm, PayeeForm, ProblemForm, WithdrawForm
from bekal.shop.forms.basket import (
    BasketTyped,
    PiecesForm,
    PiecesTyped,
    read_basket_page,
    seen_price,
)
from bekal.shop.forms.confirming import RECOUNT, ConfirmForm, read_pieces
from bekal.shop.forms.delivery import DeliveryForm, parts_of, usual_parts
from bekal.shop.forms.desk import (
    CounterForm,
    FailForm,
    HandOverForm,
    ReasonForm,
    ScanForm,
    read_desk_filters,
    read_invoice_filters,
    read_part_ids,
)
from bekal.shop.forms.following import CodeForm, PhoneForm
from bekal.shop.forms.problems import DONE, AnswerForm, GoodsForm, read_problem_filters
from bekal.shop.forms.reports import ReportForm
from bekal.shop.forms.review import CLASSES, ReviewForm, shown_prices
from bekal.shop.forms.whatsapp import WhatsAppForm

__all__ = [
    "CLASSES",
    "DONE",
    "RECOUNT",
    "SEARCH",
    "AddressForm",
    "AnswerForm",
    "BasketTyped",
    "CodeForm",
    "ConfirmForm",
    "CounterForm",
    "DeliveryForm",
    "FailForm",
    "GoodsForm",
    "HandOverForm",
    "OpinionForm",
    "PayeeForm",
    "PhoneForm",
    "PiecesForm",
    "PiecesTyped",
    "ProblemForm",
    "ReasonForm",
    "ReportForm",
    "ReviewForm",
    "ScanForm",
    "WhatsAppForm",
    "WithdrawForm",
    "parts_of",
    "read_basket_page",
    "read_desk_filters",
    "read_invoice_filters",
    "read_part_ids",
    "read_pieces",
    "read_problem_filters",
    "seen_price",
    "shown_prices",
    "usual_parts",
]
