"""Money that comes in: what nobody knows yet on top, each row with what it may be for."""

from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.exports import csv_lines
from bekal.foundation.refusals import Refused
from bekal.foundation.uploads import measured, too_large
from bekal.payments import actions, exports, forms, handlers, queries
from bekal.payments.bank_lines import LARGEST_FILE, TOO_LARGE
from bekal.payments.rules import Aside
from bekal.payments.views import common
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import show_refusal

LIST = ("payments:money_in", "Uang masuk")
_WHOLE = 3 * LARGEST_FILE


@needs(Permission.SEE_PAYMENTS)
@require_safe
def money_in(request: StaffRequest, unit: str) -> HttpResponse:
    """What came in, what waits, and what nobody knows."""
    return _list_page(request, request.scope.unit(unit))


def _list_page(
    request: StaffRequest, place: PlaceNow, *, problem: str = "", status: int = 200
) -> HttpResponse:
    asks = queries.waiting_asks(unit_id=place.id)
    due = handlers.due_days_of(asks)
    context = {
        "unit": place,
        "zone": zone_of(place),
        "lines": queries.open_lines(unit_id=place.id),
        "loose": queries.unapplied_of(unit_id=place.id),
        "doubts": queries.doubts_of(unit_id=place.id),
        "asks": [(ask, due.get(ask.id)) for ask in asks],
        "asides": queries.asides_of(unit_id=place.id),
        "received": queries.received_page(
            unit_id=place.id, after=_uuid(request.GET.get("sesudah", ""))
        ),
        "digits": queries.digits_of(unit_id=place.id),
        "merchant": queries.merchants_of(unit_ids=[place.id]).get(place.id),
        "may_handle": may(request, place, Permission.HANDLE_PAYMENTS),
        "saved": common.SAVED.get(request.GET.get("tersimpan", ""), ""),
        "problem": problem,
    }
    return render(request, "payments/money_in.html", context, status=status)


