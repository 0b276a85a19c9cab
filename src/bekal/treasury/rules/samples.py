"""Drawing receipts at random so that anybody can draw them again. Pure."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation.clock import Period
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused

SEED_LENGTH = 40
METHOD_LENGTH = 20
TEXT_LENGTH = 500
MOST = 500
METHOD = "sha256-1"
METHOD_WORDS = (
    "Setiap nota dari masa itu, yang sudah tercatat pada saat acuan, diberi angka SHA-256 dari "
    "teks “benih:id nota” (UTF-8). Nota diurutkan menurut angka itu, lalu diambil dari depan."
)
_SETTLED = dt.timedelta(minutes=1)


class Verdict(StrEnum):
    """What an auditor found of a receipt."""

    AGREES = "agrees"
    REMARK = "remark"


VERDICT_LABELS = {Verdict.AGREES: "Sesuai", Verdict.REMARK: "Ada catatan"}


class SampleRefused(Refused):
    """A sample or a finding that cannot be."""


@dataclass(frozen=True)
class NewSample:
    """What is asked for: receipts of a place's units and of days, how many, by which seed."""

    key: UUID
    place_id: int
    period: Period
    size: int
    seed: str

    @property
    def asked(self) -> Mapping[str, object]:
        """The content, for comparing a repeat."""
        return {
            "place": self.place_id,
            "first": self.period.first,
            "last": self.period.last,
            "size": self.size,
            "seed": self.seed,
        }

    def frozen(self) -> bytes:
        """The content written down."""
        return frozen_bytes(self.asked)


def as_of_now(now: dt.datetime) -> dt.datetime:
    """The instant up to which receipts are drawn: the minute before last has been written whole."""
    return now.replace(second=0, microsecond=0) - _SETTLED


def rank(*, seed: str, sale_id: UUID) -> str:
    """The number by which a receipt is drawn, as hexadecimal text; the smallest come first.

    PostgreSQL computes the same (see queries.samples).
    """
    return hashlib.sha256(f"{seed}:{sale_id}".encode()).hexdigest()
