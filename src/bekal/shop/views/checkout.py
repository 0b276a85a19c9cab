"""Ordering in two steps: who and where (and by which courier), then check and pay.

What was answered stands behind the address of the draft alone (see README: "A shared phone").
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bekal.catalogue import queries as catalogue
from bekal.foundation import clock
from bekal.foundation.doors import public
from bekal.shop import actions, forms, queries
from bekal.shop.cookies import read_basket
from bekal.shop.queries import BasketShown, DraftShown
from bekal.shop.rules import Basket
from bekal.shop.views.baskets import basket_page
from bekal.shop.views.visitors import (
    UNPROCESSABLE,
    VISITOR,
    is_too_often,
    page,
    see_other,
    too_often,
)
from bekal.ui.strangers import STAMP, is_kept, unseal

_LAST = 3
DRAFTS, TEN_MINUTES = 60, dt.timedelta(minutes=10)


def with_draft(
    view: Callable[[HttpRequest, str, DraftShown], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Hand a step the draft of its address; one that was placed leads to its order.

    So going back, sending again and a second tab do nothing. One that is over says so.
    """

    @wraps(view)
    def opened(request: HttpRequest, draft: str) -> HttpResponse:
        begun = queries.draft(token=draft[:64], now=clock.now())
        if begun is None:
            return page(request, "shop/over.html", {}, status=404)
        if begun.order_code:
            return see_other(reverse("shop:pay", args=[begun.order_code]))
        return view(request, draft, begun)

    return opened


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Order what lies in the basket, at the prices that were agreed to: who and where, at once.

    Nothing is kept before the address is whole; then the draft has it, with the usual courier of
    each workshop, so that all that is left is to look at it and to pay. A basket that was changed
    on the way goes on with its draft.
    """
    now, kept = clock.now(), read_basket(request)
    shown = queries.basket_shown(basket=kept, now=now)
    if not shown.can_be_ordered:
        return basket_page(request, kept) if request.method != "POST" else _to_basket()
    if request.method != "POST":
        return _address_page(request, "", forms.AddressForm())
    if "name" in request.POST:  # the page of the address; the basket sends a draft alone
        return _begin_with_address(request, shown, now=now)
    return _begun(request, shown, token=request.POST.get("pesanan", "")[:64], now=now)


def _to_basket() -> HttpResponse:
    return see_other(reverse("shop:basket"))


def _begin_with_address(
    request: HttpRequest, shown: BasketShown, *, now: dt.datetime
) -> HttpResponse:
    if request.POST.get("act") == forms.SEARCH:
        return _address_page(request, "", forms.AddressForm.searched(request.POST.dict()))
    form = forms.AddressForm(request.POST)
    if not form.is_valid():
        return _address_page(request, "", form, status=UNPROCESSABLE)
    return _begun(request, shown, answers=form.answers(), now=now)


def _begun(
    request: HttpRequest,
    shown: BasketShown,
    *,
    token: str = "",
    answers: dict[str, Any] | None = None,
    now: dt.datetime,
) -> HttpResponse:
    """Begin the draft, and lead to the first step that is still open."""
    if is_too_often(request, "draft", most=DRAFTS, window=TEN_MINUTES):
        return too_often(request, window=TEN_MINUTES)
    step = "address"
    if answers is not None:
        offers = queries.offers_of(basket=shown, district_code=answers["district"], now=now)
        parts = forms.usual_parts(offers)
        answers |= parts or {}
        step = "review" if parts else "delivery"
    _about, opened_at = unseal(request.POST.get(STAMP, ""))
    token = actions.begin_draft(
        basket=_as_agreed(shown),
        token=token,
        answers=answers,
        opened_at=opened_at if is_kept(opened_at, now=now) else None,
        by=VISITOR,
        now=now,
    )
    return see_other(reverse(f"shop:{step}", args=[token]))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def address(request: HttpRequest, draft: str, begun: DraftShown) -> HttpResponse:
    """Step 1: who receives it, and where, or that it is fetched."""
    if request.method != "POST":
        return _address_page(request, draft, forms.AddressForm(initial=begun.answers))
    form = forms.AddressForm(request.POST)
    if request.POST.get("act") == forms.SEARCH:
        return _address_page(request, draft, forms.AddressForm.searched(request.POST.dict()))
    if not form.is_valid():
        return _address_page(request, draft, form, status=UNPROCESSABLE)
    actions.answer_draft(token=draft, answers=form.answers(), by=VISITOR, now=clock.now())
    return see_other(reverse("shop:delivery", args=[draft]))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def delivery(request: HttpRequest, draft: str, begun: DraftShown) -> HttpResponse:
    """Step 2: a courier, or fetching, for each workshop."""
    now = clock.now()
    if "way" not in begun.answers:
        return see_other(reverse("shop:address", args=[draft]))
    shown = queries.basket_shown(basket=begun.basket, now=now)
    offers = queries.offers_of(basket=shown, district_code=begun.answers["district"], now=now)
    data = request.POST if request.method == "POST" else None
    form = forms.DeliveryForm(data, offers=offers, initial=begun.answers.get("parts"))
    if form.is_valid() and shown.can_be_ordered:
        actions.answer_draft(token=draft, answers=form.answers(), by=VISITOR, now=now)
        return see_other(reverse("shop:review", args=[draft]))
    points = catalogue.pickup_points_of(unit_ids=[workshop.unit_id for workshop in shown.workshops])
    shown_here = {"form": form, "rows": form.rows(points=points), "basket": shown}
    context = {**frame(draft, 2), **shown_here, "answers": begun.answers}
    status = UNPROCESSABLE if form.is_bound else 200
    return page(request, "shop/delivery.html", context, status=status)


def _address_page(
    request: HttpRequest, draft: str, form: forms.AddressForm, *, status: int = 200
) -> HttpResponse:
    context = {**frame(draft, 1), **form.places(), "form": form}
    return page(request, "shop/address.html", context, status=status)


def frame(draft: str, step: int) -> dict[str, Any]:
    """What every step shows: where one is, and the ways back; before there is a draft too."""
    basket_url, address_url, delivery_url = reverse("shop:basket"), reverse("shop:begin"), ""
    if draft:
        basket_url = f"{basket_url}?pesanan={draft}"
        address_url = reverse("shop:address", args=[draft])
        delivery_url = reverse("shop:delivery", args=[draft])
    way = [
        (_("Keranjang"), basket_url),
        (_("Alamat"), address_url),
        (_("Pengiriman"), delivery_url),
        (_("Periksa dan bayar"), ""),
    ]
    return {
        "step": 2 if step == _LAST else 1,  # the courier belongs to who and where
        "basket_url": basket_url,
        "address_url": address_url,
        "delivery_url": delivery_url,
        "crumbs": [*way[:step], (way[step][0], None)],
    }


def _as_agreed(shown: BasketShown) -> Basket:
    """The basket at the prices that were agreed to; the last step tells which are others now."""
    return Basket(tuple(each.line for each in shown.lines))
