"""Addresses of the desk, of sample accounts, and of what machines read; config mounts them."""

from django.urls import path

from bekal.front.sitemaps import SITEMAPS
from bekal.front.views import desk, robots, samples

app_name = "front"
urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    *(
        path(
            f"sitemap-{each.name}-<int:sheet>.xml",
            robots.sheet_of(each),
            name=f"sitemap-{each.name}",
        )
        for each in SITEMAPS
    ),
    path("masuk/contoh/", samples.samples, name="samples"),
    path("kerja/", desk.work, name="work"),
    path("kerja/<slug:unit>/", desk.desk, name="desk"),
    path("kerja/<slug:unit>/kiriman-ganda/", desk.conflicts, name="conflicts"),
    path("kerja/<slug:unit>/kiriman-ganda/<int:conflict>/periksa/", desk.settle, name="settle"),
]
