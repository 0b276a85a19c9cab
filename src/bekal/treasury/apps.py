from django.apps import AppConfig


class Treasury(AppConfig):
    name = "bekal.treasury"
    label = "treasury"
    default_auto_field = "django.db.models.BigAutoField"
