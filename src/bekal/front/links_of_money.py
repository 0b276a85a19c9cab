"""Where the frame and the desk lead to for money that came in, and what is done with it."""

from django.urls import reverse


def money_in(unit: str) -> str:
    """The money that a unit received, what nobody knows yet on top."""
    return reverse("payments:money_in", args=[unit])


def money_out(unit: str) -> str:
    """What a unit owes back to buyers, and to other units."""
    return reverse("payments:money_out", args=[unit])


def clearings(unit: str) -> str:
    """The differences of a unit's cash that wait for its head."""
    return f"{reverse('treasury:clearings', args=[unit])}?keadaan=menunggu"


def pnbp(unit: str) -> str:
    """What a unit owes the state, and its deposits."""
    return reverse("treasury:pnbp", args=[unit])


def premi(unit: str) -> str:
    """The premi of a unit: what waits, what is owed, what is saved."""
    return reverse("treasury:premi", args=[unit])


def premi_left(unit: str) -> str:
    """Who has left a unit and is still to get premi or savings."""
    return f"{premi(unit)}#pulang"


def premi_runs(unit: str) -> str:
    """The payments of premi of a unit."""
    return reverse("treasury:premi_runs", args=[unit])


def premi_overpaid(unit: str) -> str:
    """Who left a unit and was paid too much, and how that is settled."""
    return reverse("treasury:overpaid", args=[unit])
