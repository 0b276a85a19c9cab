from django.apps import AppConfig


class Campaigns(AppConfig):
    name = "bekal.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
