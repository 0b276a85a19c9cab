"""What Bekal says of itself: what it is, for whom it can be used, which data it keeps."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face
from bekal.front import queries
from bekal.shop.rules import kept_until


@face("ledger", "places")
def about(request: HttpRequest) -> HttpResponse:
    """What Bekal is, who runs it, and how money is split."""
    principle = queries.principle(on=local_day(clock.now(), Zone.WIB))
    context = {"principle": principle, "contact": settings.BEKAL_CONTACT}
    return render(request, "front/about.html", context)


@face()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was made accessible, how that was tested, and what is missing."""
    return render(request, "front/accessibility.html", {"contact": settings.BEKAL_CONTACT})


@face()
def privacy(request: HttpRequest) -> HttpResponse:
    """Every field about a person, as the models themselves declare it."""
    context = {
        "declared": queries.declared_personal_data(),
        "buyers_kept": kept_until(settings.BEKAL_BUYER_DATA_DAYS),
        "contact": settings.BEKAL_CONTACT,
        "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return render(request, "front/privacy.html", context)
