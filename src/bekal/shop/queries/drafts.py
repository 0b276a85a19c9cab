"""An order that is being filled in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bekal.foundation.private import digest_of
from bekal.shop.models import Draft
from bekal.shop.rules import DRAFT_AGE, Basket, read_rows


@dataclass(frozen=True)
class DraftShown:
    """What was put by and answered so far; `order_code` where it was placed."""

    key: UUID
    basket: Basket
    answers: Mapping[str, Any]
    order_code: str
    begun_at: dt.datetime


def draft(*, token: str, now: dt.datetime) -> DraftShown | None:
    """The draft with this key, where it was touched within the hour. One statement."""
    row = Draft.objects.filter(digest=digest_of(token), touched_at__gt=now - DRAFT_AGE).first()
    if row is None:
        return None
    return DraftShown(row.key, read_rows(row.items), row.answers, row.order_code, row.begun_at)
