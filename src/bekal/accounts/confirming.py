"""Asking for the second factor again before money moves or a rule of money changes.

What was sent is not lost meanwhile: the page that asks carries it, and sends it once more together
with the code. Files cannot be carried; the form behind says that one is missing.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.template.response import TemplateResponse

from bekal.accounts import actions, queries
from bekal.accounts.factors import demo_codes
from bekal.accounts.forms import CodeForm
from bekal.accounts.rules import LockedOut
from bekal.accounts.rules.second import is_fresh
from bekal.foundation.refusals import Refused

if TYPE_CHECKING:
    from bekal.accounts.gate import SignedInRequest

CONFIRMED = "confirmed_at"
"""Under which a session keeps when its person last gave a code, in seconds of the epoch."""
_SAFE = {"GET", "HEAD", "OPTIONS"}
_OURS = {"csrfmiddlewaretoken", "kode_kedua"}


def confirm(request: "SignedInRequest") -> None:
    """Remember in the session that its person gave a code just now."""
    request.session[CONFIRMED] = request.now.timestamp()


def ask_again(request: "SignedInRequest") -> TemplateResponse | None:
    """The page that asks for a code; None where what was sent may go on."""
    if request.method in _SAFE or is_fresh(request.session.get(CONFIRMED), now=request.now):
        return None
    form = CodeForm(request.POST if "kode_kedua" in request.POST else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.FORBIDDEN
    if form.is_valid():
        try:
            actions.check_second(
                user_id=request.user.pk,
                code=form.cleaned_data["kode_kedua"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            form.add_error("kode_kedua", refused.message)
            if isinstance(refused, LockedOut):
                status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            confirm(request)
            return None
    return _page(request, form, status)


def _page(request: "SignedInRequest", form: CodeForm, status: HTTPStatus) -> TemplateResponse:
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS
        for value in values
    ]
    context = {
        "form": form,
        "sent": sent,
        "files": bool(request.FILES),
        "here": request.get_full_path(),
        "has_factor": queries.has_factor(user_id=request.user.pk),
        "demo_code": demo_codes(now=request.now).get(request.user.email, ""),
    }
    return TemplateResponse(request, "accounts/confirm.html", context, status=status)
