"""Every address of the platform, the gate before it and what it takes."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

from bekal.accounts.rules import Permission

WORDS = ("public", "signed_in")
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
WITHOUT_GATE = ("django.views.static", "django.contrib.staticfiles")
"""Views that serve built files while developing; they hold no data."""


@dataclass(frozen=True)
class Route:
    """One address: its pattern, the view behind it, and the names of what it takes."""

    pattern: str
    view: Callable[..., object]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the pattern: ("unit", "sale")."""
        return tuple(CONVERTER.findall(self.pattern))

    def address(self, values: Mapping[str, str]) -> str:
        """The path with the values put in."""
        return CONVERTER.sub(lambda name: values[name[1]], self.pattern)


def routes_of(patterns: Iterable[URLPattern | URLResolver], prefix: str = "/") -> Iterator[Route]:
    """Every route below a URL conf, as it is spoken to from outside."""
    for entry in patterns:
        if not isinstance(entry.pattern, RoutePattern | LocalePrefixPattern):
            raise TypeError(f"write {prefix}{entry.pattern} with path(), not re_path()")
        if isinstance(entry, URLResolver):
            yield from routes_of(entry.url_patterns, prefix + str(entry.pattern))
        elif not entry.callback.__module__.startswith(WITHOUT_GATE):
            yield Route(prefix + str(entry.pattern), entry.callback)


def gate_of(view: object) -> object:
    """The gate that a view names: "public", "signed_in" or a Permission; None when it is silent.

    Decorators above the gate are looked through, by `__wrapped__` and functools.partial.
    """
    while view is not None:
        gate = getattr(view, "gate", None)
        if gate is not None:
            return gate
        inner = view.func if isinstance(view, functools.partial) else None
        view = inner or getattr(view, "__wrapped__", None)
    return None


def is_by_token(view: object) -> bool:
    """Whether a view is for programs: an API token, no session, opens it."""
    return getattr(view, "credential", "") == "token"


def routes_without_gate(routes: Iterable[Route]) -> list[str]:
    """Routes whose view says nobody may, or something that is no gate."""
    return [
        f"{route.pattern}: put @public, @signed_in or @needs(Permission.…) before the view"
        for route in routes
        if gate_of(route.view) not in (*WORDS, *Permission)
    ]
