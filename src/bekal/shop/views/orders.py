"""An order by its code: paying it, following it, finding it, ending it."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bekal.catalogue import queries as catalogue
from bekal.foundation import clock
from bekal.foundation.actors import buyer_actor
from bekal.foundation.doors import public
from bekal.foundation.views import form_on
from bekal.payments import queries as payments
from bekal.payments.queries import PayPanel
from bekal.payments.rules import Method
from bekal.shop import actions, forms, queries
from bekal.shop.models import OrderBuyer
from bekal.shop.queries import OrderShown
from bekal.shop.rules import OrderStatus, amended_words
from bekal.shop.views.codes import (
    DONE,
    LOOKUPS,
    QUARTER,
    answered,
    buyer_by,
    found_order,
    guesses_too_often,
    looked_up,
)
from bekal.shop.views.visitors import (
    MINUTE,
    UNPROCESSABLE,
    is_too_often,
    page,
    see_other,
    too_often,
)

_TO_PAY = frozenset({OrderStatus.WAITING, OrderStatus.PLACED})
_TO_END = _TO_PAY | {OrderStatus.DRAFT}


@public
@never_cache
@require_safe
def order(request: HttpRequest, order: str) -> HttpResponse:
    """An order by part: what comes from whom, and where it stands. May be bookmarked."""
    found = found_order(request, order)
    return found if isinstance(found, HttpResponse) else _order_page(request, found)


@public
@never_cache
@form_on("shop:order")
def address(request: HttpRequest, order: str) -> HttpResponse:
    """The same with name and address, for who knows the last four digits of the phone."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    form = forms.PhoneForm(request.POST)
    if form.is_valid() and guesses_too_often(request, found):
        return too_often(request, window=QUARTER, order=found)
    buyer = buyer_by(form, found)
    if buyer is not None:
        return _order_page(request, found, buyer=buyer)
    return _order_page(request, found, form=form, status=UNPROCESSABLE)


@public
@never_cache
@require_safe
def pay(request: HttpRequest, order: str) -> HttpResponse:
    """How to pay an order, as long as it waits for money; else its page."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
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
    """End an order before it is paid for, for who knows the last four digits of the phone.

    Its code alone stands on papers and parcels, so it ends nothing.
    """
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    if found.is_by_invoice:
        raise Http404
    if request.method != "POST" and found.status not in _TO_END:
        return see_other(reverse("shop:order", args=[found.code]))
    form = forms.PhoneForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.cancel_order(order_id=found.id, by=buyer_actor(found.id), now=clock.now())

    return answered(request, found, form=form, act=act, done="batal", context={})


@public
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find an order again by the code that stands on the receipt."""
    typed = request.GET.get("kode")
    form = forms.CodeForm(None if typed is None else {"kode": typed[:40]})
    if form.is_valid():
        if is_too_often(request, "find", most=LOOKUPS, window=MINUTE):
            return too_often(request, window=MINUTE)
        if looked_up(form.cleaned_data["kode"]) is not None:
            return see_other(reverse("shop:order", args=[form.cleaned_data["kode"]]))
        form.does_not_fit()
    status = UNPROCESSABLE if form.is_bound else 200
    return page(request, "shop/find.html", {"form": form}, status=status)


def _may_cancel(found: OrderShown) -> bool:
    """Whether its buyer may end it here: an institution ends its own by its private address."""
    is_paid = any(part.is_paid for part in found.parts)
    return found.status in _TO_END and not is_paid and not found.is_by_invoice


def _panel(found: OrderShown) -> PayPanel | None:
    """What is to be paid for all of an order at once; None where each counter takes its own."""
    if found.method in {None, Method.AT_PICKUP}:
        return None
    return payments.pay_panel(request_id=found.id, now=clock.now())


def _asked(found: OrderShown, *, is_to_pay: bool) -> dict[str, object]:
    """What is still asked of an order that waits for money, and whether its time is over.

    An invoice may be paid late: its time is never over.
    """
    ask = payments.ask(request_id=found.id) if is_to_pay else None
    is_over = ask is not None and ask.is_over(now=clock.now()) and not found.is_by_invoice
    return {"ask": ask, "is_lapsed": is_over, "may_cancel": _may_cancel(found) and not is_over}


def _amended(found: OrderShown) -> str:
    """What became of pieces as its unit confirmed it; asks only of what had to be confirmed."""
    was_draft = found.status is not OrderStatus.DRAFT and found.steps[0].status is OrderStatus.DRAFT
    amended = queries.amended_in(order_ids=[found.id] if was_draft else [])
    return amended_words(
        replace(each, name=found.called(each.name)) for each in amended.get(found.id, ())
    )


def _order_page(
    request: HttpRequest,
    found: OrderShown,
    *,
    buyer: OrderBuyer | None = None,
    form: forms.PhoneForm | None = None,
    status: int = 200,
) -> HttpResponse:
    care = queries.care_of(found, now=clock.now())
    is_draft = found.status is OrderStatus.DRAFT
    to_pay = found.status in _TO_PAY and found.method is not Method.AT_PICKUP
    reach = catalogue.reach_of(unit_ids={part.unit_id for part in found.parts})
    write_url, is_sample = queries.message_to_unit(found, reach=reach) if is_draft else ("", False)
    context = {
        "order": found,
        "write_url": write_url,
        "is_sample_contact": is_sample,
        "to_pay": to_pay,
        **_asked(found, is_to_pay=to_pay),
        "at_counter": found.status is OrderStatus.PLACED and found.method is Method.AT_PICKUP,
        "buyer": buyer,
        "form": form or forms.PhoneForm(),
        "done": DONE.get(request.GET.get("selesai", "")),
        "amended": _amended(found),
        "care": care,
        "reach": reach,
        "to_ask": [] if is_draft else queries.units_to_ask(found, reach=reach),
        "pay_back": queries.pay_back_of(found, care=care),
    }
    return page(request, "shop/order.html", context, status=status)
