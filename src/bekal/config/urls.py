"""Every address of the platform, room by room.

Public pages exist twice: at their address in Indonesian, and below /en/ in English.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from bekal.config.api import root as api
from bekal.config.api.view import description
from bekal.config.health import health

_OF_UNIT = [
    path("produk/", include("bekal.catalogue.urls")),
    path("izin/", include("bekal.catalogue.permit_urls")),
    path("kontak/", include("bekal.catalogue.contact_urls")),
    path("", include("bekal.production.urls")),
    path("orang/", include("bekal.people.urls")),
    path("ongkir/", include("bekal.shipping.urls")),
    path("penjualan/", include("bekal.sales.urls")),
    path("pesanan/", include("bekal.shop.desk_urls")),
    path("permintaan/", include("bekal.institutions.urls")),
    path("jasa/", include("bekal.institutions.unit_service_urls")),
    path("lembar/", include("bekal.institutions.channel_urls")),
    path("ekspor/", include("bekal.institutions.enquiry_urls")),
    path("pasar/", include("bekal.institutions.market_urls")),
    path("pasokan/", include("bekal.institutions.supply_urls")),
    path("pengecer/", include("bekal.institutions.resale_urls")),
    path("uang/", include("bekal.treasury.urls")),
    path("bagi-hasil/", include("bekal.ledger.urls")),
    path("", include("bekal.payments.urls")),
]
"""Pages at one unit. They stand below one address, so that any other passes them by at a glance."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("", include("bekal.front.urls")),
    path("", include("bekal.ui.urls")),
    path("", include("bekal.accounts.urls")),
    path("kerja/<slug:unit>/", include(_OF_UNIT)),
    path("ulasan/", include("bekal.catalogue.review_urls")),
    path("gambar/", include("bekal.catalogue.picture_urls")),
    path("umpan/", include("bekal.catalogue.feed_urls")),
    path("ekspor/", include("bekal.institutions.enquiry_home_urls")),
    path("pasar/", include("bekal.institutions.market_home_urls")),
    path("pasokan/", include("bekal.institutions.supply_home_urls")),
    path("lembar/", include("bekal.institutions.channel_home_urls")),
    path("lembaga-terdaftar/", include("bekal.institutions.checking_urls")),
    path("api/openapi.json", description, name="openapi"),
    *api.patterns(),
    path("pembayaran/", include("bekal.payments.hook_urls")),
    path("kampanye/", include("bekal.campaigns.urls")),
    path("omzet/", include("bekal.turnover.urls")),
    path("rantai/", include("bekal.production.chain_urls")),
    path("pnbp/", include("bekal.treasury.pnbp_scope_urls")),
    path("buku/", include("bekal.treasury.book_urls")),
    path("periksa/", include("bekal.treasury.desk_urls")),
    path("tutup-buku/", include("bekal.treasury.overview_urls")),
    path("aturan/", include("bekal.treasury.rule_urls")),
    path("syarat-kerja/", include("bekal.people.requirement_urls")),
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
