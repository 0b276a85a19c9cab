"""Addresses of premi; urls.py mounts them at /kerja/<unit>/uang/premi/."""

from django.urls import path

from bekal.treasury.views import (
    overpaid,
    premi_home,
    premi_leaving,
    premi_makers,
    premi_papers,
    premi_runs,
    premi_terms,
)

RUN = "pembayaran/<uuid:premi_run>/"
MAKER = "pembuat/<str:maker>/"

urlpatterns = [
    path("", premi_home.home, name="premi"),
    path("bagi/", premi_home.divide, name="premi_divide"),
    path("menunggu/", premi_home.waiting, name="premi_waiting"),
    path("menunggu/unduh/", premi_home.download, name="premi_waiting_download"),
    path("pembayaran/", premi_runs.runs, name="premi_runs"),
    path("pembayaran/unduh/", premi_runs.download, name="premi_runs_download"),
    path("pembayaran/baru/", premi_runs.prepare, name="premi_prepare"),
    path(RUN, premi_runs.run, name="premi_run"),
    path(f"{RUN}setujui/", premi_runs.approve, name="premi_approve"),
    path(f"{RUN}bayar/", premi_runs.pay, name="premi_pay"),
    path(f"{RUN}batal/", premi_runs.cancel, name="premi_cancel"),
    path(f"{RUN}lembar/", premi_papers.sheet, name="premi_sheet"),
    path(f"{RUN}slip/", premi_papers.slips, name="premi_slips"),
    path(f"{RUN}berkas/", premi_papers.payment_file, name="premi_file"),
    path(MAKER, premi_makers.maker, name="premi_maker"),
    path(f"{MAKER}siapkan/", premi_leaving.prepare, name="premi_leaving"),
    path(f"{MAKER}unduh/", premi_makers.download, name="premi_maker_download"),
    path(f"{MAKER}tabungan/", premi_makers.savings, name="premi_savings"),
    path(f"{MAKER}pernyataan/", premi_papers.statement, name="premi_statement"),
    path(f"{MAKER}kelebihan/", overpaid.propose, name="propose_premi_clearing"),
    path("kelebihan/", overpaid.overpaid, name="overpaid"),
    path("kelebihan/unduh/", overpaid.download, name="premi_clearings_file"),
    path("kelebihan/<uuid:premi_clearing>/", overpaid.one, name="premi_clearing"),
    path("kelebihan/<uuid:premi_clearing>/putus/", overpaid.decide, name="decide_premi_clearing"),
    path("mengapa/<int:premi_earning>/", premi_makers.why, name="premi_why"),
    path("ketentuan/", premi_terms.terms, name="premi_terms"),
    path("ketentuan/tabungan/", premi_terms.saving, name="premi_saving"),
    path("ketentuan/perjanjian/", premi_terms.agree, name="premi_agree"),
    path(
        "ketentuan/perjanjian/<int:premi_agreement>/akhiri/",
        premi_terms.end,
        name="premi_agreement_end",
    ),
    path("ketentuan/berkas/", premi_terms.columns, name="premi_columns"),
]
