"""What buyers are told, by which way, and in which words. Pure; words in the order's language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote

from django.utils.translation import gettext as _

from bekal.foundation.clock import Zone
from bekal.shop.rules.returns import Verdict
from bekal.shop.rules.statuses import OrderStatus, PartStatus
from bekal.ui import filters

MOST_TRIES = 6
STALE_NOTICE = dt.timedelta(days=14)
"""After so long a message that nobody sent tells nothing new."""
_WAITS = (
    dt.timedelta(0),
    dt.timedelta(minutes=2),
    dt.timedelta(minutes=15),
    dt.timedelta(hours=2),
    dt.timedelta(hours=8),
    dt.timedelta(hours=24),
)
"""How long to wait before the next try, by how many have failed."""


class Event(StrEnum):
    """What a buyer is told of."""

    PLACED = "placed"
    PAID = "paid"
    PREPARED = "prepared"
    READY = "ready"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUND_DUE = "refund_due"
    REFUND_PAID = "refund_paid"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REFUSED = "refused"


ORDER_EVENTS: Mapping[OrderStatus, Event] = {
    OrderStatus.WAITING: Event.PLACED,
    OrderStatus.PLACED: Event.PLACED,
    OrderStatus.PAID: Event.PAID,
    OrderStatus.CANCELLED: Event.CANCELLED,
    OrderStatus.REFUND_DUE: Event.REFUND_DUE,
    OrderStatus.REFUNDED: Event.REFUND_PAID,
}
"""What a buyer is told when an order comes to stand like this."""
PART_EVENTS: Mapping[PartStatus, Event] = {
    PartStatus.READY: Event.READY,
    PartStatus.SENT: Event.HANDED_OVER,
    PartStatus.DELIVERED: Event.DELIVERED,
}
VERDICT_EVENTS: Mapping[Verdict, Event] = {
    Verdict.ACCEPTED: Event.ACCEPTED,
    Verdict.REFUSED: Event.REFUSED,
}
EVENT_LABELS: Mapping[Event, str] = {
    Event.PLACED: "Pesanan diterima",
    Event.PAID: "Pembayaran masuk",
    Event.PREPARED: "Barang disiapkan",
    Event.READY: "Siap diambil",
    Event.HANDED_OVER: "Diserahkan ke kurir",
    Event.DELIVERED: "Sudah diterima",
    Event.CANCELLED: "Dibatalkan",
    Event.REFUND_DUE: "Uang akan dikembalikan",
    Event.REFUND_PAID: "Uang dikembalikan",
    Event.CONFIRMED: "Pesanan WhatsApp disetujui",
    Event.DECLINED: "Pesanan WhatsApp ditolak",
    Event.WITHDRAWN: "Pesanan WhatsApp dibatalkan pembeli",
    Event.ACCEPTED: "Laporan diterima",
    Event.REFUSED: "Laporan ditolak",
}


class Way(StrEnum):
    """How a notice goes out."""

    EMAIL = "email"
    WHATSAPP = "whatsapp"


WAY_LABELS = {Way.EMAIL: "Email", Way.WHATSAPP: "WhatsApp"}
URGENT = frozenset({Event.READY, Event.HANDED_OVER, Event.CONFIRMED, Event.DECLINED})
"""What is told by WhatsApp even where an e-mail goes out; the officer sends it with one tap."""
QUIET = frozenset({Event.PLACED, Event.PREPARED, Event.DELIVERED})
"""What whoever gave no e-mail reads on the page of the order: no work for the officer."""


class Outcome(StrEnum):
    """What became of a try to send a notice."""

    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


def ways_of(event: Event, *, has_email: bool) -> tuple[Way, ...]:
    """By which ways an event is told."""
    ways = [Way.EMAIL] if has_email else []
    if event in URGENT or (not has_email and event not in QUIET):
        ways.append(Way.WHATSAPP)
    return tuple(ways)


def next_try(*, failed: int, now: dt.datetime) -> dt.datetime | None:
    """When to try again after so many failures; None when it is enough."""
    return now + _WAITS[failed] if failed < MOST_TRIES else None


@dataclass(frozen=True)
class Facts:
    """What a notice may speak of; what is empty is not spoken of. `address` is the order's page."""

    code: str
    name: str
    address: str
    unit: str = ""
    amount: int = 0
    until: dt.datetime | None = None
    zone: Zone = Zone.WIB
    promised: dt.date | None = None
    service: str = ""
    tracking: str = ""
    reason: str = ""
    lines: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Told:
    """A notice in words."""

    subject: str
    body: str


def tell(event: Event, facts: Facts, *, way: Way) -> Told:
    """An event in the words of the language that is active now."""
    subject, sentences = _SAID[event](facts)
    hello = _("Halo %(name)s,") % {"name": facts.name}
    link = _("Lihat pesanan: %(address)s") % {"address": facts.address}
    if way is Way.WHATSAPP:
        return Told(subject, "\n\n".join([hello, " ".join(sentences), link]))
    goods = "\n".join(f"- {line}" for line in facts.lines)
    keep = _(
        "Simpan alamat itu. Alamat kirim terlihat setelah empat angka terakhir nomor WhatsApp Anda."
    )
    foot = _("Bekal. Karya hari ini, bekal pulang nanti.")
    blocks = [hello, " ".join(sentences), goods, f"{link}\n{keep}", foot]
    return Told(subject, "\n\n".join(block for block in blocks if block) + "\n")


