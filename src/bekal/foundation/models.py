from typing import ClassVar

from django.db import models

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS


class Message(models.Model):
    """What arrived under an idempotency key: its frozen bytes and the first answer to them.

    `scope` names the unit whose work it was ("place:17") where how long that takes is learned.
    """

    personal_data = NONE

    key = models.UUIDField(primary_key=True)
    door = models.CharField(max_length=40)
    body = models.BinaryField()
    answer = models.JSONField(null=True)
    sent_by = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    scope = models.CharField(max_length=80, blank=True, default="", db_default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                "scope",
                "door",
                models.F("received_at").desc(),
                condition=~models.Q(scope=""),
                name="foundation_message_of_scope",
            )
        ]

    def __str__(self) -> str:
        return f"{self.door} {self.key}"


class MessageConflict(models.Model):
    """A second message with a known key and other bytes: kept, never carried out."""

    personal_data = NONE

    key = models.UUIDField()
    door = models.CharField(max_length=40)
    scope = models.CharField(max_length=80)
    body = models.BinaryField()
    sent_by = models.CharField(max_length=80)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scope", "-received_at"], name="foundation_conflict_scope")]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.door} {self.key}"


class ConflictCheck(models.Model):
    """A person looked at a conflict and did what had to be done; it is no task any more."""

    personal_data = NONE

    conflict = models.OneToOneField(
        MessageConflict, primary_key=True, on_delete=models.PROTECT, related_name="checked"
    )
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"conflict {self.conflict_id} by {self.checked_by}"


class Attempts(models.Model):
    """How often something was tried in a window of time; counted by one atomic statement.

    The table is unlogged: a count costs no write-ahead log, and a crash of the server forgets all
    counts, as the end of their windows would have done minutes later.
    """

    personal_data = NONE

    subject = models.CharField(max_length=120, primary_key=True)
    window_ends_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["window_ends_at"], name="foundation_attempts_window")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.count}"
