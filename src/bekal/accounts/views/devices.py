"""The devices on which one is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts import actions
from bekal.accounts.gate import SignedInRequest, signed_in
from bekal.accounts.queries.members import devices_of
from bekal.foundation.views import see_other


@signed_in
@require_safe
def devices(request: SignedInRequest) -> HttpResponse:
    """Where one is signed in, this device first."""
    rows = devices_of(
        user_id=request.user.pk, session_key=request.session.session_key, now=request.now
    )
    context = {
        "rows": rows,
        "others": sum(not row.is_this for row in rows),
        "ended": "tersimpan" in request.GET,
    }
    return render(request, "accounts/devices.html", context)


@signed_in
@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    """Sign out on the device that was chosen, or everywhere but here; only ever one's own."""
    chosen = request.POST.get("perangkat", "")
    if chosen:
        number = int(chosen) if chosen.isascii() and chosen.isdigit() else 0
        actions.end_device(
            user_id=request.user.pk, device_id=number, by=request.actor, now=request.now
        )
    else:
        actions.end_other_devices(
            user_id=request.user.pk,
            session_key=request.session.session_key or "",
            by=request.actor,
            now=request.now,
        )
    return see_other(f"{reverse('account_devices')}?tersimpan=1")
