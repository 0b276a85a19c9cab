"""The capital fund of a unit: who asks, who approves, who pays, with which receipt."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.exports import Table
from bekal.foundation.formats import read_page
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.foundation.views import as_file
from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.places.queries import PlaceNow
from bekal.production import queries as production
from bekal.treasury import actions, queries
from bekal.treasury.actions.fund import ASK, RETURN
from bekal.treasury.forms.fund import AskForm, ChangeForm, DecideForm
from bekal.treasury.queries import Spent
from bekal.treasury.views.common import CONFLICT, WRONG, permissions, refuse, to, way
from bekal.ui.inputs import show_refusal

STATES = {
    "menunggu": "Menunggu kepala",
    "disetujui": "Disetujui, belum dibayar",
    "dibayar": "Dibayar",
}
_SAID = {
    "minta": "Permintaan dikirim kepada kepala.",
    "setuju": "Permintaan disetujui. Bendahara bisa membayarnya.",
    "tolak": "Permintaan ditolak.",
    "bayar": "Pembayaran tersimpan.",
    "kembali": "Uang kembali tersimpan.",
}
_HEADING = (
    *("tanggal_diminta", "untuk", "barang", "bengkel", "perkiraan", "keadaan", "dibayar"),
    *("tanggal_bayar", "nomor_kuitansi", "kembali", "diminta_oleh", "disetujui_oleh"),
    "dibayar_oleh",
)


@needs(Permission.SEE_BOOKS)
@require_safe
def fund(request: StaffRequest, unit: str) -> HttpResponse:
    """What the fund holds, and what was asked of it."""
    place = request.scope.unit(unit)
    asked = request.GET.get("keadaan", "")
    state = asked if asked in STATES else ""
    page = queries.spent_page(
        unit_id=place.id, state=state, page=read_page(request.GET.get("halaman", ""))
    )
    context = {
        "unit": place,
        "page": page,
        "state": state,
        "states": STATES,
        "held": held_by_fund(place),
        "may_ask": Permission.PREPARE_MONEY in permissions(request, place),
        "saved": said(request, _SAID),
        "crumbs": way(place, ("Dana penunjang", None)),
    }
    return render(request, "treasury/fund/list.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """All that was asked of the fund: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    rows = list(queries.every_spent(unit_id=place.id))
    names = accounts.names_of(actors={actor for row in rows for actor in row.actors})
    table = Table("Dana penunjang", _HEADING, list(_cells(place, rows, {"": "", **names})))
    return as_file(request, table, name=f"dana-{place.code}-{today_at(request, place)}")


@needs(Permission.PREPARE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: StaffRequest, unit: str) -> HttpResponse:
    """Ask to buy something from the fund."""
    place = request.scope.unit(unit)
    found = production.workshops_of(unit_id=place.id, on=today_at(request, place))
    form = AskForm(
        request.POST if request.method == "POST" else None,
        workshops=[(row.id, row.name) for row in found],
        key=uuid7(),
    )
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        new = form.request(place.id)
        try:
            actions.ask_fund(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=ASK, message=new)
        else:
            return to("fund_request", place.code, new.key, said="minta")
    context = {
        "unit": place,
        "form": form,
        "held": held_by_fund(place),
        "key": uuid7() if status == CONFLICT else form["key"].value(),
        "crumbs": way(place, fund_crumb(place), ("Minta", None)),
    }
    return render(request, "treasury/fund/ask.html", context, status=status)


@needs(Permission.SEE_BOOKS)
@require_safe
def one(request: StaffRequest, unit: str, fund_request: UUID) -> HttpResponse:
    """One request with all that became of it, and what can be done next."""
    place = request.scope.unit(unit)
    return _page(request, place, the_request(place, fund_request))


@needs(Permission.APPROVE_MONEY)
@require_POST
def decide(request: StaffRequest, unit: str, fund_request: UUID) -> HttpResponse:
    """Approve a request or refuse it."""
    place = request.scope.unit(unit)
    row = the_request(place, fund_request)
    form = DecideForm(request.POST)
    is_approved = "setujui" in request.POST
    if form.is_valid():
        try:
            actions.decide_fund(
                request_id=row.id,
                unit_id=place.id,
                is_approved=is_approved,
                why=form.cleaned_data["why"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("fund_request", place.code, row.id, said="setuju" if is_approved else "tolak")
    return _page(request, place, row, decision=form, status=WRONG)


@needs(Permission.KEEP_MONEY)
@require_POST
def give_back(request: StaffRequest, unit: str, fund_request: UUID) -> HttpResponse:
    """Write down what of a payment came back."""
    place = request.scope.unit(unit)
    row = the_request(place, fund_request)
    if row.payment_id is None:
        return to("fund_request", place.code, row.id)
    form, status = ChangeForm(request.POST), WRONG
    if form.is_valid():
        new = form.change(place.id, row.payment_id, on=today_at(request, place))
        try:
            actions.return_change(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=RETURN, message=new)
        else:
            return to("fund_request", place.code, row.id, said="kembali")
    return _page(request, place, row, change=form, status=status)


def _page(
    request: StaffRequest,
    place: PlaceNow,
    row: Spent,
    *,
    decision: DecideForm | None = None,
    change: ChangeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may = permissions(request, place)
    names = accounts.names_of(actors=row.actors)
    context = {
        "unit": place,
        "row": row,
        "held": held_by_fund(place),
        "asked_on": local_day(row.asked_at, zone_of(place)),
        "asker": names.get(row.asked_by, ""),
        "decider": names.get(row.decided_by, ""),
        "payer": names.get(row.paid_by, ""),
        "decision": decision or DecideForm(),
        "change": change or ChangeForm(initial={"key": uuid7()}),
        "fresh_key": uuid7() if status == CONFLICT else None,
        "may_decide": not row.decided_as and Permission.APPROVE_MONEY in may,
        "may_pay": row.state == "disetujui" and Permission.KEEP_MONEY in may,
        "may_return": row.paid and not row.returned and Permission.KEEP_MONEY in may,
        "saved": said(request, _SAID),
        "crumbs": way(place, fund_crumb(place), (row.what, None)),
    }
    return render(request, "treasury/fund/one.html", context, status=status)


def held_by_fund(place: PlaceNow) -> int:
    """What the fund holds, in rupiah."""
    rows = ledger.balances_of(unit_id=place.id)
    return -sum(row.amount for row in rows if row.account is AccountKind.CAPITAL)


def the_request(place: PlaceNow, request_id: UUID) -> Spent:
    """A request of the unit. Raises Http404."""
    found = queries.one_spent(unit_id=place.id, request_id=request_id)
    if found is None:
        raise Http404
    return found


def _cells(place: PlaceNow, rows: Iterable[Spent], names: dict[str, str]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            local_day(row.asked_at, zone_of(place)),
            row.purpose,
            row.what,
            row.workshop,
            row.estimate,
            row.state,
            row.paid,
            row.paid_on,
            row.receipt_number,
            row.returned,
            names[row.asked_by],
            names[row.decided_by],
            names[row.paid_by],
        ]


def fund_crumb(place: PlaceNow) -> tuple[str, str]:
    """The way back to the fund."""
    return "Dana penunjang", reverse("treasury:fund", args=[place.code])
