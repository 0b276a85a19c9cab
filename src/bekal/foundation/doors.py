"""What every door says about itself: who may pass."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


def public(view: Callable[_P, _R]) -> Callable[_P, _R]:
    """Mark a view as open to everybody; the house tests read the mark."""
    view.gate = "public"  # type: ignore[attr-defined]
    return view
