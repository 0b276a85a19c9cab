"""Drawing a sample, and writing down what was found of its receipts."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.audit.actions import record
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import frozen_bytes
from bekal.treasury.models import Finding, Sample, SampleItem
from bekal.treasury.queries.samples import Drawing, drawn, whole_of
from bekal.treasury.queries.tree import units_under
from bekal.treasury.rules.samples import (
    METHOD,
    MOST,
    NewSample,
    SampleRefused,
    Verdict,
    as_of_now,
)


@transaction.atomic
def draw_sample(*, new: NewSample, by: Actor, now: dt.datetime) -> UUID:
    """Draw receipts at random, keep which they were, and return the sample's id, which is its key.

    The same key with the same answers gives the first sample again. Raises SampleRefused when
    nothing can be drawn, KeyReused for a used key with other answers.
    """
    door = "treasury.draw_sample"
    if claim_message(key=new.key, door=door, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    if not 0 < new.size <= MOST:
        raise SampleRefused(f"Isi 1 sampai {MOST} nota.", field="size")
    units = units_under(place_id=new.place_id, on=local_day(now, Zone.WIB))
    drawing = Drawing(units, new.period, new.size, new.seed, as_of_now(now))
    population, gross = whole_of(drawing)
    if not population:
        raise SampleRefused("Tidak ada nota dalam masa itu.", field="first")
    _write(new, drawing, population, gross=gross, by=by, now=now)
    record(
        chain=chain_of_place(new.place_id),
        action="treasury.draw_sample",
        object_key=f"sample:{new.key}",
        detail={**new.asked, "as_of": drawing.as_of, "population": population},
        by=by,
        now=now,
    )
    return new.key


def _write(
    new: NewSample, drawing: Drawing, population: int, *, gross: int, by: Actor, now: dt.datetime
) -> None:
    sample = Sample.objects.create(
        pk=new.key,
        place_id=new.place_id,
        units=sorted(drawing.units),
        first_day=new.period.first,
        last_day=new.period.last,
        size=new.size,
        seed=new.seed,
        method=METHOD,
        as_of=drawing.as_of,
        population=population,
        gross=gross,
        drawn_at=now,
        drawn_by=str(by),
    )
    SampleItem.objects.bulk_create(
        SampleItem(sample=sample, position=position, sale_id=sale_id)
        for position, sale_id in enumerate(drawn(drawing), start=1)
    )


@transaction.atomic
def note_finding(
    *, key: UUID, item: SampleItem, verdict: Verdict, text: str, by: Actor, now: dt.datetime
) -> None:
    """Write down what was found of a receipt of a sample; what was written before stays.

    Sent twice it is written once. Raises SampleRefused for a remark without words, KeyReused for a
    used key with other content.
    """
    body = frozen_bytes({"item": item.pk, "verdict": verdict, "text": text})
    door = "treasury.note_finding"
    if claim_message(key=key, door=door, body=body, by=by, now=now) is not None:
        return
    if verdict is Verdict.REMARK and not text.strip():
        raise SampleRefused("Tulis apa yang tidak sesuai.", field="text")
    Finding.objects.create(
        pk=key, item=item, verdict=verdict, text=text.strip(), noted_at=now, noted_by=str(by)
    )
    record(
        chain=chain_of_place(item.sample.place_id),
        action="treasury.note_finding",
        object_key=f"sample:{item.sample_id}",
        detail={"position": item.position, "sale": item.sale_id, "verdict": verdict},
        by=by,
        now=now,
    )
