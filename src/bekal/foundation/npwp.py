"""The tax number of a buyer (NPWP): read in either of its lengths, kept in one.

Sixteen digits since 14 July 2022. The fifteen of before become sixteen by a 0 in front
(PMK 112/PMK.03/2022, article 7). The ninth of the fifteen is a check digit (Luhn over the first
nine); numbers given since, and those of persons (their NIK), have none that is public.
Sources: https://news.ddtc.co.id/berita/nasional/40663/tak-hanya-nik-npwp-16-digit-juga-mulai-berlaku-sejak-14-juli-2022
and https://metacpan.org/pod/Business::ID::NPWP
"""

import re

from django.utils.translation import gettext as _

from bekal.foundation.refusals import Refused

LENGTH = 16
_OLD = 15
_CHECKED = 9
_SEPARATORS = re.compile(r"[\s.\-/]")
_DIGITS = re.compile(r"\d+", re.ASCII)


class NpwpMistyped(Refused):
    """The number cannot be an NPWP."""

    def __init__(self, message: str) -> None:
        """Keep the sentence; it belongs to the field of the number."""
        super().__init__(message, field="npwp")


def read_npwp(text: str) -> str:
    """The sixteen digits of an NPWP however it is written. Raises NpwpMistyped."""
    digits = _SEPARATORS.sub("", text[:60])
    if not _DIGITS.fullmatch(digits) or len(digits) not in (_OLD, LENGTH):
        raise NpwpMistyped(_("Tulis NPWP dengan 15 atau 16 angka, misalnya 02.183.241.5-000.000."))
    whole = digits.rjust(LENGTH, "0")
    if not int(whole):
        raise NpwpMistyped(_("NPWP tidak bisa nol semua. Tulis nomor di kartunya."))
    if whole.startswith("0") and not _is_luhn(whole[1 : 1 + _CHECKED]):
        raise NpwpMistyped(
            _("Angka pemeriksa NPWP tidak cocok. Periksa lagi angkanya satu per satu.")
        )
    return whole


def npwp(kept: str) -> str:
    """How a kept NPWP is shown: "02.183.241.5-000.000", or sixteen digits in groups of four."""
    if kept.startswith("0"):
        old = kept[1:]
        return f"{old[:2]}.{old[2:5]}.{old[5:8]}.{old[8]}-{old[9:12]}.{old[12:]}"
    return " ".join(kept[start : start + 4] for start in range(0, LENGTH, 4))


def _is_luhn(digits: str) -> bool:
    """Every second digit from the right but one counts double, its digits added up."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(digits[::-1])]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
