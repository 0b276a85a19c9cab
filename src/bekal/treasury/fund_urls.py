"""Addresses of a unit's capital fund, below /kerja/<unit>/uang/dana/."""

from django.urls import path

from bekal.treasury.views import fund, fund_paying

urlpatterns = [
    path("", fund.fund, name="fund"),
    path("minta/", fund.ask, name="ask_fund"),
    path("unduh/", fund.download, name="fund_file"),
    path("<uuid:fund_request>/", fund.one, name="fund_request"),
    path("<uuid:fund_request>/putus/", fund.decide, name="decide_fund"),
    path("<uuid:fund_request>/bayar/", fund_paying.pay, name="pay_fund"),
    path("<uuid:fund_request>/kembali/", fund.give_back, name="return_change"),
    path("<uuid:fund_request>/kuitansi/", fund_paying.receipt, name="fund_receipt"),
]
