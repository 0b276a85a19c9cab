"""Enquiries from abroad before a unit, a kanwil or the centre, and their replies."""

from collections.abc import Iterator
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.catalogue import queries as catalogue
from bekal.foundation import exports
from bekal.foundation.actions import keep_conflict
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.formats import read_page
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms, queries
from bekal.institutions.countries import country_name
from bekal.institutions.models import EnquiryPlace
from bekal.institutions.rules import (
    CLOSED_BORDERS,
    DOCUMENT_LABELS,
    ENQUIRY_KINDS,
    ENQUIRY_LABELS,
    documents_of,
)
from bekal.institutions.views.common import CONFLICT, UNREADY
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.shop import queries as shop

PAGE_SIZE = 50
_SORT_NAMES = {
    "terbaru": "Terbaru",
    "menunggu": "Paling lama menunggu",
    "jumlah": "Jumlah terbanyak",
}
_HEADING = ["Nomor", "Barang", "Jumlah", "Satuan", "Negara", "Incoterm", "Masuk", "Status"]
_ReplyForm = forms.TermsForm | forms.NoForm


@needs(Permission.ANSWER_ENQUIRIES)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The enquiries of the person's own top place."""
    known = {place.id for place in request.scope.places}
    tops = [place for place in request.scope.places if place.parent_id not in known]
    if len(tops) == 1:
        return redirect("enquiries:index", tops[0].code)
    return render(request, "institutions/enquiries/home.html", {"tops": tops})


@needs(Permission.ANSWER_ENQUIRIES)
@require_safe
def index(request: StaffRequest, unit: str) -> HttpResponse:
    """What went to a place and those below it: filters, sorts, pages."""
    place = request.scope.place(unit)
    filters = forms.read_enquiry_filters(request.GET)
    page = Paginator(_found(request, place), PAGE_SIZE).get_page(
        read_page(request.GET.get("halaman", ""))
    )
    names = {one.id: one.name for one in request.scope.places}
    context = {
        "unit": place,
        "zone": zone_of(place),
        "page": page,
        "rows": [_shown(one, names) for one in page.object_list],
        "is_above": place.level is not Level.UNIT,
        "filters": filters,
        "is_narrowed": bool(filters.state or filters.text),
        "states": ENQUIRY_LABELS,
        "sorts": _SORT_NAMES,
    }
    return render(request, "institutions/enquiries/list.html", context)


@needs(Permission.ANSWER_ENQUIRIES)
@require_safe
def table(request: StaffRequest, unit: str) -> HttpResponseBase:
    """The list, as filtered, as a CSV file; it names nobody."""
    place = request.scope.place(unit)
    rows = _found(request, place).iterator(chunk_size=500)
    lines = exports.csv_lines(_HEADING, _cells(rows))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ekspor-{place.code}.csv"'
    return answer


@needs(Permission.ANSWER_ENQUIRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: StaffRequest, unit: str, sought: UUID) -> HttpResponse:
    """One enquiry: what is asked, by whom, and the reply; a later one takes its place."""
    place = request.scope.place(unit)
    to = queries.sent_to(enquiry_id=sought, place_ids=_below(request, place))
    if to is None:
        raise Http404
    if request.method != "POST" or to.place_id != place.id:
        return _page(request, place, to)
    is_no = request.POST.get("jawaban") == "tidak"
    form: _ReplyForm = (
        forms.NoForm(request.POST) if is_no else _terms(request, place, to, is_sent=True)
    )
    if not form.is_valid():
        return _page(request, place, to, form=form, status=UNREADY)
    new = actions.NewReply(
        key=form.key,
        enquiry_id=sought,
        place_id=place.id,
        terms=form.terms if isinstance(form, forms.TermsForm) else None,
        note=form.cleaned_data["note"],
    )
    try:
        actions.reply(new=new, by=request.actor, now=request.now)
    except Refused as refused:
        return _refused(request, place, to, form=form, new=new, refused=refused)
    address = reverse("enquiries:detail", args=[place.code, sought])
    return see_other(f"{address}?tersimpan")


