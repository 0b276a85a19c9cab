from django.apps import AppConfig


class OpenData(AppConfig):
    name = "bekal.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"
