"""Buyers abroad ask, and follow what becomes of it by a private address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from bekal.catalogue import queries as catalogue
from bekal.foundation import clock
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms, queries
from bekal.institutions.countries import country_name
from bekal.institutions.rules import (
    CLOSED_BORDERS,
    DOCUMENT_LABELS,
    ENQUIRY_KINDS,
    ENQUIRY_LABELS,
    documents_of,
    state_of_replies,
)
from bekal.institutions.views.common import CONFLICT, STRANGER, UNREADY, admit, private, today

_MOST_ENQUIRIES = 10


@private
@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request: HttpRequest) -> HttpResponseBase:
    """Ask from abroad; leads to the private address, which is also sent by e-mail."""
    is_sent = request.method == "POST"
    code = request.GET.get("produk", "")[:8]
    form = forms.EnquiryForm(request.POST if is_sent else None, today=today(), code=code)
    status = 200
    if is_sent:
        try:
            admit(request, door="lembaga-ekspor", most=_MOST_ENQUIRIES)
            if form.is_valid():
                return _sent(form)
            status = UNREADY
        except Refused as refused:
            form.show(refused)
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    context = {"form": form, "key": form.key_to_send(is_used=status == CONFLICT)}
    return render(request, "institutions/enquiries/ask.html", context, status=status)


def _sent(form: forms.EnquiryForm) -> HttpResponse:
    new = actions.NewEnquiry(
        key=form.key,
        sought=form.sought,
        language=get_language() or "id",
        products=form.found,
        **form.who,
    )
    key = actions.enquire(new=new, by=STRANGER, now=clock.now())
    return see_other(f"{reverse('lembaga:enquiry', args=[key])}?terkirim")


@private
@require_safe
def enquiry(request: HttpRequest, enquiry: str) -> HttpResponseBase:
    """What was asked, to whom it went, and what each replied."""
    found = queries.enquiry_by_key(key=enquiry)
    if found is None:
        raise Http404
    rows = queries.replied(enquiry_id=found.pk, on=today())
    state = state_of_replies(row.reply.kind for row in rows if row.reply)
    ids = queries.named_products(enquiry_id=found.pk)
    context = {
        "asked": found,
        "country": country_name(found.country, get_language() or "id"),
        "law": CLOSED_BORDERS.get(found.country, ""),
        "documents": [DOCUMENT_LABELS[one] for one in documents_of(found.documents)],
        "goods": catalogue.goods_for_sale(product_ids=ids, on=today()).values(),
        "rows": [
            (row, [DOCUMENT_LABELS[one] for one in documents_of(row.reply.documents)])
            if row.reply
            else (row, [])
            for row in rows
        ],
        "state": ENQUIRY_LABELS[state],
        "state_kind": ENQUIRY_KINDS[state],
        "is_sent": "terkirim" in request.GET,
        "today": today(),
    }
    return render(request, "institutions/enquiries/followed.html", context)
