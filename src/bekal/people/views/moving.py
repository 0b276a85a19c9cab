"""What the head of a unit decides: who goes to another unit, who is received, who goes home."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from bekal.accounts.gate import StaffRequest, keep_time, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.people import actions, forms, queries
from bekal.people.views.common import form_page, the_maker, to
from bekal.places import queries as places
from bekal.ui.inputs import show_refusal


@needs(Permission.DECIDE_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def let_go(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Let a maker go to another unit."""
    place = request.scope.unit(unit)
    row, today = the_maker(request, place, maker), today_at(request, place)
    receivers = queries.receivers(unit_id=place.id, on=today)
    data = request.POST if request.method == "POST" else None
    form = forms.LetGoForm(data, receivers=receivers, initial={"on": today})
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.let_go(
                maker=row.code,
                unit_id=place.id,
                to_unit_id=given["to_unit"],
                on=given["on"],
                reason=given["reason"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("maker", place.code, row.code, said="pindah")
    return form_page(request, place, form, page="let_go", heading="Pindahkan", row=row)


@needs(Permission.DECIDE_MAKERS)
@require_POST
def call_back(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Take back a transfer that nobody has received yet."""
    place = request.scope.unit(unit)
    row = the_maker(request, place, maker)
    coming = queries.coming_of(maker=row.code)
    if coming is None:
        return to("maker", place.code, row.code, said="")
    try:
        actions.call_back(
            transfer_id=coming.id, unit_id=place.id, by=request.actor, now=request.now
        )
    except Refused:  # the other unit was faster, and has them now
        return to("list", place.code, said="")
    return to("maker", place.code, row.code, said="batal")


@needs(Permission.DECIDE_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: StaffRequest, unit: str, coming: int) -> HttpResponse:
    """Receive a maker who was let go to the unit."""
    place = request.scope.unit(unit)
    one = next((each for each in queries.coming_to(unit_id=place.id) if each.id == coming), None)
    if one is None:
        raise Http404
    begun = {"on": today_at(request, place)}
    form = forms.ReceiveForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            code = actions.receive(
                transfer_id=coming,
                unit_id=place.id,
                **form.cleaned_data,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            keep_time(request, place, "people.receive")
            return to("maker", place.code, code, said="terima")
    called = places.last_called(place_ids=[one.from_unit_id], on=request.scope.today)
    sender = called[one.from_unit_id][1]
    return form_page(
        request, place, form, page="receive", heading="Terima pembuat", coming=one, sender=sender
    )


@needs(Permission.DECIDE_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Write down that a maker went home."""
    place = request.scope.unit(unit)
    row = the_maker(request, place, maker)
    begun = {"on": today_at(request, place)}
    form = forms.LeaveForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            actions.release(
                maker=row.code,
                unit_id=place.id,
                **form.cleaned_data,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("maker", place.code, row.code, said="pulang")
    return form_page(request, place, form, page="release", heading="Catat pulang", row=row)
