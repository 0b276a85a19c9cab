"""What a request for quotation may be, and to how many it goes. Pure."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.foundation.clock import Zone, local_day
from bekal.institutions.rules.requests import (
    DESTINATION_LENGTH,
    FARTHEST,
    LONGEST_WAIT,
    MEASURE_LENGTH,
    MOST_A_DAY,
    MOST_PIECES,
    MOST_UNCHECKED,
    MOST_UNITS,
    SHORTEST_WAIT,
    SPECIFICATION_LENGTH,
    TITLE_LENGTH,
    RequestRefused,
    Wanted,
)


def check_wanted(wanted: Wanted, *, today: dt.date, now: dt.datetime) -> None:
    """Refuse a request without words, pieces or time; `today` is the day of WIB."""
    _check_text(wanted.title, TITLE_LENGTH, field="title", question=_("Isi barang yang dicari."))
    _check_text(
        wanted.specification,
        SPECIFICATION_LENGTH,
        field="specification",
        question=_("Tulis spesifikasinya: bahan, ukuran, warna, mutu."),
    )
    _check_text(
        wanted.destination,
        DESTINATION_LENGTH,
        field="destination",
        question=_("Isi tempat barang diterima."),
    )
    _check_text(
        wanted.measure, MEASURE_LENGTH, field="measure", question=_("Isi satuannya, misalnya buah.")
    )
    if not 0 < wanted.pieces <= MOST_PIECES:
        raise RequestRefused(_("Isi jumlah paling sedikit 1."), field="pieces")
    check_needed(wanted.needed_on, today=today)
    check_until(wanted.answer_until, needed_on=wanted.needed_on, now=now)


def check_needed(needed_on: dt.date, *, today: dt.date) -> None:
    """Refuse a day of need that has passed, or is too far."""
    if not today <= needed_on <= today + FARTHEST:
        raise RequestRefused(
            _("Tanggal dibutuhkan tidak bisa lewat, dan paling lama dua tahun lagi."),
            field="needed_on",
        )


def check_until(answer_until: dt.datetime, *, needed_on: dt.date | None, now: dt.datetime) -> None:
    """Refuse a deadline of answers too soon, too far, or after the day of need."""
    if not SHORTEST_WAIT <= answer_until - now <= LONGEST_WAIT:
        raise RequestRefused(
            _("Pilih batas jawaban antara besok dan 60 hari lagi."), field="answer_until"
        )
    if needed_on and local_day(answer_until, Zone.WIB) > needed_on:
        raise RequestRefused(
            _("Batas jawaban tidak bisa sesudah tanggal dibutuhkan."), field="answer_until"
        )


def check_workshops(count: int) -> None:
    """Refuse a request to nobody, or to more workshops than anybody can compare."""
    if not count:
        raise RequestRefused(_("Pilih paling sedikit satu bengkel."), field="workshops")
    if count > MOST_UNITS:
        words = ngettext(
            "Paling banyak %(most)s bengkel sekali minta. Saring menurut provinsi.",
            "Paling banyak %(most)s bengkel sekali minta. Saring menurut provinsi.",
            MOST_UNITS,
        )
        raise RequestRefused(words % {"most": MOST_UNITS}, field="workshops")


def check_pace(*, asked_today: int, is_checked: bool) -> None:
    """Refuse more requests in a day than an institution needs; fewer before it was checked."""
    if asked_today < (MOST_A_DAY if is_checked else MOST_UNCHECKED):
        return
    if is_checked:
        said = _("Paling banyak %(most)s permintaan sehari. Lanjutkan besok.")
        raise RequestRefused(said % {"most": MOST_A_DAY})
    said = _(
        "Lembaga yang belum diperiksa mengirim paling banyak %(most)s permintaan sehari. "
        "Lanjutkan besok, atau hubungi kantor wilayah."
    )
    raise RequestRefused(said % {"most": MOST_UNCHECKED})


def _check_text(text: str, longest: int, *, field: str, question: str) -> None:
    if not text.strip():
        raise RequestRefused(question, field=field)
    if len(text) > longest:
        words = _("Paling panjang %(letters)s huruf. Singkat tulisannya.")
        raise RequestRefused(words % {"letters": longest}, field=field)
