"""Every address of the platform, room by room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bekal.ui.urls")),
    path("", include("bekal.accounts.urls")),
    path("kerja/<slug:unit>/produk/", include("bekal.catalogue.urls")),
    path("kerja/<slug:unit>/penjualan/", include("bekal.sales.urls")),
]

handler400 = "bekal.config.handlers.bad_request"
handler403 = "bekal.config.handlers.forbidden"
handler404 = "bekal.config.handlers.not_found"
handler500 = "bekal.config.handlers.server_error"
