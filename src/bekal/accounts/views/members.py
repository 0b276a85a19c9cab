"""Who works at a place: roles held there, people called in, roles taken away."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts import actions
from bekal.accounts.forms import InviteForm
from bekal.accounts.gate import StaffRequest, needs, said
from bekal.accounts.queries import members as queries
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow

_SAID = {
    "undang": "Undangan dibuat. Tautannya ada di daftar; kirim sendiri bila email tidak sampai.",
    "batal": "Undangan dibatalkan.",
    "cabut": "Peran dicabut.",
}


@needs(Permission.MANAGE_PEOPLE)
@require_safe
def places(request: StaffRequest) -> HttpResponse:
    """The places where the reader may call people in."""
    rows = queries.staffed_places(places_in_scope=request.scope.places, user_id=request.user.pk)
    if len(rows) == 1:
        return see_other(reverse("members:list", args=[rows[0].place.code]))
    text = " ".join(request.GET.get("cari", "").split())[:80]
    shown = [row for row in rows if text.lower() in row.place.name.lower()]
    context = {"rows": shown, "text": text, "total": len(rows)}
    return render(request, "accounts/member_places.html", context)


@needs(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: StaffRequest, place: str) -> HttpResponse:
    """Who holds a role at a place, and a form that calls somebody in."""
    here = request.scope.place(place)
    roles = queries.roles_to_give(user_id=request.user.pk, place_id=here.id, on=request.scope.today)
    form = InviteForm(request.POST if request.method == "POST" else None, roles=roles)
    if form.is_valid():
        try:
            actions.invite(
                key=form.key,
                **form.cleaned_data,
                place_id=here.id,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            return _back(here, "undang")
    return _members_page(request, here, form)


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def revoke(request: StaffRequest, place: str, invitation: UUID) -> HttpResponse:
    """End an invitation before it is taken."""
    here = request.scope.place(place)
    try:
        actions.revoke_invitation(
            invitation_id=invitation, place_id=here.id, by=request.actor, now=request.now
        )
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return _failed(request, here, refused)
    return _back(here, "batal")


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def take_away(request: StaffRequest, place: str, grant: int) -> HttpResponse:
    """End a role that somebody holds at a place."""
    here = request.scope.place(place)
    try:
        actions.take_role_away(grant_id=grant, place_id=here.id, by=request.actor, now=request.now)
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return _failed(request, here, refused)
    return _back(here, "cabut")


def _members_page(request: StaffRequest, here: PlaceNow, form: InviteForm) -> HttpResponse:
    context = {
        "place": here,
        "form": form,
        "may_invite": bool(form.roles),
        "members": queries.members_of(place_id=here.id, may_give=form.roles),
        "invitations": queries.invitations_of(place_id=here.id, now=request.now),
        "said": said(request, _SAID) if not form.is_bound else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/members.html", context, status=status)


def _failed(request: StaffRequest, here: PlaceNow, refused: Refused) -> HttpResponse:
    context = {"place": here, "message": refused.message}
    return render(request, "accounts/member_refused.html", context, status=422)


def _back(here: PlaceNow, word: str) -> HttpResponse:
    return see_other(f"{reverse('members:list', args=[here.code])}?tersimpan={word}")
