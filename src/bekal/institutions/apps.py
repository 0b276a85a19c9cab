from django.apps import AppConfig


class Institutions(AppConfig):
    name = "bekal.institutions"
    label = "institutions"
    default_auto_field = "django.db.models.BigAutoField"
