"""Signing in with password and code, signing out, changing one's password."""

from http import HTTPStatus
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bekal.accounts import actions
from bekal.accounts.backends import BACKEND
from bekal.accounts.confirming import CONFIRMED
from bekal.accounts.factors import demo_codes
from bekal.accounts.forms import CodeForm, PasswordForm, SignInForm
from bekal.accounts.gate import SignedInRequest, public, signed_in
from bekal.accounts.models import User
from bekal.accounts.rules import LockedOut
from bekal.accounts.rules.invitations import device_family
from bekal.accounts.stages import SecondFactorStage
from bekal.foundation import clock
from bekal.foundation.actors import command_actor
from bekal.foundation.refusals import Refused

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
@never_cache
@sensitive_post_parameters("kode_kedua")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """After the right password: ask for the code of the telephone, then sign in."""
    stage = LoginStageController.enter(request, SecondFactorStage.key)
    if stage is None:
        return render(request, "accounts/second_factor.html")
    user = stage.login.user
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        now = clock.now()
        try:
            actions.check_second(
                user_id=user.pk, code=form.cleaned_data["kode_kedua"], by=_VISITOR, now=now
            )
        except Refused as refused:
            form.add_error("kode_kedua", refused.message)
            if isinstance(refused, LockedOut):
                status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            request.session[CONFIRMED] = now.timestamp()
            return _noted(request, cast("HttpResponse", stage.exit()))
    code = demo_codes(now=clock.now()).get(user.email, "")
    page = {"form": form, "demo_code": code}
    return render(request, "accounts/second_factor.html", page, status=status)


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
            actions.end_other_devices(
                user_id=user.pk,
                session_key=request.session.session_key or "",
                by=request.actor,
                now=request.now,
            )
            update_session_auth_hash(request, user)
            _noted(request, HttpResponse())
            return redirect(f"{request.path}?selesai=1")
    page = {"form": form, "done": "selesai" in request.GET and not form.is_bound}
    return render(request, "accounts/password.html", page, status=status)


def _known(request: HttpRequest, form: SignInForm) -> User:
    return actions.check_sign_in(
        **form.cleaned_data,
        address=get_adapter(request).get_client_ip(request),
        by=_VISITOR,
        now=clock.now(),
    )


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    # allauth runs its stages (the second factor) before the session becomes the person's.
    user.backend = BACKEND
    login = Login(user=user, redirect_url=_wanted(request))
    response: HttpResponse = perform_password_login(request, {}, login)
    return _noted(request, response)


def _noted(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    # Signed in, or on the way to the second factor.
    if isinstance(request.user, User):
        actions.note_sign_in(
            user_id=request.user.pk,
            session_key=request.session.session_key or "",
            family=device_family(request.headers.get("User-Agent", "")),
            by=_VISITOR,
            now=clock.now(),
        )
    return response


def _wanted(request: HttpRequest, *, default: str = settings.LOGIN_REDIRECT_URL) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if wanted and get_adapter(request).is_safe_url(wanted) else default
