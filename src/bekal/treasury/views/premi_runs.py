"""Payments of premi: the list, one of them, and its three steps."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, keep_time, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.exports import Table
from bekal.foundation.refusals import Refused
from bekal.foundation.views import as_file
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.forms import premi as forms
from bekal.treasury.models import PremiRun
from bekal.treasury.queries import RunSort
from bekal.treasury.rules.premi_paying import MONEY_LABELS, RUN_LABELS, MoneyIn, RunKind, RunState
from bekal.treasury.views.premi_common import (
    crumbs,
    form_page,
    permissions,
    prepared,
    to,
)
from bekal.ui.inputs import carry_out, show_refusal

ROWS_A_PAGE = 30
_LIST = "Pembayaran premi"
_SAVED = {
    "siap": "Pembayaran disiapkan. Kepala unit menyetujuinya di halaman ini.",
    "setuju": "Pembayaran disetujui. Bendahara membayarnya di halaman ini.",
    "bayar": "Pembayaran dibukukan. Cetak slip dan lembar tanda tangannya.",
    "batal": "Pembayaran dibatalkan. Preminya bisa masuk pembayaran lain.",
}
_COLOURS = {
    RunState.PREPARED: "warn",
    RunState.APPROVED: "info",
    RunState.PAID: "ok",
    RunState.CANCELLED: "neutral",
}


@needs(Permission.SEE_BOOKS)
@require_safe
def runs(request: StaffRequest, unit: str) -> HttpResponse:
    """A unit's payments of premi, as filtered and sorted."""
    place = request.scope.unit(unit)
    filters = forms.read_run_filters(request.GET)
    found = queries.runs_of(unit_id=place.id, filters=filters)
    page = Paginator(found, ROWS_A_PAGE).get_page(filters.page)
    context = {
        "unit": place,
        "page": page,
        "shown": [(run, RUN_LABELS[RunKind(run.kind)], *_state(run)) for run in page],
        "filters": filters,
        "states": forms.STATE_SLUGS,
        "kinds": forms.KIND_SLUGS,
        "sorts": list(RunSort),
        "may_prepare": Permission.PREPARE_MONEY in permissions(request, place),
        "crumbs": crumbs(place, (_LIST, None)),
    }
    return render(request, "treasury/premi/runs.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The same list as a file."""
    place = request.scope.unit(unit)
    found = queries.runs_of(unit_id=place.id, filters=forms.read_run_filters(request.GET))
    heading = ("nomor", "jenis", "dari", "sampai", "keadaan", "pembuat", "premi", "ditabung")
    cells = (
        (run, run.kind, run.first, run.last, _state(run)[0], run.makers, run.earned, run.saved)  # type: ignore[attr-defined]
        for run in found
    )
    table = Table("Pembayaran premi", heading, list(cells))
    return as_file(request, table, name=f"pembayaran-premi-{place.code}")


@needs(Permission.PREPARE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: StaffRequest, unit: str) -> HttpResponse:
    """Prepare the payment of all premi up to a day."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    form = forms.RunForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid() and (done := prepared(request, place, form, new=form.run(place.id))):
        return done
    way = [(_LIST, reverse("treasury:premi_runs", args=[place.code])), ("Siapkan pembayaran", None)]
    return form_page(request, place, form, page="prepare", way=way)


@needs(Permission.SEE_BOOKS)
@require_safe
def run(request: StaffRequest, unit: str, premi_run: UUID) -> HttpResponse:
    """One payment: to whom how much, who did what, and the next step for who looks."""
    place = request.scope.unit(unit)
    return _run_page(request, place, _the_run(place, premi_run))


@needs(Permission.APPROVE_MONEY)
@require_POST
def approve(request: StaffRequest, unit: str, premi_run: UUID) -> HttpResponse:
    """The head approves."""
    place = request.scope.unit(unit)
    one = _the_run(place, premi_run)
    try:
        actions.approve_run(unit_id=place.id, run_id=one.pk, by=request.actor, now=request.now)
    except Refused as refused:
        return _run_page(request, place, one, problem=refused.message)
    keep_time(request, place, "treasury.approve_run")
    return to("premi_run", place.code, one.pk, said="setuju")


@needs(Permission.KEEP_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: StaffRequest, unit: str, premi_run: UUID) -> HttpResponse:
    """The treasurer pays."""
    place = request.scope.unit(unit)
    one = _the_run(place, premi_run)
    form = forms.PayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.pay_run(
                unit_id=place.id,
                run_id=one.pk,
                money=form.place(),
                on=today_at(request, place),
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            keep_time(request, place, "treasury.pay_run")
            return to("premi_run", place.code, one.pk, said="bayar")
    return _step(request, place, one, form=form, page="pay", heading="Bayar")


@needs(Permission.PREPARE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, unit: str, premi_run: UUID) -> HttpResponse:
    """Who prepares may cancel before it is paid, with a reason."""
    place = request.scope.unit(unit)
    one = _the_run(place, premi_run)
    form = forms.CancelForm(request.POST if request.method == "POST" else None)
    act = partial(actions.cancel_run, unit_id=place.id, run_id=one.pk)
    if carry_out(form, partial(act, by=request.actor, now=request.now)):
        return to("premi_run", place.code, one.pk, said="batal")
    return _step(request, place, one, form=form, page="cancel", heading="Batalkan")


def _the_run(place: PlaceNow, run_id: UUID) -> PremiRun:
    """The unit's own; Http404 for everybody else's."""
    found = queries.run_of(unit_id=place.id, run_id=run_id)
    if found is None:
        raise Http404
    return found


def _state(run: PremiRun) -> tuple[RunState, str]:
    state = queries.run_state(run)
    return state, _COLOURS[state]


def _run_page(
    request: StaffRequest, place: PlaceNow, one: PremiRun, *, problem: str = ""
) -> HttpResponse:
    state, colour = _state(one)
    context = {
        "unit": place,
        "run": one,
        "kind": RUN_LABELS[RunKind(one.kind)],
        "state": state,
        "colour": colour,
        "lines": queries.lines_of_run(run_id=one.pk),
        "steps": _steps(place, one),
        "problem": problem,
        "columns": queries.columns_for(unit_id=place.id),
        "money": MONEY_LABELS[MoneyIn(one.paid_from)] if one.paid_from else "",
        "saved": said(request, _SAVED),
        "crumbs": crumbs(place, _way(place), (str(one), None)),
        **_may(request, place, one),
    }
    return render(request, "treasury/premi/run.html", context, status=422 if problem else 200)


def _may(request: StaffRequest, place: PlaceNow, one: PremiRun) -> dict[str, bool]:
    """Which step is whose, as the run stands."""
    held, state = permissions(request, place), queries.run_state(one)
    is_open = state in {RunState.PREPARED, RunState.APPROVED}
    approves = Permission.APPROVE_MONEY in held and str(request.actor) != one.prepared_by
    return {
        "may_approve": approves and state is RunState.PREPARED,
        "may_pay": state is RunState.APPROVED and Permission.KEEP_MONEY in held,
        "may_cancel": is_open and Permission.PREPARE_MONEY in held,
        "may_name": Permission.SEE_MAKERS in held,
        "may_file": Permission.KEEP_MONEY in held,
    }


def _steps(place: PlaceNow, one: PremiRun) -> list[tuple[str, str, str]]:
    """Who did what on which day, in the order of time."""
    done = (
        ("Disiapkan", one.prepared_at, one.prepared_by),
        ("Disetujui", one.approved_at, one.approved_by),
        ("Dibayar", one.paid_at, one.paid_by),
        ("Dibatalkan", one.cancelled_at, one.cancelled_by),
    )
    who: Mapping[str, str] = accounts.names_of(actors={by for _, at, by in done if at})
    zone = zone_of(place)
    return [(act, local_day(at, zone).isoformat(), who[by]) for act, at, by in done if at]


def _way(place: PlaceNow) -> tuple[str, str | None]:
    return _LIST, reverse("treasury:premi_runs", args=[place.code])


def _step(
    request: StaffRequest,
    place: PlaceNow,
    one: PremiRun,
    *,
    form: django_forms.Form,
    page: str,
    heading: str,
) -> HttpResponse:
    here = (str(one), reverse("treasury:premi_run", args=[place.code, one.pk]))
    way = [_way(place), here, (f"{heading} {one}", None)]
    return form_page(request, place, form, page=page, way=way, context={"run": one})
