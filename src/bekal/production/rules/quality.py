"""What is looked at before goods go out, and codes of pieces. Pure."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.production.rules.goods import NOTE_LENGTH

POINT_LENGTH = 120
LABEL_PREFIX = "L"
MOST_LABELS = 500
"""How many labels one batch has at most."""


class QualityRefused(Refused):
    """A point or a check that cannot be written like this."""


@dataclass(frozen=True)
class NewPoint:
    """What is looked at: of all products of a unit, of a category (its code), or of one product."""

    text: str
    category: str
    product_id: int | None
    valid_from: dt.date


@dataclass(frozen=True)
class Finding:
    """Whether a batch passed at a point, and what was seen."""

    point_id: int
    passed: bool
    note: str = ""


@dataclass(frozen=True)
class NewCheck:
    """What a check of a batch found; `rejects` of its good pieces did not pass."""

    key: UUID
    batch_id: UUID
    findings: tuple[Finding, ...]
    rejects: int

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        found = [[each.point_id, each.passed, each.note] for each in self.findings]
        said = {"batch": self.batch_id, "findings": found, "rejects": self.rejects}
        return frozen_bytes(said)


def check_point(point: NewPoint) -> None:
    """Refuse a point that says nothing, or is of two kinds. Raises QualityRefused."""
    if not point.text.strip():
        raise QualityRefused("Isi apa yang diperiksa, misalnya jahitan rapat.", field="text")
    if len(point.text.strip()) > POINT_LENGTH:
        raise QualityRefused(f"Paling panjang {POINT_LENGTH} huruf.", field="text")
    if point.category and point.product_id:
        raise QualityRefused("Pilih kategori atau produk, jangan keduanya.", field="product")


def check_findings(new: NewCheck, *, points: frozenset[int], good: int) -> None:
    """Refuse a check that leaves a point out, or rejects more than there is.

    Raises QualityRefused with the field.
    """
    if {each.point_id for each in new.findings} != points or len(new.findings) != len(points):
        raise QualityRefused("Jawab setiap titik periksa.", field="findings")
    if not 0 <= new.rejects <= good:
        raise QualityRefused(f"Yang tidak lulus antara 0 dan {good}.", field="rejects")
    if new.rejects and all(each.passed for each in new.findings):
        raise QualityRefused("Pilih titik mana yang tidak lulus.", field="findings")
    if any(len(each.note.strip()) > NOTE_LENGTH for each in new.findings):
        raise QualityRefused(f"Catatan paling panjang {NOTE_LENGTH} huruf.", field="findings")
