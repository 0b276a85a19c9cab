"""Reviews before they are shown: read by a kanwil or the centre, never by the unit itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.catalogue import actions, goods_forms, queries
from bekal.foundation.refusals import Refused

_SAVED = {
    "ditampilkan": "Ulasan ditampilkan.",
    "ditolak": "Ulasan tidak ditampilkan.",
}


@needs(Permission.MODERATE_REVIEWS)
@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    """Reviews of the goods of the person's units, those that wait first."""
    return _page(request)


@needs(Permission.MODERATE_REVIEWS)
@require_POST
def judge(request: StaffRequest, review: int) -> HttpResponse:
    """Show a review, or refuse it for a reason."""
    if not queries.is_review_of(unit_ids=request.scope.unit_ids, review_id=review):
        raise Http404
    is_shown = request.POST.get("putusan") == "tampilkan"
    try:
        actions.moderate_review(
            review_id=review,
            is_shown=is_shown,
            reason=request.POST.get("alasan", ""),
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        return _page(request, problem=(review, refused.message), status=422)
    what = "ditampilkan" if is_shown else "ditolak"
    return redirect(f"{reverse('reviews:list')}?tersimpan={what}")


def _page(
    request: StaffRequest, *, problem: tuple[int, str] = (0, ""), status: int = 200
) -> HttpResponse:
    filters = goods_forms.read_review_filters(request.GET)
    units = {unit.id: unit.name for unit in request.scope.units}
    context = {
        "page": queries.reviews_of(units=units, filters=filters),
        "filters": filters,
        "statuses": [
            (slug, slug.replace("-", " "), status)
            for slug, status in queries.REVIEW_STATUSES.items()
        ],
        "problem": problem,
        "saved": _SAVED.get(request.GET.get("tersimpan", ""), ""),
        "crumbs": [("Ulasan", None)],
    }
    return render(request, "catalogue/reviews.html", context, status=status)
