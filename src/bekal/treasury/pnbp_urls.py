"""Addresses of a unit's PNBP; the room's urls mount them at pnbp/."""

from django.urls import path

from bekal.treasury.views import pnbp, pnbp_deposits

urlpatterns = [
    path("", pnbp.home, name="pnbp"),
    path("unduh/", pnbp.download, name="pnbp_download"),
    path("terutang/", pnbp.owed, name="pnbp_owed"),
    path("terutang/unduh/", pnbp.owed_download, name="pnbp_owed_download"),
    path("setor/", pnbp_deposits.bill, name="pnbp_bill"),
    path("setor/sudah-dibayar/", pnbp_deposits.past, name="pnbp_past"),
    path("perhitungkan/", pnbp_deposits.set_off, name="pnbp_set_off"),
    path("bukti/<int:proof>/", pnbp_deposits.proof, name="proof"),
    path("<uuid:deposit>/", pnbp.deposit, name="deposit"),
    path("<uuid:deposit>/bayar/", pnbp_deposits.pay, name="deposit_pay"),
    path("<uuid:deposit>/batal/", pnbp_deposits.call_off, name="deposit_call"),
    path("<uuid:deposit>/bukti/", pnbp_deposits.prove, name="deposit_prove"),
]
