"""What institutions and officers type, read generously; nothing is written here."""

from bekal.institutions.forms.answering import (
    DeclineForm,
    OfferForm,
    read_invitation_filters,
)
from bekal.institutions.forms.asking import (
    RequestForm,
    SendForm,
    WithdrawForm,
    nobody_makes_it,
)
from bekal.institutions.forms.booking import (
    WEEKDAYS,
    BookingForm,
    DayForm,
    DoneForm,
    ServiceForm,
    read_calendar_day,
    read_service_filters,
)
from bekal.institutions.forms.choosing import ChoiceForm
from bekal.institutions.forms.enquiring import (
    EnquiryForm,
    NoForm,
    TermsForm,
    read_enquiry_filters,
)
from bekal.institutions.forms.fields import read_day
from bekal.institutions.forms.registering import (
    AddressForm,
    ContactForm,
    RegisterForm,
    read_institution_filters,
)
from bekal.institutions.forms.reselling import (
    ResaleForm,
    ResaleTermsForm,
    resale_field,
)
from bekal.institutions.forms.supplying import (
    HARVEST_IDS,
    EndForm,
    HandedForm,
    HarvestForm,
    OwnPurchasesForm,
    PurchasesForm,
    ReasonForm,
    SupplyForm,
    read_month,
)

__all__ = [
    "HARVEST_IDS",
    "WEEKDAYS",
    "AddressForm",
    "BookingForm",
    "ChoiceForm",
    "ContactForm",
    "DayForm",
    "DeclineForm",
    "DoneForm",
    "EndForm",
    "EnquiryForm",
    "HandedForm",
    "HarvestForm",
    "NoForm",
    "OfferForm",
    "OwnPurchasesForm",
    "PurchasesForm",
    "ReasonForm",
    "RegisterForm",
    "RequestForm",
    "ResaleForm",
    "ResaleTermsForm",
    "SendForm",
    "ServiceForm",
    "SupplyForm",
    "TermsForm",
    "WithdrawForm",
    "nobody_makes_it",
    "read_calendar_day",
    "read_day",
    "read_enquiry_filters",
    "read_institution_filters",
    "read_invitation_filters",
    "read_month",
    "read_service_filters",
    "resale_field",
]
