"""Asking many workshops at once, and taking that back."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.catalogue import queries as catalogue
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.attachments import Attachment
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.foundation.private import digest_of, private_key
from bekal.institutions.actions.numbering import new_code
from bekal.institutions.models import Invitation, Outcome, Request, RequestFile
from bekal.institutions.queries import next_number, outcome_of
from bekal.institutions.rules import (
    NOTE_LENGTH,
    REQUEST_KEY,
    OutcomeKind,
    RequestRefused,
    Wanted,
    check_pace,
    check_wanted,
    check_workshops,
    no_such_request,
)
from bekal.shipping import queries as shipping
from bekal.shop import queries as shop

ASK = "institutions.ask"
_DAY = dt.timedelta(days=1)
_LOCK_PARTY = "select pg_advisory_xact_lock(hashtextextended(%s, 4713))"


@dataclass(frozen=True)
class NewRequest:
    """A request as it arrives; `key` becomes its id. `unit_ids` are the workshops to ask."""

    key: UUID
    institution_id: UUID
    wanted: Wanted
    unit_ids: frozenset[int]
    district_code: str
    file: Attachment | None = None

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        file = hashlib.sha256(self.file.content).hexdigest() if self.file else ""
        return frozen_bytes(
            {
                **vars(self.wanted),
                "institution": self.institution_id,
                "units": sorted(self.unit_ids),
                "district": self.district_code,
                "file": file,
            }
        )


@dataclass(frozen=True)
class Asked:
    """A request that was sent, and the key of the address where its answers are compared."""

    request_id: UUID
    key: str


@transaction.atomic
def ask_workshops(
    *, new: NewRequest, by: Actor, now: dt.datetime, is_sample: bool = False
) -> Asked:
    """Send one request to many workshops; all of them have it, or none.

    The same key with the same content answers the first request. Raises RequestRefused (with the
    field), and KeyReused for the same key with other content.
    """
    asked = Asked(new.key, private_key(REQUEST_KEY, new.key))
    if claim_message(key=new.key, door=ASK, body=new.frozen(), by=by, now=now) is not None:
        return asked
    today = local_day(now, Zone.WIB)
    check_wanted(new.wanted, today=today, now=now)
    check_workshops(len(new.unit_ids))
    _check_parties(new, on=today, now=now)
    request = Request.objects.create(
        id=new.key,
        code=new_code(),
        key_digest=digest_of(asked.key),
        institution_id=new.institution_id,
        district_code=new.district_code,
        is_sample=is_sample,
        asked_at=now,
        asked_by=str(by),
        **_tidied(new.wanted),
    )
    Invitation.objects.bulk_create(
        Invitation(request=request, unit_id=unit_id) for unit_id in sorted(new.unit_ids)
    )
    if new.file:
        _keep(new.file, request)
    _told(ASK, request.pk, {"units": len(new.unit_ids)}, by=by, now=now)
    return asked


@transaction.atomic
def withdraw_request(*, request_id: UUID, reason: str, by: Actor, now: dt.datetime) -> None:
    """End a request without an order, also after one that was cancelled; a repeat changes nothing.

    Raises RequestRefused when it is not there or its order stands.
    """
    locked_request(request_id)
    outcome = outcome_of(request_id=request_id)
    if outcome is not None and outcome.kind == OutcomeKind.WITHDRAWN:
        return
    if outcome is not None:
        raise RequestRefused(_("Sudah dipesan. Untuk membatalkan pesanannya, hubungi bengkelnya."))
    if len(reason) > NOTE_LENGTH:
        words = _("Paling panjang %(letters)s huruf. Singkat tulisannya.")
        raise RequestRefused(words % {"letters": NOTE_LENGTH}, field="reason")
    Outcome.objects.create(
        id=uuid7(),
        request_id=request_id,
        number=next_number(request_id=request_id),
        kind=OutcomeKind.WITHDRAWN,
        reason=reason.strip(),
        ended_at=now,
        ended_by=str(by),
    )
    _told("institutions.withdraw", request_id, {}, by=by, now=now)


def locked_request(request_id: UUID) -> Request:
    """A request, locked: answers, choices and its end come one after the other."""
    found = Request.objects.select_for_update(no_key=True).filter(pk=request_id).first()
    if found is None:
        raise no_such_request()
    return found


def _check_parties(new: NewRequest, *, on: dt.date, now: dt.datetime) -> None:
    party = shop.institution(institution_id=new.institution_id)
    if party is None:
        raise RequestRefused(_("Lembaga ini tidak ditemukan."))
    with connection.cursor() as cursor:  # or two at once would both be the last of the day
        cursor.execute(_LOCK_PARTY, [str(party.pk)])
    lately = Request.objects.filter(institution_id=party.pk, asked_at__gt=now - _DAY)
    check_pace(asked_today=lately.count(), is_checked=party.checked_at is not None)
    if shipping.district(code=new.district_code) is None:
        raise RequestRefused(_("Pilih kecamatan dari daftar."), field="district")
    making = {maker.unit.id for maker in catalogue.makers(on=on)}
    if not new.unit_ids <= making:
        raise RequestRefused(
            _("Ada bengkel yang tidak lagi berjalan. Periksa pilihannya."), field="workshops"
        )


def _tidied(wanted: Wanted) -> dict[str, object]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in vars(wanted).items()
    }


def _keep(file: Attachment, request: Request) -> None:
    RequestFile.objects.create(
        request=request,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        content=file.content,
    )


def _told(
    action: str, request_id: UUID, detail: dict[str, object], *, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=NATION,
        action=action,
        object_key=f"request:{request_id}",
        detail=detail,
        by=by,
        now=now,
    )
