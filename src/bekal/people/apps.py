from django.apps import AppConfig

from bekal.people import checks

__all__ = ["People", "checks"]


class People(AppConfig):
    name = "bekal.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
