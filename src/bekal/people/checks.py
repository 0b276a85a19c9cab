"""What `manage.py check --deploy` says of the keys to makers' data."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error

from bekal.people import sealing

HINT = "See \u201cKeys of makers' data\u201d in docs/operations.md."


@checks.register(checks.Tags.security, deploy=True)
def keys_are_there(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """A real installation names its keys, and they can be read."""
    found: list[CheckMessage] = []
    if not settings.BEKAL_NAME_KEYS:
        found.append(Error("BEKAL_NAME_KEYS is not set.", hint=HINT, id="people.E001"))
    elif not all(sealing.is_name_key(key) for key in settings.BEKAL_NAME_KEYS):
        found.append(Error("BEKAL_NAME_KEYS has a key of no use.", hint=HINT, id="people.E002"))
    if not settings.BEKAL_SDP_KEYS:
        found.append(Error("BEKAL_SDP_KEYS is not set.", hint=HINT, id="people.E003"))
    elif any(len(key) < sealing.SHORTEST_KEY for key in settings.BEKAL_SDP_KEYS):
        found.append(Error("BEKAL_SDP_KEYS has too short a key.", hint=HINT, id="people.E004"))
    return found
