"""Addresses of the public pages of front, in both languages; config mounts them at the root."""

from django.urls import path

from bekal.front.views import about, home, programs, workshops

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("bengkel/", workshops.workshops, name="workshops"),
    path("bengkel/<slug:workshop>/", workshops.workshop, name="workshop"),
    path("api/", programs.programs, name="programs"),
    path("tentang/", about.about, name="about"),
    path("aksesibilitas/", about.accessibility, name="accessibility"),
    path("privasi/", about.privacy, name="privacy"),
]
