"""Who may open a view. Each view carries one of these decorators, and says so in its `gate`.

Below them stands what a view of a desk asks next: the clock of its unit, what its reader may, what
was done before.

What a program asks for at the API is guarded by `ByToken`, which asks the same of the token's
holder at the token's unit.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from ninja.security import HttpBearer

from bekal.accounts import actions, queries
from bekal.accounts.confirming import ask_again, only_opens
from bekal.accounts.desk import keep_time, may, said, today_at, zone_of
from bekal.accounts.models import Token, User
from bekal.accounts.rules import Permission
from bekal.accounts.rules.second import ASKED_AGAIN
from bekal.foundation import clock
from bekal.foundation.actors import Actor, token_actor, user_actor
from bekal.foundation.api.limits import PER_TOKEN, spend
from bekal.foundation.api.problems import ApiProblem, Code
from bekal.foundation.clock import Zone
from bekal.foundation.doors import public
from bekal.foundation.views import see_other
from bekal.places import queries as place_queries
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level

__all__ = [
    "ByToken",
    "Scope",
    "SignedInRequest",
    "StaffRequest",
    "TokenRequest",
    "keep_time",
    "may",
    "needs",
    "public",
    "said",
    "signed_in",
    "today_at",
    "zone_of",
]

P = ParamSpec("P")
GuardedView: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
_SEEN = "seen_at"
_SEEN_EVERY = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Scope:
    """The places where the signed-in person has the permission of the view, as of today."""

    places: tuple[PlaceNow, ...]
    today: dt.date
    _by_code: dict[str, PlaceNow] = field(repr=False)

    @classmethod
    def of(cls, places: Iterable[PlaceNow], *, today: dt.date) -> "Scope":
        """The scope that covers just these places."""
        found = tuple(places)
        return cls(found, today, {place.code: place for place in found})

    @property
    def units(self) -> tuple[PlaceNow, ...]:
        """The units among the places, by name."""
        return tuple(place for place in self.places if place.level is Level.UNIT)

    @property
    def unit_ids(self) -> frozenset[int]:
        """The ids of the units among the places."""
        return frozenset(place.id for place in self.units)

    @property
    def kanwil(self) -> dict[str, str]:
        """The names of the kanwil among the places, by code; lists are narrowed by them."""
        return {place.code: place.name for place in self.places if place.level is Level.KANWIL}

    def units_below(self, kanwil: str) -> tuple[PlaceNow, ...]:
        """The units of the kanwil with this code; all of them where it is none of the places."""
        if kanwil not in self.kanwil:
            return self.units
        above = self._by_code[kanwil]
        return tuple(unit for unit in self.units if unit.parent_id == above.id)

    def place(self, code: str) -> PlaceNow:
        """The place of any level with this code; Http404 when it is not in the scope."""
        found = self._by_code.get(code)
        if found is None:
            raise Http404
        return found

    def unit(self, code: str) -> PlaceNow:
        """The unit with this code; Http404 when it is not in the scope or no unit."""
        found = self.place(code)
        if found.level is not Level.UNIT:
            raise Http404
        return found

    @property
    def is_national(self) -> bool:
        """Whether the scope is the whole nation, and so its past too."""
        return any(place.level is Level.CENTRE for place in self.places)

    def holds(self, place: PlaceNow) -> bool:
        """Whether a place is in the scope as it stands today, not only in the past."""
        return place.code in self._by_code

    def place_then(self, code: str) -> PlaceNow:
        """As `place`, for pages that only show: who sees the nation sees its closed places too."""
        found = self._by_code.get(code)
        if found is None and self.is_national:
            found = place_queries.place_by_then(code=code, on=self.today)
        if found is None:
            raise Http404
        return found

    def unit_then(self, code: str) -> PlaceNow:
        """As `unit`, for pages that only show: who sees the nation sees its closed units too."""
        found = self.place_then(code)
        if found.level is not Level.UNIT:
            raise Http404
        return found


class SignedInRequest(HttpRequest):
    """The request of a view marked `signed_in`: the person and the instant are known."""

    user: User
    actor: Actor
    now: dt.datetime


class StaffRequest(SignedInRequest):
    """The request of a view marked `needs`: also where the person may do it."""

    scope: Scope


class TokenRequest(HttpRequest):
    """The request of an operation guarded by `ByToken`; the scope is the token's unit alone."""

    actor: Actor
    now: dt.datetime
    scope: Scope


