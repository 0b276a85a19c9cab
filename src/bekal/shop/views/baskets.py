"""The basket: what lies in it, and putting in, changing, taking out."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bekal.catalogue import queries as catalogue
from bekal.foundation import clock
from bekal.foundation.doors import public
from bekal.foundation.formats import read_count
from bekal.foundation.refusals import Refused
from bekal.foundation.same_origin import from_our_pages
from bekal.shop import forms, queries
from bekal.shop.cookies import keep_basket, read_basket
from bekal.shop.queries import BasketShown
from bekal.shop.rules import MOST_PIECES, Basket, BasketRefused, goods_gone
from bekal.shop.views.visitors import UNPROCESSABLE, page, see_other


@public
@never_cache
@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """What lies in the basket, by workshop, with all that changed since."""
    return basket_page(request, read_basket(request))


@from_our_pages
@public
@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put pieces of a product into the basket; the form stands on kept pages."""
    now, kept = clock.now(), read_basket(request)
    code = catalogue.written_code(request.POST.get("produk", "")[:40]) or ""
    try:
        pieces = read_count(request.POST.get("jumlah", "")[:12].strip() or "1")
        found = catalogue.goods_by_codes(codes=[code], on=queries.day_of(now)).get(code)
        if found is None or not found.is_published or found.price is None:
            raise BasketRefused(goods_gone())
        filled = kept.with_more(code, pieces, price=found.price)
    except Refused as refused:
        return basket_page(request, kept, problem=refused.message, status=UNPROCESSABLE)
    answer = see_other(f"{reverse('shop:basket')}?masuk={code}")
    keep_basket(answer, filled)
    return answer


@public
@never_cache
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Change the pieces of one line, agree to its new price, or take it out; others stay."""
    kept = read_basket(request)
    line = kept.line(request.POST.get("produk", "")[:40])
    form = forms.LineForm(request.POST)
    if line is None:
        return see_other(reverse("shop:basket"))
    if not form.is_valid():
        code, text = line.code, form.problem
        return basket_page(request, kept, wrong={code: text}, status=UNPROCESSABLE)
    out = form.cleaned_data["act"] == "keluarkan"
    pieces = 0 if out else form.cleaned_data["jumlah"]
    price = form.cleaned_data["harga"] or line.price
    changed = kept.with_line(line.code, pieces, price=price)
    suffix = f"?keluar={line.code}&sebanyak={line.pieces}" if pieces < 1 else ""
    answer = see_other(f"{reverse('shop:basket')}{suffix}")
    keep_basket(answer, changed)
    return answer


def basket_page(
    request: HttpRequest,
    kept: Basket,
    *,
    problem: str = "",
    wrong: dict[str, str] | None = None,
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
        "draft": asked.get("pesanan", "")[:64],
        "problem": problem,
        "wrong": wrong or {},
        "most": MOST_PIECES,
        "whatsapp_url": _whatsapp(shown),
    }
    return page(request, "shop/basket.html", context, status=status)


def _whatsapp(shown: BasketShown) -> str:
    """Where a basket of one workshop is ordered by WhatsApp; nothing where it cannot be."""
    units = [workshop.unit_id for workshop in shown.workshops]
    if not shown.can_be_ordered or len(units) > 1 or not catalogue.contacts_of(unit_ids=units):
        return ""
    return f"{reverse('shop:whatsapp')}?dari=keranjang"


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
