"""How a unit arranges its files of payments."""

import datetime as dt

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.treasury.actions.premi_recording import lock_premi, record
from bekal.treasury.models import PaymentColumns
from bekal.treasury.rules.premi_files import NewColumns, check_columns
from bekal.treasury.rules.premi_terms import TermsRefused


@transaction.atomic
def keep_columns(*, unit_id: int, new: NewColumns, by: Actor, now: dt.datetime) -> int:
    """Keep an arrangement of a unit's payment file; returns its id. The same again is kept once.

    Raises TermsRefused with the field; another arrangement of the same name is refused.
    """
    check_columns(new)
    lock_premi(unit_id)
    said = {
        "columns": [list(pair) for pair in new.columns],
        "separator": new.separator,
        "has_heading": new.has_heading,
    }
    name = new.name.strip()
    there = PaymentColumns.objects.filter(unit_id=unit_id, name=name).first()
    if there is not None:
        if {key: getattr(there, key) for key in said} == said:
            return there.pk
        raise TermsRefused("Sudah ada susunan dengan nama ini. Pilih nama lain.", field="name")
    made = PaymentColumns.objects.create(
        unit_id=unit_id, name=name, kept_at=now, kept_by=str(by), **said
    )
    key = f"columns:{made.pk}"
    record("keep_columns", key, unit_id=unit_id, detail={"name": name}, by=by, now=now)
    return made.pk
