from django.apps import AppConfig

from bekal.accounts import checks

__all__ = ["Accounts", "checks"]


class Accounts(AppConfig):
    name = "bekal.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
