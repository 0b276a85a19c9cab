"""Where a buyer pays: the page of one ask, its code, and how it stands. Never kept by anybody."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bekal.foundation import clock
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.doors import public
from bekal.foundation.refusals import Refused
from bekal.foundation.views import form_on
from bekal.payments import actions, handlers, qris
from bekal.payments.queries import PayPanel, pay_panel
from bekal.payments.rules import USUAL_MEANS, NewReceipt
from bekal.ui.qr import drawing_of

_BUYER = Actor(ActorKind.BUYER, "bayar")


@public
@never_cache
@require_safe
def pay(request: HttpRequest, ask: UUID) -> HttpResponse:
    """How to pay an ask, or how it stands."""
    return _page(request, _found(ask))


@public
@never_cache
@require_safe
def state(request: HttpRequest, ask: UUID) -> HttpResponse:
    """How an ask stands, in a word, for the page that waits."""
    return HttpResponse(_found(ask).word, content_type="text/plain; charset=utf-8")


@public
@never_cache
@require_safe
def code(request: HttpRequest, ask: UUID) -> HttpResponse:
    """The QRIS code of an ask that may be paid, as a drawing."""
    return HttpResponse(drawing_of(_payload(ask)), content_type="image/svg+xml")


@public
@never_cache
@require_safe
def picture(request: HttpRequest, ask: UUID) -> HttpResponse:
    """The same as a picture to save, for a banking app on the same phone."""
    answer = HttpResponse(qris.png(_payload(ask)), content_type="image/png")
    answer["Content-Disposition"] = 'attachment; filename="qris-bekal.png"'
    return answer


@public
@never_cache
@form_on("pay:page")
def gateway(request: HttpRequest, ask: UUID) -> HttpResponse:
    """Open the payment at the gateway; the page then leads there."""
    found = _found(ask)
    try:
        actions.start_gateway(request_id=ask, by=_BUYER, now=clock.now())
    except Refused as refused:
        return _page(request, found, problem=refused.message)
    return redirect("pay:page", ask)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sandbox(request: HttpRequest, ask: UUID) -> HttpResponse:
    """In a demo: pretend that an ask was paid. Elsewhere there is no such page."""
    if not settings.BEKAL_DEMO:
        raise Http404
    pay = _found(ask)
    back = handlers.page_of(pay.ask) or reverse("pay:page", args=[ask])
    if request.method == "POST" and not pay.ask.owed:
        return redirect(back)
    if request.method == "POST":
        now = clock.now()
        receipt = NewReceipt(
            key=ask,
            unit_id=pay.ask.unit_id,
            amount=pay.ask.to_pay,
            method=USUAL_MEANS[pay.ask.method],
            provider="sandbox",
            reference=str(ask),
            request_id=ask,
            received_at=now,
        )
        actions.receive(receipt=receipt, by=_BUYER, now=now)
        return redirect(back)
    return render(request, "payments/sandbox.html", {"pay": pay, "back": back})


def _page(request: HttpRequest, pay: PayPanel, *, problem: str = "") -> HttpResponse:
    demo = settings.BEKAL_DEMO
    context = {
        "pay": pay,
        "back": handlers.page_of(pay.ask),
        "sandbox": reverse("sandbox:pay", args=[pay.ask.id]) if demo else "",
        "problem": problem,
    }
    return render(request, "payments/pay.html", context, status=422 if problem else 200)


def _found(ask: UUID) -> PayPanel:
    found = pay_panel(request_id=ask, now=clock.now())
    if found is None:
        raise Http404
    return found


def _payload(ask: UUID) -> str:
    """The code of an ask; one that is over must not be paid any more."""
    found = _found(ask)
    if not (found.is_open and found.is_qris and found.payload):
        raise Http404
    return found.payload
