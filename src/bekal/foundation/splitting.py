"""Dividing whole rupiah so that the parts always sum to the whole.

The method is the largest remainder (Hamilton): every part first gets its exact share rounded down,
then the rupiah still missing go one each to the parts that lost most by the rounding; between equal
losses the earlier part goes first. Worked examples:

    Rp100 by 50, 35, 15        50, 35, 15      nothing to round
    Rp101 by 50, 35, 15        51, 35, 15      lost .50, .35, .15: the first gains
    Rp10 by 1, 1, 1            4, 3, 3         equal losses: the earlier part goes first
    Rp1 by 50, 35, 15          1, 0, 0
    Rp0 by 50, 35, 15          0, 0, 0
    Rp99.999 by 50, 15, 35     49.999, 15.000, 35.000
                               exact 49.999,50 / 14.999,85 / 34.999,65: two rupiah are missing,
                               and the losses .85 and .65 are the largest
"""

from collections.abc import Sequence


def split_by_largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` rupiah by integer `weights`; the parts sum to `total` exactly.

    Raises ValueError when `total` is negative, a weight is negative, or no weight is positive.
    """
    if total < 0:
        raise ValueError("a split takes a sum of zero or more")
    if any(weight < 0 for weight in weights) or sum(weights) <= 0:
        raise ValueError("weights are zero or more, and at least one is positive")
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    losses = [total * weight % whole for weight in weights]
    missing = total - sum(parts)
    for index in sorted(range(len(parts)), key=lambda i: -losses[i])[:missing]:
        parts[index] += 1
    return parts
