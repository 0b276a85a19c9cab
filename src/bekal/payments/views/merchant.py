"""Where a unit takes money."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.payments import actions, forms, queries
from bekal.payments.views import common
from bekal.payments.views.money_in import LIST
from bekal.ui.inputs import show_refusal

_FIELDS = ("static_qris", "bank", "account_number", "holder")


@needs(Permission.SET_MERCHANT)
@require_http_methods(["GET", "HEAD", "POST"])
def merchant(request: StaffRequest, unit: str) -> HttpResponse:
    """The unit's QRIS and account: shown, checked, changed by its head."""
    place = request.scope.unit(unit)
    now = queries.merchants_of(unit_ids=[place.id]).get(place.id)
    initial = {name: getattr(now, name) for name in _FIELDS} if now else {"holder": place.name}
    form = forms.MerchantForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        new = actions.NewMerchant(place.id, **form.cleaned_data)
        try:
            actions.set_merchant(merchant=new, by=request.actor, now=request.now)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return common.saved("payments:merchant", place, "rekening")
    context = {"heading": "Rekening dan QRIS", "form": form, "merchant": now}
    status = 422 if form.errors else 200
    return common.page(request, "merchant", context, place=place, way=LIST, status=status)
