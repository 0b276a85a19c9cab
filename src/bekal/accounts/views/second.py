"""One's own second factor: taking a telephone in, new recovery codes, letting it go."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bekal.accounts import actions, queries
from bekal.accounts.confirming import confirm
from bekal.accounts.factors import demo_codes, secret_of
from bekal.accounts.forms import CodeForm
from bekal.accounts.gate import SignedInRequest, signed_in
from bekal.accounts.rules import LockedOut
from bekal.foundation.refusals import Refused
from bekal.foundation.totp import address_of
from bekal.foundation.views import see_other
from bekal.ui.qr import drawing_of

_STEPS = {
    "pasang": actions.confirm_factor,
    "pulih": actions.renew_recovery,
    "lepas": actions.remove_factor,
}
_GROUP = 4


@signed_in
@sensitive_post_parameters("kode_kedua")
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: SignedInRequest) -> HttpResponse:
    """What stands of the second factor; each step beyond the first needs a code."""
    step = request.POST.get("langkah", "")
    form = CodeForm(request.POST if step in _STEPS else None)
    try:
        if step == "mulai":
            actions.begin_factor(user_id=request.user.pk, by=request.actor, now=request.now)
            return see_other(request.path)
        if form.is_valid():
            return _done(request, step, form.cleaned_data["kode_kedua"])
    except Refused as refused:
        status = 429 if isinstance(refused, LockedOut) else 422
        return _page(request, form, refused=refused, status=status)
    return _page(request, form, status=422 if form.is_bound else 200)


def _done(request: SignedInRequest, step: str, code: str) -> HttpResponse:
    codes = _STEPS[step](user_id=request.user.pk, code=code, by=request.actor, now=request.now)
    if codes is None:
        return see_other(f"{request.path}?tersimpan=lepas")
    confirm(request)
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def _page(
    request: SignedInRequest, form: CodeForm, *, status: int, refused: Refused | None = None
) -> HttpResponse:
    if refused is not None and form.is_bound:
        form.add_error("kode_kedua", refused.message)
        refused = None
    found = queries.factor_of(user_id=request.user.pk)
    waiting = found if found is not None and found.confirmed_at is None else None
    context = {
        "form": form,
        "refused": refused,
        "factor": found,
        "waits": waiting is not None,
        "removed": request.GET.get("tersimpan") == "lepas" and not form.is_bound,
        "demo_code": demo_codes(now=request.now).get(request.user.email, ""),
        "left": 0 if waiting else queries.recovery_left(user_id=request.user.pk),
    }
    if waiting is not None:
        context |= _to_take_in(request, secret_of(waiting))
    return render(request, "accounts/factor.html", context, status=status)


def _to_take_in(request: SignedInRequest, secret: str) -> dict[str, str]:
    address = address_of(secret, account=request.user.email, issuer=_issuer())
    # Not through the cache of drawings: a secret stays in no memory.
    drawing = drawing_of.__wrapped__(address)
    groups = [secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP)]
    return {"drawing": mark_safe(drawing), "secret": " ".join(groups)}  # noqa: S308  drawn by zxing


def _issuer() -> str:
    return "Bekal (contoh)" if settings.BEKAL_DEMO else "Bekal"
