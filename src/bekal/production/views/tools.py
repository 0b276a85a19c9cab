"""The kind of a workshop and its tools."""

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, queries
from bekal.production.models import ToolFact
from bekal.production.queries import WorkshopRow
from bekal.production.rules.tools import (
    CONDITION_KINDS,
    CONDITION_LABELS,
    TRADE_LABELS,
    Condition,
    Trade,
)
from bekal.production.views.common import WRONG, as_file, hours_crumbs, to
from bekal.ui.inputs import show_refusal

_SAVED = {"alat": "Alat tersimpan.", "jenis": "Jenis bengkel tersimpan."}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def tools(request: StaffRequest, unit: str, workplace: int) -> HttpResponse:
    """Of which kind a workshop is, and its tools as they were said last."""
    place = request.scope.unit(unit)
    row = _the_workshop(request, place, workplace)
    return _page(request, place, row)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str, workplace: int) -> HttpResponse:
    """The tools of a workshop as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    row = _the_workshop(request, place, workplace)
    table = exports.of_tools(queries.tools_of(workshop_id=row.id))
    name = f"alat-{place.code}-{slugify(row.name)}-{today_at(request, place)}"
    return as_file(request, table, name=name)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["POST"])
def tell(request: StaffRequest, unit: str, workplace: int) -> HttpResponse:
    """Say how many of a tool there are and how they are."""
    place = request.scope.unit(unit)
    row = _the_workshop(request, place, workplace)
    form = forms.ToolForm(request.POST, today=today_at(request, place))
    if form.is_valid():
        try:
            actions.tell_tool(
                unit_id=place.id,
                workshop_id=row.id,
                new=form.tool(),
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("tools", place.code, row.id, tersimpan="alat")
    return _page(request, place, row, tool_form=form)


@needs(Permission.KEEP_STOCK)
@require_POST
def trade(request: StaffRequest, unit: str, workplace: int) -> HttpResponse:
    """Say of which kind a workshop is."""
    place = request.scope.unit(unit)
    row = _the_workshop(request, place, workplace)
    form = forms.TradeForm(request.POST)
    if form.is_valid():
        actions.set_trade(
            unit_id=place.id,
            workshop_id=row.id,
            trade=Trade(form.cleaned_data["trade"]),
            by=request.actor,
            now=request.now,
        )
        return to("tools", place.code, row.id, tersimpan="jenis")
    return _page(request, place, row, trade_form=form)


def _the_workshop(request: StaffRequest, place: PlaceNow, workplace: int) -> WorkshopRow:
    row = queries.workshop_of(unit_id=place.id, workshop_id=workplace, on=today_at(request, place))
    if row is None:
        raise Http404
    return row


def _told(fact: ToolFact) -> tuple[ToolFact, str, str]:
    """What was said of a tool, with its condition in words and as a colour."""
    condition = Condition(fact.condition)
    return fact, CONDITION_LABELS[condition], CONDITION_KINDS[condition]


def _page(
    request: StaffRequest,
    place: PlaceNow,
    row: WorkshopRow,
    *,
    tool_form: Form | None = None,
    trade_form: Form | None = None,
) -> HttpResponse:
    now = queries.trade_of(workshop_id=row.id)
    way = (row.name, reverse("production:workshop", args=[place.code, row.id]))
    context = {
        "unit": place,
        "workshop": row,
        "trade": TRADE_LABELS[now] if now else "",
        "tools": [_told(fact) for fact in queries.tools_of(workshop_id=row.id)],
        "form": tool_form or forms.ToolForm(today=today_at(request, place)),
        "trade_form": trade_form or forms.TradeForm(initial={"trade": now}),
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, _SAVED),
        "crumbs": hours_crumbs(place, way, ("Alat", None)),
    }
    status = WRONG if tool_form or trade_form else 200
    return render(request, "production/tools.html", context, status=status)
