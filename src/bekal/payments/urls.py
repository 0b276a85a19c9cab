"""Addresses of a unit's treasurer and head; config mounts them at /kerja/<unit>/."""

from django.urls import path

from bekal.payments.views import asks, merchant, money_in, money_out

app_name = "payments"
urlpatterns = [
    path("uang-masuk/", money_in.money_in, name="money_in"),
    path("uang-masuk/unduh/", money_in.download, name="download"),
    path("uang-masuk/impor/", money_in.statement, name="statement"),
    path("uang-masuk/baris/<int:bank_line>/", money_in.line, name="line"),
    path("uang-masuk/baris/<int:bank_line>/cocokkan/", money_in.match, name="match"),
    path("uang-masuk/baris/<int:bank_line>/buka/", money_in.reopen, name="reopen"),
    path("uang-masuk/ragu/<int:doubt>/", money_in.checked, name="checked"),
    path("uang-masuk/sisa/<uuid:receipt>/", asks.rest, name="rest"),
    path("uang-masuk/tagihan/<uuid:ask>/", asks.ask, name="ask"),
    path("uang-masuk/tagihan/<uuid:ask>/terima/", asks.receive, name="receive"),
    path("uang-masuk/tagihan/<uuid:ask>/lepas/", asks.unapply, name="unapply"),
    path("uang-keluar/", money_out.money_out, name="money_out"),
    path("uang-keluar/setoran/", money_out.transfer, name="transfer"),
    path("uang-keluar/<uuid:debt>/", money_out.pay, name="pay"),
    path("rekening/", merchant.merchant, name="merchant"),
]
