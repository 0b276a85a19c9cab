"""How an order stands, as the head of its page says it: by what became of its parts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from bekal.foundation.clock import Period, local_day
from bekal.shop.queries import BoughtPart, OrderShown, PartCare
from bekal.shop.rules import ORDER_LABELS, PART_LABELS, OrderStatus, PartStatus
from bekal.shop.templatetags.shop import order_mood
from bekal.ui.filters import periode, tanggal

register = template.Library()
_PAID = frozenset({OrderStatus.PAID, OrderStatus.DONE})
_AT_WORK = frozenset({PartStatus.WAITING, PartStatus.ACCEPTED, PartStatus.PREPARING})
_SENTENCES: dict[PartStatus, StrOrPromise] = {
    PartStatus.READY: gettext_lazy("Barangnya siap dan menunggu kurir."),
    PartStatus.SENT: gettext_lazy(
        "Barangnya dalam perjalanan. Begitu sampai, pilih “Sudah saya terima” di paketnya."
    ),
    PartStatus.DELIVERED: gettext_lazy("Barangnya sudah Anda terima. Terima kasih."),
}


@dataclass(frozen=True)
class Standing:
    """How an order stands: the word and mood of its tag, and a sentence below, if there is one."""

    word: StrOrPromise
    mood: str
    sentence: StrOrPromise = ""


@register.filter
def standing(order: OrderShown, care: Mapping[UUID, PartCare]) -> Standing:
    """How an order stands; once it is paid for, by its parts, which go their ways by themselves."""
    word, mood = ORDER_LABELS[order.status], order_mood(order.status)
    parts = [part for part in order.parts if part.status is not PartStatus.CANCELLED]
    left = [part for part in parts if not care[part.id].is_refunded]
    if not left and all(part.is_paid for part in order.parts):
        return _given_back()
    if order.status not in _PAID or not left:
        return Standing(word, mood)
    if all(part.status in _AT_WORK for part in left):
        return Standing(word, mood, _("Pembayaran diterima. Bengkel menyiapkan barangnya."))
    if len({part.status for part in left}) > 1:
        return Standing(word, mood, _("Setiap paket berjalan sendiri. Keadaannya ada di bawah."))
    return _alike(left, word, mood)


def _given_back() -> Standing:
    """All of it was paid for, and none of it kept."""
    said = _("Uang pesanan ini dikembalikan kepada Anda.")
    return Standing(_("Uang dikembalikan"), "neutral", said)


def _alike(parts: list[BoughtPart], word: StrOrPromise, mood: str) -> Standing:
    """How an order stands all of whose parts stand alike."""
    status, is_fetched = parts[0].status, all(part.is_fetched for part in parts)
    if status is PartStatus.DELIVERED:
        return Standing(ORDER_LABELS[OrderStatus.DONE], mood, _SENTENCES[status])
    if status is PartStatus.READY and is_fetched:
        return Standing(_("Siap diambil"), mood, _("Barangnya siap Anda ambil di bengkel."))
    if status is PartStatus.READY:
        mixed = any(part.is_fetched for part in parts)
        said = _("Barangnya siap. Lihat setiap paket di bawah.") if mixed else _SENTENCES[status]
        return Standing(PART_LABELS[status], mood, said)
    return Standing(PART_LABELS[status], mood, _SENTENCES.get(status, ""))


@register.filter
def why_back(order: OrderShown) -> StrOrPromise:
    """Why the money of an order goes back to its buyer."""
    back = [step.status for step in order.steps].index(OrderStatus.REFUND_DUE)
    last, then = order.steps[back - 1], order.steps[back]
    if last.status is OrderStatus.CANCELLED and last.is_by_buyer:
        return _("Anda membatalkan pesanan ini, jadi uang yang masuk dikembalikan.")
    if last.status is OrderStatus.CANCELLED:
        return _("Bengkel membatalkan pesanan ini, jadi uang Anda dikembalikan.")
    if last.status is OrderStatus.EXPIRED and last.at == then.at:
        return _("Waktu bayar habis sebelum lunas, jadi uang yang sudah masuk dikembalikan.")
    if last.status is OrderStatus.EXPIRED:
        return _(
            "Uangnya masuk sesudah waktu bayar habis dan barangnya dilepas, jadi dikembalikan."
        )
    return _("Barangnya sudah tidak ada, jadi uang Anda dikembalikan.")


@register.filter
def arrives(part: BoughtPart) -> str:
    """When a parcel that is under way comes, about; nothing where no courier said."""
    if part.status is not PartStatus.SENT or part.days_min is None or part.days_max is None:
        return ""
    sent = local_day(part.steps[-1].at, part.zone)
    first, last = sent + dt.timedelta(part.days_min), sent + dt.timedelta(part.days_max)
    when = tanggal(last) if first == last else periode(Period(first, last))
    return _("kira-kira tiba %(when)s") % {"when": when}
