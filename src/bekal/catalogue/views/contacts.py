"""How buyers reach a unit."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.catalogue import actions, queries
from bekal.catalogue.contact_forms import ContactForm
from bekal.foundation import formats


@needs(Permission.SET_MERCHANT)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: StaffRequest, unit: str) -> HttpResponse:
    """How buyers reach the unit: shown, checked, changed by its head, as its account is."""
    place = request.scope.unit(unit)
    now = queries.reach_of(unit_ids=[place.id]).get(place.id, queries.Reach())
    initial = {
        "number": formats.phone(now.contact.number) if now.contact else "",
        "pickup_point": now.point.where if now.point else "",
        "pickup_hours": now.point.hours if now.point else "",
    }
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        actions.set_contact(unit_id=place.id, **told, by=request.actor, now=request.now)
        return redirect(f"{reverse('contact:set', args=[place.code])}?tersimpan=ya")
    context = {
        "unit": place,
        "form": form,
        "contact": now.contact,
        "point": now.point,
        "is_saved": request.GET.get("tersimpan") == "ya",
        "crumbs": [("Alamat dan nomor", None)],
    }
    return render(request, "catalogue/contact.html", context, status=422 if form.errors else 200)
