"""How often the API may be asked: windows counted in PostgreSQL by one atomic statement each.

Headers after draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy` and `RateLimit`.
"""

import datetime as dt
import math
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from bekal.foundation import actions
from bekal.foundation.actors import Actor
from bekal.foundation.api.problems import ApiProblem, Code


@dataclass(frozen=True)
class Limit:
    """So many requests in a window of so many seconds."""

    name: str
    most: int
    seconds: int


PER_ADDRESS = Limit("alamat", 600, 60)
"""For everybody, by client address; an office shares one."""
PER_TOKEN = Limit("kunci", 120, 60)
"""For a program that records; a till makes a sale every few seconds at most."""


@dataclass(frozen=True)
class Spent:
    """What is left of a limit after this request."""

    limit: Limit
    left: int
    wait: int

    @property
    def headers(self) -> dict[str, str]:
        """What is told to the client."""
        limit = self.limit
        return {
            "RateLimit-Policy": f'"{limit.name}";q={limit.most};w={limit.seconds}',
            "RateLimit": f'"{limit.name}";r={self.left};t={self.wait}',
        }


def spend(request: HttpRequest, limit: Limit, *, who: str, by: Actor, now: dt.datetime) -> None:
    """Count one request of somebody against a limit. Raises ApiProblem 429 when there are too many.

    `who` is a name that points to no person: a token's prefix, a keyed hash of an address.
    """
    counted = actions.count_in_window(
        subject=f"api:{limit.name}:{who}",
        window=dt.timedelta(seconds=limit.seconds),
        by=by,
        now=now,
    )
    wait = max(1, math.ceil((counted.ends_at - now).total_seconds()))
    spent = Spent(limit, max(0, limit.most - counted.count), wait)
    request.spent = spent  # type: ignore[attr-defined]
    if counted.count > limit.most:
        raise ApiProblem(Code.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)})


def tell(request: HttpRequest, response: HttpResponse) -> None:
    """Tell what is left of the limit that was counted last, which is the narrowest."""
    spent: Spent | None = getattr(request, "spent", None)
    for name, value in (spent.headers if spent else {}).items():
        response[name] = value
