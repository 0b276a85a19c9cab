"""How much of premi is saved, and the fixed sums that are agreed on beside shares of sales. Pure.

PP 32/1999 art. 29: premi is deposited and recorded in the lapas, and given for basic needs inside
or for the way home. SE Dirjen PAS1.PK.01.04-87 of 2010: a quarter may be used inside. Others save a
half (Lapas Cirebon 2025). So the part is a dated decision of the unit, with its ground.
"""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.foundation.splitting import split_by_largest_remainder
from bekal.ledger.rules import AccountKind

NAME_LENGTH = 80
NUMBER_LENGTH = 80
CITATION_LENGTH = 200
WHOLE = 100
_FIRST_TIME = 2


class AgreementKind(StrEnum):
    """What a fixed sum is for."""

    MONTHLY = "monthly"
    PER_PIECE = "per_piece"


AGREEMENT_LABELS = {
    AgreementKind.MONTHLY: "Tetap setiap bulan",
    AgreementKind.PER_PIECE: "Setiap potong",
}
FUNDS = {
    AccountKind.OPERATING: "Operasional",
    AccountKind.PARTNER_PAYABLE: "Bagian mitra",
    AccountKind.CAPITAL: "Dana penunjang bengkel",
}
"""Whose money may pay for an agreement."""


class TermsRefused(Refused):
    """A saving rule or an agreement that cannot be as it was typed."""


@dataclass(frozen=True)
class NewSaving:
    """How many percent are saved, by which ground, from which day."""

    percent: int
    citation: str
    valid_from: dt.date


@dataclass(frozen=True)
class NewAgreement:
    """A fixed sum as it arrives: a month for a workshop, or a piece for a product."""

    name: str
    kind: AgreementKind
    amount: int
    account: AccountKind
    number: str
    citation: str
    first: dt.date
    workshop_id: int | None = None
    product_id: int | None = None


@dataclass(frozen=True)
class Worked:
    """That a maker worked from a day to a day (None: still), both included."""

    maker: str
    first: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class Claim:
    """What a maker has by an agreement: `days` of `days_of_all`, or minutes of a batch."""

    maker: str
    part: int
    of_all: int
    amount: int


def saved_and_usable(earned: int, *, percent: int) -> tuple[int, int]:
    """Premi in two parts, saved and usable, that sum to it; by largest remainder."""
    saved, usable = split_by_largest_remainder(earned, [percent, WHOLE - percent])
    return saved, usable


def of_a_month(
    amount: int, *, month: dt.date, worked: Sequence[Worked], during: tuple[dt.date, dt.date]
) -> list[Claim]:
    """What each maker has of a month: the whole sum, or the part of the days that they worked.

    `month` is its first day, `during` the first and the last day of the agreement in it. Days
    count once however often work was given; what is no whole rupiah is left off.
    """
    days = calendar.monthrange(month.year, month.month)[1]
    first, last = max(month, during[0]), min(month.replace(day=days), during[1])
    spent: dict[str, set[int]] = {}
    for one in worked:
        begins, ends = max(one.first, first), min(one.until or last, last)
        spent.setdefault(one.maker, set()).update(range(begins.toordinal(), ends.toordinal() + 1))
    return [
        Claim(maker, len(there), days, amount * len(there) // days)
        for maker, there in sorted(spent.items())
        if there
    ]


def changed_claims(claims: Sequence[Claim], *, before: Mapping[str, Claim]) -> list[Claim]:
    """What makers have of a month beyond what they were given of it; may be less than nothing.

    `before` is what stands of each maker. A change of an amount comes of days that differ, and
    tells by how many.
    """
    now = {claim.maker: claim for claim in claims}
    found = []
    for maker in sorted({*now, *before}):
        of_all = (now.get(maker) or before[maker]).of_all
        nothing = Claim(maker, 0, of_all, 0)
        stands, was = now.get(maker, nothing), before.get(maker, nothing)
        if stands.amount != was.amount:
            days = abs(stands.part - was.part)
            found.append(Claim(maker, days, of_all, stands.amount - was.amount))
    return found


def claim_source(agreement_id: int, of: str, times: int) -> str:
    """The source of what is claimed of a batch, or a month, that was claimed so often before."""
    again = f":{times}" if times else ""
    return f"agreement:{agreement_id}:{of}{again}"


def is_correction(source: str) -> bool:
    """Whether something was claimed because its batch, or the work of a month, was corrected."""
    return source.startswith("agreement:") and source.count(":") > _FIRST_TIME


def of_a_batch(amount: int, *, pieces: int, shares: Sequence[tuple[str, int]]) -> list[Claim]:
    """What each maker of a batch has at so much a piece, by minutes and largest remainder."""
    minutes = [share for _, share in shares]
    amounts = split_by_largest_remainder(amount * pieces, minutes)
    return [
        Claim(maker, share, sum(minutes), part)
        for (maker, share), part in zip(shares, amounts, strict=True)
    ]


def check_saving(new: NewSaving) -> None:
    """Refuse what is no percent or has no ground. Raises TermsRefused with the field."""
    if not 0 <= new.percent <= WHOLE:
        raise TermsRefused("Isi 0 sampai 100 persen.", field="percent")
    _check_words(new.citation, longest=CITATION_LENGTH, field="citation", what="dasarnya")


def check_agreement(new: NewAgreement) -> None:
    """Refuse an agreement that is not whole. Raises TermsRefused with the field."""
    _check_words(new.name, longest=NAME_LENGTH, field="name", what="namanya")
    _check_words(new.number, longest=NUMBER_LENGTH, field="number", what="nomor perjanjiannya")
    _check_words(new.citation, longest=CITATION_LENGTH, field="citation", what="dasarnya")
    if not 0 < new.amount <= formats.LARGEST_RUPIAH:
        most = formats.rupiah(formats.LARGEST_RUPIAH)
        raise TermsRefused(f"Isi lebih dari 0 dan paling banyak {most}.", field="amount")
    if new.account not in FUNDS:
        raise TermsRefused("Pilih dana yang menanggungnya.", field="account")
    if new.kind is AgreementKind.MONTHLY and new.workshop_id is None:
        raise TermsRefused("Pilih bengkelnya.", field="workshop")
    if new.kind is AgreementKind.PER_PIECE and new.product_id is None:
        raise TermsRefused("Pilih produknya.", field="product")


def _check_words(text: str, *, longest: int, field: str, what: str) -> None:
    if not text.strip():
        raise TermsRefused(f"Isi {what}.", field=field)
    if len(text.strip()) > longest:
        raise TermsRefused(f"Paling panjang {longest} huruf.", field=field)
