"""Taking a sale back: all of it within ten minutes, or pieces of it at any time."""

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.actions import keep_conflict
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.production import queries as production
from bekal.sales import actions, forms, queries, told
from bekal.sales.actions import NewRefund
from bekal.sales.models import Sale
from bekal.sales.rules import GOODS_LABELS, REFUND_LABELS, Goods, RefundKind, is_voidable
from bekal.sales.views.common import crumb_of, crumbs, order_page, the_sale, to_receipt
from bekal.sales.why import labelled
from bekal.ui.inputs import show_refusal

CHECK, SAVE = "periksa", "simpan"
CONFLICT = 409
_GOODS_NOTES = {
    Goods.BACK.value: "Bisa dijual lagi; stok bertambah.",
    Goods.WRITTEN_OFF.value: "Tercatat kembali, lalu dihapus dari stok.",
}


@needs(Permission.RECORD_SALE)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: StaffRequest, unit: str, sale: UUID) -> HttpResponse:
    """Take a whole record back as wrong, within ten minutes of its making."""
    place = request.scope.unit(unit)
    kept = the_sale(place, sale)
    if elsewhere := order_page(place, kept):
        return see_other(elsewhere)
    form = forms.VoidForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.void_sale(key=form.sent_key, sale_id=sale, by=request.actor, now=request.now)
        except Refused as refused:
            show_refusal(form, refused)
            if isinstance(refused, KeyReused):
                _keep(request, place, _whole(kept, form.sent_key))
            return _void_page(request, place, kept, form=form, status=_status(refused))
        return to_receipt(place, sale, "batal")
    return _void_page(request, place, kept, form=form, status=422 if form.is_bound else 200)


def _void_page(
    request: StaffRequest, place: PlaceNow, sale: Sale, *, form: forms.VoidForm, status: int
) -> HttpResponse:
    context = {
        "unit": place,
        "sale": sale,
        "told": told.tell(sale),
        "form": form,
        "key": uuid7(),
        "is_voidable": is_voidable(recorded_at=sale.recorded_at, now=request.now)
        and told.pieces_left(sale),
        "crumbs": crumbs(place, crumb_of(place, sale), ("Batalkan", None)),
    }
    return render(request, "sales/void.html", context, status=status)


@needs(Permission.REFUND_SALE)
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: StaffRequest, unit: str, sale: UUID) -> HttpResponse:
    """Take pieces of a sale back: typed, then checked, then saved; all in one form."""
    place = request.scope.unit(unit)
    kept = the_sale(place, sale)
    if elsewhere := order_page(place, kept):
        return see_other(elsewhere)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = _refund_form(request, kept, act=act)
    if not form.is_valid():
        return _refund_page(request, place, kept, form=form, status=422 if form.is_bound else 200)
    if act == CHECK:
        return _refund_check(request, place, kept, form=form)
    new = _new_refund(kept, form)
    try:
        actions.refund_sale(refund=new, by=request.actor, now=request.now)
    except Refused as refused:
        show_refusal(form, refused)
        if isinstance(refused, KeyReused):
            _keep(request, place, new)
        return _refund_page(request, place, kept, form=form, status=_status(refused))
    return to_receipt(place, sale, "kembali")


def _refund_form(request: StaffRequest, sale: Sale, *, act: str) -> forms.RefundForm:
    """The form: empty, with what was typed, or to be checked.

    A repeat of what was saved must reach the action, which knows it by its key: so it is read
    against all pieces of the receipt, not against those that are left now.
    """
    lines = queries.refundable_lines(sale_id=sale.pk)
    is_tracked = bool(production.tracked(product_ids=[line.product_id for line in lines]))
    if act not in {CHECK, SAVE}:
        begun = {"key": str(uuid7()), **request.POST.dict()}
        return forms.RefundForm(lines=lines, is_tracked=is_tracked, initial=begun)
    return forms.RefundForm(request.POST, lines=lines, is_tracked=is_tracked, is_saving=act == SAVE)


def _new_refund(sale: Sale, form: forms.RefundForm) -> NewRefund:
    cleaned = form.cleaned_data
    return NewRefund(
        key=cleaned["key"],
        sale_id=sale.pk,
        pieces={line.id: pieces for line, pieces in cleaned["returned"]},
        kind=RefundKind(cleaned["kind"]),
        reason=cleaned["reason"],
        goods=Goods(cleaned.get("goods", Goods.BACK)),
    )


def _refund_page(
    request: StaffRequest, place: PlaceNow, sale: Sale, *, form: forms.RefundForm, status: int
) -> HttpResponse:
    today = today_at(request, place)
    context = {
        "unit": place,
        "sale": sale,
        "told": told.tell(sale),
        "form": form,
        "key": form.key_to_send(is_used=status == CONFLICT),
        "notes": _meanings(sale, today),
        "goods_notes": _GOODS_NOTES,
        "left": told.pieces_left(sale),
        "crumbs": crumbs(place, crumb_of(place, sale), ("Kembalikan", None)),
    }
    return render(request, "sales/refund.html", context, status=status)


def _meanings(sale: Sale, today: dt.date) -> dict[str, str]:
    """What each kind means for the day that it counts on."""
    sold, back = formats.date(sale.sold_on), formats.date(max(today, sale.sold_on))
    return {
        RefundKind.CORRECTION.value: f"Dihitung pada hari penjualan, {sold}.",
        RefundKind.RETURN.value: f"Dihitung pada hari kembali, {back}.",
    }


def _refund_check(
    request: StaffRequest, place: PlaceNow, sale: Sale, *, form: forms.RefundForm
) -> HttpResponse:
    cleaned = form.cleaned_data
    kind = RefundKind(cleaned["kind"])
    context = {
        "unit": place,
        "sale": sale,
        "lines": [(line, n, n * line.unit_price) for line, n in cleaned["returned"]],
        "total": sum(n * line.unit_price for line, n in cleaned["returned"]),
        "kind": REFUND_LABELS[kind],
        "goods": GOODS_LABELS[Goods(cleaned["goods"])] if "goods" in cleaned else "",
        "counts": _meanings(sale, today_at(request, place))[kind],
        "reason": cleaned["reason"],
        "split": labelled(queries.refund_ahead(lines=cleaned["returned"])),
        "answers": form.answers(),
        "crumbs": crumbs(place, crumb_of(place, sale), ("Periksa pengembalian", None)),
    }
    return render(request, "sales/refund_check.html", context)


def _status(refused: Refused) -> int:
    return CONFLICT if isinstance(refused, KeyReused) else 422


def _whole(sale: Sale, key: UUID) -> NewRefund:
    """What a void asked for: all that is left, as wrong."""
    left = {line.id: line.left for line in queries.refundable_lines(sale_id=sale.pk)}
    return NewRefund.of_a_void(key, sale.pk, left)


def _keep(request: StaffRequest, place: PlaceNow, refund: NewRefund) -> None:
    """Keep what came under a used key, for a person of the unit to look at."""
    keep_conflict(
        key=refund.key,
        door="sales.refund",
        scope=f"place:{place.id}",
        body=refund.frozen(),
        by=request.actor,
        now=request.now,
    )
