"""What the views of all rooms share."""

from django.http import HttpResponseRedirect


def see_other(address: str) -> HttpResponseRedirect:
    """Lead away from a form that was carried out, so that a refresh sends nothing again."""
    return HttpResponseRedirect(address, status=303)
