"""Public addresses of the catalogue, in both languages; config mounts them at the root."""

from django.urls import path

from bekal.catalogue.views import product, showcase

app_name = "showcase"
urlpatterns = [
    path("katalog/", showcase.showcase, name="list"),
    path("p/<slug:product>/", product.product, name="product"),
]
