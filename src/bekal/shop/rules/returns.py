"""What a buyer may send back, until when and why; and what a unit may do about it. Pure.

The rules are data: a kind of goods, the faults that are taken, and days after receipt.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from bekal.foundation.refusals import Refused

TEXT_LENGTH = 1000
REASON_LENGTH = 200
LAW = "UU 8/1999 (Perlindungan Konsumen), Pasal 4 huruf h dan Pasal 19"
ASSUMED_RECEIVED = dt.timedelta(days=14)
"""A parcel that nobody complained of for so long is taken as received."""


class Fault(StrEnum):
    """What is wrong with what came, or did not come; that it is GONE its unit alone can say."""

    DAMAGED = "damaged"
    WRONG = "wrong"
    MISSING = "missing"
    SPOILED = "spoiled"
    LOST = "lost"
    UNWANTED = "unwanted"
    GONE = "gone"


FAULT_LABELS: Mapping[Fault, StrOrPromise] = {
    Fault.DAMAGED: gettext_lazy("Rusak saat sampai"),
    Fault.WRONG: gettext_lazy("Bukan yang saya pesan"),
    Fault.MISSING: gettext_lazy("Jumlahnya kurang"),
    Fault.SPOILED: gettext_lazy("Basi, berjamur, atau kemasannya terbuka"),
    Fault.LOST: gettext_lazy("Belum sampai"),
    Fault.UNWANTED: gettext_lazy("Tidak cocok, saya berubah pikiran"),
    Fault.GONE: gettext_lazy("Tidak bisa dipenuhi bengkel"),
}
NEVER_CAME = frozenset({Fault.MISSING, Fault.LOST, Fault.GONE})
"""Faults of goods that the buyer does not have: nothing can be sent back."""


class Verdict(StrEnum):
    """How a problem is answered."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class WhereGoods(StrEnum):
    """What is to become of the goods of an accepted problem."""

    RETURN = "return"
    KEEP = "keep"
    HERE = "here"


WHERE_LABELS: Mapping[WhereGoods, StrOrPromise] = {
    WhereGoods.RETURN: gettext_lazy("Dikirim kembali ke bengkel"),
    WhereGoods.KEEP: gettext_lazy("Tidak perlu kembali"),
    WhereGoods.HERE: gettext_lazy("Masih ada di bengkel"),
}


class ProblemState(StrEnum):
    """How a problem stands, as it follows from its facts."""

    OPEN = "open"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    AWAITING_GOODS = "awaiting_goods"
    TO_REFUND = "to_refund"
    OWED = "owed"
    PAID = "paid"
    CREDITED = "credited"


STATE_LABELS: Mapping[ProblemState, StrOrPromise] = {
    ProblemState.OPEN: gettext_lazy("Menunggu jawaban bengkel"),
    ProblemState.REFUSED: gettext_lazy("Tidak diterima"),
    ProblemState.WITHDRAWN: gettext_lazy("Ditarik kembali"),
    ProblemState.AWAITING_GOODS: gettext_lazy("Diterima, menunggu barang kembali"),
    ProblemState.TO_REFUND: gettext_lazy("Diterima, uang sedang diurus"),
    ProblemState.OWED: gettext_lazy("Uang akan dikembalikan"),
    ProblemState.PAID: gettext_lazy("Uang sudah dikembalikan"),
    ProblemState.CREDITED: gettext_lazy("Faktur sudah dikurangi"),
}
WORK = frozenset({ProblemState.OPEN, ProblemState.AWAITING_GOODS, ProblemState.TO_REFUND})
"""Problems that wait for somebody of the unit."""
REJECTED = frozenset({ProblemState.REFUSED, ProblemState.WITHDRAWN})
"""Problems whose pieces may be reported again."""


class GoodsKind(StrEnum):
    """What decides about taking goods back."""

    STOCK = "stock"
    MADE = "made"
    FOOD = "food"


@dataclass(frozen=True)
class ReturnRule:
    """For one kind of goods: the faults that are taken and how many days after receipt."""

    days: int
    faults: frozenset[Fault]
    sentence: StrOrPromise


