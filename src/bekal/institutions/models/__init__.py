"""What institutions asked for, and what came of it."""

from bekal.institutions.models.answers import Answer
from bekal.institutions.models.enquiries import (
    Enquiry,
    EnquiryLetter,
    EnquiryPlace,
    EnquiryProduct,
    Reply,
)
from bekal.institutions.models.harvests import HarvestTotal
from bekal.institutions.models.letters import Letter
from bekal.institutions.models.outcomes import Choice, Outcome
from bekal.institutions.models.requests import Invitation, Request, RequestFile
from bekal.institutions.models.resale import (
    ResaleTerms,
)
from bekal.institutions.models.services import (
    Appointment,
    AppointmentMove,
    ClosedDay,
    Service,
    ServiceHours,
    Slot,
)
from bekal.institutions.models.supply import (
    Purchases,
    PurchasesPaper,
    Supply,
    SupplyDelivery,
    SupplyEnd,
)

__all__ = [
    "Answer",
    "Appointment",
    "AppointmentMove",
    "Choice",
    "ClosedDay",
    "Enquiry",
    "EnquiryLetter",
    "EnquiryPlace",
    "EnquiryProduct",
    "HarvestTotal",
    "Invitation",
    "Letter",
    "Outcome",
    "Purchases",
    "PurchasesPaper",
    "Reply",
    "Request",
    "RequestFile",
    "ResaleTerms",
    "Service",
    "ServiceHours",
    "Slot",
    "Supply",
    "SupplyDelivery",
    "SupplyEnd",
]
