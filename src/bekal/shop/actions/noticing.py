"""Notices go out: e-mails by a job, WhatsApp messages by a person. Each once, each try a fact.

Logs name notices by their number alone; nothing of a person is written there.
"""

import datetime as dt
from smtplib import SMTPException
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.payments.rules import PaidOut
from bekal.shop.models import DEAD, SURPLUS, Notice, NoticeTry, OrderBuyer, OrderPart
from bekal.shop.queries import NoticeShown, overtaken, told_notices, waiting_for_a_person
from bekal.shop.rules import STALE_NOTICE, Event, Outcome, Way, next_try, ways_of

log = structlog.get_logger("bekal.shop.notices")
_AT_ONCE = 100
_NO_SERVER = "NoMailServer"


def send_notices(*, by: Actor, now: dt.datetime) -> int:
    """Send the e-mails that are due; returns how many went out. A job calls it every minute.

    Each is sent while its row is held and in a transaction of its own, so that two workers never
    send one twice and a failed one keeps none from going. A crash between the mail server's yes
    and the commit sends it again: it has the same Message-ID, by which readers know it.
    """
    due = Notice.objects.filter(due_at__lte=now).order_by("due_at", "id")
    ids = list(due.values_list("pk", flat=True)[:_AT_ONCE])
    if not ids:
        return 0
    server = get_connection()
    sent = sum(_send(notice_id, server=server, by=by, now=now) for notice_id in ids)
    server.close()
    return sent


@transaction.atomic
def tell_by_hand(
    *, notice_id: int, unit_id: int, is_sent: bool, by: Actor, now: dt.datetime
) -> None:
    """A person has sent a notice, or decided that it needs not be sent. A repeat changes nothing.

    Raises LookupError for a notice that the unit has not to send.
    """
    mine = Notice.objects.select_for_update().filter(pk=notice_id, unit_id=unit_id)
    notice = mine.filter(Q(way=Way.WHATSAPP.value) | ~Q(outcome="")).first()
    if notice is None:
        raise LookupError(f"unit {unit_id} has no notice {notice_id} to send")
    if notice.outcome not in {"", DEAD}:
        return
    outcome = Outcome.SENT if is_sent else Outcome.DROPPED
    _try(notice, outcome, by=by, now=now)
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"shop.notice_{outcome}",
        object_key=f"order:{notice.order_id}",
        detail={"event": notice.event, "way": notice.way},
        by=by,
        now=now,
    )


@transaction.atomic
def drop_stale_notices(*, by: Actor, now: dt.datetime) -> int:
    """Drop prepared messages whose news is old: overtaken, or unsent for two weeks. How many."""
    old = Q(made_at__lt=now - STALE_NOTICE) | overtaken()
    waiting = waiting_for_a_person().select_for_update(of=("self",), skip_locked=True)
    notices = list(waiting.filter(old).order_by("made_at")[:_AT_ONCE])
    for notice in notices:
        reason = "Stale" if notice.made_at < now - STALE_NOTICE else "Overtaken"
        _try(notice, Outcome.DROPPED, reason=reason, by=by, now=now)
    return len(notices)


def tell_number(part: OrderPart, *, by: Actor, now: dt.datetime) -> None:
    """Tell the buyer of a part that is sent its corrected tracking number.

    What still waits to be sent says the number that holds when it goes out, so it is not told
    twice. Joins the transaction, which holds the order.
    """
    buyer = part.order.buyer
    if buyer.erased_at is not None:
        return
    told = Notice.objects.filter(order_id=part.order_id, event=Event.HANDED_OVER.value)
    told = told.filter(about__startswith=f"part:{part.pk}")
    waiting = told.exclude(outcome__in=[Outcome.SENT.value, Outcome.DROPPED.value])
    # One that is being sent this moment is locked, and may say the old number.
    ways = set(waiting.select_for_update(skip_locked=True).values_list("way", flat=True))
    Notice.objects.bulk_create(
        _notice(
            Event.HANDED_OVER,
            way,
            order_id=part.order_id,
            unit_id=part.unit_id,
            about=f"part:{part.pk}:r{told.count()}",
            by=by,
            now=now,
        )
        for way in ways_of(Event.HANDED_OVER, has_email=bool(buyer.email))
        if way.value not in ways
    )


def tell_surplus(*, order_id: UUID, paid_out: PaidOut, by: Actor, now: dt.datetime) -> None:
    """Tell the buyer of an order that what they had paid too much is with them again.

    Joins the transaction of the payout. An erased buyer is told nothing.
    """
    buyer = OrderBuyer.objects.filter(order_id=order_id, erased_at__isnull=True).first()
    if buyer is None:
        return
    Notice.objects.bulk_create(
        _notice(
            Event.REFUND_PAID,
            way,
            order_id=order_id,
            unit_id=paid_out.unit_id,
            about=f"{SURPLUS}:{paid_out.debt_id}",
            amount=paid_out.amount,
            by=by,
            now=now,
        )
        for way in ways_of(Event.REFUND_PAID, has_email=bool(buyer.email))
    )


def _notice(
    event: Event,
    way: Way,
    *,
    order_id: UUID,
    unit_id: int,
    about: str,
    amount: int = 0,
    by: Actor,
    now: dt.datetime,
) -> Notice:
    """A notice that no fact of an order leaves by itself."""
    return Notice(
        order_id=order_id,
        unit_id=unit_id,
        about=about,
        event=event.value,
        way=way.value,
        amount=amount,
        made_at=now,
        made_by=str(by),
        due_at=now if way is Way.EMAIL else None,
        tries=0,
        outcome="",
    )


@transaction.atomic
def _send(notice_id: int, *, server: BaseEmailBackend, by: Actor, now: dt.datetime) -> bool:
    mine = Notice.objects.select_for_update(of=("self",), skip_locked=True)
    found = told_notices(
        notices=mine.filter(pk=notice_id, due_at__lte=now), on=local_day(now, Zone.WIB)
    )
    if not found:
        return False  # another worker has it, or sent it just now
    notice, shown = Notice.objects.get(pk=notice_id), found[0]
    if not shown.email:
        _try(notice, Outcome.DROPPED, reason="NoAddress", by=by, now=now)
        return False
    failure = _mail(shown, server=server)
    if failure:
        log.warning("notice", notice=notice_id, failure=failure, tries=notice.tries + 1)
        _try(notice, Outcome.FAILED, reason=failure, by=by, now=now)
        return False
    _try(notice, Outcome.SENT, by=by, now=now)
    return True


def _mail(shown: NoticeShown, *, server: BaseEmailBackend) -> str:
    """Send one e-mail; the kind of failure in a word, or nothing. Its text may name the person."""
    if not settings.BEKAL_SENDS_MAIL:
        return _NO_SERVER
    host = settings.BEKAL_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
    message = EmailMessage(
        subject=shown.told.subject,
        body=shown.told.body,
        to=[shown.email],
        connection=server,
        headers={"Message-ID": f"<notice-{shown.id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (SMTPException, OSError, ValueError) as failure:
        return type(failure).__name__
    return ""


def _try(
    notice: Notice, outcome: Outcome, *, reason: str = "", by: Actor, now: dt.datetime
) -> None:
    number = notice.tries + 1
    is_final = reason == _NO_SERVER or outcome is not Outcome.FAILED
    NoticeTry.objects.create(
        notice=notice,
        number=number,
        outcome=outcome.value,
        reason=reason[:60],
        next_at=None if is_final else next_try(failed=number, now=now),
        tried_at=now,
        tried_by=str(by),
    )
