"""Addresses of a unit's makers; config mounts them at /kerja/<unit>/orang/."""

from django.urls import path

from bekal.people.views import keeping, listing, moving, requirements

app_name = "people"
urlpatterns = [
    path("", listing.makers, name="list"),
    path("unduh/", listing.download, name="download"),
    path("syarat/", requirements.of_unit, name="requirements"),
    path("baru/", keeping.new, name="new"),
    path("datang/<int:coming>/", moving.receive, name="receive"),
    path("persetujuan/<int:consent>/cabut/", keeping.withdraw, name="withdraw"),
    path("<str:maker>/", listing.maker, name="maker"),
    path("<str:maker>/nama/", keeping.rename, name="rename"),
    path("<str:maker>/syarat/", keeping.fact, name="fact"),
    path("<str:maker>/persetujuan/", keeping.consent, name="consent"),
    path("<str:maker>/pindah/", moving.let_go, name="let_go"),
    path("<str:maker>/pindah/batal/", moving.call_back, name="call_back"),
    path("<str:maker>/pulang/", moving.release, name="release"),
]
