from django.apps import AppConfig


class Catalogue(AppConfig):
    name = "bekal.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
