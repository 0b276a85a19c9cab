"""The deposits behind the receipts of an evidence bundle, with the papers that prove them.

Each paper is fetched when it is written, so that many are never held at once.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from bekal.treasury.bundle_tables import Codes, Row, instant
from bekal.treasury.models import DepositPayment, DepositProof
from bekal.treasury.queries.deposits import content_of

DEPOSITS = (
    "setoran",
    "unit",
    "kode_billing",
    "rupiah",
    "lebih_setor",
    "ntpn",
    "cara",
    "dibayar",
    "penjualan_tertua",
    "dicatat_pada",
    "oleh",
)
PAPERS = ("setoran", "ntpn", "berkas", "nama", "sha256", "ditambahkan_pada", "oleh")


def deposits(paid: Iterable[DepositPayment], codes: Codes) -> Iterator[Row]:
    """What was paid to the state, payment by payment."""
    for each in paid:
        yield (
            each.deposit_id,
            codes[each.deposit.unit_id][0],
            f"'{each.deposit.billing_code}",
            each.deposit.amount,
            each.overpaid,
            each.ntpn,
            each.means,
            each.paid_on,
            each.oldest_on,
            instant(each.paid_at),
            each.paid_by,
        )


def papers(kept: Iterable[DepositProof]) -> Iterator[Row]:
    """Which paper proves which deposit, and the hash that it had when it was taken in."""
    for each in kept:
        yield (
            each.deposit_id,
            each.deposit.payment.ntpn,
            _called(each),
            each.name,
            each.digest,
            instant(each.added_at),
            each.added_by,
        )


def files(kept: Iterable[DepositProof]) -> Iterator[tuple[str, bytes]]:
    """The papers themselves, by the names that `papers` tells."""
    for each in kept:
        yield _called(each), content_of(proof_id=each.pk)


def _called(paper: DepositProof) -> str:
    """Its name in the bundle, of which a person chose nothing but the ending."""
    ending = PurePath(paper.name).suffix.lower()
    return f"setoran/{paper.deposit.payment.ntpn}-{paper.pk}{ending}"
