"""What institutions asked for, and what came of it."""

from bekal.institutions.models.answers import Answer
from bekal.institutions.models.letters import Letter
from bekal.institutions.models.outcomes import Choice, Outcome
from bekal.institutions.models.requests import Invitation, Request, RequestFile
from bekal.institutions.models.services import (
    Appointment,
    AppointmentMove,
    ClosedDay,
    Service,
    ServiceHours,
    Slot,
)

__all__ = [
    "Answer",
    "Appointment",
    "AppointmentMove",
    "Choice",
    "ClosedDay",
    "Invitation",
    "Letter",
    "Outcome",
    "Request",
    "RequestFile",
    "Service",
    "ServiceHours",
    "Slot",
]
