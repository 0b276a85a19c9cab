"""One product at the desk: what it is sold at, what buyers are told of it, whether they see it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.catalogue import actions, goods_forms, kinds, queries, rules
from bekal.catalogue.views import steps
from bekal.foundation.refusals import Refused
from bekal.ui.inputs import show_refusal

_SAVED = {
    "produk": "Produk tersimpan. Isi harganya supaya bisa dijual.",
    "harga": "Harga tersimpan.",
    "harga-pokok": "Harga pokok tersimpan.",
    "etalase": "Keterangan untuk pembeli tersimpan.",
    "tayang": "Produk tayang. Pembeli bisa memesannya begitu ada harga dan persediaan.",
    "ditarik": "Produk ditarik. Pembeli tidak bisa memesannya lagi.",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def detail(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """A product with its price and cost, how it stands for buyers, and the history of both."""
    saved = _SAVED.get(request.GET.get("tersimpan", ""), "")
    return _page(request, unit, code, saved=saved)


@needs(Permission.SET_PRICE)
@require_POST
def publish(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """Let buyers order a product, or take it back; what is missing is said."""
    place, row = steps.product_of(request, unit, code)
    is_shown = request.POST.get("tayang") != "tidak"
    act = actions.publish if is_shown else actions.unpublish
    try:
        act(product_id=row.id, by=request.actor, now=request.now)
    except Refused as refused:
        return _page(request, unit, code, refused=refused.message, status=422)
    return steps.saved(place, row.code, "tayang" if is_shown else "ditarik")


@needs(Permission.SET_PRICE)
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """Write what a product is for buyers."""
    place, row = steps.product_of(request, unit, code)
    today = today_at(request, place)
    shop = queries.shop_state(product_id=row.id, on=today)
    form = goods_forms.Listing.of(shop.listing, category=row.category_code)
    if request.method == "POST":
        form = goods_forms.Listing(request.POST, category=row.category_code)
    if form.is_valid():
        try:
            actions.describe_product(
                product_id=row.id, listing=form.told(), by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return steps.saved(place, row.code, "etalase")
    crumbs = [*steps.way_to(place, row), ("Keterangan untuk pembeli", None)]
    context = {"unit": place, "row": row, "form": form, "crumbs": crumbs}
    status = 422 if form.is_bound else 200
    return render(request, "catalogue/describe.html", context, status=status)


def _page(
    request: StaffRequest,
    unit: str,
    code: str,
    *,
    saved: str = "",
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    place = request.scope.unit(unit)
    today, zone = today_at(request, place), zone_of(place)
    product = queries.product_detail(unit_id=place.id, code=code, on=today, zone=zone)
    if product is None:
        raise Http404
    row, shop = product.row, queries.shop_state(product_id=product.row.id, on=today)
    context = {
        "unit": place,
        "zone": zone,
        "product": product,
        "row": row,
        "added_on": product.added_on,
        "shop": shop,
        "public_url": reverse("showcase:product", args=[kinds.path_of(row.name, row.code)]),
        "selling": rules.selling_text(price=row.price, cost=row.cost, can_split=shop.can_split),
        "may_change": steps.may_change(request, place),
        "crumbs": [steps.way_to(place)[0], (row.name, None)],
        "saved": saved,
        "refused": refused,
    }
    return render(request, "catalogue/detail.html", context, status=status)
