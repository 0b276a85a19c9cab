"""What was ordered of a request: its papers as PDF, and taking the order back in time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.foundation import clock
from bekal.foundation.refusals import Refused
from bekal.foundation.views import form_on, see_other
from bekal.institutions import queries, told
from bekal.institutions.views.common import UNREADY, actor_of, private, request_at
from bekal.institutions.views.comparing import request_page
from bekal.shop import actions as shop_actions
from bekal.shop import queries as shop
from bekal.ui import pdf


@private
@require_safe
def papers(request: HttpRequest, asked: str) -> HttpResponseBase:
    """A paper of a part ("?paket=2&surat=faktur"); the page of the request where none is named.

    Of an order before the last one, "&pesanan=" says its code.
    """
    found = request_at(asked)
    if "surat" not in request.GET:
        return request_page(request, found, key=asked)
    order = told.order_of(found, code=request.GET.get("pesanan", ""))
    part = told.part_at(order, request.GET.get("paket", ""))
    if order is None or part is None:
        raise Http404
    paper = request.GET["surat"]
    made = shop.buyers_paper(order_id=order.id, part_id=part.id, paper=paper, now=clock.now())
    if made is None:
        raise Http404
    answer = HttpResponse(made, content_type=pdf.CONTENT_TYPE)
    name = f"{paper}-{order.code}-{part.position}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@private
@form_on("lembaga:request")
def cancel(request: HttpRequest, asked: str) -> HttpResponseBase:
    """End the order before a workshop has begun with it."""
    found = request_at(asked)
    outcome = queries.outcome_of(request_id=found.pk)
    if outcome is None or outcome.order_id is None:
        return request_page(request, found, key=asked, status=UNREADY)
    by = actor_of(found.institution_id)
    try:
        shop_actions.cancel_order(order_id=outcome.order_id, by=by, now=clock.now())
    except Refused as refused:
        problem = refused.message
        return request_page(request, found, key=asked, problem=problem, status=UNREADY)
    return see_other(reverse("lembaga:request", args=[asked]))
