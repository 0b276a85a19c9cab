"""The live pages of campaigns, in both languages; config mounts them at /langsung/.

/langsung/<campaign>/aliran/ belongs to the stream process (`campaigns.stream`).
"""

from django.urls import path

from bekal.campaigns.views import live

app_name = "live"
urlpatterns = [
    path("", live.index, name="list"),
    path("qr.svg", live.qr, name="qr"),
    path("<slug:campaign>/", live.page, name="page"),
    path("<slug:campaign>/isi/", live.part, name="part"),
    path("<slug:campaign>/angka.csv", live.figures, name="figures"),
]
