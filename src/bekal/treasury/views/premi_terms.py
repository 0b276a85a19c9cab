"""The terms of premi in a unit: what is saved, fixed sums, and files of payments."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.catalogue import queries as catalogue
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import queries as production
from bekal.treasury import actions, queries
from bekal.treasury.forms import premi as forms
from bekal.treasury.rules.premi_files import GENERAL
from bekal.treasury.rules.premi_terms import AGREEMENT_LABELS, FUNDS, AgreementKind
from bekal.treasury.views.premi_common import crumbs, form_page, permissions, to
from bekal.ui.inputs import show_refusal

_HEADING = "Ketentuan premi"
_SAVED = {
    "tabungan": "Bagian yang ditabung tersimpan.",
    "perjanjian": "Perjanjian tersimpan.",
    "akhir": "Perjanjian diakhiri.",
    "berkas": "Susunan kolom tersimpan.",
}


@needs(Permission.SEE_BOOKS)
@require_safe
def terms(request: StaffRequest, unit: str) -> HttpResponse:
    """What is saved, which fixed sums are agreed on, and how files are written."""
    place = request.scope.unit(unit)
    held = permissions(request, place)
    funds = {fund.value: label for fund, label in FUNDS.items()}
    context = {
        "unit": place,
        "saving": queries.saving_on(unit_id=place.id, on=today_at(request, place)),
        "savings": queries.savings_of(unit_id=place.id),
        "agreements": [
            (one, AGREEMENT_LABELS[AgreementKind(one.kind)], funds[one.account])
            for one in queries.agreements_of(unit_id=place.id)
        ],
        "columns": queries.columns_for(unit_id=place.id),
        "may_approve": Permission.APPROVE_MONEY in held,
        "may_keep": Permission.KEEP_MONEY in held,
        "saved": said(request, _SAVED),
        "crumbs": crumbs(place, (_HEADING, None)),
    }
    return render(request, "treasury/premi/terms.html", context)


@needs(Permission.APPROVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def saving(request: StaffRequest, unit: str) -> HttpResponse:
    """The head decides how much is saved."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    sent = request.POST if request.method == "POST" else None
    form = forms.SavingForm(sent, initial={"valid_from": today})
    if form.is_valid():
        try:
            actions.set_saving(
                unit_id=place.id,
                new=form.saving(),
                today=today,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("premi_terms", place.code, said="tabungan")
    return form_page(request, place, form, page="saving", way=_way(place, "Bagian yang ditabung"))


@needs(Permission.APPROVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: StaffRequest, unit: str) -> HttpResponse:
    """The head writes down an agreement on a fixed sum."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    workshops = production.workshops_of(unit_id=place.id, on=today)
    form = forms.AgreementForm(
        request.POST if request.method == "POST" else None,
        workshops=[(one.id, one.name) for one in workshops],
        products=catalogue.own_goods(unit_id=place.id),
        today=today,
    )
    if form.is_valid():
        try:
            actions.agree_on_premi(
                unit_id=place.id, new=form.agreement(), by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("premi_terms", place.code, said="perjanjian")
    return form_page(request, place, form, page="agree", way=_way(place, "Perjanjian baru"))


@needs(Permission.APPROVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, unit: str, premi_agreement: int) -> HttpResponse:
    """The head ends an agreement."""
    place = request.scope.unit(unit)
    one = queries.agreement_of(unit_id=place.id, agreement_id=premi_agreement)
    if one is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = forms.EndForm(sent, initial={"last": today_at(request, place)})
    if form.is_valid():
        try:
            actions.end_agreement(
                unit_id=place.id,
                agreement_id=one.pk,
                last=form.cleaned_data["last"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("premi_terms", place.code, said="akhir")
    way = _way(place, "Akhiri perjanjian")
    return form_page(request, place, form, page="end", way=way, context={"agreement": one})


@needs(Permission.KEEP_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: StaffRequest, unit: str) -> HttpResponse:
    """The treasurer arranges the columns of a payment file, perhaps beginning with a template."""
    place = request.scope.unit(unit)
    offered = [one for one in queries.columns_for(unit_id=place.id) if one.unit_id is None]
    chosen = next((one for one in offered if str(one.pk) == request.GET.get("mulai")), None)
    begun = forms.as_typed(chosen.arranged if chosen else GENERAL)
    form = forms.ColumnsForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            actions.keep_columns(
                unit_id=place.id, new=form.new(), by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("premi_terms", place.code, said="berkas")
    context = {"hint": forms.COLUMNS_HINT, "offered": offered, "chosen": chosen}
    way = _way(place, "Susunan kolom berkas")
    return form_page(request, place, form, page="columns", way=way, context=context)


def _way(place: PlaceNow, heading: str) -> list[tuple[str, str | None]]:
    return [(_HEADING, reverse("treasury:premi_terms", args=[place.code])), (heading, None)]
