"""What sending a product somewhere would cost, before anything is ordered."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Goods
from bekal.foundation import clock
from bekal.foundation.doors import public
from bekal.shipping import queries as shipping
from bekal.shipping.queries import Destination
from bekal.shop import queries
from bekal.shop.views.visitors import page

MOST = 8


@public
@never_cache
@require_safe
def postage(request: HttpRequest) -> HttpResponse:
    """Quotes for one piece of a product to a kecamatan, typed or chosen from what was found."""
    now = clock.now()
    on = queries.day_of(now)
    code = catalogue.written_code(request.GET.get("produk", "")[:40]) or ""
    goods = catalogue.goods_by_codes(codes=[code], on=on).get(code)
    if goods is None:
        return page(request, "shop/postage_of_what.html", {})
    typed = request.GET.get("kecamatan", "").replace("\0", " ").strip()[:120]
    found, there = _destination(typed, request.GET.get("kode", ""))
    offer = queries.postage_of(goods=goods, district_code=there.code, on=on) if there else None
    context = {
        "goods": goods,
        "typed": there.label if there else typed,
        "found": found,
        "there": there,
        "offer": offer,
        "product": _product(goods),
    }
    return page(request, "shop/postage.html", context)


def _destination(typed: str, code: str) -> tuple[list[Destination], Destination | None]:
    """What fits what was typed, and the one that is meant where there is no doubt."""
    found = shipping.search_districts(text=typed, limit=MOST) if typed else []
    meant = next((one for one in found if code == one.code or one.label == typed), None)
    return found, meant or (found[0] if len(found) == 1 else None)


def _product(goods: Goods) -> str:
    return f"{goods.path}/"
