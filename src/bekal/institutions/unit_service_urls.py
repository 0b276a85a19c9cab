"""A unit's services by appointment; config mounts them at /kerja/<unit>/jasa/."""

from django.urls import path

from bekal.institutions.views import services

app_name = "unit_services"
urlpatterns = [
    path("", services.index, name="index"),
    path("unduh/", services.table, name="table"),
    path("baru/", services.add, name="add"),
    path("<int:offer>/", services.change, name="change"),
    path("<int:offer>/tutup/", services.close, name="close"),
    path("janji/<uuid:visit>/selesai/", services.finish, name="finish"),
    path("janji/<uuid:visit>/tidak-datang/", services.miss, name="miss"),
    path("janji/<uuid:visit>/batal/", services.cancel, name="cancel"),
]