def _refused(
    request: StaffRequest,
    place: PlaceNow,
    to: EnquiryPlace,
    *,
    form: _ReplyForm,
    new: actions.NewReply,
    refused: Refused,
) -> HttpResponse:
    form.show(refused)
    if not isinstance(refused, KeyReused):
        return _page(request, place, to, form=form, status=UNREADY)
    keep_conflict(
        key=new.key,
        door=actions.REPLY,
        scope=f"place:{place.id}",
        body=new.frozen(),
        by=request.actor,
        now=request.now,
    )
    return _page(request, place, to, form=form, status=CONFLICT)


def _page(
    request: StaffRequest,
    place: PlaceNow,
    to: EnquiryPlace,
    *,
    form: _ReplyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = to.enquiry
    today = today_at(request, place)
    ids = queries.named_products(enquiry_id=asked.pk)
    replies = queries.replies_of(to=to)
    terms = form if isinstance(form, forms.TermsForm) else _terms(request, place, to)
    context = {
        "unit": place,
        "zone": zone_of(place),
        "asked": asked,
        "country": country_name(asked.country, "id"),
        "law": CLOSED_BORDERS.get(asked.country, ""),
        "documents": [DOCUMENT_LABELS[one] for one in documents_of(asked.documents)],
        "goods": catalogue.goods_for_sale(product_ids=ids, on=today).values(),
        "contact": shop.contacts_by_id(ids=[asked.contact_id]).get(asked.contact_id),
        "replies": replies,
        "terms": terms,
        "no": form if isinstance(form, forms.NoForm) else forms.NoForm(),
        "key": terms.key_to_send(is_used=status == CONFLICT),
        "may_reply": to.place_id == place.id,
        "is_saved": "tersimpan" in request.GET,
        "crumbs": [("Ekspor", reverse("enquiries:index", args=[place.code])), (str(asked), None)],
    }
    return render(request, "institutions/enquiries/detail.html", context, status=status)


def _typed(request: StaffRequest, place: PlaceNow, to: EnquiryPlace) -> _ReplyForm:
    if request.POST.get("jawaban") == "tidak":
        return forms.NoForm(request.POST)
    return _terms(request, place, to, is_sent=True)


def _terms(
    request: StaffRequest, place: PlaceNow, to: EnquiryPlace, *, is_sent: bool = False
) -> forms.TermsForm:
    last = next(iter(queries.replies_of(to=to)), None)
    data = request.POST if is_sent else None
    return forms.TermsForm(data, enquiry=to.enquiry, last=last, today=today_at(request, place))


def _found(request: StaffRequest, place: PlaceNow) -> QuerySet[EnquiryPlace]:
    filters = forms.read_enquiry_filters(request.GET)
    return queries.enquiries_of(place_ids=_below(request, place), filters=filters)


def _below(request: StaffRequest, place: PlaceNow) -> frozenset[int]:
    """The ids of a place and of those below it that the person sees."""
    if place.level is Level.UNIT:
        return frozenset({place.id})
    if place.level is Level.CENTRE:
        return frozenset(one.id for one in request.scope.places)
    return frozenset(one.id for one in request.scope.places if place.id in {one.id, one.parent_id})


def _shown(one: EnquiryPlace, names: dict[int, str]) -> dict[str, object]:
    state = queries.state_said(one.said)  # type: ignore[attr-defined]
    return {
        "enquiry": one.enquiry,
        "place": names.get(one.place_id, ""),
        "country": country_name(one.enquiry.country, "id"),
        "state": ENQUIRY_LABELS[state],
        "kind": ENQUIRY_KINDS[state],
    }


def _cells(rows: Iterator[EnquiryPlace]) -> Iterator[list[object]]:
    for one in rows:
        asked = one.enquiry
        yield [
            str(asked),
            asked.goods,
            asked.pieces,
            asked.measure,
            asked.country,
            asked.incoterm,
            local_day(asked.asked_at, Zone.WIB),
            ENQUIRY_LABELS[queries.state_said(one.said)],  # type: ignore[attr-defined]
        ]
