"""How files of payments are arranged: by a unit for itself, by the centre for all to begin with."""

import datetime as dt
from typing import Any

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation.actors import Actor
from bekal.treasury.actions.premi_recording import lock_premi, record
from bekal.treasury.models import PaymentColumns
from bekal.treasury.rules.premi_files import NewColumns, check_columns, check_template
from bekal.treasury.rules.premi_terms import TermsRefused

_NO_UNIT = 0
"""Whose place in line the acts on templates take."""


@transaction.atomic
def keep_columns(*, unit_id: int, new: NewColumns, by: Actor, now: dt.datetime) -> int:
    """Keep an arrangement of a unit's payment file; returns its id. The same again is kept once.

    Raises TermsRefused with the field; another arrangement of the same name is refused.
    """
    check_columns(new)
    lock_premi(unit_id)
    kept, is_new = _kept(unit_id, new, by=by, now=now)
    if is_new:
        detail = {"name": kept.name}
        key = f"columns:{kept.pk}"
        record("keep_columns", key, unit_id=unit_id, detail=detail, by=by, now=now)
    return kept.pk


@transaction.atomic
def keep_template(*, new: NewColumns, by: Actor, now: dt.datetime) -> int:
    """Offer an arrangement to all units, with its source; returns its id. The same again is one.

    Raises TermsRefused with the field, as `keep_columns`.
    """
    check_template(new)
    lock_premi(_NO_UNIT)
    kept, is_new = _kept(None, new, by=by, now=now)
    if is_new:
        detail = {"name": kept.name, "source": kept.source}
        _told("keep_template", kept, detail=detail, by=by, now=now)
    return kept.pk


@transaction.atomic
def withdraw_template(*, template_id: int, by: Actor, now: dt.datetime) -> None:
    """Offer a template no longer; what units made of it is theirs. A repeat changes nothing.

    Raises LookupError where there is none.
    """
    lock_premi(_NO_UNIT)
    one = PaymentColumns.objects.filter(pk=template_id, unit__isnull=True).first()
    if one is None:
        raise LookupError(f"there is no template {template_id}")
    if one.withdrawn_at is not None:
        return
    one.withdrawn_at, one.withdrawn_by = now, str(by)
    one.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _told("withdraw_template", one, detail={"name": one.name}, by=by, now=now)


def _kept(
    unit_id: int | None, new: NewColumns, *, by: Actor, now: dt.datetime
) -> tuple[PaymentColumns, bool]:
    """The row of an arrangement, and whether it is new. Raises TermsRefused for a name in use."""
    said = {
        "columns": [list(pair) for pair in new.columns],
        "separator": new.separator,
        "has_heading": new.has_heading,
        "source": new.source.strip(),
    }
    name = new.name.strip()
    named = PaymentColumns.objects.filter(unit_id=unit_id, name=name, withdrawn_at__isnull=True)
    there = named.first()
    if there is None:
        made = PaymentColumns.objects.create(
            unit_id=unit_id, name=name, kept_at=now, kept_by=str(by), **said
        )
        return made, True
    if {key: getattr(there, key) for key in said} != said:
        raise TermsRefused("Sudah ada susunan dengan nama ini. Pilih nama lain.", field="name")
    return there, False


def _told(
    act: str, kept: PaymentColumns, *, detail: dict[str, Any], by: Actor, now: dt.datetime
) -> None:
    """Write down what the centre did with a template."""
    key = f"columns:{kept.pk}"
    action = f"treasury.{act}"
    audit.record(chain=NATION, action=action, object_key=key, detail=detail, by=by, now=now)
