"""Where sheets for other channels begin for who works above units; config mounts it at /lembar/."""

from django.urls import path

from bekal.institutions.views import channels as views

app_name = "channel_home"
urlpatterns = [path("", views.home, name="home")]
