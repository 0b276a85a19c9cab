"""Where selling beyond the shop begins for who works above units; config mounts it at /pasar/."""

from django.urls import path

from bekal.institutions.views import market

app_name = "market_home"
urlpatterns = [path("", market.home, name="home")]
