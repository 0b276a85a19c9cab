"""The desk of campaigns, for those who declare them; config mounts it at /kampanye/."""

from django.urls import path

from bekal.campaigns.views import desk

app_name = "campaigns"
urlpatterns = [
    path("", desk.index, name="list"),
    path("umumkan/", desk.declare, name="declare"),
    path("<slug:declared>/", desk.detail, name="detail"),
    path("<slug:declared>/betulkan/", desk.correct, name="correct"),
]
