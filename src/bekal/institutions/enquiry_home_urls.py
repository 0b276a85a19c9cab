"""Where enquiries from abroad begin for who works above units; config mounts it at /ekspor/."""

from django.urls import path

from bekal.institutions.views import enquiries as views

app_name = "enquiry_home"
urlpatterns = [path("", views.home, name="home")]
