"""Where the head of a unit keeps what buyers pay to and write to."""

from django.urls import reverse


def merchant(unit: str) -> str:
    """Where a unit takes money."""
    return reverse("payments:merchant", args=[unit])


def contact(unit: str) -> str:
    """Where a unit says how buyers reach it."""
    return reverse("contact:set", args=[unit])
