"""Addresses of what the centre requires of those who work; config mounts them at /syarat-kerja/."""

from django.urls import path

from bekal.people.views import requirements

app_name = "requirements"
urlpatterns = [
    path("", requirements.book, name="book"),
    path("usul/", requirements.propose, name="propose"),
    path("usul/<uuid:requirement>/", requirements.proposal, name="proposal"),
]
