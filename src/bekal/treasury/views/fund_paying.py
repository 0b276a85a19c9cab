"""Paying what was approved from the capital fund, with the receipt and its picture."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.attachments import LARGEST
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.foundation.uploads import measured, too_large
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.actions.fund import PAY
from bekal.treasury.forms.fund import PayForm
from bekal.treasury.queries import Spent
from bekal.treasury.views.common import CONFLICT, WRONG, refuse, to, way
from bekal.treasury.views.fund import fund_crumb, held_by_fund, the_request

_WHOLE = LARGEST + 64 * 1024
_READY = "disetujui"


@needs(Permission.KEEP_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
@measured(whole=_WHOLE, each=LARGEST)
def pay(request: StaffRequest, unit: str, fund_request: UUID) -> HttpResponse:
    """Pay an approved request, with its receipt."""
    place = request.scope.unit(unit)
    row = the_request(place, fund_request)
    if request.method != "POST":
        is_ready = row.state == _READY
        return _page(request, place, row) if is_ready else to("fund_request", place.code, row.id)
    form, status = PayForm(request.POST, request.FILES), WRONG
    if too_large(request):
        form.add_error("file", "Berkas paling besar 10 MB. Kecilkan fotonya.")
    if form.is_valid():
        new = form.payment(place.id, row.id)
        try:
            file = form.attachment()
            actions.pay_fund(new=new, file=file, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=PAY, message=new)
        else:
            return to("fund_request", place.code, row.id, said="bayar")
    return _page(request, place, row, form=form, status=status)


@needs(Permission.SEE_BOOKS)
@require_safe
def receipt(request: StaffRequest, unit: str, fund_request: UUID) -> HttpResponse:
    """The file of a receipt: saved, never shown as a page of ours."""
    place = request.scope.unit(unit)
    row = the_request(place, fund_request)
    kept = queries.receipt_file(unit_id=place.id, request_id=row.id)
    if kept is None or kept.content is None:
        return to("fund_request", place.code, row.id)
    answer = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    name = kept.file_name.encode("ascii", "replace").decode().replace('"', "'")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _page(
    request: StaffRequest,
    place: PlaceNow,
    row: Spent,
    *,
    form: PayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = today_at(request, place)
    fresh = {"key": uuid7(), "amount": row.estimate, "paid_on": today}
    shown = form or PayForm(initial=fresh)
    context = {
        "unit": place,
        "row": row,
        "form": shown,
        "held": held_by_fund(place),
        "today": today,
        "key": uuid7() if status == CONFLICT else shown["key"].value(),
        "crumbs": way(place, fund_crumb(place), (row.what, None)),
    }
    return render(request, "treasury/fund/pay.html", context, status=status)
