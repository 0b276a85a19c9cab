"""Where the desk leads to for what a workshop works with."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import slugify

from bekal.production.queries import Priced
from bekal.production.rules import MaterialStanding, PlotState, TransferStanding


def materials_that(unit: str, standing: MaterialStanding) -> str:
    """A unit's materials that stand like this."""
    asked = urlencode({"keadaan": slugify(standing.value)})
    return f"{reverse('production:materials', args=[unit])}?{asked}"


def price_sheets_that(unit: str, standing: Priced) -> str:
    """A unit's products whose price stands like this."""
    asked = urlencode({"keadaan": slugify(standing.value)})
    return f"{reverse('production:price_sheets', args=[unit])}?{asked}"


def plots_that(unit: str, state: PlotState) -> str:
    """A unit's plots in one state."""
    asked = urlencode({"keadaan": _PLOTS[state]})
    return f"{reverse('production:plots', args=[unit])}?{asked}"


_PLOTS = {
    PlotState.IDLE: "menganggur",
    PlotState.DUE: "jatuh-tempo",
    PlotState.GROWING: "ditanami",
}


def transfers(unit: str) -> str:
    """What other units sent to a unit, or what it sent them."""
    return reverse("production:transfers", args=[unit])


def transfers_coming(unit: str) -> str:
    """What is on the way to a unit."""
    asked = urlencode({"keadaan": slugify(TransferStanding.ON_THE_WAY.value)})
    return f"{transfers(unit)}?{asked}"


def chains() -> str:
    """What the units of a person's places send each other."""
    return reverse("chains:home")


def made(unit: str) -> str:
    """What a unit made."""
    return reverse("production:batches", args=[unit])


def make(unit: str) -> str:
    """Where what was made is written down."""
    return reverse("production:make", args=[unit])