def whatsapp_link(*, phone: str, text: str) -> str:
    """The address that opens WhatsApp with a message to an E.164 number, ready to be sent."""
    return f"https://wa.me/{phone.removeprefix('+')}?text={quote(text, safe='')}"


def _placed(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "amount": filters.rupiah(facts.amount)}
    pay = _("Jumlahnya %(amount)s, dibayar saat mengambil barang.") % said
    if facts.until is not None:
        pay = _("Bayar %(amount)s paling lambat %(until)s.") % {**said, "until": _until(facts)}
    first = _("Pesanan %(code)s kami terima.") % said
    return first.rstrip("."), [first, pay]


def _paid(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "amount": filters.rupiah(facts.amount)}
    told = _("Pembayaran %(amount)s untuk pesanan %(code)s sudah masuk.") % said
    sentences = [told, _("Bengkel menyiapkan barang Anda.")]
    if facts.promised is not None:
        words = _("Janji siapnya %(day)s.")
        sentences.append(words % {"day": filters.tanggal(facts.promised)})
    return _("Pembayaran pesanan %(code)s masuk") % said, sentences


def _prepared(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    told = _("%(unit)s sudah menyiapkan barang pesanan %(code)s.") % said
    return _("Pesanan %(code)s sudah disiapkan") % said, [
        told,
        _("Kami kabari lagi setelah barang diserahkan ke kurir."),
    ]


def _ready(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit, "amount": filters.rupiah(facts.amount)}
    sentences = [
        _("Pesanan %(code)s siap diambil di %(unit)s.") % said,
        _("Tunjukkan kode pesanan kepada petugas."),
    ]
    if facts.amount:
        sentences.append(_("Bayar %(amount)s saat mengambil.") % said)
    return _("Pesanan %(code)s siap diambil") % said, sentences


def _handed_over(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit, "service": _(facts.service)}
    sentences = [_("Barang pesanan %(code)s dari %(unit)s dikirim dengan %(service)s.") % said]
    if facts.tracking:
        sentences.append(_("Nomor resi %(number)s.") % {"number": facts.tracking})
    return _("Pesanan %(code)s dikirim") % said, sentences


def _delivered(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    return _("Pesanan %(code)s diterima. Bagaimana hasilnya?") % said, [
        _("Barang pesanan %(code)s dari %(unit)s tercatat sudah Anda terima.") % said,
        _("Di halaman pesanan Anda bisa menulis ulasan, atau melaporkan yang tidak sesuai."),
    ]


def _cancelled(facts: Facts) -> tuple[str, list[str]]:
    first = _("Pesanan %(code)s dibatalkan.") % {"code": facts.code}
    return first.rstrip("."), [first, *_why(facts)]


def _refund_due(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "amount": filters.rupiah(facts.amount)}
    return _("Uang kembali untuk pesanan %(code)s") % said, [
        _("%(amount)s dari pesanan %(code)s akan kami kembalikan.") % said,
        _("Tulis rekening tujuannya di halaman pesanan bila belum."),
    ]


def _refund_paid(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "amount": filters.rupiah(facts.amount)}
    told = _("%(amount)s dari pesanan %(code)s sudah kami kembalikan.") % said
    return _("Uang pesanan %(code)s dikembalikan") % said, [told]


def _confirmed(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit, "amount": filters.rupiah(facts.amount)}
    sentences = [_("%(unit)s menyetujui pesanan %(code)s.") % said]
    if facts.until is None:
        sentences.append(_("Jumlahnya %(amount)s, dibayar saat mengambil barang.") % said)
    else:
        words = _("Bayar %(amount)s paling lambat %(until)s.")
        sentences.append(words % {**said, "until": _until(facts)})
    return _("Pesanan %(code)s disetujui") % said, sentences


def _declined(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    told = _("%(unit)s belum bisa memenuhi pesanan %(code)s.") % said
    return _("Pesanan %(code)s belum bisa dipenuhi") % said, [told, *_why(facts)]


def _accepted(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    told = _("%(unit)s menerima laporan Anda tentang pesanan %(code)s.") % said
    return _("Laporan pesanan %(code)s diterima") % said, [
        told,
        _("Langkah berikutnya ada di halaman pesanan."),
    ]


def _refused(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    told = _("%(unit)s tidak menerima laporan Anda tentang pesanan %(code)s.") % said
    return _("Laporan pesanan %(code)s dijawab") % said, [told, *_why(facts)]


def _why(facts: Facts) -> list[str]:
    return [_("Alasannya: %(reason)s") % {"reason": facts.reason}] if facts.reason else []


def _until(facts: Facts) -> str:
    """An instant as people plan by it: "27 April 2026, 14.32 WIB"."""
    if facts.until is None:
        return ""
    day = facts.until.astimezone(facts.zone.info).date()
    return f"{filters.tanggal(day)}, {filters.jam(facts.until, facts.zone)}"


_SAID = {
    Event.PLACED: _placed,
    Event.PAID: _paid,
    Event.PREPARED: _prepared,
    Event.READY: _ready,
    Event.HANDED_OVER: _handed_over,
    Event.DELIVERED: _delivered,
    Event.CANCELLED: _cancelled,
    Event.REFUND_DUE: _refund_due,
    Event.REFUND_PAID: _refund_paid,
    Event.CONFIRMED: _confirmed,
    Event.DECLINED: _declined,
    Event.WITHDRAWN: _cancelled,
    Event.ACCEPTED: _accepted,
    Event.REFUSED: _refused,
}
