"""Addresses of what a unit made; urls.py mounts them at produksi/."""

from django.urls import path

from bekal.production.views import batches, making, quality, uses

urlpatterns = [
    path("", batches.batch_list, name="batches"),
    path("unduh/", batches.download, name="batches_download"),
    path("baru/", making.make, name="make"),
    path("tidak-ada/", making.nothing, name="nothing"),
    path("titik-periksa/", quality.points, name="points"),
    path("titik-periksa/baru/", quality.new_point, name="new_point"),
    path("titik-periksa/<int:point>/akhiri/", quality.end_point, name="end_point"),
    path("<uuid:batch>/", batches.batch, name="batch"),
    path("<uuid:batch>/koreksi/", making.correct, name="correct"),
    path("<uuid:batch>/bahan/", uses.batch_materials, name="batch_materials"),
    path("<uuid:batch>/periksa/", quality.check, name="check"),
    path("<uuid:batch>/label/", quality.mint, name="mint"),
    path("<uuid:batch>/label.pdf", quality.labels, name="labels"),
]
