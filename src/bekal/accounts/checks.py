"""What `manage.py check --deploy` says of the key to secrets of the second factor."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error

from bekal.foundation.sealing import is_box_key

HINT = "See \u201cKeys of the second factor\u201d in docs/operations.md."


@checks.register(checks.Tags.security, deploy=True)
def factor_keys_are_there(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """A real installation names its key, and it can be read."""
    if not settings.BEKAL_FACTOR_KEYS:
        return [Error("BEKAL_FACTOR_KEYS is not set.", hint=HINT, id="accounts.E001")]
    if not all(is_box_key(key) for key in settings.BEKAL_FACTOR_KEYS):
        return [Error("BEKAL_FACTOR_KEYS has a key of no use.", hint=HINT, id="accounts.E002")]
    return []
