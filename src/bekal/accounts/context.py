"""What every page may know of the person who has signed in."""

from typing import Any

from django.http import HttpRequest  # noqa: TID251  a context processor is a door
from django.utils.functional import SimpleLazyObject

from bekal.accounts import queries
from bekal.accounts.models import User
from bekal.accounts.rules import Person


def person(request: HttpRequest) -> dict[str, Any]:
    """`person`: name and role labels, or nothing when nobody has signed in.

    Lazy: a page that does not mention the person reads no session, so it may be cached for all.
    Costs nothing beyond the user, who is loaded with the names of the roles.
    """

    def find() -> Person | None:
        user = getattr(request, "user", None)
        return queries.person_of(user=user) if isinstance(user, User) else None

    return {"person": SimpleLazyObject(find)}
