"""What kind of work a workshop does, and its tools. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation.refusals import Refused
from bekal.production.rules.goods import NOTE_LENGTH

TOOL_NAME = 80
MOST_TOOLS = 10_000


class Trade(StrEnum):
    """The five kinds of workshops."""

    CRAFT = "craft"
    MANUFACTURE = "manufacture"
    AGRIBUSINESS = "agribusiness"
    SERVICES = "services"
    ART = "art"


TRADE_LABELS = {
    Trade.CRAFT: "Kerajinan",
    Trade.MANUFACTURE: "Manufaktur",
    Trade.AGRIBUSINESS: "Agribisnis",
    Trade.SERVICES: "Jasa",
    Trade.ART: "Seni",
}


class Condition(StrEnum):
    """How tools are."""

    GOOD = "good"
    WORN = "worn"
    BROKEN = "broken"


CONDITION_LABELS = {
    Condition.GOOD: "Baik",
    Condition.WORN: "Perlu perawatan",
    Condition.BROKEN: "Rusak",
}
CONDITION_KINDS = {Condition.GOOD: "ok", Condition.WORN: "warn", Condition.BROKEN: "bad"}
"""The colour of each, as ui's tags name it."""


class ToolRefused(Refused):
    """A tool that cannot be written down like this."""


@dataclass(frozen=True)
class NewTool:
    """What is said of a tool of a workshop: how many there are, how they are, since when."""

    name: str
    count: int
    condition: Condition
    since: dt.date
    note: str


def check_tool(new: NewTool, *, today: dt.date) -> None:
    """Refuse a tool without a name, a count that no workshop has, or a day to come."""
    if not new.name:
        raise ToolRefused("Isi nama alat, misalnya Mesin jahit.", field="name")
    if len(new.name) > TOOL_NAME:
        raise ToolRefused(f"Nama alat paling panjang {TOOL_NAME} huruf.", field="name")
    if not 0 <= new.count <= MOST_TOOLS:
        raise ToolRefused("Isi jumlahnya, 0 kalau sudah tidak ada.", field="count")
    if new.since > today:
        raise ToolRefused("Tanggal ini belum tiba.", field="since")
    if len(new.note) > NOTE_LENGTH:
        raise ToolRefused(f"Catatan paling panjang {NOTE_LENGTH} huruf.", field="note")
