"""Addresses of turnover; config mounts them at /omzet/."""

from django.urls import path

from bekal.turnover import views

app_name = "turnover"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:place>/", views.place, name="place"),
    path("<slug:place>/unduh.csv", views.download, name="download"),
    path("<slug:place>/<str:day>/", views.day, name="day"),
]
