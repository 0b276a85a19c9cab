"""Filling in an order, step by step, before it is one."""

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.foundation.ids import uuid7
from bekal.foundation.private import digest_of
from bekal.shop.actions import statements
from bekal.shop.models import Draft
from bekal.shop.rules import DRAFT_AGE, Basket


def begin_draft(
    *,
    basket: Basket,
    token: str,
    answers: Mapping[str, Any] | None = None,
    opened_at: dt.datetime | None = None,
    by: Actor,
    now: dt.datetime,
) -> str:
    """Begin to order what lies in a basket; the key of the draft's address.

    With the key of a draft that is still open its goods are put anew and its answers stay. A new
    one holds the `answers` that were given with it, on a page that was opened at `opened_at`.
    """
    if token and _put_anew(basket, token=token, now=now):
        return token
    made = secrets.token_urlsafe(24)
    values: dict[str, Any] = {
        "digest": digest_of(made),
        "key": uuid7(),
        "items": json.dumps(basket.rows()),
        "answers": json.dumps(answers or {}),
        "begun_at": opened_at or now,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.BEGIN_DRAFT, values)
    return made


def _put_anew(basket: Basket, *, token: str, now: dt.datetime) -> bool:
    fresh = now - DRAFT_AGE
    known = Draft.objects.filter(digest=digest_of(token), order_code="", touched_at__gt=fresh)
    return bool(known.update(items=basket.rows(), touched_at=now))


@transaction.atomic
def answer_draft(*, token: str, answers: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    """Keep the answers of a step beside those of others. Raises LookupError for no such draft."""
    draft = Draft.objects.select_for_update().filter(digest=digest_of(token), order_code="").first()
    if draft is None:
        raise LookupError("there is no such draft")
    draft.answers = {**draft.answers, **answers}
    draft.touched_at = now
    draft.save(update_fields=["answers", "touched_at"])


def forget_drafts(*, by: Actor, now: dt.datetime) -> int:
    """Delete the drafts that nobody touched for an hour; returns how many."""
    deleted, _ = Draft.objects.filter(touched_at__lte=now - DRAFT_AGE).delete()
    return deleted
