"""The newest sales and the classes of buyers; never a person."""

from dataclasses import dataclass

from django.utils.translation import gettext

from bekal.campaigns.queries import BuyerShare, TickerLine
from bekal.campaigns.shown.scales import clock, iso
from bekal.sales.rules import BuyerClass
from bekal.ui import filters

_TONES = {BuyerClass.PUBLIC: 1, BuyerClass.OFFICER: 2, BuyerClass.INSTITUTION: 3}


@dataclass(frozen=True)
class Line:
    """A line of the ticker."""

    at: str
    at_iso: str
    name: str
    words: str
    amount: int
    place: str
    is_refund: bool


@dataclass(frozen=True)
class Buyer:
    """A class of buyers as a piece of the bar."""

    name: str
    tone: int
    percent: int
    width: str


def line_of(line: TickerLine) -> Line:
    """A receipt in words: its largest product, how many of it, how many other products."""
    words = line.name
    if line.pieces > 1:
        words = gettext("%(name)s, %(pieces)s buah") % {
            "name": line.name,
            "pieces": filters.ribuan(line.pieces),
        }
    if line.others:
        words = gettext("%(words)s, dan %(others)s lainnya") % {
            "words": words,
            "others": line.others,
        }
    if line.is_refund:
        words = gettext("Batal atau kembali: %(words)s") % {"words": words}
    return Line(
        at=clock(line.at),
        at_iso=iso(line.at),
        name=line.name,
        words=words,
        amount=-line.amount if line.is_refund else line.amount,
        place=line.place,
        is_refund=line.is_refund,
    )


def buyer_of(share: BuyerShare) -> Buyer:
    """A class of buyers with its name and tone."""
    names = {
        BuyerClass.PUBLIC: gettext("Umum"),
        BuyerClass.OFFICER: gettext("Pegawai"),
        BuyerClass.INSTITUTION: gettext("Lembaga"),
    }
    kind = share.buyer_class
    return Buyer(names[kind], _TONES[kind], share.percent, f"{share.percent}%")
