"""What a workshop may answer, and until when. Pure."""

import datetime as dt

from bekal.foundation import formats
from bekal.institutions.rules.requests import (
    FARTHEST,
    NOTE_LENGTH,
    AnswerRefused,
    Offer,
    State,
)


def check_offer(offer: Offer, *, wanted: int, today: dt.date) -> None:
    """Refuse an offer of nothing, for nothing, or too late; `today` is the unit's own day."""
    if not 0 < offer.pieces <= wanted:
        raise AnswerRefused(
            f"Isi jumlah yang disanggupi, antara 1 dan {formats.thousands(wanted)}.",
            field="pieces",
        )
    if not 0 < offer.unit_price <= formats.LARGEST_RUPIAH // offer.pieces:
        raise AnswerRefused("Isi harga satu barang, misalnya 48.000.", field="unit_price")
    if offer.fee is not None and not 0 <= offer.fee <= formats.LARGEST_RUPIAH:
        raise AnswerRefused("Isi ongkos kirim dalam rupiah, atau 0.", field="fee")
    if not today <= offer.ready_on <= today + FARTHEST:
        raise AnswerRefused(
            "Tanggal selesai tidak bisa sebelum hari ini. Periksa tahunnya.", field="ready_on"
        )
    if not today <= offer.valid_until <= today + FARTHEST:
        raise AnswerRefused(
            "Penawaran berlaku paling sedikit sampai hari ini. Periksa tanggalnya.",
            field="valid_until",
        )
    if len(offer.note) > NOTE_LENGTH:
        raise AnswerRefused(f"Catatan paling panjang {NOTE_LENGTH} huruf.", field="note")


def check_reason(reason: str) -> None:
    """Refuse a no without a reason: the institution reads it."""
    if not reason.strip() or len(reason) > NOTE_LENGTH:
        raise AnswerRefused(
            f"Tulis alasannya, paling panjang {NOTE_LENGTH} huruf. Lembaga membacanya.",
            field="reason",
        )


def check_open(state: State) -> None:
    """Refuse an answer to a request that waits for none any more."""
    refusals = {
        State.CLOSED: "Batas jawaban sudah lewat. Lembaga tidak menerima jawaban baru.",
        State.ORDERED: "Lembaga sudah memesan dari permintaan ini.",
        State.WITHDRAWN: "Lembaga sudah membatalkan permintaan ini.",
    }
    if state in refusals:
        raise AnswerRefused(refusals[state])
