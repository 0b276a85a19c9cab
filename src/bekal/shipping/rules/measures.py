"""Weights, sizes and days as people write them."""

import re
from math import prod

from bekal.foundation import formats
from bekal.shipping.rules.refusals import Unreadable

GRAMS = 1000
HEAVIEST_G = 1_000_000
_WEIGHT = re.compile(r"(?P<whole>\d{1,7})([.,](?P<fraction>\d{1,3}))?(?P<unit>kg|g)?", re.ASCII)

_SIDES = re.compile(r"(\d{1,3})x(\d{1,3})x(\d{1,3})(?:cm)?", re.ASCII)


def kilograms(grams: int) -> str:
    """1300 as "1,3 kg"; 300 as "300 g"."""
    if grams < GRAMS:
        return f"{grams} g"
    whole, rest = divmod(grams, GRAMS)
    fraction = f",{rest:03d}".rstrip("0") if rest else ""
    return f"{formats.thousands(whole)}{fraction} kg"


def typed_weight(grams: int) -> str:
    """Grams as kilograms are typed: 1300 as "1,3", 1 as "0,001"."""
    whole, rest = divmod(grams, GRAMS)
    return f"{whole},{rest:03d}".rstrip("0") if rest else str(whole)


def days_text(*, days_min: int, days_max: int) -> str:
    """How long it takes: "2 sampai 3 hari", "1 hari", "hari yang sama"."""
    if days_max == 0:
        return "hari yang sama"
    return f"{days_max} hari" if days_min == days_max else f"{days_min} sampai {days_max} hari"


def read_grams(text: str) -> int:
    """Read "1,5", "1.5 kg", "30" (kilograms) or "500 g". Raises Unreadable otherwise."""
    found = _WEIGHT.fullmatch("".join(text.split()).lower())
    if found is None:
        raise Unreadable("Tulis berat seperti 1,5 (kg) atau 500 g.")
    whole, fraction, unit = found["whole"], found["fraction"] or "", found["unit"]
    if unit == "g":
        grams = 0 if fraction else int(whole)
    else:
        grams = int(whole) * GRAMS + int(fraction.ljust(3, "0") or 0)
    if not 0 < grams <= HEAVIEST_G:
        raise Unreadable(f"Berat antara 1 g dan {kilograms(HEAVIEST_G)}.")
    return grams


def read_volume(text: str) -> int:
    """Read "30 x 20 x 10" (centimetres) as cubic centimetres. Raises Unreadable otherwise."""
    sides = _SIDES.fullmatch("".join(text.split()).lower())
    if sides is None or not (volume := prod(int(side) for side in sides.groups())):
        raise Unreadable("Tulis ukuran seperti 30 x 20 x 10, dalam cm bulat.")
    return volume
