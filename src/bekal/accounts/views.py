"""Signing in, signing out, changing one's password; the API tokens of a unit."""

from http import HTTPStatus
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bekal.accounts import actions, queries
from bekal.accounts.backends import BACKEND
from bekal.accounts.forms import PasswordForm, SignInForm, TokenForm
from bekal.accounts.gate import SignedInRequest, StaffRequest, needs, public, signed_in
from bekal.accounts.models import User
from bekal.accounts.rules import LockedOut, Permission
from bekal.foundation import clock
from bekal.foundation.actors import command_actor
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow

_VISITOR = command_actor("sign-in")


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail or NIP and password; go where the person wanted to."""
    if request.user.is_authenticated:
        return redirect(_wanted(request))
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            return _enter(request, _known(request, form))
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
            if isinstance(refused, LockedOut):
                status = HTTPStatus.TOO_MANY_REQUESTS
    page = {"form": form, "next": _wanted(request, default="")}
    return render(request, "accounts/sign_in.html", page, status=status)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    get_adapter(request).logout(request)
    return redirect("/")


@signed_in
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    """Put a new password in the place of the old one, and stay signed in here."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            user = actions.change_password(
                user_id=request.user.pk, **form.cleaned_data, by=request.actor, now=request.now
            )
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            update_session_auth_hash(request, user)
            return redirect(f"{request.path}?selesai=1")
    page = {"form": form, "done": "selesai" in request.GET and not form.is_bound}
    return render(request, "accounts/password.html", page, status=status)


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


def _known(request: HttpRequest, form: SignInForm) -> User:
    return actions.check_sign_in(
        **form.cleaned_data,
        address=get_adapter(request).get_client_ip(request),
        by=_VISITOR,
        now=clock.now(),
    )


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    # allauth runs its stages (later a second factor) before the session becomes the person's.
    user.backend = BACKEND
    login = Login(user=user, redirect_url=_wanted(request))
    response: HttpResponse = perform_password_login(request, {}, login)
    return response


def _wanted(request: HttpRequest, *, default: str = settings.LOGIN_REDIRECT_URL) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if wanted and get_adapter(request).is_safe_url(wanted) else default
