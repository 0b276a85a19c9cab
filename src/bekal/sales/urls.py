"""Addresses of a unit's sales; config mounts them at /kerja/<unit>/penjualan/."""

from django.urls import path

from bekal.sales.views import days, receipts, recording, refunding, sheets

app_name = "sales"
urlpatterns = [
    path("", receipts.receipt_list, name="list"),
    path("unduh/", receipts.download, name="download"),
    path("catat/", recording.record, name="record"),
    path("impor/", sheets.sheets, name="sheets"),
    path("impor/contoh/", sheets.sample, name="sheet_sample"),
    path("impor/<uuid:sales_sheet>/", sheets.sheet, name="sheet"),
    path("impor/<uuid:sales_sheet>/hasil/", sheets.results, name="sheet_results"),
    path("hari/", days.days, name="days"),
    path("hari/lapor/", days.report, name="report"),
    path("<uuid:sale>/", receipts.receipt, name="receipt"),
    path("<uuid:sale>/<int:line>/mengapa/", receipts.why, name="why"),
    path("<uuid:sale>/batal/", refunding.void, name="void"),
    path("<uuid:sale>/kembali/", refunding.refund, name="refund"),
]