RETURN_RULES: Mapping[GoodsKind, ReturnRule] = {
    GoodsKind.STOCK: ReturnRule(
        7,
        frozenset({Fault.DAMAGED, Fault.WRONG, Fault.MISSING, Fault.LOST, Fault.UNWANTED}),
        gettext_lazy("Bisa dikembalikan dalam 7 hari sejak diterima, juga bila tidak cocok."),
    ),
    GoodsKind.MADE: ReturnRule(
        7,
        frozenset({Fault.DAMAGED, Fault.WRONG, Fault.MISSING, Fault.LOST}),
        gettext_lazy(
            "Dibuat untuk Anda: bisa dikembalikan dalam 7 hari bila rusak, salah, atau kurang."
        ),
    ),
    GoodsKind.FOOD: ReturnRule(
        3,
        frozenset({Fault.SPOILED, Fault.WRONG, Fault.MISSING, Fault.LOST}),
        gettext_lazy(
            "Makanan: laporkan dalam 3 hari sejak diterima bila basi, salah, atau kurang."
        ),
    ),
}


class ProblemRefused(Refused):
    """A problem that cannot be reported, answered or settled as asked."""


class Window(StrEnum):
    """Whether a fault of some goods may still be reported, or why not."""

    OPEN = "open"
    NOT_TAKEN = "not_taken"
    OVER = "over"
    TOO_EARLY = "too_early"


def window_of(
    *, kind: GoodsKind, fault: Fault, received_on: dt.date | None, today: dt.date
) -> Window:
    """Whether a fault may be reported today; `received_on` is None while it is under way.

    What never came may be told at any time before receipt; what came, on its last day still.
    """
    rule = RETURN_RULES[kind]
    if fault not in rule.faults:
        return Window.NOT_TAKEN
    if received_on is None:
        return Window.OPEN if fault is Fault.LOST else Window.TOO_EARLY
    if today > received_on + dt.timedelta(days=rule.days):
        return Window.OVER
    return Window.OPEN


def last_day(*, kinds: Iterable[GoodsKind], received_on: dt.date) -> dt.date | None:
    """The last day on which anything of a part may be reported; None for no goods."""
    days = [RETURN_RULES[kind].days for kind in kinds]
    return received_on + dt.timedelta(days=max(days)) if days else None


def faults_to_report(*, kinds: Iterable[GoodsKind], is_there: bool) -> frozenset[Fault]:
    """The faults that goods of these kinds may have now: on the way only that they are lost."""
    if not is_there:
        return frozenset({Fault.LOST})
    return frozenset().union(*(RETURN_RULES[kind].faults for kind in kinds)) - {Fault.LOST}


def refuse_unless_open(window: Window, *, name: str, kind: GoodsKind) -> None:
    """Raise ProblemRefused with the rule of the goods, at the lines, unless it is open."""
    if window is Window.OPEN:
        return
    words = {
        Window.NOT_TAKEN: _("%(name)s tidak bisa dikembalikan karena alasan ini. %(rule)s"),
        Window.OVER: _("%(name)s: waktu melapornya sudah lewat. %(rule)s"),
        Window.TOO_EARLY: _(
            "%(name)s belum tercatat diterima. Tandai diterima dulu, atau pilih Belum sampai."
        ),
    }[window]
    told = words % {"name": name, "rule": RETURN_RULES[kind].sentence}
    raise ProblemRefused(told, field="lines")


def state_of(
    *,
    verdict: Verdict | None,
    are_goods_settled: bool,
    is_refunded: bool,
    is_credited: bool,
    is_paid: bool,
) -> ProblemState:
    """How a problem stands, by which of its facts are there."""
    if verdict is None:
        return ProblemState.OPEN
    if verdict is not Verdict.ACCEPTED:
        return ProblemState(verdict.value)
    if not are_goods_settled:
        return ProblemState.AWAITING_GOODS
    if not is_refunded:
        return ProblemState.TO_REFUND
    owed = ProblemState.PAID if is_paid else ProblemState.OWED
    return ProblemState.CREDITED if is_credited else owed
