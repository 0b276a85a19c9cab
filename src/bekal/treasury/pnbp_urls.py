"""Addresses of a unit's PNBP; the room's urls mount them at pnbp/."""

from django.urls import path

from bekal.treasury.views import (
    pnbp,
    pnbp_deposits,
    pnbp_findings,
    pnbp_targets,
    pnbp_tying,
)

urlpatterns = [
    path("", pnbp.home, name="pnbp"),
    path("unduh/", pnbp.download, name="pnbp_download"),
    path("terutang/", pnbp.owed, name="pnbp_owed"),
    path("terutang/unduh/", pnbp.owed_download, name="pnbp_owed_download"),
    path("setor/", pnbp_deposits.bill, name="pnbp_bill"),
    path("setor/sudah-dibayar/", pnbp_deposits.past, name="pnbp_past"),
    path("perhitungkan/", pnbp_deposits.set_off, name="pnbp_set_off"),
    path("kas-negara/", pnbp_tying.ties, name="pnbp_ties"),
    path("kas-negara/unduh/", pnbp_tying.download, name="pnbp_ties_download"),
    path("kas-negara/impor/", pnbp_tying.take, name="pnbp_take"),
    path("temuan/", pnbp_findings.of_unit, name="pnbp_findings"),
    path("temuan/unduh/", pnbp_findings.unit_download, name="pnbp_findings_download"),
    path("target/", pnbp_targets.year, name="pnbp_year"),
    path("target/catat/", pnbp_targets.set_target, name="pnbp_target"),
    path("bukti/<int:proof>/", pnbp_deposits.proof, name="proof"),
    path("<uuid:deposit>/", pnbp.deposit, name="deposit"),
    path("<uuid:deposit>/bayar/", pnbp_deposits.pay, name="deposit_pay"),
    path("<uuid:deposit>/batal/", pnbp_deposits.call_off, name="deposit_call"),
    path("<uuid:deposit>/bukti/", pnbp_deposits.prove, name="deposit_prove"),
]
