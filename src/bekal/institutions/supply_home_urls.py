"""Where the report of vendors begins for who works above units; config mounts it at /pasokan/."""

from django.urls import path

from bekal.institutions.views import purchases

app_name = "supply_home"
urlpatterns = [path("", purchases.home, name="home")]
