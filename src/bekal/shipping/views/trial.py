"""Trying out the table: what would a parcel to a kecamatan cost, and why?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.places.queries import PlaceNow
from bekal.shipping import forms, queries
from bekal.shipping.queries import Destination, Parcel
from bekal.shipping.views.common import crumbs


@needs(Permission.SET_SHIPPING)
@require_safe
def trial(request: StaffRequest, unit: str) -> HttpResponse:
    """Type a kecamatan and a weight; see what each service takes, or why it takes nothing."""
    place = request.scope.unit(unit)
    form = forms.Trial(request.GET if "berat" in request.GET else None)
    context: dict[str, Any] = {
        "unit": place,
        "form": form,
        "crumbs": crumbs(place, "Coba hitung"),
    }
    if form.is_valid():
        context |= _tried(request, place, form)
    return render(request, "shipping/trial.html", context)


def _tried(request: StaffRequest, place: PlaceNow, form: forms.Trial) -> dict[str, Any]:
    """The answers for the kecamatan that is meant, or the kecamatan among which to choose."""
    said = form.cleaned_data
    found = _meant(said["kode"], said["tujuan"])
    if len(found) != 1:
        if not found:
            form.add_error("tujuan", "Kecamatan tidak ditemukan. Periksa ejaannya.")
        return {"choices": found}
    parcel = Parcel(place.id, said["berat"], said["ukuran"])
    today = today_at(request, place)
    answers = queries.reckon(parcel=parcel, district_code=found[0].code, on=today)
    return {"district": found[0], "answers": answers, "today": today}


def _meant(code: str, text: str) -> list[Destination]:
    chosen = queries.district(code=code) if code else None
    if chosen is not None:
        return [chosen]
    found = queries.search_districts(text=text)
    exact = [one for one in found if one.label.lower() == text.lower()]
    return exact or found
