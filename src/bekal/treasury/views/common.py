"""What the pages of a unit's money share."""

from django.urls import reverse

from bekal.places.queries import PlaceNow


def crumb(place: PlaceNow) -> tuple[str, str]:
    """The way back to all of the unit's money."""
    return "Uang", reverse("treasury:home", args=[place.code])
