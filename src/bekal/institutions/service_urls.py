"""Services for everybody, in both languages; config mounts them at /jasa/."""

from django.urls import path

from bekal.institutions.views import booking

app_name = "services"
urlpatterns = [
    path("", booking.index, name="list"),
    path("janji/<slug:booking>/", booking.appointment, name="appointment"),
    path("janji/<slug:booking>/batal/", booking.cancel, name="cancel"),
    path("<slug:offered>/", booking.detail, name="detail"),
    path("<slug:offered>/pesan/", booking.book, name="book"),
]
