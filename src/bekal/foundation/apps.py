from django.apps import AppConfig


class Foundation(AppConfig):
    name = "bekal.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
