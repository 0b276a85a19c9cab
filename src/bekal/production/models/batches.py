"""What was made on which day, by whom by code, and what was said of it later."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.production.models import batch_promises as promises
from bekal.production.models.capacity import Workshop
from bekal.production.rules import NOTE_LENGTH, PARTNER_LENGTH, ModelOfWork


class BatchBook(models.Model):
    """The number of a unit's last batch; its row orders what is said of the unit's days."""

    personal_data = NONE

    unit = models.OneToOneField(
        "places.Place", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    last_number = models.IntegerField()

    class Meta:
        triggers: ClassVar = [promises.only_by_batches, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.last_number}"


class Batch(models.Model):
    """Pieces of a product that a workshop made on a day. Never changed; corrections point at it.

    The id is the key of its form. `number` counts within the unit, by its trigger. `partner` is an
    organisation. `xid` is the transaction that wrote it, in which alone its shares are written.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.IntegerField()
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_on = models.DateField()
    good = models.IntegerField()
    rejected = models.IntegerField()
    model = models.CharField(max_length=10)
    partner = models.CharField(max_length=PARTNER_LENGTH, blank=True)
    expires_on = models.DateField(null=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    xid = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "number"], name="production_batch_number_once"),
            models.CheckConstraint(
                condition=Q(good__gte=0, rejected__gte=0) & Q(good__gt=-F("rejected")),
                name="production_batch_has_pieces",
            ),
            models.CheckConstraint(
                condition=Q(model__in=[model.value for model in ModelOfWork]),
                name="production_batch_model_known",
            ),
            models.CheckConstraint(
                condition=(Q(model=ModelOfWork.PARTNER) & ~Q(partner=""))
                | (~Q(model=ModelOfWork.PARTNER) & Q(partner="")),
                name="production_batch_partner_of_a_partners_order",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("made_on")),
                name="production_batch_expires_later",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["product", "made_on", "number"], name="production_batch_of_product"
            ),
            models.Index(fields=["unit", "-made_on", "-number"], name="production_batch_newest"),
        ]
        triggers: ClassVar = [promises.takes_its_number, promises.has_shares, *FACTS]

    def __str__(self) -> str:
        return f"{self.number}: {self.good} of {self.product_id}"


class BatchShare(models.Model):
    """How many minutes a maker, known by code, worked on a batch; premi follows it."""

    personal_data = NONE

    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="shares", db_index=False
    )
    maker = models.ForeignKey("people.Maker", on_delete=models.PROTECT, related_name="+")
    minutes = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "maker"], name="production_batchshare_once"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0), name="production_batchshare_has_minutes"
            ),
        ]
        triggers: ClassVar = [promises.worked_there, *FACTS]

    def __str__(self) -> str:
        return f"{self.minutes} of {self.maker_id}"


class BatchCorrection(models.Model):
    """So many pieces more or fewer were good or rejected than was written, and why."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="corrections")
    good_change = models.IntegerField()
    rejected_change = models.IntegerField()
    reason = models.CharField(max_length=NOTE_LENGTH)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(good_change=0) | ~Q(rejected_change=0),
                name="production_batchcorrection_changes",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="production_batchcorrection_says_why"
            ),
        ]
        triggers: ClassVar = [promises.leaves_pieces, *FACTS]

    def __str__(self) -> str:
        return f"{self.good_change} good, {self.rejected_change} rejected of {self.batch_id}"


class NoProduction(models.Model):
    """That a unit made nothing on a day, unless it was withdrawn."""

    personal_data = NONE

    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "day"],
                condition=Q(withdrawn_at__isnull=True),
                name="production_noproduction_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="production_noproduction_withdrawn_at_and_by",
            ),
        ]
        triggers: ClassVar = [
            promises.nothing_was_made,
            promises.only_withdrawn,
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} on {self.day}"
