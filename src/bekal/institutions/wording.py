"""E-mails to institutions in words, in the language in which they registered."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bekal.foundation.private import private_key
from bekal.institutions.models import Request
from bekal.institutions.queries import newest_answers
from bekal.institutions.rules import REQUEST_KEY, AnswerKind, LetterKind
from bekal.shop import queries as shop
from bekal.shop.rules import INSTITUTION_KEY


@dataclass(frozen=True)
class Mail:
    """An e-mail as it goes out."""

    to: str
    subject: str
    text: str


def mail_of(*, kind: LetterKind, institution_id: UUID, request_id: UUID | None) -> Mail | None:
    """The e-mail of a letter as things stand now; None when there is nobody or nothing to tell."""
    institution = shop.institution(institution_id=institution_id)
    if institution is None or not institution.email:
        return None
    with translation.override(institution.language):
        key = private_key(INSTITUTION_KEY, institution_id, version=institution.key_version)
        home = _whole(reverse("lembaga:home", args=[key]))
        if kind is LetterKind.ADDRESS:
            subject, lines = _address(institution.name, home)
        elif request_id is None:
            return None
        else:
            subject, lines = _answers(Request.objects.get(pk=request_id), home)
        return Mail(institution.email, subject, "\n\n".join([*lines, _("Bekal")]) + "\n")


def _address(name: str, home: str) -> tuple[str, list[str]]:
    lines = [
        _("Alamat pribadi %(name)s di Bekal:") % {"name": name},
        home,
        _(
            "Simpan alamat ini. Siapa pun yang memegangnya dapat membuka permintaan lembaga Anda, "
            "jadi jangan diteruskan ke luar lembaga."
        ),
        _("Kalau Anda tidak pernah mendaftar di Bekal, abaikan email ini."),
    ]
    return _("Alamat pribadi lembaga Anda di Bekal"), lines


def _answers(request: Request, home: str) -> tuple[str, list[str]]:
    offers = sum(
        answer.kind == AnswerKind.OFFER for answer in newest_answers(request_id=request.pk)
    )
    page = _whole(reverse("lembaga:request", args=[private_key(REQUEST_KEY, request.pk)]))
    named = {"title": request.title, "number": str(request), "offers": offers}
    lines = [
        _("Ada jawaban baru untuk %(title)s (%(number)s). Penawaran sampai sekarang: %(offers)s.")
        % named,
        _("Bandingkan dan pilih di sini:"),
        page,
        _("Semua permintaan lembaga Anda:"),
        home,
    ]
    return _("Jawaban untuk %(title)s") % named, lines


def _whole(path: str) -> str:
    return f"{settings.BEKAL_ADDRESS.rstrip('/')}{path}"
