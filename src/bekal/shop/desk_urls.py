"""Addresses of a unit's orders; config mounts them at /kerja/<unit>/pesanan/."""

from django.urls import path

from bekal.shop.views import desk, notices, parts, prints, scanning

app_name = "orders"
urlpatterns = [
    path("", desk.order_list, name="list"),
    path("unduh/", desk.download, name="download"),
    path("ambil/", prints.picking_list, name="picking"),
    path("label/", prints.labels, name="labels"),
    path("serah/", scanning.scan, name="scan"),
    path("kabar/", notices.notice_list, name="notices"),
    path("kabar/<int:notice>/", notices.mark, name="mark"),
    path("<uuid:part>/", parts.part, name="part"),
    path("<uuid:part>/langkah/", parts.step, name="step"),
    path("<uuid:part>/serah/", scanning.hand_over, name="hand_over"),
    path("<uuid:part>/bayar/", parts.counter, name="counter"),
    path("<uuid:part>/cetak/<slug:paper>/", prints.paper, name="paper"),
]
