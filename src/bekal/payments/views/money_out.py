"""Money that goes out: what is owed back to buyers, and to other units."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.payments import actions, forms, handlers, queries
from bekal.payments.rules import Means
from bekal.payments.views import common
from bekal.places.queries import PlaceNow

LIST = ("payments:money_out", "Uang keluar")
PAY = "Catat pengembalian dibayar"


@needs(Permission.SEE_PAYMENTS)
@require_safe
def money_out(request: StaffRequest, unit: str) -> HttpResponse:
    """What a unit owes, and what it has paid."""
    place = request.scope.unit(unit)
    debts = queries.debts_of(unit_id=place.id)
    may_handle = may(request, place, Permission.HANDLE_PAYMENTS)
    payees = handlers.payees_of(debts) if may_handle else {}
    context = {
        "unit": place,
        "zone": zone_of(place),
        "debts": [(debt, payees.get(debt.id, "")) for debt in debts],
        "paid": queries.debts_of(unit_id=place.id, is_paid=True),
        "owed": queries.owed_to_units(unit_id=place.id, on=today_at(request, place)),
        "may_handle": may_handle,
        "saved": common.SAVED.get(request.GET.get("tersimpan", ""), ""),
    }
    return render(request, "payments/money_out.html", context)


@needs(Permission.HANDLE_PAYMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: StaffRequest, unit: str, debt: UUID) -> HttpResponse:
    """Write down that a buyer was paid back, with the proof of it."""
    place = request.scope.unit(unit)
    owed = queries.debt_in(unit_id=place.id, debt_id=debt)
    if owed is None:
        return _settled(place, debt)
    form = _paying_form(request, place, owed)
    status = 422 if form.errors else 200
    if form.is_valid():
        typed = {**form.cleaned_data, "means": Means(form.cleaned_data["means"])}
        try:
            actions.pay_out(
                **typed,
                key=form.key,
                debt_id=debt,
                unit_id=place.id,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            status = common.refused(request, form, refused, at=place, door="payments.pay_out")
        else:
            return common.saved(LIST[0], place, "bayar")
    payee = handlers.payees_of([owed]).get(debt, "")
    context = {"heading": PAY, "form": form, "debt": owed, "payee": payee}
    return common.page(request, "pay_debt", context, place=place, way=LIST, status=status)


def _settled(place: PlaceNow, debt: UUID) -> HttpResponse:
    """On to the list, which says that it is paid. Raises Http404 for no debt of the unit."""
    if not queries.is_paid(unit_id=place.id, debt_id=debt):
        raise Http404
    return common.saved(LIST[0], place, "lunas")


def _paying_form(request: StaffRequest, place: PlaceNow, owed: queries.Owed) -> forms.Paying:
    return forms.Paying(
        request.POST if request.method == "POST" else None,
        today=today_at(request, place),
        since=local_day(owed.owed_at, zone_of(place)),
    )


@needs(Permission.HANDLE_PAYMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down what was paid to another unit of what is owed to it."""
    place, today = request.scope.unit(unit), today_at(request, request.scope.unit(unit))
    owed = {row.code: row for row in queries.owed_to_units(unit_id=place.id, on=today)}
    form = _transfer_form(request, owed, today=today)
    status = 422 if form.errors else 200
    if form.is_valid():
        typed = dict(form.cleaned_data)
        payee = owed[typed.pop("payee")].unit_id
        new = actions.NewTransfer(form.key, place.id, payee, **typed)
        try:
            actions.settle_units(transfer=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = common.refused(request, form, refused, at=place, door="payments.settle_units")
        else:
            return common.saved(LIST[0], place, "bayar")
    context = {"heading": "Catat setoran ke unit lain", "form": form, "owed": owed.values()}
    return common.page(request, "transfer", context, place=place, way=LIST, status=status)


def _transfer_form(
    request: StaffRequest, owed: Mapping[str, queries.OwedUnit], *, today: dt.date
) -> forms.UnitPaying:
    """The form, filled for the unit that the address names."""
    first = owed.get(request.GET.get("kepada", ""))
    return forms.UnitPaying(
        request.POST if request.method == "POST" else None,
        payees=[(row.code, row.name) for row in owed.values()],
        today=today,
        payee=first.code if first else "",
        owed=first.amount if first else 0,
    )
