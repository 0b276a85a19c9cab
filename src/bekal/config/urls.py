"""Every address of the platform, room by room.

Public pages exist twice: at their address in Indonesian, and below /en/ in English.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from bekal.config.api import root as api
from bekal.config.api.view import description
from bekal.config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("", include("bekal.front.urls")),
    path("", include("bekal.ui.urls")),
    path("", include("bekal.accounts.urls")),
    path("kerja/<slug:unit>/produk/", include("bekal.catalogue.urls")),
    path("kerja/<slug:unit>/izin/", include("bekal.catalogue.permit_urls")),
    path("kerja/<slug:unit>/kontak/", include("bekal.catalogue.contact_urls")),
    path("ulasan/", include("bekal.catalogue.review_urls")),
    path("gambar/", include("bekal.catalogue.picture_urls")),
    path("umpan/", include("bekal.catalogue.feed_urls")),
    path("kerja/<slug:unit>/", include("bekal.production.urls")),
    path("kerja/<slug:unit>/orang/", include("bekal.people.urls")),
    path("kerja/<slug:unit>/ongkir/", include("bekal.shipping.urls")),
    path("kerja/<slug:unit>/penjualan/", include("bekal.sales.urls")),
    path("kerja/<slug:unit>/pesanan/", include("bekal.shop.desk_urls")),
    path("kerja/<slug:unit>/permintaan/", include("bekal.institutions.urls")),
    path("kerja/<slug:unit>/jasa/", include("bekal.institutions.unit_service_urls")),
    path("kerja/<slug:unit>/lembar/", include("bekal.institutions.channel_urls")),
    path("kerja/<slug:unit>/ekspor/", include("bekal.institutions.enquiry_urls")),
    path("ekspor/", include("bekal.institutions.enquiry_home_urls")),
    path("kerja/<slug:unit>/pasar/", include("bekal.institutions.market_urls")),
    path("pasar/", include("bekal.institutions.market_home_urls")),
    path("kerja/<slug:unit>/pasokan/", include("bekal.institutions.supply_urls")),
    path("kerja/<slug:unit>/pengecer/", include("bekal.institutions.resale_urls")),
    path("pasokan/", include("bekal.institutions.supply_home_urls")),
    path("lembar/", include("bekal.institutions.channel_home_urls")),
    path("lembaga-terdaftar/", include("bekal.institutions.checking_urls")),
    path("api/openapi.json", description, name="openapi"),
    *api.patterns(),
    path("pembayaran/", include("bekal.payments.hook_urls")),
    path("kampanye/", include("bekal.campaigns.urls")),
    path("omzet/", include("bekal.turnover.urls")),
    path("pnbp/", include("bekal.treasury.pnbp_scope_urls")),
    path("kerja/<slug:unit>/uang/", include("bekal.treasury.urls")),
    path("buku/", include("bekal.treasury.book_urls")),
    path("periksa/", include("bekal.treasury.desk_urls")),
    path("tutup-buku/", include("bekal.treasury.overview_urls")),
    path("aturan/", include("bekal.treasury.rule_urls")),
    path("syarat-kerja/", include("bekal.people.requirement_urls")),
    path("kerja/<slug:unit>/bagi-hasil/", include("bekal.ledger.urls")),
    path("kerja/<slug:unit>/", include("bekal.payments.urls")),
    *i18n_patterns(
        path("", include("bekal.front.public_urls")),
        path("langsung/", include("bekal.campaigns.public_urls")),
        path("", include("bekal.catalogue.showcase_urls")),
        path("data/", include("bekal.opendata.urls")),
        path("", include("bekal.labels.public_urls")),
        path("bayar/", include("bekal.payments.public_urls")),
        path("", include("bekal.shop.urls")),
        *([path("uji/bayar/", include("bekal.payments.sandbox_urls"))] * settings.BEKAL_DEMO),
        path("lembaga/", include("bekal.institutions.public_urls")),
        path("jasa/", include("bekal.institutions.service_urls")),
        prefix_default_language=False,
    ),
]

handler400 = "bekal.config.handlers.bad_request"
handler403 = "bekal.config.handlers.forbidden"
handler404 = "bekal.config.handlers.not_found"
handler500 = "bekal.config.handlers.server_error"
