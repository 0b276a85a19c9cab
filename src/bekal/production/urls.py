"""Addresses of a unit's goods, batches, hours, work and pauses, at /kerja/<unit>/."""

from django.urls import include, path

from bekal.production.views import assigning, goods, hours, keeping, pausing, tools

app_name = "production"
urlpatterns = [
    path("persediaan/", goods.stock_list, name="stock"),
    path("persediaan/unduh/", goods.download, name="download"),
    path("persediaan/masuk/", keeping.come, name="come"),
    path("persediaan/keluar/", keeping.go, name="go"),
    path("persediaan/hitung/", keeping.count, name="count"),
    path("persediaan/<str:code>/", goods.product, name="product"),
    path("persediaan/<str:code>/batas/", goods.low_mark, name="low_mark"),
    path("produksi/", include("bekal.production.batch_urls")),
    path("kapasitas/", hours.hours, name="hours"),
    path("kapasitas/baru/", hours.new_workshop, name="new_workshop"),
    path("kapasitas/<int:workplace>/", hours.workshop, name="workshop"),
    path("kapasitas/<int:workplace>/waktu/", hours.time, name="time"),
    path("kapasitas/<int:workplace>/hari/", hours.day, name="day"),
    path("kapasitas/<int:workplace>/produk/", hours.work, name="work"),
    path("kapasitas/<int:workplace>/alat/", tools.tools, name="tools"),
    path("kapasitas/<int:workplace>/alat/unduh/", tools.download, name="tools_download"),
    path("kapasitas/<int:workplace>/alat/catat/", tools.tell, name="tell_tool"),
    path("kapasitas/<int:workplace>/alat/jenis/", tools.trade, name="set_trade"),
    path("kapasitas/berhenti/<str:code>/", hours.stop, name="stop"),
    path("tugas/", assigning.assignments, name="assignments"),
    path("tugas/unduh/", assigning.download, name="work_download"),
    path("tugas/batas/", assigning.limit, name="work_limit"),
    path("tugas/beri/<str:maker>/", assigning.assign, name="assign"),
    path("tugas/<int:assignment>/akhiri/", assigning.end, name="end_work"),
    path("harga/", include("bekal.production.price_urls")),
    path("lahan/", include("bekal.production.land_urls")),
    path("bahan/", include("bekal.production.material_urls")),
    path("transfer/", include("bekal.production.transfer_urls")),
    path("jeda/", pausing.pause, name="pause"),
    path("jeda/buka/", pausing.resume, name="resume"),
]
