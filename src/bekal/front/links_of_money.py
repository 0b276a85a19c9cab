"""Where the frame and the desk lead to for money that came in, and what is done with it."""

from django.urls import reverse


def money_in(unit: str) -> str:
    """The money that a unit received, what nobody knows yet on top."""
    return reverse("payments:money_in", args=[unit])


def money_out(unit: str) -> str:
    """What a unit owes back to buyers, and to other units."""
    return reverse("payments:money_out", args=[unit])


def pnbp(unit: str) -> str:
    """What a unit owes the state, and its deposits."""
    return reverse("treasury:pnbp", args=[unit])
