"""Addresses of a unit's land and harvests; urls.py mounts them at lahan/."""

from django.urls import path

from bekal.production.views import harvests, land

urlpatterns = [
    path("", land.plot_list, name="plots"),
    path("unduh/", land.download, name="plots_download"),
    path("baru/", land.new, name="new_plot"),
    path("panen/", harvests.harvest_list, name="harvests"),
    path("panen/unduh/", harvests.download, name="harvests_download"),
    path("panen/<uuid:harvest>/batal/", harvests.undo, name="undo_harvest"),
    path("<int:plot>/", land.plot, name="plot"),
    path("<int:plot>/tanam/", land.plant, name="plant"),
    path("<int:plot>/berhenti/", land.end_plot, name="end_plot"),
    path("<int:plot>/buka-lagi/", land.reopen_plot, name="reopen_plot"),
    path("tanaman/<int:planting>/panen/", harvests.harvest, name="harvest"),
    path("tanaman/<int:planting>/selesai/", land.end, name="end_planting"),
]
