"""What people type at the doors of production, read generously; nothing is written here."""

from bekal.production.forms.assigning import AssignForm, EndForm, LimitForm
from bekal.production.forms.goods import (
    STANDING_SLUGS,
    CountForm,
    KeepForm,
    LowMarkForm,
    SheetForm,
    read_filters,
)
from bekal.production.forms.hours import DayForm, TimeForm, WorkForm, WorkshopForm
from bekal.production.forms.pausing import PauseForm

__all__ = [
    "STANDING_SLUGS",
    "AssignForm",
    "CountForm",
    "DayForm",
    "EndForm",
    "KeepForm",
    "LimitForm",
    "LowMarkForm",
    "PauseForm",
    "SheetForm",
    "TimeForm",
    "WorkForm",
    "WorkshopForm",
    "read_filters",
]
