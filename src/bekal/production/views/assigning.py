"""Who works in which workshop, by code; names stay on the pages of makers."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.people import queries as people
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, queries
from bekal.production.rules import WEEKS
from bekal.production.views.common import WRONG, Crumbs, stock_crumbs, to
from bekal.ui.inputs import show_refusal

_SAVED = {
    "tugas": "Tugas tersimpan.",
    "akhir": "Tugas diakhiri.",
    "batas": "Batas jam kerja tersimpan.",
}


@needs(Permission.SEE_MAKERS)
@require_safe
def assignments(request: StaffRequest, unit: str) -> HttpResponse:
    """Who works where today, who could, and how long anybody may."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    rows = queries.assignments_now(unit_id=place.id, on=today)
    able = set(people.eligible_makers(unit_id=place.id, on=today))
    busy = {row.maker for row in rows}
    shows_past = request.GET.get("lalu") == "ya"
    past = queries.assignments_past(unit_id=place.id, on=today) if shows_past else []
    context = {
        "unit": place,
        "rows": [(row, WEEKS[row.days_a_week], row.maker in able) for row in rows],
        "idle": sorted(able - busy),
        "past": [(row, WEEKS[row.days_a_week]) for row in past],
        "shows_past": shows_past,
        "limit": queries.limit_on(unit_id=place.id, on=today),
        "may_keep": may(request, place, Permission.KEEP_MAKERS),
        "may_decide": may(request, place, Permission.DECIDE_MAKERS),
        "saved": said(request, _SAVED),
        "crumbs": stock_crumbs(place, ("Tugas di bengkel", None)),
    }
    return render(request, "production/assignments.html", context)


@needs(Permission.SEE_MAKERS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """Who works where, and who did, as a CSV file of codes."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    rows = queries.assignments_now(unit_id=place.id, on=today)
    rows += queries.assignments_past(unit_id=place.id, on=today)
    answer = HttpResponse(exports.work_as_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="tugas-{place.code}-{today}.csv"'
    return answer


@needs(Permission.KEEP_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Give a maker work in a workshop."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    row = people.maker_of(unit_id=place.id, code=maker, on=today)
    if row is None:
        raise Http404
    workshops = queries.workshops_of(unit_id=place.id, on=today)
    limit = queries.limit_on(unit_id=place.id, on=today)
    data = request.POST if request.method == "POST" else None
    choices = [(one.id, one.name) for one in workshops]
    form = forms.AssignForm(data, workshops=choices, initial={"first": today})
    if form.is_valid():
        try:
            actions.assign(
                unit_id=place.id,
                new=form.assignment(row.code),
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("assignments", place.code, tersimpan="tugas")
    context = {"row": row, "limit": limit, "workshops": workshops, "heading": "Beri tugas"}
    return _page(request, place, name="assign", context={"form": form, **context})


@needs(Permission.KEEP_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, unit: str, assignment: int) -> HttpResponse:
    """Let a day be the last of somebody's work."""
    place = request.scope.unit(unit)
    row = queries.assignment_of(unit_id=place.id, assignment_id=assignment)
    if row is None:
        raise Http404
    begun = {"last": today_at(request, place)}
    form = forms.EndForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            actions.end_assignment(
                unit_id=place.id,
                assignment_id=assignment,
                last=form.cleaned_data["last"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("assignments", place.code, tersimpan="akhir")
    return _page(
        request,
        place,
        name="end",
        context={"form": form, "row": row, "heading": "Akhiri tugas"},
    )


@needs(Permission.DECIDE_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def limit(request: StaffRequest, unit: str) -> HttpResponse:
    """Say how long anybody may work, by which decision."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    form = forms.LimitForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        try:
            actions.set_work_limit(
                unit_id=place.id, limit=form.limit(), by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("assignments", place.code, tersimpan="batas")
    limits = queries.limits_of(unit_id=place.id)
    context = {"form": form, "limits": limits, "heading": "Batas jam kerja"}
    return _page(request, place, name="limit", context=context)


def _page(
    request: StaffRequest, place: PlaceNow, *, name: str, context: dict[str, object]
) -> HttpResponse:
    """A form below the list of work, with what was typed when something is wrong with it."""
    way = ("Tugas di bengkel", reverse("production:assignments", args=[place.code]))
    crumbs: Crumbs = stock_crumbs(place, way, (str(context["heading"]), None))
    shown = {"unit": place, "today": today_at(request, place), "crumbs": crumbs, **context}
    form = context["form"]
    is_wrong = (
        isinstance(form, forms.AssignForm | forms.EndForm | forms.LimitForm) and form.is_bound
    )
    status = WRONG if is_wrong else 200
    return render(request, f"production/{name}.html", shown, status=status)
