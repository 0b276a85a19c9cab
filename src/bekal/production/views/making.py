"""Writing down what was made, that nothing was, and what it was after all."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, forms, queries
from bekal.production.queries import AtWork, Makeable
from bekal.production.rules import BACK_DAYS
from bekal.production.views.batches import batch_page, the_batch
from bekal.production.views.common import DONE, WRONG, made_crumbs, submit, to

_A_DAY = dt.timedelta(days=1)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: StaffRequest, unit: str) -> HttpResponse:
    """Write a batch down, on one screen that begins with what is likely."""
    place = request.scope.unit(unit)
    form, context = _form(request, place)
    status = WRONG if form.errors else 200
    if form.is_valid():
        new = form.batch(place.id)
        act = partial(actions.record_batch, new=new)
        status = submit(request, place, form, act=act, door="production.batch", message=new)
        if status == DONE:
            return to("batch", place.code, new.key, tersimpan="baru")
    return render(request, "production/make.html", context, status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["POST"])
def nothing(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down that nothing was made on a day, or take that back."""
    place = request.scope.unit(unit)
    day = _asked_day(request.POST.get("day", ""), today=today_at(request, place))
    if request.POST.get("act") == "batal":
        actions.withdraw_no_production(unit_id=place.id, day=day, by=request.actor, now=request.now)
        return to("batches", place.code, tersimpan="batal")
    try:
        actions.tell_no_production(unit_id=place.id, day=day, by=request.actor, now=request.now)
    except Refused as refused:
        return _refused(request, place, day=day, refused=refused)
    return to("batches", place.code, tersimpan="tidak-ada")


@needs(Permission.KEEP_STOCK)
@require_http_methods(["POST"])
def correct(request: StaffRequest, unit: str, batch: UUID) -> HttpResponse:
    """Say how many pieces of a batch there were after all."""
    place = request.scope.unit(unit)
    row = the_batch(place, batch)
    form = forms.CorrectionForm(request.POST, row=row, used=queries.used_in(batch_id=row.id))
    status = WRONG
    if form.is_valid():
        new = form.correction(row.id)
        act = partial(actions.correct_batch, unit_id=place.id, new=new)
        status = submit(request, place, form, act=act, door="production.batch_fix", message=new)
        if status == DONE:
            return to("batch", place.code, row.id, tersimpan="koreksi")
    return batch_page(request, place, row, form=form, status=status)


def _form(request: StaffRequest, place: PlaceNow) -> tuple[forms.BatchForm, dict[str, Any]]:
    """The form with what it offers, and the page around it."""
    today = today_at(request, place)
    data = request.POST if request.method == "POST" else None
    asked = request.GET.get("hari", "") if data is None else data.get("made_on", "")
    day = _asked_day(asked, today=today)
    goods = queries.makeable(unit_id=place.id)
    makers = queries.at_work(unit_id=place.id, on=day)
    before = queries.last_day_made(unit_id=place.id, before=day)
    workshops = [(one.id, one.name) for one in queries.workshops_of(unit_id=place.id, on=day)]
    likely = _likely(request, place, goods=goods, makers=makers, day=day)
    form = forms.BatchForm(data, goods=goods, workshops=workshops, makers=makers, initial=likely)
    context = {
        "unit": place,
        "form": form,
        "today": today,
        "day": day,
        "before": before,
        "has_food": any(each.is_food for each in goods),
        "crumbs": made_crumbs(place, ("Catat produksi", None)),
    }
    return form, context


def _likely(
    request: StaffRequest,
    place: PlaceNow,
    *,
    goods: list[Makeable],
    makers: list[AtWork],
    day: dt.date,
) -> dict[str, Any]:
    """What the form begins with: the batch that is repeated, or who has work left to tell of."""
    shared = dict.fromkeys({one.workshop_id for one in makers}, 0)
    for one in makers:
        shared[one.workshop_id] += bool(one.usual)
    busiest = max(shared, key=lambda workshop: (shared[workshop], -workshop), default=None)
    begun = forms.begun(today=day, goods=goods, makers=makers, workshop=busiest)
    try:
        again = UUID(request.GET.get("ulangi", ""))
    except ValueError:
        return begun
    row = the_batch(place, again)
    shares = queries.shares_of(batch_id=row.id)
    return begun | forms.as_before(row, shares, goods=goods, makers=makers)


def _asked_day(text: str, *, today: dt.date) -> dt.date:
    """The day that a page asks for, "kemarin" too; today for what is none or is too far away."""
    if text == "kemarin":
        return today - _A_DAY
    day = forms.read_day(text)
    return day if day and abs((today - day).days) <= BACK_DAYS else today


def _refused(
    request: StaffRequest, place: PlaceNow, *, day: dt.date, refused: Refused
) -> HttpResponse:
    """The form of the day with what was refused on top of it."""
    context = {
        "unit": place,
        "refused": refused.message,
        "day": day,
        "crumbs": made_crumbs(place, ("Tidak ada produksi", None)),
    }
    return render(request, "production/nothing.html", context, status=WRONG)
