"""A label as whoever holds it may know it: the piece, never whose work it was."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

_LABEL = """
select l.code, p.code, p.name, p.is_sample, b.unit_id, b.made_on, b.expires_on,
  l.piece <= b.good + coalesce((
    select sum(good_change) from production_batchcorrection where batch_id = b.id), 0)
from production_piecelabel l
join production_batch b on b.id = l.batch_id
join catalogue_product p on p.id = b.product_id
where l.code = %s
"""


@dataclass(frozen=True)
class LabelTold:
    """What a label stands on. `stands`: its piece is still among the good ones of its batch."""

    code: str
    product_code: str
    product_name: str
    is_sample: bool
    unit_id: int
    made_on: dt.date
    expires_on: dt.date | None
    stands: bool


def label_told(*, code: str) -> LabelTold | None:
    """The piece of a label by its code as it is stored; one statement. None: no such label."""
    with connection.cursor() as cursor:
        cursor.execute(_LABEL, [code])
        row = cursor.fetchone()
    return LabelTold(*row) if row else None
