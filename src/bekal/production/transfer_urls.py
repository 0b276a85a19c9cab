"""Addresses of transfers between units; urls.py mounts them at transfer/."""

from django.urls import path

from bekal.production.views import transfers

urlpatterns = [
    path("", transfers.transfer_list, name="transfers"),
    path("unduh/", transfers.download, name="transfers_download"),
    path("kirim/", transfers.send, name="send_transfer"),
    path("<uuid:transfer>/", transfers.transfer, name="transfer"),
    path("<uuid:transfer>/surat-jalan.pdf", transfers.letter, name="transfer_letter"),
    path("<uuid:incoming>/terima/", transfers.receive, name="receive_transfer"),
    path("<uuid:outgoing>/kembali/", transfers.take_back, name="take_back_transfer"),
]
