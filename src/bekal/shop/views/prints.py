"""The papers of parts as PDF. Whoever handles orders prints them: they name the buyer."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.shop import forms, printed, queries
from bekal.shop.printed import LABEL_SIZES
from bekal.shop.queries import PartShown
from bekal.shop.rules import Paper
from bekal.shop.views.common import printing, the_part
from bekal.ui import pdf

PAPER_LABELS = {Paper.SLIP: "Isi paket", **queries.BUYERS_PAPERS}


@needs(Permission.HANDLE_ORDERS)
@require_safe
def paper(request: StaffRequest, unit: str, *, part: UUID, paper: str) -> HttpResponse:
    """One paper of a part."""
    place = request.scope.unit(unit)
    shown = the_part(place, part)
    terms = queries.terms_of(part=shown)
    made = printed.paper(paper, shown, to=printing(request, place), terms=terms)
    if made is None:
        raise Http404
    return _sent(made, f"{paper}-{shown.order_code}")


@needs(Permission.HANDLE_ORDERS)
@require_safe
def picking_list(request: StaffRequest, unit: str) -> HttpResponse:
    """What to fetch from the shelves for the parts that were ticked."""
    place = request.scope.unit(unit)
    parts = _chosen(request, place.id)
    if not parts:
        return see_other(_nothing_chosen(place))
    made = printed.picking_list(parts, to=printing(request, place))
    return _sent(made, f"ambil-{place.code}")


@needs(Permission.HANDLE_ORDERS)
@require_safe
def labels(request: StaffRequest, unit: str) -> HttpResponse:
    """Shipping labels of the parts that were ticked, on label paper or on A4."""
    place = request.scope.unit(unit)
    asked = request.GET.get("ukuran", "")
    size = asked if asked in LABEL_SIZES else LABEL_SIZES[0]
    parts = [part for part in _chosen(request, place.id) if printed.is_labelled(part)]
    if not parts:
        return see_other(_nothing_chosen(place, of="label"))
    made = printed.labels(parts, size=size, to=printing(request, place))
    return _sent(made, f"label-{place.code}")


def _chosen(request: StaffRequest, unit_id: int) -> list[PartShown]:
    """The ticked parts of the unit; what is not its own, or not to be packed, is left out."""
    ids = forms.read_part_ids(request.GET.getlist("paket"))
    parts = queries.parts_of_unit(unit_id=unit_id, part_ids=ids) if ids else []
    return [part for part in parts if printed.is_packed(part)]


def _nothing_chosen(place: PlaceNow, *, of: str = "kosong") -> str:
    return f"{reverse('orders:list', args=[place.code])}?pilih={of}"


def _sent(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=pdf.CONTENT_TYPE)
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
