from django.apps import AppConfig


class Shipping(AppConfig):
    name = "bekal.shipping"
    label = "shipping"
    default_auto_field = "django.db.models.BigAutoField"
