"""What buyers are to be told by a person of the unit: one tap opens WhatsApp, one marks it sent."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts.gate import StaffRequest, keep_time, needs, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.views import see_other
from bekal.shop import actions, queries
from bekal.shop.rules import EVENT_LABELS
from bekal.shop.views.common import crumbs


@needs(Permission.HANDLE_ORDERS)
@require_safe
def notice_list(request: StaffRequest, unit: str) -> HttpResponse:
    """The messages that wait, the oldest first."""
    place = request.scope.unit(unit)
    notices = queries.notices_to_send(unit_id=place.id, on=request.scope.today)
    context = {
        "unit": place,
        "zone": zone_of(place),
        "notices": [(notice, EVENT_LABELS[notice.event]) for notice in notices],
        "done": request.GET.get("selesai") == "ya",
        "crumbs": crumbs(place, ("Kabar untuk pembeli", None)),
    }
    return render(request, "shop/desk/notices.html", context)


@needs(Permission.HANDLE_ORDERS)
@require_POST
def mark(request: StaffRequest, unit: str, notice: int) -> HttpResponse:
    """Mark a message as sent, or as not to be sent; a repeat changes nothing."""
    place = request.scope.unit(unit)
    try:
        actions.tell_by_hand(
            notice_id=notice,
            unit_id=place.id,
            is_sent=request.POST.get("act") != "lewati",
            by=request.actor,
            now=request.now,
        )
    except LookupError as unknown:
        raise Http404 from unknown
    keep_time(request, place, "shop.tell")
    return see_other(f"{reverse('orders:notices', args=[place.code])}?selesai=ya")
