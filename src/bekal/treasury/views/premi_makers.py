"""What one maker has of premi: every amount with its ground, and savings at release."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.exports import Table
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import as_file
from bekal.ledger import queries as ledger
from bekal.people import queries as people
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.forms import premi as forms
from bekal.treasury.models import PremiEarning
from bekal.treasury.queries import MakerStanding
from bekal.treasury.rules.overpaid import is_settlement
from bekal.treasury.rules.premi_terms import (
    AGREEMENT_LABELS,
    FUNDS,
    AgreementKind,
    is_correction,
)
from bekal.treasury.views.premi_common import crumbs, form_page, permissions, to
from bekal.ui.inputs import show_refusal

ROWS_A_PAGE = 40
_SAVED = {"tabungan": "Tabungan dibukukan sebagai dibayarkan. Cetak pernyataannya."}


@needs(Permission.SEE_BOOKS)
@require_safe
def maker(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """What a maker earned here, what was paid and saved, and what others owe."""
    place = request.scope.unit(unit)
    code = known_maker(request, place, maker)
    page = Paginator(queries.earnings_of(unit_id=place.id, maker=code), ROWS_A_PAGE).get_page(
        request.GET.get("halaman")
    )
    standing = queries.maker_standing(unit_id=place.id, maker=code)
    context = {
        "unit": place,
        "code": code,
        "standing": standing,
        "page": page,
        "earnings": [(earning, queries.thing_of(earning)) for earning in page],
        "paid": queries.paid_to(unit_id=place.id, maker=code),
        "payments": queries.savings_paid_to(unit_id=place.id, maker=code),
        "elsewhere": _elsewhere(request, place, code),
        "saved": said(request, _SAVED),
        "crumbs": crumbs(place, (code, None)),
        **_leaving(request, place, standing),
    }
    return render(request, "treasury/premi/maker.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """What a maker earned here as a file."""
    place = request.scope.unit(unit)
    code = known_maker(request, place, maker)
    rows = queries.earnings_of(unit_id=place.id, maker=code)
    heading = ("tanggal", "untuk", "barang", "menit", "dari_menit", "premi", "pembayaran")
    cells = (
        (
            one.earned_on,
            queries.thing_of(one),
            one.pieces,
            one.minutes,
            one.minutes_of_all,
            one.amount,
            one.run,
        )
        for one in rows
    )
    table = Table("Premi", heading, list(cells))
    return as_file(request, table, name=f"premi-{code}-{today_at(request, place)}")


@needs(Permission.KEEP_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def savings(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """The treasurer pays out what was saved for somebody who went home."""
    place = request.scope.unit(unit)
    code = known_maker(request, place, maker)
    form = forms.SavingsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        new = form.payment(place.id, code)
        try:
            actions.pay_savings(
                new=new, on=today_at(request, place), by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
            form.is_reused = isinstance(refused, KeyReused)  # type: ignore[attr-defined]
        else:
            return to("premi_maker", place.code, code, said="tabungan")
    here = (code, reverse("treasury:premi_maker", args=[place.code, code]))
    context = {"code": code, "standing": queries.maker_standing(unit_id=place.id, maker=code)}
    way = [here, ("Bayarkan tabungan", None)]
    return form_page(request, place, form, page="savings", way=way, context=context)


@needs(Permission.SEE_BOOKS)
@require_safe
def why(request: StaffRequest, unit: str, premi_earning: int) -> HttpResponse:
    """Why an amount of premi is what it is: rule, ground, base, batch, minutes, arithmetic."""
    place = request.scope.unit(unit)
    earning = queries.earning_of(unit_id=place.id, earning_id=premi_earning)
    if earning is None:
        raise Http404
    code = earning.maker_id
    here = (code, reverse("treasury:premi_maker", args=[place.code, code]))
    context = {
        "unit": place,
        "earning": earning,
        "thing": queries.thing_of(earning),
        "crumbs": crumbs(place, here, ("Mengapa sebesar ini?", None)),
        **_ground(earning),
    }
    return render(request, "treasury/premi/why.html", context)


def known_maker(request: StaffRequest, place: PlaceNow, code: str) -> str:
    """A maker of the unit, or one whom its books know; Http404 for everybody else."""
    on = today_at(request, place)
    if people.maker_of(unit_id=place.id, code=code, on=on) is not None:
        return code
    if queries.earnings_of(unit_id=place.id, maker=code).exists():
        return code
    raise Http404


def _leaving(request: StaffRequest, place: PlaceNow, standing: MakerStanding) -> dict[str, bool]:
    """Whether a maker is gone, and what somebody may do for them then."""
    code, held = standing.maker, permissions(request, place)
    is_gone = code in people.gone_from(unit_id=place.id, codes=[code])
    is_home = is_gone and code in people.gone_home(codes=[code])
    waits = is_gone and bool(queries.payable(unit_id=place.id, maker=code))
    return {
        "is_home": is_home,
        "is_gone": is_gone,
        "may_pay": is_home and standing.saved > 0 and Permission.KEEP_MONEY in held,
        "may_prepare": waits and Permission.PREPARE_MONEY in held,
        "may_settle": is_gone and standing.unpaid < 0 and Permission.CLEAR_CASH in held,
    }


def _elsewhere(request: StaffRequest, place: PlaceNow, code: str) -> list[tuple[str, int]]:
    """What other units owe whom this one has, by their names."""
    if people.stay_of(maker=code, on=today_at(request, place)) != place.id:
        return []
    owed = queries.claims_elsewhere(unit_id=place.id, maker=code)
    if not owed:
        return []
    called = places.last_called(place_ids=set(owed), on=request.scope.today)
    return [(called[unit][1], amount) for unit, amount in sorted(owed.items())]


def _ground(earning: PremiEarning) -> dict[str, Any]:
    if is_settlement(earning.source):
        return {"settles": earning.allocation_id}
    return _by_share(earning) if earning.line else _by_agreement(earning)


def _by_share(earning: PremiEarning) -> dict[str, Any]:
    """The way from the price of the sale to this amount."""
    line = earning.line
    assert line is not None
    assert earning.batch is not None
    sold = line.sale_line
    part = line.parts.get(batch=earning.batch)
    makers = queries.makers_of_line(line_id=line.pk, batch=earning.batch)
    return {
        "line": line,
        "sold": sold,
        "rule": ledger.rule_by_id(rule_id=sold.rule_id),
        "premi": sold.parts.get("premi_unallocated", 0),
        "part": part,
        "shared": part.amount - part.repaid + part.borne,
        "makers": makers,
        "others": max(0, len(makers) - 1),
    }


def _by_agreement(earning: PremiEarning) -> dict[str, Any]:
    agreement = earning.allocation.agreement
    assert agreement is not None
    kind = AgreementKind(agreement.kind)
    return {
        "agreement": agreement,
        "kind": AGREEMENT_LABELS[kind],
        "is_correction": is_correction(earning.source),
        "is_monthly": kind is AgreementKind.MONTHLY,
        "fund": {fund.value: label for fund, label in FUNDS.items()}[agreement.account],
        "whole": agreement.amount * earning.pieces,
        "parts": f"{earning.minutes} dari {earning.minutes_of_all}",
    }
