"""Where the frame and the desk of the centre lead to for those who watch over the books."""

from django.urls import reverse


def examination() -> str:
    """The desk of the auditor."""
    return reverse("examine:home")


def checks() -> str:
    """What the nightly checks found."""
    return reverse("books:checks")
