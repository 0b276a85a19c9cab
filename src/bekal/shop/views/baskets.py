"""The basket: what lies in it, and putting in, changing, taking out."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Goods
from bekal.foundation import clock
from bekal.foundation.doors import public
from bekal.foundation.formats import read_count
from bekal.foundation.refusals import Refused
from bekal.foundation.same_origin import from_our_pages
from bekal.foundation.views import form_on
from bekal.shop import forms, queries
from bekal.shop.cookies import keep_basket, read_basket
from bekal.shop.queries import BasketShown
from bekal.shop.rules import MOST_PIECES, Basket, BasketRefused, goods_gone
from bekal.shop.views.codes import found_order
from bekal.shop.views.visitors import UNPROCESSABLE, page, see_other, send_on


@public
@never_cache
@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """What lies in the basket, by workshop, with all that changed since."""
    return basket_page(request, read_basket(request))


@from_our_pages
@public
@never_cache
@form_on("shop:basket")
def add(request: HttpRequest) -> HttpResponse:
    """Put pieces of a product into the basket; the form stands on kept pages."""
    kept, goods = read_basket(request), _offered(request)
    if goods is None or goods.price is None:
        return basket_page(request, kept, problem=goods_gone(), status=UNPROCESSABLE)
    here, seen = kept.line(goods.code), forms.seen_price(request.POST.get("harga", ""), goods.price)
    form = forms.PiecesForm(
        request.POST.dict(), here=here.pieces if here else 0, limit=goods.buyer_limit
    )
    if not form.is_valid():
        context = {"goods": goods, "form": form, "most": MOST_PIECES, "price": seen}
        return page(request, "shop/pieces.html", context, status=UNPROCESSABLE)
    try:
        filled = kept.with_more(goods.code, form.cleaned_data["jumlah"], price=seen)
    except BasketRefused as refused:
        return basket_page(request, kept, problem=refused.message, status=UNPROCESSABLE)
    answer = see_other(f"{reverse('shop:basket')}?masuk={goods.code}")
    keep_basket(answer, filled)
    return answer


@public
@never_cache
@form_on("shop:order")
def again(request: HttpRequest, order: str) -> HttpResponse:
    """Put the goods of the other workshops of an order that one of them ended into the basket."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    kept = read_basket(request)
    ids = {line.product_id for line in found.left}
    goods = catalogue.goods_for_sale(product_ids=ids, on=queries.day_of(clock.now()))
    try:
        for line in found.left:
            code = goods[line.product_id].code
            if kept.line(code) is None:
                kept = kept.with_line(code, line.pieces, price=line.unit_price)
    except BasketRefused as refused:
        return basket_page(request, kept, problem=refused.message, status=UNPROCESSABLE)
    answer = see_other(reverse("shop:basket"))
    keep_basket(answer, kept)
    return answer


def _offered(request: HttpRequest) -> Goods | None:
    """The product that a form names, where it is sold."""
    code = catalogue.written_code(request.POST.get("produk", "")[:40]) or ""
    found = catalogue.goods_by_codes(codes=[code], on=queries.day_of(clock.now())).get(code)
    return found if found and found.is_published else None


@public
@never_cache
@form_on("shop:basket")
def change(request: HttpRequest) -> HttpResponse:
    """Take over what stands in the fields of the basket's page, and go where its button leads.

    Where a field says no number nothing is changed, and each comes back as it was typed.
    """
    kept = read_basket(request)
    typed = forms.read_basket_page(request.POST.dict(), kept)
    if typed.is_bad:
        return basket_page(request, kept, typed=typed, status=UNPROCESSABLE)
    answer = _onward(request, kept, typed.basket)
    keep_basket(answer, typed.basket)
    return answer


def _onward(request: HttpRequest, kept: Basket, changed: Basket) -> HttpResponse:
    """To the order, to WhatsApp, or back to the basket with the word on what was taken out."""
    act, draft = request.POST.get("act"), request.POST.get("pesanan", "")[:64]
    if act == "wa":
        return see_other(f"{reverse('shop:whatsapp')}?dari=keranjang")
    if act == "lanjut":  # the draft that it goes on with is changed by the form alone
        return send_on(reverse("shop:begin")) if draft else see_other(reverse("shop:begin"))
    told = {"pesanan": draft} if draft else {}
    gone = next((line for line in kept.lines if changed.line(line.code) is None), None)
    if gone:
        told |= {"keluar": gone.code, "sebanyak": str(gone.pieces)}
    return see_other(f"{reverse('shop:basket')}{'?' if told else ''}{urlencode(told)}")


def basket_page(
    request: HttpRequest,
    kept: Basket,
    *,
    problem: str = "",
    typed: forms.BasketTyped | None = None,
    status: int = 200,
) -> HttpResponse:
    """The basket as a page, with what is to be said of it."""
    now = clock.now()
    asked = request.GET
    shown = queries.basket_shown(basket=kept, now=now)
    context = {
        "basket": shown,
        "added": next((x for x in shown.lines if x.line.code == asked.get("masuk")), None),
        "removed": _removed(asked.get("keluar", ""), asked.get("sebanyak", ""), kept),
        "draft": (asked.get("pesanan") or request.POST.get("pesanan", ""))[:64],
        "problem": problem,
        "fields": typed.fields if typed else {},
        "is_bad": typed is not None,
        "most": MOST_PIECES,
        "by_whatsapp": _is_by_whatsapp(shown),
    }
    return page(request, "shop/basket.html", context, status=status)


def _is_by_whatsapp(shown: BasketShown) -> bool:
    """Whether the basket is of one workshop, which takes orders by WhatsApp."""
    units = [workshop.unit_id for workshop in shown.workshops]
    return shown.can_be_ordered and len(units) == 1 and bool(catalogue.contacts_of(unit_ids=units))


def _removed(code: str, pieces: str, kept: Basket) -> dict[str, object] | None:
    """A line that was just taken out, so that it can be put back."""
    if not code or kept.line(code) is not None:
        return None
    found = catalogue.goods_by_codes(codes=[code[:12]], on=queries.day_of(clock.now())).get(code)
    if found is None:
        return None
    try:
        back = max(1, min(MOST_PIECES, read_count(pieces[:12])))
    except Refused:
        back = 1
    return {"goods": found, "pieces": back}
