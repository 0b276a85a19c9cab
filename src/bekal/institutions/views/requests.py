"""The desk of a unit: what institutions asked it, and its answers."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import exports, formats
from bekal.foundation.actions import keep_conflict
from bekal.foundation.clock import local_day
from bekal.foundation.formats import read_page
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, desk, forms, queries, told
from bekal.institutions.queries import Invited
from bekal.institutions.rules import STAND_KINDS, STAND_LABELS, Stand, State
from bekal.institutions.views.common import CONFLICT, UNREADY, download
from bekal.places.queries import PlaceNow
from bekal.shop import queries as shop

PAGE_SIZE = 50
_AnswerForm = forms.OfferForm | forms.DeclineForm


@needs(Permission.SEE_ORDERS)
@require_safe
def index(request: StaffRequest, unit: str) -> HttpResponse:
    """What a unit was asked: filters, sorts, pages."""
    place = request.scope.unit(unit)
    filters = forms.read_invitation_filters(request.GET)
    found = queries.invitations_of(unit_id=place.id, now=request.now, filters=filters)
    page = Paginator(found, PAGE_SIZE).get_page(read_page(request.GET.get("halaman", "")))
    context = {
        "unit": place,
        "zone": zone_of(place),
        "page": desk.page_of(page, now=request.now),
        "filters": filters,
        "is_narrowed": bool(filters.stand or filters.text),
        "stands": STAND_LABELS,
        "sorts": desk.SORT_NAMES,
    }
    return render(request, "institutions/desk/requests.html", context)


@needs(Permission.SEE_ORDERS)
@require_safe
def table(request: StaffRequest, unit: str) -> HttpResponseBase:
    """The list, as filtered, as a CSV file, written while it is read."""
    place = request.scope.unit(unit)
    filters = forms.read_invitation_filters(request.GET)
    found = queries.invitations_of(unit_id=place.id, now=request.now, filters=filters)
    rows = (queries.invitation_row(one, now=request.now) for one in found.iterator(chunk_size=500))
    lines = exports.csv_lines(desk.HEADING, (desk.cells_of(row, zone_of(place)) for row in rows))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"permintaan-{place.code}-{local_day(request.now, zone_of(place))}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.SEE_ORDERS)
@require_safe
def detail(request: StaffRequest, unit: str, wanted: UUID) -> HttpResponse:
    """One request before a unit: what is wanted, what the unit has answered."""
    place = request.scope.unit(unit)
    return _page(request, place, _invited(request, place, wanted), form=None)


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: StaffRequest, unit: str, wanted: UUID) -> HttpResponse:
    """Offer, or say why not; a later answer takes the place of an earlier one."""
    place = request.scope.unit(unit)
    invited = _invited(request, place, wanted)
    address = reverse("institutions:request", args=[place.code, wanted])
    if request.method != "POST":
        return see_other(f"{address}#jawab")
    form = _form(request, place, invited)
    if not form.is_valid():
        return _page(request, place, invited, form=form, status=UNREADY)
    is_offer = isinstance(form, forms.OfferForm)
    new = actions.NewAnswer(
        key=form.key,
        request_id=wanted,
        unit_id=place.id,
        offer=form.offer if isinstance(form, forms.OfferForm) else None,
        reason="" if is_offer else form.cleaned_data["reason"],
    )
    try:
        actions.answer_request(answer=new, by=request.actor, now=request.now)
    except Refused as refused:
        return _refused(request, place, invited, form=form, new=new, refused=refused)
    return see_other(f"{address}?tersimpan")


@needs(Permission.SEE_ORDERS)
@require_safe
def file(request: StaffRequest, unit: str, wanted: UUID) -> HttpResponse:
    """The file that came with a request."""
    place = request.scope.unit(unit)
    _invited(request, place, wanted)
    kept = queries.file_of(request_id=wanted)
    if kept is None:
        raise Http404
    return download(bytes(kept.content), name=kept.name, media_type=kept.media_type)


def _refused(
    request: StaffRequest,
    place: PlaceNow,
    invited: Invited,
    *,
    form: _AnswerForm,
    new: actions.NewAnswer,
    refused: Refused,
) -> HttpResponse:
    """The form again with what was refused; a used key is also kept for a person to look at."""
    form.show(refused)
    if not isinstance(refused, KeyReused):
        return _page(request, place, invited, form=form, status=UNREADY)
    keep_conflict(
        key=new.key,
        door=actions.ANSWER,
        scope=f"place:{place.id}",
        body=new.frozen(),
        by=request.actor,
        now=request.now,
    )
    return _page(request, place, invited, form=form, status=CONFLICT)


def _page(
    request: StaffRequest,
    place: PlaceNow,
    invited: Invited,
    *,
    form: _AnswerForm | None,
    status: int = 200,
) -> HttpResponse:
    may = _may_handle(request, place)
    offering = form if isinstance(form, forms.OfferForm) else _offer_form(request, place, invited)
    declining = form if isinstance(form, forms.DeclineForm) else forms.DeclineForm()
    context = {
        "unit": place,
        "zone": zone_of(place),
        **_told(invited, place),
        "sees_contact": may,
        "form": form,
        "may_answer": may and invited.state is State.OPEN,
        "days_late": _days_late(invited),
        "needed_hint": _needed(invited),
        "offering": offering,
        "declining": declining,
        "key": (form or offering).key_to_send(is_used=status == CONFLICT),
        "is_saved": "tersimpan" in request.GET,
        "crumbs": [
            ("Permintaan", reverse("institutions:requests", args=[place.code])),
            (str(invited.request), None),
        ],
    }
    return render(request, "institutions/desk/request.html", context, status=status)


def _told(invited: Invited, place: PlaceNow) -> dict[str, Any]:
    """A request in words, with who asks and which orders of it were cancelled."""
    asked = invited.request
    stand = Stand(invited.stand)
    return {
        "asked": asked,
        "invited": invited,
        "institution": shop.institution(institution_id=asked.institution_id),
        "district": told.district_of(asked),
        "cancelled": told.cancelled_at(invited, unit_id=place.id),
        "may_be_chosen": stand is Stand.OFFERED,
        "stand": STAND_LABELS[stand],
        "stand_kind": STAND_KINDS.get(stand, "neutral"),
    }


def _needed(invited: Invited) -> str:
    day = formats.date(invited.request.needed_on)
    return f"Dibutuhkan paling lambat {day}. Sesudah itu boleh; lembaga melihat tandanya."


def _days_late(invited: Invited) -> int:
    """How many days after it is needed the offer that holds is ready, where more can be done."""
    offer = invited.offer
    if offer is None or invited.state is not State.OPEN:
        return 0
    return max(0, (offer.ready_on - invited.request.needed_on).days)


def _may_handle(request: StaffRequest, place: PlaceNow) -> bool:
    return accounts.may(
        user_id=request.user.pk,
        permission=Permission.HANDLE_ORDERS,
        place_id=place.id,
        on=request.scope.today,
    )


def _form(request: StaffRequest, place: PlaceNow, invited: Invited) -> _AnswerForm:
    """The form that was sent: an offer, or a no."""
    if request.POST.get("jawaban") == "tidak":
        return forms.DeclineForm(request.POST)
    return _offer_form(request, place, invited, data=request.POST)


def _offer_form(
    request: StaffRequest, place: PlaceNow, invited: Invited, *, data: QueryDict | None = None
) -> forms.OfferForm:
    return forms.OfferForm(
        data,
        unit_id=place.id,
        request=invited.request,
        today=today_at(request, place),
        offer=invited.offer,
    )


def _invited(request: StaffRequest, place: PlaceNow, wanted: UUID) -> Invited:
    found = queries.invited(unit_id=place.id, request_id=wanted, now=request.now)
    if found is None:
        raise Http404
    return found
