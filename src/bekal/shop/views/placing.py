"""Step 3 of an order: all of it at a glance, then one button that places and pays it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bekal.catalogue import queries as catalogue
from bekal.foundation import clock
from bekal.foundation.actors import buyer_actor
from bekal.foundation.doors import public
from bekal.foundation.refusals import KeyReused, Refused
from bekal.payments import queries as payments
from bekal.payments.queries import MerchantShown
from bekal.payments.rules import Method
from bekal.sales.rules import BuyerClass
from bekal.shop import actions, forms, queries
from bekal.shop.actions import Placed
from bekal.shop.cookies import keep_basket, read_basket
from bekal.shop.queries import BasketShown, DraftShown, Known, WorkshopOffer
from bekal.shop.rules import Buyer, NewOrder, OrderChanged, PartAsked
from bekal.shop.views.checkout import frame, with_draft
from bekal.shop.views.visitors import (
    UNPROCESSABLE,
    is_too_often,
    page,
    see_other,
    too_often,
)
from bekal.ui.strangers import is_too_fast

ORDERS, TEN_MINUTES = 20, dt.timedelta(minutes=10)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def review(request: HttpRequest, draft: str, begun: DraftShown) -> HttpResponse:
    """Step 3: everything once more; a button for each way to pay places the order."""
    now = clock.now()
    shown = queries.basket_shown(basket=begun.basket, now=now)
    offers, parts = _chosen(begun, shown, now=now)
    if parts is None:
        return see_other(reverse("shop:delivery", args=[draft]))
    merchants = payments.merchants_of(unit_ids=[part.unit_id for part in parts])
    methods = queries.methods_for(parts=parts, merchants=merchants, on=queries.day_of(now))
    form = forms.ReviewForm(request.POST if request.method == "POST" else None, methods=methods)
    seen = _Seen(draft, begun, shown, offers, parts, merchants, form)
    if not form.is_valid():
        return _page(request, seen, status=UNPROCESSABLE if form.is_bound else 200)
    if is_too_often(request, "order", most=ORDERS, window=TEN_MINUTES):
        return too_often(request, window=TEN_MINUTES)
    return _place(request, seen, now=now)


@dataclass(frozen=True)
class _Seen:
    """One look at the last step: the draft, its goods and offers as they are, and the form."""

    draft: str
    begun: DraftShown
    shown: BasketShown
    offers: list[WorkshopOffer]
    parts: list[PartAsked]
    merchants: Mapping[int, MerchantShown]
    form: forms.ReviewForm

    @property
    def total(self) -> int:
        return self.shown.total + sum(part.fee for part in self.parts)

    @property
    def known(self) -> Known:
        """What placing the order need not ask again."""
        offers = {offer.workshop.unit_id: offer.offer for offer in self.offers}
        return Known(self.shown.seen, offers, self.merchants)


def _chosen(
    begun: DraftShown, shown: BasketShown, *, now: dt.datetime
) -> tuple[list[WorkshopOffer], list[PartAsked] | None]:
    code = begun.answers.get("district", "")
    offers = list(queries.offers_of(basket=shown, district_code=code, now=now))
    return offers, forms.parts_of(begun.answers.get("parts", {}), offers)


def _place(request: HttpRequest, seen: _Seen, *, now: dt.datetime) -> HttpResponse:
    if is_too_fast(seen.begun.begun_at, now=now):
        seen.form.add_error(None, gettext("Pesanan belum bisa dikirim. Coba sekali lagi."))
        return _page(request, seen, status=UNPROCESSABLE)
    order = _new_order(seen)
    try:
        by = buyer_actor(order.key)
        placed = actions.place_order(order=order, known=seen.known, by=by, now=now)
    except KeyReused:
        placed = None
    except OrderChanged as changed:
        return _page(request, seen, changed=changed, status=UNPROCESSABLE)
    except Refused as refused:
        seen.form.add_error(None, refused.message)
        return _page(request, seen, status=UNPROCESSABLE)
    return _done(request, seen, placed)


def _done(request: HttpRequest, seen: _Seen, placed: Placed | None) -> HttpResponse:
    """To the payment; what was ordered leaves the basket, what came in meanwhile stays."""
    code = placed.code if placed else queries.code_of(order_id=seen.begun.key)
    answer = see_other(reverse("shop:pay", args=[code]))
    ordered = {line.code: line.pieces for line in seen.begun.basket.lines}
    keep_basket(answer, read_basket(request).less(ordered))
    return answer


def _new_order(seen: _Seen) -> NewOrder:
    cleaned, answers = seen.form.cleaned_data, seen.begun.answers
    return NewOrder(
        key=seen.begun.key,
        items=seen.form.shown_items(seen.shown.items()),
        parts=seen.form.shown_parts(seen.parts),
        buyer=Buyer(
            name=answers["name"],
            phone=answers["phone"],
            email=answers["email"],
            district_code=answers["district"],
            district=answers["place"],
            address=answers["address"],
            postal_code=answers["postal_code"],
            landmark=answers["landmark"],
            note=cleaned["note"],
        ),
        buyer_class=BuyerClass(cleaned["buyer_class"]),
        method=seen.form.method or Method.QRIS,
        language=get_language() or "id",
    )


def _page(
    request: HttpRequest,
    seen: _Seen,
    *,
    changed: OrderChanged | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = {part.unit_id: part for part in seen.parts}
    points = catalogue.pickup_points_of(
        unit_ids=[p.unit_id for p in seen.parts if not p.service_id]
    )
    rows: list[dict[str, Any]] = [
        {
            "offer": offer,
            "part": chosen[offer.workshop.unit_id],
            "point": points.get(offer.workshop.unit_id),
            **_way(offer, chosen),
        }
        for offer in seen.offers
    ]
    context = {
        **frame(seen.draft, 3),
        "form": seen.form,
        "basket": seen.shown,
        "answers": seen.begun.answers,
        "rows": rows,
        "total": seen.total,
        "methods": seen.form.methods,
        **_met(seen, changed),
    }
    return page(request, "shop/review.html", context, status=status)


def _met(seen: _Seen, changed: OrderChanged | None) -> dict[str, object]:
    """What was met when the order was sent, each with its goods, and whether it can still be paid.

    Another price or fee is looked at and paid; everything else is mended first.
    """
    changes = changed.changes if changed else ()
    goods, units = seen.shown.seen.goods, {w.unit_id: w.name for w in seen.shown.workshops}
    return {
        "changes": [(goods.get(c.product_id or 0), units.get(c.unit_id or 0), c) for c in changes],
        "problem": changed.message if changed else "",
        "may_pay": seen.shown.can_be_ordered and all(c.is_only_money for c in changes),
    }


def _way(offer: WorkshopOffer, chosen: dict[int, PartAsked]) -> dict[str, object]:
    """The courier that was chosen for a workshop, with its days; None where it is fetched."""
    service = chosen[offer.workshop.unit_id].service_id
    quote = next((q for q in offer.quotes if q.service_id == service), None)
    return {"quote": quote, "days": queries.days_of(quote) if quote else ""}
