"""An order that is being filled in."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from bekal.foundation.private import digest_of
from bekal.shop.rules import DRAFT_AGE, Basket, read_rows

# Each step of ordering asks for it; to let Django build the query anew costs four times as much.
_DRAFT = """
select key, items, answers, order_code, begun_at from shop_draft
where digest = %s and touched_at > %s
"""


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
    with connection.cursor() as cursor:
        cursor.execute(_DRAFT, [digest_of(token), now - DRAFT_AGE])
        row = cursor.fetchone()
    if row is None:
        return None
    key, items, answers, order_code, begun_at = row
    return DraftShown(key, read_rows(json.loads(items)), json.loads(answers), order_code, begun_at)
