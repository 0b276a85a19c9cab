"""A problem as it arrives, how it is answered, and what that comes to. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from bekal.foundation.messages import frozen_bytes
from bekal.sales.rules import Goods
from bekal.shop.rules.returns import (
    NEVER_CAME,
    REASON_LENGTH,
    TEXT_LENGTH,
    Fault,
    ProblemRefused,
    Verdict,
    WhereGoods,
)

MOST_PHOTO_MIB = 10
MOST_OPEN = 5
"""How many problems of one part may wait for an answer at once."""
FAULTS_OF_UNIT = frozenset(Fault) - {Fault.UNWANTED}
"""Faults that are not the buyer's change of mind: shipping may go back too."""


@dataclass(frozen=True)
class NewProblem:
    """A problem as a buyer tells it; `key` becomes its id, `pieces` maps lines to how many.

    `photo` was checked and encoded anew already.
    """

    key: UUID
    part_id: UUID
    fault: Fault
    pieces: Mapping[int, int]
    text: str = ""
    photo: bytes | None = None

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat. It may name a person: keep it sealed."""
        said = {**vars(self), "pieces": {str(k): n for k, n in self.pieces.items()}}
        return frozen_bytes({**said, "photo": (self.photo or b"").hex()})


@dataclass(frozen=True)
class NewAnswer:
    """How a unit answers a problem; `pieces` maps lines to how many are taken back."""

    verdict: Verdict
    reason: str = ""
    where: WhereGoods | None = None
    pieces: Mapping[int, int] = field(default_factory=dict)
    shipping: int = 0


@dataclass(frozen=True)
class Settled:
    """What became of the pieces of one line: sold again, or not."""

    to_stock: int
    written_off: int

    @property
    def pieces(self) -> int:
        """All of them."""
        return self.to_stock + self.written_off


def goods_source(problem_id: UUID | str, goods: Goods) -> str:
    """The text key under which the goods of a problem moved when they came, named by its refund.

    What may be sold again and what was written off have one each: premi asks which of them it was.
    """
    return f"{'goodsback' if goods is Goods.BACK else 'goodslost'}:{problem_id}"


def check_problem(problem: NewProblem, *, most: Mapping[int, int], open_problems: int) -> None:
    """Refuse a problem of nothing, of more than is left of a line, or one too many.

    `most` maps the lines of the part to the pieces that no other problem has taken.
    """
    if open_problems >= MOST_OPEN:
        raise ProblemRefused(_("Tunggu jawaban bengkel atas laporan Anda yang lain dulu."))
    if not any(problem.pieces.values()):
        raise ProblemRefused(_("Isi berapa barang yang bermasalah."), field="lines")
    if any(pieces < 0 for pieces in problem.pieces.values()):
        raise ProblemRefused(_("Jumlah barang paling sedikit 0."), field="lines")
    if not problem.pieces.keys() <= most.keys():
        raise ProblemRefused(_("Barang ini tidak ada di paket ini."), field="lines")
    for line, pieces in problem.pieces.items():
        if pieces > most[line]:
            words = _("Paling banyak %(most)s yang masih bisa dilaporkan. Kurangi jumlahnya.")
            raise ProblemRefused(words % {"most": most[line]}, field="lines")
    if len(problem.text) > TEXT_LENGTH:
        words = _("Ceritanya paling panjang %(most)s huruf. Singkat tulisannya.")
        raise ProblemRefused(words % {"most": TEXT_LENGTH}, field="text")


def check_answer(
    answer: NewAnswer, *, reported: Mapping[int, int], fault: Fault, shipping_left: int
) -> None:
    """Refuse an answer that takes more than was reported, or gives nothing, or has no reason."""
    check_reason(answer.reason)
    if answer.verdict is Verdict.REFUSED and not answer.reason.strip():
        raise ProblemRefused("Tulis alasannya. Pembeli membacanya.", field="reason")
    if answer.verdict is not Verdict.ACCEPTED:
        return
    if answer.where is None:
        raise ProblemRefused("Pilih apa yang terjadi dengan barangnya.", field="where")
    if answer.where is WhereGoods.RETURN and fault in NEVER_CAME:
        raise ProblemRefused(
            "Barang yang tidak sampai tidak bisa dikirim kembali. Pilih yang lain.", field="where"
        )
    _check_taken(answer, reported=reported, shipping_left=shipping_left)


def _check_taken(answer: NewAnswer, *, reported: Mapping[int, int], shipping_left: int) -> None:
    if any(not 0 <= n <= reported.get(line, 0) for line, n in answer.pieces.items()):
        raise ProblemRefused(
            "Jumlah yang diterima paling banyak sebanyak yang dilaporkan.", field="pieces"
        )
    if not 0 <= answer.shipping <= shipping_left:
        raise ProblemRefused("Ongkos kirim yang kembali lebih dari yang dibayar.", field="shipping")
    if not any(answer.pieces.values()) and not answer.shipping:
        raise ProblemRefused("Isi barang atau ongkos kirim yang dikembalikan.", field="pieces")
    is_less = any(answer.pieces.get(line, 0) < pieces for line, pieces in reported.items())
    if is_less and not answer.reason.strip():
        words = "Tulis mengapa tidak semuanya diterima. Pembeli membacanya."
        raise ProblemRefused(words, field="reason")


def check_reason(reason: str) -> None:
    """Refuse a reason that is too long to be read by the buyer."""
    if len(reason) > REASON_LENGTH:
        raise ProblemRefused(f"Alasan paling panjang {REASON_LENGTH} huruf.", field="reason")


def check_goods(goods: Mapping[int, Settled], *, taken: Mapping[int, int], reason: str) -> None:
    """Refuse goods that are not those that were taken back, and a loss without a reason."""
    check_reason(reason)
    told = {line: each.pieces for line, each in goods.items()}
    if told != dict(taken) or any(min(vars(each).values()) < 0 for each in goods.values()):
        raise ProblemRefused("Jumlahnya harus sama dengan yang diterima kembali.", field="goods")
    if any(each.written_off for each in goods.values()) and not reason.strip():
        raise ProblemRefused("Tulis mengapa barangnya tidak bisa dijual lagi.", field="reason")


def at_once(pieces: Mapping[int, int], where: WhereGoods) -> tuple[dict[int, Settled], bool]:
    """What becomes of goods that need not come back, and whether that is known already."""
    taken = {line: n for line, n in pieces.items() if n}
    if where is WhereGoods.RETURN and taken:
        return {}, False
    is_here = where is WhereGoods.HERE
    return {n: Settled(k if is_here else 0, 0 if is_here else k) for n, k in taken.items()}, True
