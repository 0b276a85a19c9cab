"""The photographs of a product at the desk: taken in, looked at, put in order, taken away."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.catalogue import actions, goods_forms, queries, rules
from bekal.catalogue.queries import PictureRow, ProductRow
from bekal.catalogue.views import steps
from bekal.foundation.refusals import Refused
from bekal.foundation.uploads import measured, too_large
from bekal.places.queries import PlaceNow

_SAVED = {
    "foto": "Foto tersimpan. Tulis apa yang terlihat dan periksa, baru pembeli melihatnya.",
    "diperiksa": "Foto diperiksa. Pembeli sekarang melihatnya.",
    "urutan": "Urutan foto tersimpan.",
    "dihapus": "Foto dihapus.",
}


@needs(Permission.SET_PRICE)
@require_http_methods(["GET", "HEAD", "POST"])
@measured(whole=goods_forms.WHOLE_UPLOAD, each=rules.LARGEST_PICTURE)
def photos(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """The photographs of a product, and taking in some more at once."""
    place, row = steps.product_of(request, unit, code)
    if request.method != "POST":
        return _page(request, place, row, form=goods_forms.Photos())
    form = goods_forms.Photos(request.POST, request.FILES, too_large=too_large(request))
    form.full_clean()
    for photo in form.taken:
        try:
            actions.add_picture(
                product_id=row.id, content=photo.read(), by=request.actor, now=request.now
            )
        except Refused as refused:
            form.refuse(f"{photo.name}: {refused.message}")
    if form.errors:
        return _page(request, place, row, form=form, status=422)
    return _back(place, row, "foto")


@needs(Permission.SET_PRICE)
@require_POST
def photo(request: StaffRequest, unit: str, code: str, *, photo: int) -> HttpResponse:
    """Look at one photograph, move it, or take it away."""
    place, row = steps.product_of(request, unit, code)
    there = queries.pictures_of(product_id=row.id)
    if photo not in {each.id for each in there}:
        raise Http404
    act = request.POST.get("aksi", "")
    try:
        done = _act(request, row, there, photo=photo, act=act)
    except Refused as refused:
        problems = {photo: refused.message}
        form = goods_forms.Photos()
        return _page(request, place, row, form=form, problems=problems, status=422)
    return _back(place, row, done)


def _act(
    request: StaffRequest, row: ProductRow, there: list[PictureRow], *, photo: int, act: str
) -> str:
    """Do it; returns what the page then says."""
    whose: dict[str, Any] = {"product_id": row.id, "by": request.actor, "now": request.now}
    if act == "hapus":
        actions.remove_picture(picture_id=photo, **whose)
        return "dihapus"
    if act in {"naik", "turun"}:
        ids = [each.id for each in there]
        at = ids.index(photo)
        ids.insert(max(0, at + (1 if act == "turun" else -1)), ids.pop(at))
        actions.order_pictures(picture_ids=ids, **whose)
        return "urutan"
    actions.check_picture(
        picture_id=photo,
        alt=request.POST.get("alt", ""),
        is_checked=request.POST.get("diperiksa") == "ya",
        **whose,
    )
    return "diperiksa"


def _page(
    request: StaffRequest,
    place: PlaceNow,
    row: ProductRow,
    *,
    form: goods_forms.Photos,
    problems: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    there = queries.pictures_of(product_id=row.id)
    context = {
        "unit": place,
        "row": row,
        "form": form,
        "pictures": [(each, (problems or {}).get(each.id, "")) for each in there],
        "typed": request.POST.get("alt", ""),
        "room": rules.MOST_PICTURES - len(there),
        "saved": _SAVED.get(request.GET.get("tersimpan", ""), ""),
        "crumbs": [*steps.way_to(place, row), ("Foto", None)],
    }
    return render(request, "catalogue/photos.html", context, status=status)


def _back(place: PlaceNow, row: ProductRow, what: str) -> HttpResponse:
    address = reverse("catalogue:photos", args=[place.code, row.code])
    return redirect(f"{address}?tersimpan={what}")
