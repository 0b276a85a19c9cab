"""Pages of institutions, in both languages; config mounts them at /lembaga/."""

from django.urls import path

from bekal.institutions.views import (
    asking,
    comparing,
    enquiring,
    ordered,
    registering,
    reselling,
    vending,
)

app_name = "lembaga"
urlpatterns = [
    path("", registering.about, name="about"),
    path("daftar/", registering.register, name="register"),
    path("alamat/", registering.send_address, name="send_address"),
    path("ekspor/", enquiring.enquire, name="enquire"),
    path("ekspor/<slug:enquiry>/", enquiring.enquiry, name="enquiry"),
    path("pribadi/<slug:institution>/", registering.home, name="home"),
    path("pribadi/<slug:institution>/narahubung/", registering.contact, name="contact"),
    path("pribadi/<slug:institution>/harga/", reselling.prices, name="resale"),
    path("pribadi/<slug:institution>/belanja/", vending.purchases, name="purchases"),
    path("pribadi/<slug:institution>/minta/", asking.ask, name="ask"),
    path("permintaan/<slug:asked>/", comparing.page, name="request"),
    path("permintaan/<slug:asked>/penawaran.csv", comparing.table, name="table"),
    path("permintaan/<slug:asked>/berkas/", asking.file, name="file"),
    path("permintaan/<slug:asked>/pilih/", comparing.choose, name="choose"),
    path("permintaan/<slug:asked>/batal/", comparing.withdraw, name="withdraw"),
    path("permintaan/<slug:asked>/surat/", ordered.papers, name="papers"),
    path("permintaan/<slug:asked>/batal-pesanan/", ordered.cancel, name="cancel"),
]
