"""Public addresses of the catalogue, in both languages; config mounts them at the root."""

from django.urls import path

from bekal.catalogue.views import showcase as views

app_name = "showcase"
urlpatterns = [
    path("katalog/", views.showcase, name="list"),
    path("p/<slug:product>/", views.product, name="product"),
]
