"""Addresses of a unit's orders; config mounts them at /kerja/<unit>/pesanan/."""

from django.urls import path

from bekal.shop.views import (
    confirming,
    desk,
    invoices,
    notices,
    parts,
    prints,
    problem_list,
    problems,
    reporting,
    scanning,
)

app_name = "orders"
urlpatterns = [
    path("", desk.order_list, name="list"),
    path("unduh/", desk.download, name="download"),
    path("ambil/", prints.picking_list, name="picking"),
    path("label/", prints.labels, name="labels"),
    path("serah/", scanning.scan, name="scan"),
    path("faktur/", invoices.invoice_list, name="invoices"),
    path("faktur/unduh/", invoices.invoice_table, name="invoice_table"),
    path("kabar/", notices.notice_list, name="notices"),
    path("kabar/<int:notice>/", notices.mark, name="mark"),
    path("masalah/", problem_list.problem_list, name="problems"),
    path("masalah/unduh/", problem_list.download, name="problems_download"),
    path("masalah/<uuid:problem>/", problems.problem, name="problem"),
    path("masalah/<uuid:problem>/foto/", problems.photo, name="problem_photo"),
    path("masalah/<uuid:problem>/jawab/", problems.answer, name="answer"),
    path("masalah/<uuid:problem>/barang/", problems.goods, name="goods"),
    path("masalah/<uuid:problem>/uang/", problems.refund, name="refund"),
    path("<uuid:part>/", parts.part, name="part"),
    path("<uuid:part>/konfirmasi/", confirming.confirm, name="confirm"),
    path("<uuid:part>/tolak/", confirming.decline, name="decline"),
    path("<uuid:part>/alamat/", confirming.address, name="address"),
    path("<uuid:part>/langkah/", parts.step, name="step"),
    path("<uuid:part>/serah/", scanning.hand_over, name="hand_over"),
    path("<uuid:part>/masalah/", reporting.report, name="report"),
    path("<uuid:part>/gagal/", parts.fail, name="fail"),
    path("<uuid:part>/bayar/", parts.counter, name="counter"),
    path("<uuid:part>/cetak/<slug:paper>/", prints.paper, name="paper"),
]
