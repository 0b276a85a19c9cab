"""Reading what was sent, strictly: what JSON does not know is no JSON."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser


class StrictParser(Parser):
    """Refuses NaN and Infinity, names that come twice, and anything that is not UTF-8."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as an object. Raises ValueError; ninja answers 400."""
        text = request.body.decode("utf-8")
        read: dict[str, Any] = json.loads(
            text, parse_constant=_no_constant, object_pairs_hook=_once
        )
        return read


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a name comes twice")
    return read