def _uuid(typed: str) -> UUID | None:
    """The id that an address or a form names; None when it is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None


@needs(Permission.SEE_PAYMENTS)
@require_safe
def download(request: StaffRequest, unit: str) -> StreamingHttpResponse:
    """All that came in, as a CSV file for a spreadsheet."""
    place = request.scope.unit(unit)
    rows = exports.rows(queries.every_received(unit_id=place.id))
    answer = StreamingHttpResponse(
        csv_lines(exports.HEADING, rows), content_type="text/csv; charset=utf-8"
    )
    name = f"uang-masuk-{place.code}-{today_at(request, place)}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.HANDLE_PAYMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@measured(whole=_WHOLE, each=LARGEST_FILE)
def statement(request: StaffRequest, unit: str) -> HttpResponse:
    """Import a bank statement, with a result for each of its rows."""
    place = request.scope.unit(unit)
    is_sent = request.method == "POST"
    form = forms.StatementForm(*((request.POST, request.FILES) if is_sent else ()))
    context: dict[str, object] = {"heading": "Impor mutasi rekening", "form": form}
    if too_large(request):
        form.add_error("file", TOO_LARGE)
    if form.is_valid():
        name, content = form.content()
        today = today_at(request, place)
        new = actions.NewStatement(place.id, name, content, today)
        try:
            context["done"] = actions.import_statement(
                statement=new, by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
    status = 422 if form.errors else 200
    return common.page(request, "statement", context, place=place, way=LIST, status=status)


@needs(Permission.HANDLE_PAYMENTS)
@require_POST
def match(request: StaffRequest, unit: str, bank_line: int) -> HttpResponse:
    """Match a line with the ask that was suggested for it; twice is as once."""
    place, ask = request.scope.unit(unit), _uuid(request.POST.get("ask", ""))
    line = queries.line_in(unit_id=place.id, line_id=bank_line)
    suggested = line.suggestion.ask.id if line and line.suggestion else None
    if ask is None or (line is not None and ask != suggested):
        form = forms.Decision(initial={"what": forms.FOR_ORDER})
        return _line_page(request, place, form, bank_line=bank_line, status=422)
    try:
        actions.match_line(
            unit_id=place.id, line_id=bank_line, request_id=ask, by=request.actor, now=request.now
        )
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return _list_page(request, place, problem=refused.message, status=422)
    return common.saved(LIST[0], place, "cocok")


@needs(Permission.HANDLE_PAYMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: StaffRequest, unit: str, bank_line: int) -> HttpResponse:
    """Say what a line of a statement is."""
    place = request.scope.unit(unit)
    if queries.is_decided(unit_id=place.id, line_id=bank_line):
        return common.saved(LIST[0], place, "putus")
    shown = _line(place, bank_line)
    by_hand = shown.recorded and shown.recorded.is_by_hand
    initial = {"what": Aside.HAND} if by_hand else {"what": Aside.TWIN} if shown.has_twin else {}
    form = forms.Decision(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            return common.saved(LIST[0], place, _decided(request, place, form, bank_line=bank_line))
        except Refused as refused:
            show_refusal(form, refused)
    status = 422 if form.errors else 200
    return _line_page(request, place, form, bank_line=bank_line, status=status)


def _decided(
    request: StaffRequest, place: PlaceNow, form: forms.Decision, *, bank_line: int
) -> str:
    """Carry a decision out; the word of what was saved."""
    what = form.cleaned_data["what"]
    if what in set(Aside):
        actions.set_aside(
            unit_id=place.id,
            line_id=bank_line,
            reason=Aside(what),
            by=request.actor,
            now=request.now,
        )
        return "sisih"
    ask = None
    if what == forms.FOR_ORDER:
        ask = ask_typed(place, form.cleaned_data["label"])
    actions.match_line(
        unit_id=place.id,
        line_id=bank_line,
        request_id=ask,
        by=request.actor,
        now=request.now,
    )
    return "cocok" if ask else "belum"


def ask_typed(place: PlaceNow, typed: str) -> UUID:
    """The unsettled ask of an order's code. Raises Refused at the field."""
    found = queries.unsettled_ask(unit_id=place.id, typed=typed)
    if found is None:
        raise Refused("Tidak ada tagihan yang belum lunas dengan kode ini.", field="label")
    return found.id


@needs(Permission.HANDLE_PAYMENTS)
@require_POST
def reopen(request: StaffRequest, unit: str, bank_line: int) -> HttpResponse:
    """Open a line again that was set aside."""
    place = request.scope.unit(unit)
    try:
        actions.reopen_line(unit_id=place.id, line_id=bank_line, by=request.actor, now=request.now)
    except (LookupError, Refused):
        raise Http404 from None
    return common.saved(LIST[0], place, "buka")


@needs(Permission.HANDLE_PAYMENTS)
@require_POST
def checked(request: StaffRequest, unit: str, doubt: int) -> HttpResponse:
    """Say that a doubt was looked at, or that it is money that came in."""
    place = request.scope.unit(unit)
    is_money = request.POST.get("what") == "masuk"
    act = actions.receive_doubt if is_money else actions.check_doubt
    try:
        act(unit_id=place.id, doubt_id=doubt, by=request.actor, now=request.now)
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return _list_page(request, place, problem=refused.message, status=422)
    return common.saved(LIST[0], place, "belum" if is_money else "periksa")


def _line(place: PlaceNow, bank_line: int) -> queries.LineShown:
    found = queries.line_in(unit_id=place.id, line_id=bank_line)
    if found is None:
        raise Http404
    return found


def _line_page(
    request: StaffRequest, place: PlaceNow, form: forms.Decision, *, bank_line: int, status: int
) -> HttpResponse:
    shown = _line(place, bank_line)
    context = {"heading": "Tentukan uang ini", "form": form, "line": shown}
    return common.page(request, "line", context, place=place, way=LIST, status=status)
