"""Addresses of labels, in both languages; config mounts them at the root.

Printed in capitals, which makes the QR code smaller; who types one may use small letters.
"""

from django.urls import path

from bekal.labels import views

app_name = "labels"
urlpatterns = [
    path("L/", views.find, name="find"),
    path("L/<str:label>", views.label, name="label"),
    path("l/", views.find, name="find_small"),
    path("l/<str:label>", views.label, name="label_small"),
]
