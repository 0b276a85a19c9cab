"""Addresses of the desk; config mounts them at the root."""

from django.urls import path

from bekal.front import views

app_name = "front"
urlpatterns = [
    path("kerja/", views.work, name="work"),
    path("kerja/<slug:unit>/", views.desk, name="desk"),
    path("kerja/<slug:unit>/kiriman-ganda/", views.conflicts, name="conflicts"),
    path("kerja/<slug:unit>/kiriman-ganda/<int:conflict>/periksa/", views.settle, name="settle"),
]
