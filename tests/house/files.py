"""Pages that take files and ask for the second factor: known to both, so that no file is lost."""

import inspect
from collections.abc import Callable, Iterable

from bekal.accounts.rules.second import ASKED_AGAIN
from tests.house.routes import Route, gate_of


def lost_files(routes: Iterable[Route]) -> list[str]:
    """A sentence for each view that takes files and may lose them to the page of the code."""
    return [
        f"{route.pattern}: mark its view with foundation.uploads.measured, below its gate, and let"
        " it be opened by GET: the code of the second factor is asked for before its form"
        for route in routes
        if gate_of(route.view) in ASKED_AGAIN and _takes_files(route.view)
        if not getattr(route.view, "takes_files", False) or not _is_opened(route.view)
    ]


def _takes_files(view: Callable[..., object]) -> bool:
    return "request.FILES" in inspect.getsource(inspect.unwrap(view))


def _is_opened(view: Callable[..., object]) -> bool:
    return "require_POST" not in inspect.getsource(inspect.unwrap(view))
