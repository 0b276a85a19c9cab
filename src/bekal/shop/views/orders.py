"""An order by its code: paying it, following it, finding it, ending it."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.foundation import clock
from bekal.foundation.actions import count_attempt
from bekal.foundation.actors import buyer_actor
from bekal.foundation.codes import CodeMistyped
from bekal.foundation.doors import public
from bekal.foundation.refusals import Refused
from bekal.payments import queries as payments
from bekal.payments.queries import PayPanel
from bekal.payments.rules import Method
from bekal.shop import actions, forms, queries
from bekal.shop.models import OrderBuyer
from bekal.shop.queries import OrderShown
from bekal.shop.rules import OrderStatus, read_code
from bekal.shop.views.visitors import (
    TOO_MANY,
    UNPROCESSABLE,
    VISITOR,
    is_too_often,
    page,
    see_other,
)

TRIES, QUARTER = 5, dt.timedelta(minutes=15)
LOOKUPS, MINUTE = 30, dt.timedelta(minutes=1)
_TO_PAY = frozenset({OrderStatus.WAITING, OrderStatus.PLACED})


@public
@never_cache
@require_safe
def order(request: HttpRequest, order: str) -> HttpResponse:
    """An order by part: what comes from whom, and where it stands. May be bookmarked."""
    found, other = _found(request, order)
    return other or _order_page(request, found)


@public
@never_cache
@require_POST
def address(request: HttpRequest, order: str) -> HttpResponse:
    """The same with name and address, for who knows the last four digits of the phone."""
    found, other = _found(request, order)
    if other is not None:
        return other
    tries = count_attempt(
        subject=f"shop.address:{found.id}", window=QUARTER, by=VISITOR, now=clock.now()
    )
    if tries > TRIES or is_too_often(request, "address", most=4 * TRIES, window=QUARTER):
        return page(request, "shop/too_often.html", {}, status=TOO_MANY)
    form = forms.PhoneForm(request.POST)
    if form.is_valid():
        digits = form.cleaned_data["digits"]
        buyer = queries.address_of(order_id=found.id, phone_end=digits)
        if buyer is not None:
            return _order_page(request, found, buyer=buyer)
        form.does_not_fit()
    return _order_page(request, found, form=form, status=UNPROCESSABLE)


@public
@never_cache
@require_safe
def pay(request: HttpRequest, order: str) -> HttpResponse:
    """How to pay an order, as long as it waits for money; else its page."""
    found, other = _found(request, order)
    if other is not None:
        return other
    panel = _panel(found)
    if panel is None or found.status not in _TO_PAY:
        return see_other(reverse("shop:order", args=[found.code]))
    context = {
        "order": found,
        "pay": panel,
        "sandbox": reverse("sandbox:pay", args=[panel.ask.id]) if settings.BEKAL_DEMO else "",
    }
    return page(request, "shop/pay.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, order: str) -> HttpResponse:
    """End an order before it is paid for; asked once more before it is done."""
    found, other = _found(request, order)
    if other is not None:
        return other
    if found.is_by_invoice:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            actions.cancel_order(order_id=found.id, by=buyer_actor(found.id), now=clock.now())
        except Refused as refused:
            problem = refused.message
        else:
            return see_other(reverse("shop:order", args=[found.code]))
    elif found.status not in _TO_PAY:
        return see_other(reverse("shop:order", args=[found.code]))
    status = UNPROCESSABLE if problem else 200
    context = {"order": found, "problem": problem}
    return page(request, "shop/cancel.html", context, status=status)


@public
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find an order again by the code that stands on the receipt."""
    typed = request.GET.get("kode", "")[:40]
    form = forms.CodeForm({"kode": typed} if typed else None)
    if form.is_valid():
        if is_too_often(request, "find", most=LOOKUPS, window=MINUTE):
            return page(request, "shop/too_often.html", {}, status=TOO_MANY)
        if _looked_up(form.cleaned_data["kode"]) is not None:
            return see_other(reverse("shop:order", args=[form.cleaned_data["kode"]]))
        form.does_not_fit()
    status = UNPROCESSABLE if form.is_bound else 200
    return page(request, "shop/find.html", {"form": form}, status=status)


def _found(request: HttpRequest, typed: str) -> tuple[OrderShown, HttpResponse | None]:
    """The order of an address, and where to go instead when it was written otherwise.

    Raises Http404 for what is no code or no order. Guesses are counted, so that nobody tries all.
    """
    try:
        code = read_code(typed)
    except CodeMistyped:
        raise Http404 from None
    found = _looked_up(code)
    if found is None:
        if is_too_often(request, "code", most=LOOKUPS, window=MINUTE):
            raise Http404
        raise Http404
    twin = request.path.replace(typed, code)
    other = see_other(twin) if code != typed and request.method != "POST" else None
    return found, other


def _may_cancel(found: OrderShown) -> bool:
    """Whether its code is enough to end it: an institution ends its own by its private address."""
    is_paid = any(part.is_paid for part in found.parts)
    return found.status in _TO_PAY and not is_paid and not found.is_by_invoice


def _looked_up(code: str) -> OrderShown | None:
    return queries.order_shown(code=code, on=queries.day_of(clock.now()))


def _panel(found: OrderShown) -> PayPanel | None:
    """What is to be paid for all of an order at once; None where each counter takes its own."""
    if found.method in {None, Method.AT_PICKUP}:
        return None
    return payments.pay_panel(request_id=found.id, now=clock.now())


def _order_page(
    request: HttpRequest,
    found: OrderShown,
    *,
    buyer: OrderBuyer | None = None,
    form: forms.PhoneForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "order": found,
        "to_pay": found.status in _TO_PAY and found.method is not Method.AT_PICKUP,
        "may_cancel": _may_cancel(found),
        "at_counter": found.status is OrderStatus.PLACED and found.method is Method.AT_PICKUP,
        "buyer": buyer,
        "form": form or forms.PhoneForm(),
    }
    return page(request, "shop/order.html", context, status=status)
