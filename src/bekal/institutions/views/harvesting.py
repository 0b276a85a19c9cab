"""A unit writes down what it harvested in a month."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms
from bekal.institutions.views import purchases
from bekal.institutions.views.common import CONFLICT, UNREADY


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: StaffRequest, unit: str) -> HttpResponse:
    """Keep the worth of a month's harvest with its source, beside what vendors bought."""
    place = request.scope.unit(unit)
    month = forms.read_month(request.GET.get("bulan", ""), today=today_at(request, place))
    if request.method != "POST":
        return purchases.page(request, place)
    form = forms.HarvestForm(request.POST, auto_id=forms.HARVEST_IDS)
    status = UNREADY
    if form.is_valid():
        said = form.cleaned_data
        new = actions.NewHarvest(
            form.key, place.id, month, said["total"], said["source"], said["reason"]
        )
        try:
            actions.declare_harvest(new=new, by=request.actor, now=request.now)
            address = reverse("supply:report", args=[place.code])
            return see_other(f"{address}?bulan={month:%Y-%m}&tersimpan")
        except Refused as refused:
            form.show(refused)
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    return purchases.page(request, place, harvest=form, status=status)
