from django.apps import AppConfig


class Payments(AppConfig):
    name = "bekal.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"
