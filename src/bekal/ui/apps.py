from django.apps import AppConfig


class Ui(AppConfig):
    name = "bekal.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
