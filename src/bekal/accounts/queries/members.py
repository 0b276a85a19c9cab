"""Who holds which role at a place, who was called into one, and on which devices a person is."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Count, Q, QuerySet

from bekal.accounts.models import Grant, Invitation, SignedIn
from bekal.accounts.rules import ROLE_LABELS, Role
from bekal.accounts.rules.invitations import (
    INVITES,
    InvitationState,
    invitation_state,
    roles_offered,
)
from bekal.foundation.private import digest_of, private_key
from bekal.places import queries as places
from bekal.places.queries import PlaceNow

_KINDS = {
    InvitationState.OPEN: "warn",
    InvitationState.ACCEPTED: "ok",
    InvitationState.REVOKED: "neutral",
    InvitationState.EXPIRED: "neutral",
}


@dataclass(frozen=True)
class Member:
    """Somebody with a role at a place; `may_end` when the reader can take it away."""

    grant_id: int
    name: str
    email: str
    role: str
    since: dt.datetime
    may_end: bool


@dataclass(frozen=True)
class Invited:
    """An invitation as the page of its place shows it; `link` while it can be taken."""

    id: UUID
    email: str
    role: str
    expires_at: dt.datetime
    state: InvitationState
    link: str
    is_mailed: bool

    @property
    def state_kind(self) -> str:
        """The colour of its state, as ui's tags name it."""
        return _KINDS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken or ended."""
        return self.state is InvitationState.OPEN


@dataclass(frozen=True)
class Device:
    """A device on which a person is signed in."""

    id: int
    family: str
    began_at: dt.datetime
    seen_at: dt.datetime
    is_this: bool


@dataclass(frozen=True)
class Staffed:
    """A place where the reader may call people in, and how many hold a role right there."""

    place: PlaceNow
    people: int


def roles_to_give(*, user_id: int, place_id: int, on: dt.date) -> list[Role]:
    """The roles that a person may give at a place, by the tree of the day."""
    place = places.place_by_id(place_id=place_id, on=on)
    if place is None:
        return []
    above = places.ids_above(place_id=place_id, on=on)
    held = Grant.objects.filter(
        user_id=user_id, user__is_active=True, revoked_at__isnull=True, place_id__in=above
    )
    roles = frozenset(Role(role) for role in held.values_list("role", flat=True))
    return roles_offered(held=roles, level=place.level)


def members_of(*, place_id: int, may_give: list[Role]) -> list[Member]:
    """Who holds a role at a place itself, by role and name; one statement."""
    found = Grant.objects.filter(
        place_id=place_id, revoked_at__isnull=True, user__is_active=True
    ).select_related("user")
    order = list(Role)
    rows = sorted(found, key=lambda one: (order.index(Role(one.role)), one.user.name, one.pk))
    return [
        Member(
            one.pk,
            one.user.name,
            one.user.email,
            ROLE_LABELS[Role(one.role)],
            one.granted_at,
            Role(one.role) in may_give,
        )
        for one in rows
    ]


def invitations_of(*, place_id: int, now: dt.datetime) -> list[Invited]:
    """The invitations of a place, the newest first; one statement."""
    found = Invitation.objects.filter(place_id=place_id).order_by("-invited_at", "id")[:50]
    return [_invited(one, now=now) for one in found]


def _invited(one: Invitation, *, now: dt.datetime) -> Invited:
    state = invitation_state(
        accepted_at=one.accepted_at,
        revoked_at=one.revoked_at,
        expires_at=one.expires_at,
        now=now,
    )
    link = link_of(one) if state is InvitationState.OPEN else ""
    role = ROLE_LABELS[Role(one.role)]
    return Invited(one.pk, one.email, role, one.expires_at, state, link, one.mailed_at is not None)


def link_of(invitation: Invitation) -> str:
    """The address that takes an invitation, whole, as letters write it."""
    return f"{settings.BEKAL_ADDRESS}/undangan/{private_key('invitation', invitation.pk)}/"


def invitation_by_secret(*, secret: str, now: dt.datetime) -> Invitation | None:
    """The invitation of a link, while it can be taken."""
    waiting = Invitation.objects.filter(
        digest=digest_of(secret), accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    return waiting.first()


def staffed_places(*, places_in_scope: tuple[PlaceNow, ...], user_id: int) -> list[Staffed]:
    """The places of a scope where a person may call somebody in, with how many are there."""
    held = Grant.objects.filter(user_id=user_id, revoked_at__isnull=True)
    roles = frozenset(Role(role) for role in held.values_list("role", flat=True))
    roles &= frozenset(INVITES)
    rows = [place for place in places_in_scope if roles_offered(held=roles, level=place.level)]
    counts = dict(_people_at([place.id for place in rows]))
    return [Staffed(place, counts.get(place.id, 0)) for place in rows]


def _people_at(place_ids: list[int]) -> "QuerySet[Grant, tuple[int, int]]":
    open_there = Grant.objects.filter(
        place_id__in=place_ids, revoked_at__isnull=True, user__is_active=True
    )
    counted = open_there.values("place_id").annotate(people=Count("user_id", distinct=True))
    return counted.order_by("place_id").values_list("place_id", "people")


def devices_of(*, user_id: int, session_key: str | None, now: dt.datetime) -> list[Device]:
    """Where a person is signed in, this device first, then the one seen last; two statements."""
    known = {one.session_key: one for one in SignedIn.objects.filter(user_id=user_id)}
    living = Session.objects.filter(Q(session_key__in=known), expire_date__gt=now)
    age = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    devices = [
        Device(
            known[key].pk,
            known[key].family,
            known[key].began_at,
            max(ends - age, known[key].began_at),
            key == session_key,
        )
        for key, ends in living.values_list("session_key", "expire_date")
    ]
    return sorted(devices, key=lambda one: (not one.is_this, -one.seen_at.timestamp(), one.id))
