"""Every address of the platform, room by room."""

from django.urls import URLPattern, URLResolver, path

from bekal.config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
]
