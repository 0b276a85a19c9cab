"""Where money goes back to: what can be a bank, an account and its holder. Pure."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from bekal.shop.rules.returns import ProblemRefused

PAYEE_LENGTHS: Mapping[str, int] = {"bank": 40, "account": 30, "holder": 80}
_ACCOUNT = re.compile(r"[0-9]{5,20}")
_BETWEEN = re.compile(r"[\s.-]")
"""What people write between the digits of an account, as on the card or the passbook."""


def read_payee(name: str, text: str) -> str:
    """One of bank, account and holder as it is kept: of an account the digits alone.

    Raises ProblemRefused at its field for what cannot be one.
    """
    told = _BETWEEN.sub("", text) if name == "account" else " ".join(text.split())
    if not told:
        raise ProblemRefused(_missing(name), field=name)
    is_long = len(text) > PAYEE_LENGTHS[name]
    if name == "account" and (is_long or not _ACCOUNT.fullmatch(told)):
        words = _("Nomor rekening 5 sampai 20 angka, tanpa huruf. Periksa lagi.")
        raise ProblemRefused(words, field=name)
    if name != "account" and (is_long or not any(sign.isalpha() for sign in told)):
        raise ProblemRefused(_missing(name), field=name)
    return told


def _missing(name: str) -> str:
    return {
        "bank": _("Isi nama bank atau dompet digital."),
        "account": _("Isi nomor rekening atau nomor dompet digital."),
        "holder": _("Isi nama pemilik rekening."),
    }[name]
