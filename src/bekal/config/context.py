"""What every template may ask."""

from django.conf import settings
from django.http import HttpRequest


def flags(_request: HttpRequest) -> dict[str, bool]:
    """Whether this is a demo with sample data, and whether it speaks officially."""
    return {"bekal_demo": settings.BEKAL_DEMO, "bekal_official": settings.BEKAL_OFFICIAL}
