"""What is looked at before goods go out, what was found, and the code of each piece."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.production.models.batches import Batch
from bekal.production.rules import NOTE_LENGTH, POINT_LENGTH

only_ended = Promise(
    name="only_ended",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.ended_at is not null or new.ended_at is null
       or (to_jsonb(new) - 'ended_on' - 'ended_at' - 'ended_by')
       is distinct from (to_jsonb(old) - 'ended_on' - 'ended_at' - 'ended_by') then
      raise exception 'a point can only be ended, once' using errcode = '23514';
    end if;
    return new;
    """,
)
of_the_unit = Promise(
    name="of_the_unit",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if not exists (
      select from production_qualitycheck c join production_batch b on b.id = c.batch_id
      join production_qualitypoint p on p.id = new.point_id and p.unit_id = b.unit_id
      where c.id = new.check_id
    ) then
      raise exception 'a batch is looked at by the points of its unit' using errcode = '23514';
    end if;
    return new;
    """,
)
no_more_than_pieces = Promise(
    name="no_more_than_pieces",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    perform from production_batch b where b.id = new.batch_id for no key update;
    if new.piece > (
      select b.good + coalesce(sum(c.good_change), 0) from production_batch b
      left join production_batchcorrection c on c.batch_id = b.id
      where b.id = new.batch_id group by b.id
    ) then
      raise exception 'no more labels than good pieces' using errcode = '23514';
    end if;
    return new;
    """,
)


class QualityPoint(models.Model):
    """What a unit looks at from a day on: of all its products, of a category, or of one product."""

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=POINT_LENGTH)
    category = models.ForeignKey(
        "catalogue.Category", on_delete=models.PROTECT, related_name="+", null=True
    )
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", null=True
    )
    valid_from = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="production_qualitypoint_says_what"),
            models.CheckConstraint(
                condition=Q(category__isnull=True) | Q(product__isnull=True),
                name="production_qualitypoint_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_at__isnull=True, ended_by="")
                | (Q(ended_on__isnull=False, ended_at__isnull=False) & ~Q(ended_by="")),
                name="production_qualitypoint_ended_at_and_by",
            ),
        ]
        triggers: ClassVar = [only_ended, not_deleted, not_emptied]

    def __str__(self) -> str:
        return self.text


class QualityCheck(models.Model):
    """That somebody looked at a batch; `rejects` of its good pieces did not pass."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    rejects = models.IntegerField()
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rejects__gte=0), name="production_qualitycheck_rejects_positive"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.rejects} rejects of {self.batch_id}"


class QualityResult(models.Model):
    """Whether a batch passed at a point."""

    personal_data = NONE

    check_of = models.ForeignKey(
        QualityCheck, on_delete=models.PROTECT, related_name="results", db_column="check_id"
    )
    point = models.ForeignKey(QualityPoint, on_delete=models.PROTECT, related_name="+")
    passed = models.BooleanField()
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["check_of", "point"], name="production_qualityresult_once"
            )
        ]
        triggers: ClassVar = [of_the_unit, *FACTS]

    def __str__(self) -> str:
        return f"{self.point_id}: {self.passed}"


class PieceLabel(models.Model):
    """The code of one good piece of a batch: random, and the same for no other piece anywhere."""

    personal_data = NONE

    code = models.CharField(max_length=12, primary_key=True)
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="labels", db_index=False
    )
    piece = models.IntegerField()
    minted_at = models.DateTimeField()
    minted_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "piece"], name="production_piecelabel_once"),
            models.CheckConstraint(
                condition=Q(piece__gte=1), name="production_piecelabel_counts_from_one"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^L-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$"),
                name="production_piecelabel_code_is_one",
            ),
        ]
        triggers: ClassVar = [no_more_than_pieces, *FACTS]

    def __str__(self) -> str:
        return self.code
