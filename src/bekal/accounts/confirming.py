"""Asking for the second factor again before money moves or a rule of money changes.

What was sent is not lost meanwhile: the page that asks carries it, and sends it once more together
with the code. Files cannot be carried: a page that takes them asks before it shows its form, and
gives more time to send it. The form that was left open for longer says that a file is missing.
"""

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.template.response import TemplateResponse

from bekal.accounts import actions, queries
from bekal.accounts.factors import demo_codes
from bekal.accounts.forms import CodeForm
from bekal.accounts.rules import LockedOut
from bekal.accounts.rules.second import TIME_FOR_FILES, is_fresh
from bekal.foundation.refusals import Refused

if TYPE_CHECKING:
    from bekal.accounts.gate import SignedInRequest

CONFIRMED = "confirmed_at"
"""Under which a session keeps when its person last gave a code, in seconds of the epoch."""
_OPENS = "buka_halaman"
"""What the page that asks before a form sends, so that the form is shown and nothing acted on."""
_SAFE = {"GET", "HEAD", "OPTIONS"}
_OURS = {"csrfmiddlewaretoken", "kode_kedua"}
_NO_LONGER = dt.timedelta()


def confirm(request: "SignedInRequest") -> None:
    """Remember in the session that its person gave a code just now."""
    request.session[CONFIRMED] = request.now.timestamp()


def ask_again(request: "SignedInRequest", *, takes_files: bool = False) -> TemplateResponse | None:
    """The page that asks for a code; None where what was sent may go on.

    A view that takes files is asked for before its form is shown too.
    """
    looks = request.method in _SAFE
    if looks and not takes_files:
        return None
    longer = _NO_LONGER if looks or not takes_files else TIME_FOR_FILES
    if is_fresh(request.session.get(CONFIRMED), now=request.now, longer=longer):
        return None
    if looks:
        return _page(request, CodeForm(), HTTPStatus.FORBIDDEN)
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


def only_opens(request: "SignedInRequest") -> bool:
    """Whether a code was sent to have a form shown, and nothing is to be done."""
    # A body with files is read by whoever measures it, not here.
    is_unread = request.method in _SAFE or request.content_type == "multipart/form-data"
    return not is_unread and _OPENS in request.POST


def _page(request: "SignedInRequest", form: CodeForm, status: HTTPStatus) -> TemplateResponse:
    opens = request.method in _SAFE or _OPENS in request.POST
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS
        for value in values
    ]
    context = {
        "form": form,
        "sent": [(_OPENS, "ya")] if opens else sent,
        "opens": opens,
        "files": bool(request.FILES),
        "here": request.get_full_path(),
        "has_factor": queries.has_factor(user_id=request.user.pk),
        "demo_code": demo_codes(now=request.now).get(request.user.email, ""),
    }
    return TemplateResponse(request, "accounts/confirm.html", context, status=status)
