"""Where the desk leads to in work of the whole tree: who holds which role, which rules are set."""

from django.urls import reverse


def rules() -> str:
    """Where the centre sets rules of splitting."""
    return reverse("rules:list")


def requirements() -> str:
    """Where the centre says what is required of those who work."""
    return reverse("requirements:book")


def members(unit: str = "") -> str:
    """Who holds roles at a place; without one, the places where the reader gives roles."""
    return reverse("members:list", args=[unit]) if unit else reverse("members:places")
