"""Two small pages for the matrix to judge: one keeps other units out, one forgets to."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from bekal.accounts.models import Grant
from bekal.places.models import Ancestry


def tight(request, unit):
    if not request.user.is_authenticated:
        return redirect(f"/masuk/?next={request.path}")
    granted = Grant.objects.filter(user=request.user).values("place")
    below = Ancestry.objects.filter(ancestor__in=granted, descendant__level="unit")
    if not below.filter(descendant__code=unit).exists():
        raise Http404
    return HttpResponse("ok")


def leaky(request, unit):
    if not request.user.is_authenticated:
        return redirect(f"/masuk/?next={request.path}")
    return HttpResponse("ok")


tight.gate = leaky.gate = "signed_in"
urlpatterns = [path("tight/<slug:unit>/", tight), path("leaky/<slug:unit>/", leaky)]
