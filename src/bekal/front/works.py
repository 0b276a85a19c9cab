"""The works of the desk: how long each takes, learned from the unit's last ones or by our estimate.

A duration begins when the page of a form is opened and ends when its act is done. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bekal.foundation.paces import PACES, learned_minutes


@dataclass(frozen=True)
class Work:
    """A kind of work in the words of the desk, our estimate in minutes, and where it is timed.

    `together`: one form does as many of them as there are, so that what is learned holds for all.
    """

    words: str
    estimate: int
    door: str = ""
    together: bool = False


RECORD_SALE = Work("mencatat penjualan", 3, "sales.record")
REPORT_DAY = Work("melaporkan satu hari", 1, "front.report_day")
CHECK_CONFLICT = Work("memeriksa satu kiriman ganda", 2, "front.settle_conflict")
MAKE = Work("mencatat hasil produksi", 3, "production.batch")
HARVEST = Work("mencatat satu panen", 2, "production.harvest")
RECEIVE_GOODS = Work("menerima satu transfer", 2, "production.receive_transfer")
COUNT_GOODS = Work("menghitung stok", 2, "production.count", together=True)
COUNT_MATERIAL = Work("menghitung satu bahan", 2, "production.material_count")
PREPARE = Work("menyiapkan satu pesanan", 2, "shop.prepare")
"""At the desk; fetching and wrapping are the workshop's."""
HAND_OVER = Work("menyerahkan satu pesanan", 1, "shop.hand_over")
CONFIRM = Work("mengonfirmasi satu pesanan", 1, "shop.confirm")
TELL = Work("mengirim satu kabar", 1, "shop.tell")
PROBLEM = Work("mengurus satu laporan masalah", 3)
REFUND = Work("menyetujui satu pengembalian", 3)
ANSWER = Work("menjawab satu permintaan lembaga", 2, "institutions.answer")
ANSWER_ABROAD = Work("menjawab satu pertanyaan dari luar negeri", 2, "institutions.reply")
VISIT = Work("melayani satu janji", 2)
SUPPLY = Work("mencatat satu kiriman pasokan", 2)
COUNT_CASH = Work("mencocokkan kas", 2, "treasury.count_cash")
CLEAR = Work("memutuskan satu selisih kas", 3, "treasury.decide_clearing")
MATCH = Work("mencocokkan satu uang masuk", 1, "payments.apply_receipt")
PAY_BACK = Work("membayar satu pengembalian", 3, "payments.pay_out")
CLAIM = Work("menagih satu faktur", 3)
BILL = Work("mencatat satu kode billing", 3, "treasury.bill_deposit")
DEPOSIT = Work("mencatat satu setoran PNBP", 3, "treasury.pay_deposit")
PREMI_PREPARE = Work("menyiapkan pembayaran premi", 3, "treasury.premi_run")
PREMI_APPROVE = Work("menyetujui satu pembayaran premi", 3, "treasury.approve_run")
PREMI_PAY = Work("membayar satu pembayaran premi", 3, "treasury.pay_run")
SAVINGS = Work("membayarkan tabungan satu pembuat", 3, "treasury.savings")
PREMI_OVERPAID = Work("menyelesaikan satu kelebihan premi", 3)
PREMI_CLEAR = Work("memutuskan satu kelebihan premi", 3)
RECEIVE = Work("menerima satu pembuat", 2, "people.receive")
WORKS = tuple(each for each in globals().copy().values() if isinstance(each, Work))
TIMED = tuple(work.door for work in WORKS if work.door)


@dataclass(frozen=True)
class Effort:
    """So many of a work at so many minutes each; `is_learned`: as the unit's last ones took."""

    work: Work
    each: int
    times: int
    is_learned: bool

    @property
    def minutes(self) -> int:
        """About how long all of them take."""
        return self.each if self.work.together and self.is_learned else self.each * self.times

    @property
    def said(self) -> str:
        """What it is and how long one takes, for people."""
        return f"{self.work.words} {self.each} menit"


def effort(took: Mapping[str, Iterable[timedelta]], work: Work, times: int = 1) -> Effort:
    """How long a work takes: by how long its last took by door, or by our estimate."""
    learned = learned_minutes(took.get(work.door, ()))
    return Effort(work, learned or work.estimate, times, is_learned=learned is not None)


def sources(efforts: Iterable[Effort]) -> list[str]:
    """Where the minutes of efforts come from, in sentences."""
    found = dict.fromkeys(efforts)
    learned, guessed = (
        ", ".join(dict.fromkeys(one.said for one in found if one.is_learned is which))
        for which in (True, False)
    )
    kept = f"Dipelajari dari paling banyak {PACES} pengerjaan terakhir di unit ini (nilai tengah)"
    ours = "Taksiran kami, belum cukup dikerjakan untuk diukur"
    return [f"{words}: {what}." for words, what in ((kept, learned), (ours, guessed)) if what]
