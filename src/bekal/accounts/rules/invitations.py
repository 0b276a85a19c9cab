"""Who may call whom into which role, and what has become of an invitation. Pure."""

import datetime as dt
import re
from enum import StrEnum

from bekal.accounts.rules import ROLE_LEVELS, AccountRefused, Role
from bekal.places.rules import Level

INVITED_FOR = dt.timedelta(days=7)
# Each calls those right below; auditors are called by the centre, for any place.
INVITES: dict[Role, frozenset[Role]] = {
    Role.KEPALA_UPT: frozenset({Role.PETUGAS, Role.BENDAHARA}),
    Role.KANWIL: frozenset({Role.KEPALA_UPT}),
    Role.DITJENPAS: frozenset({Role.KANWIL, Role.AUDITOR}),
}
_DEVICES = (
    (r"Android", "Ponsel Android"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Windows", "Komputer Windows"),
    (r"Macintosh|Mac OS X", "Komputer Mac"),
    (r"CrOS", "Chromebook"),
    (r"Linux|X11", "Komputer Linux"),
)
_BROWSERS = (
    (r"Edg", "Edge"),
    (r"OPR|Opera", "Opera"),
    (r"SamsungBrowser", "Samsung Internet"),
    (r"Firefox|FxiOS", "Firefox"),
    (r"Chrome|CriOS", "Chrome"),
    (r"Safari", "Safari"),
)


class InvitationState(StrEnum):
    """What an invitation is worth now; the values stand on the page."""

    OPEN = "menunggu"
    ACCEPTED = "diterima"
    REVOKED = "dibatalkan"
    EXPIRED = "habis masa"


class InvitationEnded(AccountRefused):
    """An invitation that was accepted, revoked or has run out."""

    def __init__(self) -> None:
        """One sentence, whatever the reason."""
        super().__init__("Undangan ini sudah tidak berlaku. Minta undangan baru kepada pengundang.")


def roles_offered(*, held: frozenset[Role], level: Level) -> list[Role]:
    """The roles that holders of these may give at a place of a level, in the order of roles."""
    may = frozenset().union(*(INVITES.get(role, frozenset()) for role in held))
    return [role for role in Role if role in may and level in ROLE_LEVELS[role]]


def invitation_state(
    *,
    accepted_at: dt.datetime | None,
    revoked_at: dt.datetime | None,
    expires_at: dt.datetime,
    now: dt.datetime,
) -> InvitationState:
    """What has become of it."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if expires_at <= now else InvitationState.OPEN


def device_family(user_agent: str) -> str:
    """The kind of a device and its browser, as coarse as people tell their own apart."""
    device = next((name for sign, name in _DEVICES if re.search(sign, user_agent)), "Perangkat")
    browser = next((name for sign, name in _BROWSERS if re.search(sign, user_agent)), "")
    return f"{device}, {browser}" if browser else device
