from django.apps import AppConfig


class Front(AppConfig):
    name = "bekal.front"
    label = "front"
    default_auto_field = "django.db.models.BigAutoField"
