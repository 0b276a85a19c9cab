"""What buyers are told in words, in the language of their order. Pure."""

import datetime as dt
from dataclasses import dataclass, field
from urllib.parse import quote

from django.utils.translation import gettext as _

from bekal.foundation import formats
from bekal.foundation.clock import Zone
from bekal.shop.rules.notices import Event, Way
from bekal.ui import filters


@dataclass(frozen=True)
class Facts:
    """What a notice may speak of; what is empty is not spoken of. `address` is the order's page.

    `until` is the end of a payment code, `due_on` of an invoice; without either it is paid for on
    fetching. `has_others`: other workshops have parts of the order too. `is_surplus`: the money was
    more than the order cost.
    """

    code: str
    name: str
    address: str
    unit: str = ""
    amount: int = 0
    until: dt.datetime | None = None
    due_on: dt.date | None = None
    zone: Zone = Zone.WIB
    promised: dt.date | None = None
    service: str = ""
    tracking: str = ""
    reason: str = ""
    amended: str = ""
    has_others: bool = False
    is_surplus: bool = False
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
    """The address that opens WhatsApp with a message to an E.164 number, ready to be sent.

    Nothing for a landline, and for no number.
    """
    return formats.whatsapp(phone, text) if formats.is_mobile(phone) else ""


def mail_link(*, to: str, subject: str, text: str) -> str:
    """The address that opens an e-mail, ready to be sent."""
    told = f"subject={quote(subject, safe='')}&body={quote(text, safe='')}"
    return f"mailto:{quote(to, safe='@')}?{told}"


def _placed(facts: Facts) -> tuple[str, list[str]]:
    first = _("Pesanan %(code)s kami terima.") % {"code": facts.code}
    return first.rstrip("."), [first, _to_pay(facts)]


def _to_pay(facts: Facts) -> str:
    """How much is to be paid, and by when or where."""
    said = {"amount": filters.rupiah(facts.amount)}
    if facts.until is not None:
        return _("Bayar %(amount)s paling lambat %(until)s.") % {**said, "until": _until(facts)}
    if facts.due_on is not None:
        words = _("Jumlahnya %(amount)s, dibayar menurut faktur paling lambat %(day)s.")
        return words % {**said, "day": filters.tanggal(facts.due_on)}
    return _("Jumlahnya %(amount)s, dibayar saat mengambil barang.") % said


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
    if facts.amount and facts.due_on is None:
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
    if facts.is_surplus:
        told = _("%(amount)s yang Anda bayar lebih untuk pesanan %(code)s sudah kami kembalikan.")
        return _("Kelebihan bayar pesanan %(code)s dikembalikan") % said, [told % said]
    told = _("%(amount)s dari pesanan %(code)s sudah kami kembalikan.") % said
    return _("Uang pesanan %(code)s dikembalikan") % said, [told]


def _confirmed(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    told = _("%(unit)s menyetujui pesanan %(code)s.") % said
    amended = [facts.amended] if facts.amended else []
    return _("Pesanan %(code)s disetujui") % said, [told, *amended, _to_pay(facts)]


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


def _failed(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    told = _("Maaf, %(unit)s tidak bisa memenuhi pesanan %(code)s.") % said
    back = _("Semua uangnya kembali. Tulis rekening Anda di halaman pesanan.")
    return _("Pesanan %(code)s tidak bisa dipenuhi") % said, [told, *_why(facts), back]


def _not_met(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    told = _("Maaf, %(unit)s tidak bisa memenuhi pesanan %(code)s, jadi pesanan ini dihentikan.")
    sentences = [
        told % said,
        *_why(facts),
        _("Jangan membayarnya. Uang yang terlanjur masuk kami kembalikan."),
    ]
    if facts.has_others:
        sentences.append(_("Barang bengkel lain bisa Anda pesan lagi dari halaman pesanan."))
    return _("Pesanan %(code)s dihentikan") % said, sentences


def _part_gone(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "unit": facts.unit}
    told = _("Maaf, %(unit)s tidak bisa memenuhi bagiannya dari pesanan %(code)s.") % said
    rest = [_("Bagian itu tidak perlu dibayar. Bagian bengkel lain tetap berjalan.")]
    if facts.amount:
        less = _(
            "Fakturnya sekarang %(amount)s. Yang sudah dibayar lebih dari itu kami kembalikan."
        )
        rest.append(less % {"amount": filters.rupiah(facts.amount)})
    return _("Sebagian pesanan %(code)s dihentikan") % said, [told, *_why(facts), *rest]


def _credited(facts: Facts) -> tuple[str, list[str]]:
    said = {"code": facts.code, "amount": filters.rupiah(facts.amount)}
    told = _("Faktur pesanan %(code)s dikurangi %(amount)s untuk barang yang kembali.") % said
    rest = _("Yang masih perlu dibayar ada di halaman pesanan.")
    return _("Faktur pesanan %(code)s dikurangi") % said, [told, rest]


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
    Event.FAILED: _failed,
    Event.NOT_MET: _not_met,
    Event.PART_GONE: _part_gone,
    Event.CREDITED: _credited,
}
