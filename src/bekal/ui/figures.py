"""Shares of a sum as pieces of a band, in thousandths of its width."""

from collections.abc import Sequence
from dataclasses import dataclass

BAND_WIDTH = 1000
TONES = 6


@dataclass(frozen=True)
class Part:
    """A piece of the band: rupiah, thousandths from the left, share in whole percent."""

    label: str
    amount: int
    tone: int
    start: int
    width: int
    percent: int


def parts_of(amounts: Sequence[tuple[str, int]]) -> list[Part]:
    """Lay amounts (rupiah, none negative) side by side; the widths fill the band exactly.

    Percents are rounded each by itself, so they may not add up to 100; amounts always add up.
    Raises ValueError for a negative amount, which a band can't show.
    """
    if any(amount < 0 for _, amount in amounts):
        raise ValueError("a band shows no negative amount")
    total = sum(amount for _, amount in amounts)
    parts, before = [], 0
    for position, (label, amount) in enumerate(amounts):
        start = thousandths(before, total)
        before += amount
        parts.append(
            Part(
                label=label,
                amount=amount,
                tone=position % TONES + 1,
                start=start,
                width=thousandths(before, total) - start,
                percent=(200 * amount + total) // (2 * total) if total else 0,
            )
        )
    return parts


def thousandths(amount: int, total: int) -> int:
    """How far an amount reaches along a whole, in thousandths of it; 0 for nothing or less."""
    return BAND_WIDTH * min(max(amount, 0), total) // total if total > 0 else 0
