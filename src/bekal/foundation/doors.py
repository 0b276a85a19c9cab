"""How a view says who may open it; a house test asks every view of the URL list for its gate."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view that anyone may open without signing in."""
    view.gate = "public"  # type: ignore[attr-defined]
    return view
