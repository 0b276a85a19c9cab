"""Ordering by WhatsApp: written down with a code first, so that no sale is lost off the books."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bekal.catalogue import queries as catalogue
from bekal.foundation import clock
from bekal.foundation.actors import buyer_actor
from bekal.foundation.doors import public
from bekal.foundation.refusals import KeyReused, Refused
from bekal.sales.rules import BuyerClass
from bekal.shop import actions, forms, queries
from bekal.shop.cookies import keep_basket, read_basket
from bekal.shop.queries import BasketShown, Workshop
from bekal.shop.rules import Basket, BasketLine, NewDraft, OrderChanged
from bekal.shop.views.visitors import (
    UNPROCESSABLE,
    is_too_often,
    page,
    see_other,
    too_often,
)
from bekal.ui.addresses import address_of

ORDERS, TEN_MINUTES = 10, dt.timedelta(minutes=10)


@dataclass(frozen=True)
class _Asked:
    """What is to be ordered: one product, or all of a basket of one workshop."""

    basket: BasketShown
    workshop: Workshop
    is_basket: bool


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest) -> HttpResponse:
    """One short page; what it sends is an order with a code, which the unit confirms."""
    now = clock.now()
    asked, other = _asked(request, now=now)
    if asked is None:
        return other
    if request.method != "POST" or request.POST.get("act") == forms.SEARCH:
        typed = request.POST.dict() if request.method == "POST" else None
        return _page(
            request, asked, forms.WhatsAppForm(now=now, typed=typed, of_basket=asked.is_basket)
        )
    form = forms.WhatsAppForm(request.POST, now=now, of_basket=asked.is_basket)
    if not form.is_valid():
        return _page(request, asked, form, status=UNPROCESSABLE)
    if is_too_often(request, "whatsapp", most=ORDERS, window=TEN_MINUTES):
        return too_often(request, window=TEN_MINUTES)
    return _draft(request, asked, form, now=now)


def _asked(request: HttpRequest, *, now: dt.datetime) -> tuple[_Asked | None, HttpResponse]:
    """What is ordered; None, and where to go, where it cannot be ordered this way."""
    is_basket = request.GET.get("dari") == "keranjang"
    code = catalogue.written_code(request.GET.get("produk", "")[:40]) or ""
    kept = read_basket(request) if is_basket else Basket((BasketLine(code, 1, 0),))
    shown = queries.basket_shown(basket=kept, now=now)
    if not is_basket and not shown.workshops:
        return None, page(request, "shop/whatsapp_of_what.html", {})
    can_be = shown.can_be_ordered and len(shown.workshops) == 1
    if can_be and catalogue.contacts_of(unit_ids=[shown.workshops[0].unit_id]):
        return _Asked(shown, shown.workshops[0], is_basket), HttpResponse()
    if is_basket:
        return None, see_other(reverse("shop:basket"))
    goods = shown.lines[0].goods
    return None, see_other(f"{address_of('product')}{goods.path if goods else code}/")


def _draft(
    request: HttpRequest, asked: _Asked, form: forms.WhatsAppForm, *, now: dt.datetime
) -> HttpResponse:
    draft = _new_draft(request, asked, form)
    try:
        code = actions.draft_order(draft=draft, by=buyer_actor(draft.key), now=now)
    except KeyReused:
        code = queries.code_if_any(order_id=draft.key)
        if not code:
            raise Http404 from None
    except OrderChanged as changed:
        return _page(request, asked, form, changed=changed, status=UNPROCESSABLE)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, asked, form, status=UNPROCESSABLE)
    answer = see_other(reverse("shop:order", args=[code]))
    if asked.is_basket:
        ordered = {x.line.code: x.line.pieces for x in asked.basket.lines}
        keep_basket(answer, read_basket(request).less(ordered))
    return answer


def _new_draft(request: HttpRequest, asked: _Asked, form: forms.WhatsAppForm) -> NewDraft:
    items = asked.basket.items()
    if not asked.is_basket:
        items = tuple(
            type(item)(item.product_id, form.cleaned_data["pieces"], item.unit_price)
            for item in items
        )
    return NewDraft(
        key=form.key,
        unit_id=asked.workshop.unit_id,
        items=forms.shown_prices(request.POST, items),
        delivery=form.delivery,
        buyer=form.buyer(),
        buyer_class=BuyerClass(form.cleaned_data["buyer_class"]),
        language=get_language() or "id",
    )


def _page(
    request: HttpRequest,
    asked: _Asked,
    form: forms.WhatsAppForm,
    *,
    changed: OrderChanged | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **form.places(),
        "form": form,
        "asked": asked,
        "changes": changed.changes if changed else (),
        "problem": changed.message if changed else "",
        "most": asked.workshop.lines[0].most,
        "basket_url": request.get_full_path(),
    }
    return page(request, "shop/whatsapp.html", context, status=status)
