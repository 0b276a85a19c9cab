"""Where the frame and the desk lead to for selling beyond the shop: abroad, other channels."""

from django.urls import reverse

from bekal.institutions.rules import EnquiryState


def market(unit: str) -> str:
    """All that a unit sells beyond the shop; without one, where that begins."""
    return reverse("market:index", args=[unit]) if unit else reverse("market_home:home")


def requests(unit: str) -> str:
    """What institutions asked a unit."""
    return reverse("institutions:requests", args=[unit])


def enquiries(unit: str) -> str:
    """What buyers abroad asked a unit; without one, where all of it begins."""
    return reverse("enquiries:index", args=[unit]) if unit else reverse("enquiry_home:home")


def enquiries_waiting(unit: str) -> str:
    """What buyers abroad asked a unit and it has not replied to."""
    return f"{enquiries(unit)}?status={EnquiryState.WAITING}"


def supply(unit: str) -> str:
    """A unit's recurring supply; without one, the report of vendors of the person's own place."""
    return reverse("supply:index", args=[unit]) if unit else reverse("supply_home:home")


def resale(unit: str) -> str:
    """On which terms resellers buy of a unit."""
    return reverse("resale:index", args=[unit])
