from django.apps import AppConfig


class Turnover(AppConfig):
    name = "bekal.turnover"
    label = "turnover"
    default_auto_field = "django.db.models.BigAutoField"
