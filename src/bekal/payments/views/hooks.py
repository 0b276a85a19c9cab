"""Where payment gateways tell of payments. Programs speak here, not people."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bekal.foundation import clock
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.doors import public
from bekal.payments import actions, gateways
from bekal.payments.gateway import Forged, Outcome, Unreachable

_CONFIRMED = frozenset({Outcome.PAID, Outcome.ENDED})


@csrf_exempt
@public
@require_POST
def midtrans(request: HttpRequest) -> HttpResponse:
    """Take a notice in: signed, and confirmed by asking back where something follows from it.

    Answers as Midtrans acts on it: 200 for all that is understood and kept, also of an order that
    nobody knows; 400 for what they did not sign, and where no gateway is set up; 503 so that they
    tell again.
    """
    gateway = gateways.active()
    if gateway is None:
        return HttpResponse(status=400)
    by = Actor(ActorKind.WEBHOOK, gateway.name)
    try:
        notice = gateway.read_notice(request.body, request.headers)
        if notice.outcome in _CONFIRMED:
            notice = gateway.status(notice.order)
        actions.take_notice(notice=notice, gateway=gateway, by=by, now=clock.now())
    except Forged:
        return HttpResponse(status=400)
    except Unreachable:
        return HttpResponse(status=503)
    return HttpResponse(status=200)
