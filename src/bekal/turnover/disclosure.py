"""What the public sees of small numbers. Pure.

A sum over fewer than five receipts would tell of single purchases. It is hidden, never told as 0;
and where it stands alone in a list whose whole is public, the next smallest is hidden with it, or
subtraction would bring it back. Source: reference ux.md, page 17; opensafely ehrql issue 1666.
"""

from collections.abc import Sequence

from bekal.turnover.rules import Total

SMALLEST_CELL = 5


def weight(total: Total) -> int:
    """How many facts a sum tells of: its receipts, or its refunds where it has no receipt."""
    return total.receipts or total.refunds


def is_small(receipts: int) -> bool:
    """Whether a sum of so many receipts is hidden. No receipt at all is nothing to hide."""
    return 0 < receipts < SMALLEST_CELL


def hidden_of(receipts: Sequence[int]) -> frozenset[int]:
    """Which places of a list of sums that add up to a public whole are hidden."""
    hidden = {index for index, count in enumerate(receipts) if is_small(count)}
    if len(hidden) == 1:
        others = [index for index, count in enumerate(receipts) if count and index not in hidden]
        if others:
            hidden.add(min(others, key=lambda index: (receipts[index], index)))
    return frozenset(hidden)