def signed_in(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> GuardedView[P]:
    """Mark a view for everyone who has signed in; others are sent to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        known = _identify(request)
        if known is None:
            return _to_sign_in(request)
        return _uncached(view(known, *args, **kwargs))

    guarded.gate = "signed_in"  # type: ignore[attr-defined]
    return guarded


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponseBase]], GuardedView[P]]:
    """Mark a view for those who hold a permission anywhere; it finds out where in `scope`.

    One statement per request. Not signed in: to the sign-in page and back. Signed in without the
    permission at any place: PermissionDenied (403). Places outside: 404, by `scope`.
    For what is in ASKED_AGAIN, what is sent waits for a code of the second factor, unless one was
    given in this session within 15 minutes; to look needs none, but for views that take files
    (`foundation.uploads.measured`), whose form is shown after the code (README).
    """
    again = permission in ASKED_AGAIN

    def mark(
        view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
    ) -> GuardedView[P]:
        takes_files = getattr(view, "takes_files", False)

        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            known = _identify(request)
            if known is None:
                return _to_sign_in(request)
            staff = cast("StaffRequest", known)
            staff.scope = _scope(known, permission)
            asked = _ask_again(staff, takes_files=takes_files) if again else None
            return _uncached(asked or view(staff, *args, **kwargs))

        guarded.gate = permission  # type: ignore[attr-defined]
        return guarded

    return mark


def _identify(request: HttpRequest) -> SignedInRequest | None:
    if not isinstance(request.user, User):
        return None
    known = cast("SignedInRequest", request)
    known.actor = user_actor(known.user.pk)
    known.now = clock.now()
    _keep_session(known)
    return known


def _ask_again(request: StaffRequest, *, takes_files: bool) -> HttpResponseBase | None:
    asked = ask_again(request, takes_files=takes_files)
    if asked is None and only_opens(request):
        return see_other(request.get_full_path())
    return asked


def _keep_session(request: SignedInRequest) -> None:
    # The session ends SESSION_COOKIE_AGE after it was last written: write it now and then, so
    # that working people stay signed in, and not at each request.
    seen = request.session.get(_SEEN, 0)
    if request.now.timestamp() - seen >= _SEEN_EVERY.total_seconds():
        request.session[_SEEN] = int(request.now.timestamp())


def _scope(request: SignedInRequest, permission: Permission) -> Scope:
    today = clock.local_day(request.now, Zone.WIB)
    found = queries.scope_of(user_id=request.user.pk, permission=permission, on=today)
    if not found:
        raise PermissionDenied
    return Scope.of(found, today=today)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return redirect(settings.LOGIN_URL)  # what was sent cannot be sent again by a redirect


def _uncached(response: HttpResponseBase) -> HttpResponseBase:
    # Phones are shared: "back" after signing out must not show the last person's page.
    if not response.has_header("Cache-Control"):
        add_never_cache_headers(cast("Any", response))
    return response


class ByToken(HttpBearer):
    """An API token whose holder has a permission at the token's unit, by the tree of today.

    Three statements, one more on the first use of a day. No token, a false or an ended one: 401. A
    holder who may not, or no longer: 403. An address that names another unit: 404, before anything
    that was sent is looked at. The request becomes a TokenRequest.
    """

    def __init__(self, permission: Permission) -> None:
        """Guard by this permission."""
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The token with this secret. Raises ApiProblem 401 or 403, or 429 when used too often."""
        known = cast("TokenRequest", request)
        known.now = clock.now()
        found = queries.token_by_secret(secret=token, now=known.now)
        if found is None:
            raise ApiProblem(Code.TOKEN_UNKNOWN)
        known.actor = token_actor(found.prefix)
        spend(request, PER_TOKEN, who=found.prefix, by=known.actor, now=known.now)
        known.scope = self._scope(found, now=known.now)
        if request.resolver_match is not None and "unit" in request.resolver_match.kwargs:
            known.scope.unit(request.resolver_match.kwargs["unit"])
        if found.last_used_on != known.scope.today:
            actions.note_use(token_id=found.pk, by=known.actor, now=known.now)
        return found

    def _scope(self, token: Token, *, now: dt.datetime) -> Scope:
        today = clock.local_day(now, Zone.WIB)
        places = queries.scope_of(user_id=token.holder_id, permission=self.permission, on=today)
        own = [place for place in places if place.id == token.unit_id]
        if not own:
            raise ApiProblem(Code.TOKEN_POWERLESS)
        return Scope.of(own, today=today)
