"""Addresses of a unit's materials and purchases; urls.py mounts them at bahan/."""

from django.urls import path

from bekal.production.views import materials, purchases

urlpatterns = [
    path("", materials.material_list, name="materials"),
    path("unduh/", materials.download, name="materials_download"),
    path("baru/", materials.new, name="new_material"),
    path("beli/", purchases.buy, name="buy"),
    path("pembelian/", purchases.purchase_list, name="purchases"),
    path("pembelian/unduh/", purchases.download, name="purchases_download"),
    path("pembelian/<uuid:purchase>/", purchases.purchase, name="purchase"),
    path("pembelian/<uuid:purchase>/batal/", purchases.undo, name="undo_purchase"),
    path("<int:material>/", materials.material, name="material"),
    path("<int:material>/keluar/", materials.use, name="use_material"),
    path("<int:material>/hitung/", materials.count, name="count_material"),
    path("<int:material>/berhenti/", materials.end, name="end_material"),
]
