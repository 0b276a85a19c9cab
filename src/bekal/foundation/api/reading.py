"""Public questions: what they depend on, so that an unchanged answer is not made again."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, ParamSpec, TypeVar

from ninja import Schema
from pydantic import AwareDatetime, Field

_P = ParamSpec("_P")
_R = TypeVar("_R")


def reads(*topics: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Mark an operation as a public question that depends on these topics of the audit.

    Its answer is a function of the address, the day (WIB) and the revision of the topics; the root
    of the API gives it an ETag made of them, and answers 304 to who has it.
    """

    def mark(operation: Callable[_P, _R]) -> Callable[_P, _R]:
        operation.topics = topics  # type: ignore[attr-defined]
        return operation

    return mark


class AsOf(Schema):
    """Every public answer says when it was true."""

    as_of: Annotated[
        AwareDatetime, Field(description="Saat jawaban ini disusun dari data yang tersimpan.")
    ]


def stamp(now: dt.datetime) -> dt.datetime:
    """An instant to the second, as answers carry it."""
    return now.replace(microsecond=0)
