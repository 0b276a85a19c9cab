from django.apps import AppConfig


class Sales(AppConfig):
    name = "bekal.sales"
    label = "sales"
    default_auto_field = "django.db.models.BigAutoField"
