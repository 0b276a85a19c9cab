"""Where the pages of an order are, as they are written outside of pages."""

from django.conf import settings

from bekal.ui.addresses import in_language


def order_path(code: str, *, language: str = "") -> str:
    """The page of an order, in a language."""
    return in_language(f"/pesanan/{code}/", language or settings.LANGUAGE_CODE)


def order_address(code: str, *, language: str = "") -> str:
    """The whole address of an order's page."""
    return f"{settings.BEKAL_ADDRESS}{order_path(code, language=language)}"
