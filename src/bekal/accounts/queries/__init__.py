"""Who a person is and where they may do what, by the tree of a day."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from bekal.accounts.factors import demo_codes as demo_codes
from bekal.accounts.models import Grant, RecoveryCode, SecondFactor, Token, User
from bekal.accounts.rules import (
    PERMISSIONS,
    ROLE_LABELS,
    UNKNOWN_PERSON,
    Permission,
    Person,
    Role,
    TokenState,
    machine_name,
    read_login,
    roles_that_may,
    token_digest,
    token_state,
)
from bekal.foundation.actors import ActorKind
from bekal.foundation.clock import Zone, local_day
from bekal.places import queries as places
from bekal.places.queries import PlaceNow

_TOKEN_KINDS = {
    TokenState.IN_FORCE: "ok",
    TokenState.WITHOUT_POWER: "warn",
    TokenState.EXPIRED: "neutral",
    TokenState.REVOKED: "neutral",
}


@dataclass(frozen=True)
class RoleHeld:
    """A role that a person holds, and the place that it was granted for."""

    role: Role
    label: str
    place_id: int
    place_code: str


def _open_grants(*, user_id: int, permission: Permission) -> QuerySet[Grant]:
    roles = roles_that_may(permission)
    return Grant.objects.filter(
        user_id=user_id, user__is_active=True, revoked_at__isnull=True, role__in=roles
    )


def scope_of(*, user_id: int, permission: Permission, on: dt.date) -> list[PlaceNow]:
    """The places where a person may do something, by name, in one statement.

    Grants follow the tree of the day: a unit that moved to another kanwil is in that one's scope.
    A place that does not stand on the day is in nobody's scope.
    """
    granted = _open_grants(user_id=user_id, permission=permission).values("place_id")
    return places.places_below(place_ids=granted, on=on)


def may(*, user_id: int, permission: Permission, place_id: int, on: dt.date) -> bool:
    """Whether a person may do something at a place, by the tree of the day; one statement."""
    above = places.ids_above(place_id=place_id, on=on)
    return _open_grants(user_id=user_id, permission=permission).filter(place_id__in=above).exists()


def roles_of(*, user_id: int) -> list[RoleHeld]:
    """The roles that a person holds now, in the order in which they were granted."""
    grants = Grant.objects.filter(user_id=user_id, revoked_at__isnull=True)
    rows = grants.order_by("granted_at", "id").values_list("role", "place_id", "place__code")
    return [
        RoleHeld(Role(role), ROLE_LABELS[Role(role)], place_id, code)
        for role, place_id, code in rows
    ]


def _roles_now() -> ArrayAgg:
    return ArrayAgg(
        "grants__role",
        filter=Q(grants__isnull=False, grants__revoked_at__isnull=True),
        distinct=True,
        default=[],
    )


def user_of_session(*, user_id: int) -> User | None:
    """The active user with the names of their roles in `role_names`, in one statement."""
    active = User.objects.filter(pk=user_id, is_active=True)
    return active.annotate(role_names=_roles_now()).first()


def names_of(*, actors: Collection[str]) -> dict[str, str]:
    """How signed-in pages call those who acted ("user:7", "command:demo"), by actor.

    A person by name with the roles held now, also one who has left; everything else in words. One
    statement, and none where no person acted.
    """
    names = {actor: machine_name(actor) for actor in actors}
    people = {actor: _user_id(actor) for actor in actors if actor.startswith(f"{ActorKind.USER}:")}
    if not people:
        return names
    found = User.objects.filter(pk__in={pk for pk in people.values() if pk is not None})
    known = {user.pk: user for user in found.annotate(role_names=_roles_now())}
    for actor, pk in people.items():
        names[actor] = _called(known[pk]) if pk in known else UNKNOWN_PERSON
    return names


def _user_id(actor: str) -> int | None:
    number = actor.partition(":")[2]
    return int(number) if number.isascii() and number.isdigit() else None


def _called(user: User) -> str:
    person = person_of(user=user)
    return f"{person.name} ({', '.join(person.roles)})" if person.roles else person.name


def person_of(*, user: User) -> Person:
    """How pages show a user of the session; asks the database nothing."""
    held: set[str] = set(getattr(user, "role_names", ()))
    return Person(user.name, tuple(ROLE_LABELS[role] for role in Role if role in held))


def user_by_login(*, login: str) -> User | None:
    """The user with this e-mail (in any case) or NIP (however spaced), active or not."""
    name = read_login(login)
    users = User.objects.alias(low=Lower("email")).filter(Q(low=name) | Q(nip=name))
    return users.order_by("id").first()


def permissions_at(*, user_id: int, place_id: int, on: dt.date) -> frozenset[Permission]:
    """All that a person may do at a place, by the tree of the day; one statement."""
    above = places.ids_above(place_id=place_id, on=on)
    held = Grant.objects.filter(
        user_id=user_id, user__is_active=True, revoked_at__isnull=True, place_id__in=above
    )
    roles = held.values_list("role", flat=True).distinct()
    return frozenset(may_do for role in roles for may_do in PERMISSIONS[Role(role)])


@dataclass(frozen=True)
class TokenRow:
    """An API token as the page of its unit shows it; the days are those of WIB."""

    id: UUID
    name: str
    prefix: str
    holder: str
    expires_on: dt.date
    last_used_on: dt.date | None
    state: TokenState

    @property
    def state_kind(self) -> str:
        """The colour of its state, as ui's tags name it."""
        return _TOKEN_KINDS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether it can still be revoked."""
        return self.state in {TokenState.IN_FORCE, TokenState.WITHOUT_POWER}


def people_who_may(*, permission: Permission, place_id: int, on: dt.date) -> list[User]:
    """The active people who may do something at a place, by name; one statement."""
    above = places.ids_above(place_id=place_id, on=on)
    granted = Grant.objects.filter(
        revoked_at__isnull=True, role__in=roles_that_may(permission), place_id__in=above
    )
    found = User.objects.filter(is_active=True, pk__in=granted.values("user_id"))
    return list(found.order_by("name", "id"))


def tokens_of(*, unit_id: int, on: dt.date, now: dt.datetime) -> list[TokenRow]:
    """The API tokens of a unit, the newest first; two statements."""
    able = {
        user.pk
        for user in people_who_may(permission=Permission.RECORD_SALE, place_id=unit_id, on=on)
    }
    found = Token.objects.filter(unit_id=unit_id).select_related("holder")
    return [
        TokenRow(
            token.pk,
            token.name,
            token.prefix,
            token.holder.name,
            local_day(token.expires_at, Zone.WIB),
            token.last_used_on,
            token_state(
                revoked_at=token.revoked_at,
                expires_at=token.expires_at,
                holder_may=token.holder_id in able,
                now=now,
            ),
        )
        for token in found.order_by("-made_at", "id")
    ]


def token_by_secret(*, secret: str, now: dt.datetime) -> Token | None:
    """The token with this secret, when it has neither ended nor been revoked; one statement.

    Says nothing of its holder's power: ask `scope_of`, as for the holder's own sign-in.
    """
    found = Token.objects.filter(
        digest=token_digest(secret), revoked_at__isnull=True, expires_at__gt=now
    )
    return found.first()


def has_factor(*, user_id: int) -> bool:
    """Whether a person's telephone stands, so that its code is asked for; one statement."""
    return SecondFactor.objects.filter(pk=user_id, confirmed_at__isnull=False).exists()


def factor_of(*, user_id: int) -> SecondFactor | None:
    """The telephone of a person, also one that waits for its first code."""
    return SecondFactor.objects.filter(pk=user_id).first()


def recovery_left(*, user_id: int) -> int:
    """How many recovery codes of a person are unused."""
    return RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True).count()
