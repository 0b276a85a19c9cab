"""One ask at the treasurer's desk, and money that was seen or is left over."""

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.payments import actions, forms, handlers, queries
from bekal.payments.rules import (
    HAND,
    METHOD_LABELS,
    STATE_LABELS,
    USUAL_MEANS,
    Means,
    NewReceipt,
    surplus_of,
)
from bekal.payments.views import common
from bekal.payments.views.money_in import LIST, ask_typed
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import Keyed


@needs(Permission.SEE_PAYMENTS)
@require_safe
def ask(request: StaffRequest, unit: str, ask: UUID) -> HttpResponse:
    """What was asked, how it stands and what came in for it."""
    place = request.scope.unit(unit)
    return _ask_page(request, place, _found(place, ask))


@needs(Permission.HANDLE_PAYMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: StaffRequest, unit: str, ask: UUID) -> HttpResponse:
    """Write down money that somebody saw come in for an ask."""
    place = request.scope.unit(unit)
    asked, today = _found(place, ask), today_at(request, place)
    data = request.POST if request.method == "POST" else None
    asked_on = local_day(asked.asked_at, zone_of(place))
    form = forms.HandReceipt(data, today=today, owed=asked.to_pay, since=asked_on)
    form.fields["method"].initial = USUAL_MEANS[asked.method].value
    status = 422 if form.errors else 200
    if form.is_valid():
        receipt = _receipt(request, place, form, asked=asked, today=today)
        try:
            got = actions.receive(receipt=receipt, by=request.actor, now=request.now)
        except Refused as refused:
            status = common.refused(request, form, refused, at=place, door="payments.receive")
        else:
            return common.saved("payments:ask", place, _what_came(got, form), ask)
    context = {"heading": "Catat uang masuk", "form": form, "ask": asked}
    return common.page(request, "receive", context, place=place, way=LIST, status=status)


def _what_came(got: actions.Received, form: forms.HandReceipt) -> str:
    """What is said of money that was written down, as it counts for its ask."""
    if got.receipt_id != form.key:
        return "sudah"
    return "masuk" if got.applied else "ragu"


def _receipt(
    request: StaffRequest,
    place: PlaceNow,
    form: forms.HandReceipt,
    *,
    asked: queries.Ask,
    today: dt.date,
) -> NewReceipt:
    typed = form.cleaned_data
    zone = zone_of(place)
    noon = dt.datetime.combine(typed["received_on"], dt.time(12), zone.info)
    return NewReceipt(
        key=form.key,
        unit_id=place.id,
        amount=typed["amount"],
        method=Means(typed["method"]),
        provider=HAND,
        reference=f"{place.id}:{typed['method']}:{typed['reference']}",
        request_id=asked.id,
        received_at=request.now if typed["received_on"] == today else noon,
    )


@needs(Permission.HANDLE_PAYMENTS)
@require_POST
def unapply(request: StaffRequest, unit: str, ask: UUID) -> HttpResponse:
    """Take money off an ask again."""
    place = request.scope.unit(unit)
    asked, form = _found(place, ask), Keyed(request.POST)
    chosen = {str(row.id): row.id for row in queries.applied_to(request_id=ask)}
    application = chosen.get(request.POST.get("application", ""))
    if application is None:
        return _ask_page(request, place, asked, status=422)
    try:
        actions.unapply_receipt(
            key=form.key, application_id=application, by=request.actor, now=request.now
        )
    except Refused as refused:
        return _ask_page(request, place, asked, problem=refused.message, status=422)
    return common.saved("payments:ask", place, "lepas", ask)


@needs(Permission.HANDLE_PAYMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: StaffRequest, unit: str, receipt: UUID) -> HttpResponse:
    """Say what becomes of money that belongs to nothing."""
    place = request.scope.unit(unit)
    left = {row.receipt_id: row for row in queries.unapplied_of(unit_id=place.id)}.get(receipt)
    if left is None:
        if not queries.is_used_up(unit_id=place.id, receipt_id=receipt):
            raise Http404
        return common.saved(LIST[0], place, "habis")
    data = request.POST if request.method == "POST" else None
    form = forms.RestDecision(data, is_of_line=left.is_of_line)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            return _decided(request, place, form, left=left)
        except Refused as refused:
            status = common.refused(request, form, refused, at=place, door="payments.apply_receipt")
    context = {"heading": "Tentukan sisa uang", "form": form, "left": left}
    return common.page(request, "rest", context, place=place, way=LIST, status=status)


def _decided(
    request: StaffRequest, place: PlaceNow, form: forms.RestDecision, *, left: queries.Loose
) -> HttpResponse:
    """Carry a decision out, and lead on."""
    if form.cleaned_data["what"] == forms.ANEW:
        line = actions.take_back(
            unit_id=place.id, receipt_id=left.receipt_id, by=request.actor, now=request.now
        )
        return common.saved("payments:line", place, "anew", line)
    if form.cleaned_data["what"] == forms.FOR_ORDER:
        actions.apply_receipt(
            key=form.key,
            receipt_id=left.receipt_id,
            request_id=ask_typed(place, form.cleaned_data["label"]),
            by=request.actor,
            now=request.now,
        )
        return common.saved(LIST[0], place, "cocok")
    _owe_back(request, place, form, left=left)
    return common.saved(LIST[0], place, "kembali")


def _owe_back(
    request: StaffRequest, place: PlaceNow, form: forms.RestDecision, *, left: queries.Loose
) -> None:
    debt = actions.NewDebt(
        key=form.key,
        subject=surplus_of(left.subject) if left.subject else f"receipt:{left.receipt_id}",
        unit_id=place.id,
        amount=left.left_over,
        why=form.cleaned_data["why"],
        receipt_id=left.receipt_id,
        label=left.label,
    )
    actions.owe_back(debt=debt, by=request.actor, now=request.now)


def _found(place: PlaceNow, ask: UUID) -> queries.Ask:
    found = queries.ask_in(unit_id=place.id, request_id=ask)
    if found is None:
        raise Http404
    return found


def _ask_page(
    request: StaffRequest,
    place: PlaceNow,
    asked: queries.Ask,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "heading": f"Tagihan {asked.label}".strip(),
        "ask": asked,
        "method": METHOD_LABELS[asked.method],
        "state": STATE_LABELS[asked.state],
        "ends": common.told(asked.expires_at, place),
        "due": handlers.due_days_of([asked]).get(asked.id),
        "applied": queries.applied_to(request_id=asked.id),
        "is_counted": request.GET.get("tersimpan") != "ragu",
        "key": Keyed().key,
        "may_handle": may(request, place, Permission.HANDLE_PAYMENTS),
        "problem": problem,
    }
    return common.page(request, "ask", context, place=place, way=LIST, status=status)
