"""Why something is refused, and why a parcel cannot be sent."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.foundation.refusals import Refused


class NoQuote(StrEnum):
    """Why a workshop cannot send a parcel to an address."""

    NO_RATES = "no_rates"
    OUTSIDE = "outside"
    TOO_HEAVY = "too_heavy"

    @property
    def sentence(self) -> StrOrPromise:
        """What the buyer reads: the reason, and the ways that are left."""
        return _SENTENCES[self]


_SENTENCES: dict[NoQuote, StrOrPromise] = {
    NoQuote.NO_RATES: _(
        "Bengkel ini belum punya tarif kirim. Pilih ambil di bengkel, atau tanya bengkel."
    ),
    NoQuote.OUTSIDE: _(
        "Kurir bengkel ini belum mengantar ke alamat itu. Pilih ambil di bengkel, atau tanya "
        "bengkel."
    ),
    NoQuote.TOO_HEAVY: _(
        "Paket ini lebih berat atau lebih besar daripada yang diangkut kurir bengkel ini ke "
        "alamat itu. Kurangi barangnya, pilih ambil di bengkel, atau tanya bengkel."
    ),
}


class RateRefused(Refused):
    """Numbers that make no rate."""


class DayRefused(Refused):
    """A day on which a rate may not begin, or a service may not stop."""


class Unreadable(Refused):
    """What was typed is no weight or size."""


class ServiceRefused(Refused):
    """A service that cannot be added or changed."""


class ServiceUnknown(Refused):
    """The unit has no such service, or has stopped it."""

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("Layanan ini tidak ada atau sudah dihentikan.", field="service")


class AreaUnknown(Refused):
    """No such destination is known."""

    def __init__(self, message: str = "") -> None:
        """Say how destinations are written."""
        said = "Tujuan tidak dikenal. Tulis misalnya Kota Palu, Sulawesi Tengah, atau semua."
        super().__init__(message or said, field="area")
