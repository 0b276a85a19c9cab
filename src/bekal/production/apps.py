from django.apps import AppConfig


class Production(AppConfig):
    name = "bekal.production"
    label = "production"
    default_auto_field = "django.db.models.BigAutoField"
