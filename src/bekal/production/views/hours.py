"""The hours of a unit's workshops: what they have, what is promised, what is made to order."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, forms, queries
from bekal.production.queries import StockFilters, WorkshopRow
from bekal.production.rules import time_text
from bekal.production.views.common import WRONG, hours_crumbs, stock_crumbs, to
from bekal.production.views.goods import the_row
from bekal.ui.inputs import show_refusal

_SAVED = {
    "bengkel": "Bengkel tersimpan.",
    "waktu": "Waktu kerja tersimpan.",
    "hari": "Hari itu tersimpan.",
    "produk": "Produk tersimpan. Pembeli sekarang bisa memesannya untuk dibuat.",
    "berhenti": "Produk itu tidak lagi dibuat sesuai pesanan. Yang sudah dijanjikan tetap dibuat.",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def hours(request: StaffRequest, unit: str) -> HttpResponse:
    """Every workshop of a unit, and how full its next thirty days are."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    workshops = queries.workshops_of(unit_id=place.id, on=today)
    ahead = queries.hours_ahead(workshop_ids=[one.id for one in workshops], today=today)
    works = queries.works_of(unit_id=place.id) if workshops else []
    shown = [
        (
            one,
            time_text(one.time),
            ahead[one.id],
            [made for made in works if made.workshop_id == one.id],
        )
        for one in workshops
    ]
    context = {
        "unit": place,
        "workshops": shown,
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "may_see_makers": may(request, place, Permission.SEE_MAKERS),
        "saved": said(request, _SAVED),
        "crumbs": stock_crumbs(place, ("Kapasitas", None)),
    }
    return render(request, "production/hours.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def workshop(request: StaffRequest, unit: str, workplace: int) -> HttpResponse:
    """One workshop: its next thirty days, its working times, and what is made there."""
    place = request.scope.unit(unit)
    one = _the_workshop(request, place, workplace)
    works = queries.works_of(unit_id=place.id)
    today = today_at(request, place)
    context = {
        "unit": place,
        "workshop": one,
        "time": time_text(one.time),
        "ahead": queries.hours_ahead(workshop_ids=[one.id], today=today)[one.id],
        "times": queries.times_of(workshop_id=one.id),
        "works": [made for made in works if made.workshop_id == one.id],
        "today": today,
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, _SAVED),
        "crumbs": hours_crumbs(place, (one.name, None)),
    }
    return render(request, "production/workshop.html", context)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def new_workshop(request: StaffRequest, unit: str) -> HttpResponse:
    """Open a workshop."""
    place = request.scope.unit(unit)
    form = forms.WorkshopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.open_workshop(
                unit_id=place.id,
                name=form.cleaned_data["name"],
                kind=form.cleaned_data["kind"],
                time=form.time(),
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("workshop", place.code, made, tersimpan="bengkel")
    context = {
        "unit": place,
        "form": form,
        "crumbs": hours_crumbs(place, ("Bengkel baru", None)),
    }
    status = WRONG if form.is_bound else 200
    return render(request, "production/new_workshop.html", context, status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def time(request: StaffRequest, unit: str, workplace: int) -> HttpResponse:
    """Let a workshop work otherwise from a day on."""
    place = request.scope.unit(unit)
    one = _the_workshop(request, place, workplace)
    begun = {**vars(one.time), "valid_from": today_at(request, place)}
    form = forms.TimeForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            actions.set_capacity(
                workshop_id=one.id,
                time=form.time(),
                valid_from=form.cleaned_data["valid_from"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("workshop", place.code, one.id, tersimpan="waktu")
    return _form_page(request, place, one, form=form, which="time")


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: StaffRequest, unit: str, workplace: int) -> HttpResponse:
    """Set one day by itself, such as a holiday."""
    place = request.scope.unit(unit)
    one = _the_workshop(request, place, workplace)
    form = forms.DayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.set_day(
                workshop_id=one.id, **form.cleaned_data, by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("workshop", place.code, one.id, tersimpan="hari")
    return _form_page(request, place, one, form=form, which="day")


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def work(request: StaffRequest, unit: str, workplace: int) -> HttpResponse:
    """Let a product be made to order in a workshop, or say anew how long it takes."""
    place = request.scope.unit(unit)
    one = _the_workshop(request, place, workplace)
    form = _work_form(request, place)
    if form.is_valid():
        given = {**form.cleaned_data, "product_id": form.cleaned_data["product"]}
        del given["product"]
        try:
            actions.set_work(workshop_id=one.id, **given, by=request.actor, now=request.now)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("workshop", place.code, one.id, tersimpan="produk")
    return _form_page(request, place, one, form=form, which="work")


@needs(Permission.KEEP_STOCK)
@require_POST
def stop(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """Make a product to order no longer."""
    place = request.scope.unit(unit)
    row = the_row(place, code)
    actions.stop_work(product_id=row.product_id, by=request.actor, now=request.now)
    return to("hours", place.code, tersimpan="berhenti")


def _the_workshop(request: StaffRequest, place: PlaceNow, workplace: int) -> WorkshopRow:
    """The workshop of the unit; Http404 when it has no such one."""
    today = today_at(request, place)
    found = queries.workshop_of(unit_id=place.id, workshop_id=workplace, on=today)
    if found is None:
        raise Http404
    return found


def _work_form(request: StaffRequest, place: PlaceNow) -> forms.WorkForm:
    """The form with the unit's products; the address may name one, with how it is made now."""
    rows = queries.stock_of_unit(unit_id=place.id, filters=StockFilters())
    code = request.GET.get("barang", "")
    works = queries.works_of(unit_id=place.id)
    begun = next((vars(made) for made in works if made.code == code), {})
    products = [(row.product_id, row.name) for row in rows]
    data = request.POST if request.method == "POST" else None
    begun = {**begun, "product": begun.get("product_id")}
    return forms.WorkForm(data, products=products, initial=begun)


_HEADINGS = {
    "time": "Ubah waktu kerja",
    "day": "Atur satu hari",
    "work": "Dibuat sesuai pesanan",
}


def _form_page(
    request: StaffRequest,
    place: PlaceNow,
    one: WorkshopRow,
    *,
    form: forms.TimeForm | forms.DayForm | forms.WorkForm,
    which: str,
) -> HttpResponse:
    context = {
        "unit": place,
        "workshop": one,
        "form": form,
        "which": which,
        "heading": _HEADINGS[which],
        "crumbs": hours_crumbs(
            place,
            (one.name, reverse("production:workshop", args=[place.code, one.id])),
            (_HEADINGS[which], None),
        ),
    }
    status = WRONG if form.is_bound else 200
    return render(request, "production/workshop_form.html", context, status=status)
