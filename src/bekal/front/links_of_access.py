"""Where the desk leads to in accounts: who holds which role at a place."""

from django.urls import reverse


def members(unit: str = "") -> str:
    """Who holds roles at a place; without one, the places where the reader gives roles."""
    return reverse("members:list", args=[unit]) if unit else reverse("members:places")
