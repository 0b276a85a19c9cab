"""The API tokens of a unit."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bekal.accounts import actions, queries
from bekal.accounts.forms import TokenForm
from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow


@needs(Permission.MANAGE_TOKENS)
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: StaffRequest, unit: str) -> HttpResponse:
    """The API tokens of a unit, and a form that makes another; its secret is shown just once."""
    place = request.scope.unit(unit)
    form = _token_form(request, place)
    if form.is_valid():
        try:
            secret = actions.make_token(
                key=form.key,
                unit_id=place.id,
                holder_id=form.cleaned_data["holder"],
                name=form.cleaned_data["name"],
                days=form.cleaned_data["days"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            context = {"unit": place, "secret": secret, "name": form.cleaned_data["name"]}
            return render(request, "accounts/token_made.html", context)
    return _tokens_page(request, place, form)


@needs(Permission.MANAGE_TOKENS)
@require_POST
def revoke_token(request: StaffRequest, unit: str, token: UUID) -> HttpResponse:
    """End a token of a unit at once."""
    place = request.scope.unit(unit)
    try:
        actions.revoke_token(token_id=token, unit_id=place.id, by=request.actor, now=request.now)
    except LookupError:
        raise Http404 from None
    address = reverse("tokens:list", args=[place.code])
    return HttpResponse(status=303, headers={"Location": f"{address}?selesai=1"})


def _token_form(request: StaffRequest, place: PlaceNow) -> TokenForm:
    holders = queries.people_who_may(
        permission=Permission.RECORD_SALE, place_id=place.id, on=request.scope.today
    )
    return TokenForm(request.POST if request.method == "POST" else None, holders=holders)


def _tokens_page(request: StaffRequest, place: PlaceNow, form: TokenForm) -> HttpResponse:
    rows = queries.tokens_of(unit_id=place.id, on=request.scope.today, now=request.now)
    context = {
        "unit": place,
        "tokens": rows,
        "form": form,
        "revoked": "selesai" in request.GET and not form.is_bound,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "accounts/tokens.html", context, status=status)
