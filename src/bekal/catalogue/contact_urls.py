"""Where a unit names its number for buyers; config mounts it at /kerja/<unit>/kontak/."""

from django.urls import path

from bekal.catalogue.views import contacts

app_name = "contact"
urlpatterns = [path("", contacts.contact, name="set")]
