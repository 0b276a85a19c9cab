"""Taking an invitation: with a new account, or with the one that the e-mail has."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bekal.accounts import actions, queries
from bekal.accounts.forms import AcceptForm
from bekal.accounts.gate import public
from bekal.accounts.models import Invitation, User
from bekal.accounts.queries.members import invitation_by_secret
from bekal.accounts.rules import ROLE_LABELS, Role
from bekal.foundation import clock
from bekal.foundation.actors import command_actor, user_actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.places import queries as places

_INVITED = command_actor("invitation")


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what the invitation is for; take it."""
    found = invitation_by_secret(secret=secret, now=clock.now())
    if found is None:
        return render(request, "accounts/invitation_ended.html", status=410)
    if isinstance(request.user, User):
        return _as_user(request, found, secret)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.accept_as_new(secret=secret, **form.cleaned_data, by=_INVITED, now=clock.now())
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            return see_other(settings.LOGIN_REDIRECT_URL)
    return _page(request, found, form=form, status=422 if form.is_bound else 200)


def _as_user(request: HttpRequest, found: Invitation, secret: str) -> HttpResponse:
    refused: Refused | None = None
    who = int(request.user.pk or 0)
    if request.method == "POST":
        try:
            actions.accept_as_user(secret=secret, user_id=who, by=user_actor(who), now=clock.now())
        except Refused as refusal:
            refused = refusal
        else:
            return see_other(settings.LOGIN_REDIRECT_URL)
    return _page(request, found, refused=refused, status=422 if refused else 200)


def _page(
    request: HttpRequest,
    found: Invitation,
    *,
    form: AcceptForm | None = None,
    refused: Refused | None = None,
    status: int,
) -> HttpResponse:
    place = places.place_by_id(place_id=found.place_id, on=local_day(clock.now(), Zone.WIB))
    context = {
        "form": form,
        "refused": refused,
        "role": ROLE_LABELS[Role(found.role)],
        "place": place,
        "expires_at": found.expires_at,
        "is_mine": isinstance(request.user, User) and request.user.email == found.email,
        "has_account": form is not None and queries.user_by_login(login=found.email) is not None,
        "here": request.path,
    }
    return render(request, "accounts/invitation.html", context, status=status)
