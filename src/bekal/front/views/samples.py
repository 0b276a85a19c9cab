"""The sample accounts of a demo."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import public
from bekal.foundation import clock
from bekal.institutions import queries as institutions


@public
@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """Who may come in to a demo, and with what password; elsewhere there is nobody to show."""
    if not settings.BEKAL_DEMO:
        return render(request, "front/samples.html", {"sign_ins": []})
    codes = accounts.demo_codes(now=clock.now())
    context = {
        "sign_ins": [
            {**one, "code": codes.get(one["email"], "")} for one in settings.BEKAL_DEMO_SIGN_INS
        ],
        "institutions": institutions.sample_addresses(),
        "enquiries": institutions.sample_enquiries(),
    }
    return render(request, "front/samples.html", context)
