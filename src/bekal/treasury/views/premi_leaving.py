"""The premi of one maker who went home or to another unit, without waiting for the others'."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.treasury import queries
from bekal.treasury.forms.premi import LeavingForm
from bekal.treasury.views.premi_common import form_page, prepared
from bekal.treasury.views.premi_makers import known_maker


@needs(Permission.PREPARE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Prepare a payment of one maker's premi alone."""
    place = request.scope.unit(unit)
    code, today = known_maker(request, place, maker), today_at(request, place)
    waits = next(iter(queries.payable(unit_id=place.id, maker=code)), None)
    begun = {"first": min(waits.oldest, today) if waits else today, "last": today}
    form = LeavingForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid() and (done := prepared(request, place, form, new=form.run(place.id, code))):
        return done
    here = (code, reverse("treasury:premi_maker", args=[place.code, code]))
    way = [here, ("Siapkan pembayaran", None)]
    context = {"code": code, "waits": waits}
    return form_page(request, place, form, page="leaving", way=way, context=context)
