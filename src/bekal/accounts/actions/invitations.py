"""Calling people into roles by a link, and taking roles away again.

Nobody gives more than stands right below them: the head of a unit calls officers and treasurers of
that unit, the kanwil heads of its units, the centre kanwil and auditors. Whether the inviter may
still do so is asked once more when the link is used.
"""

import datetime as dt
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction

from bekal.accounts.actions.people import create_user, grant_role, read_email, revoke_role
from bekal.accounts.models import Grant, Invitation, User
from bekal.accounts.queries.members import link_of, roles_to_give
from bekal.accounts.rules import ROLE_LABELS, AccountRefused, Role
from bekal.accounts.rules.invitations import INVITED_FOR, InvitationEnded
from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.private import digest_of, private_key
from bekal.places import queries as places

PURPOSE = "invitation"
_MOST_MAILS = 100
_LOCK = "select pg_advisory_xact_lock(hashtext('accounts.invite'), %s)"


@transaction.atomic
def invite(
    *, key: UUID, email: str, role: Role, place_id: int, by: Actor, now: dt.datetime
) -> Invitation:
    """Call somebody into a role at a place, for seven days. The same key is the same invitation.

    Raises AccountRefused for an unreadable e-mail, a role that `by` may not give there, or one
    that this e-mail holds or is invited to already.
    """
    with connection.cursor() as cursor:  # who presses twice at once, or two who call the same one
        cursor.execute(_LOCK, [place_id])
    there = Invitation.objects.filter(pk=key).first()
    if there is not None:
        return there
    place = places.place_by_id(place_id=place_id, on=local_day(now, Zone.WIB))
    if place is None:
        raise AccountRefused("Tempat ini tidak ada atau sudah ditutup.", field="role")
    _check_may_give(role=role, place_id=place_id, by=by, now=now)
    address = _uncalled(read_email(email), role=role, place_id=place_id, now=now)
    made = Invitation.objects.create(
        id=key,
        email=address,
        role=role,
        place_id=place_id,
        digest=digest_of(private_key(PURPOSE, key)),
        invited_at=now,
        invited_by=str(by),
        expires_at=now + INVITED_FOR,
    )
    _record("invite", made, by=by, now=now)
    return made


@transaction.atomic
def revoke_invitation(*, invitation_id: UUID, place_id: int, by: Actor, now: dt.datetime) -> None:
    """End an invitation before it is taken; a repeat changes nothing.

    Raises LookupError when the place has none with this id, InvitationEnded when it was taken,
    AccountRefused when `by` may not give the role.
    """
    found = Invitation.objects.select_for_update().filter(pk=invitation_id, place_id=place_id)
    invitation = found.first()
    if invitation is None:
        raise LookupError(f"place {place_id} has no invitation {invitation_id}")
    _check_may_give(role=Role(invitation.role), place_id=place_id, by=by, now=now)
    if invitation.accepted_at is not None:
        raise InvitationEnded
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at, invitation.revoked_by = now, str(by)
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    _record("revoke_invitation", invitation, by=by, now=now)


@transaction.atomic
def accept_as_new(
    *, secret: str, email: str, name: str, nip: str, password: str, by: Actor, now: dt.datetime
) -> User:
    """Open the account of whoever was invited, with a password of their own, and give the role.

    Raises InvitationEnded, AccountRefused where the e-mail is not the one that was invited or an
    account has it, and what `create_user` raises. Of two at once one gets in.
    """
    invitation = _open(secret, now=now)
    if read_email(email) != invitation.email:
        raise AccountRefused(
            "Undangan ini untuk email lain. Isi email yang diundang.", field="email"
        )
    user = create_user(email=email, nip=nip, name=name, password=password, by=by, now=now)
    _accept(invitation, user, by=by, now=now)
    return user


@transaction.atomic
def accept_as_user(*, secret: str, user_id: int, by: Actor, now: dt.datetime) -> None:
    """Give the role to somebody who has an account with the e-mail that was invited.

    Raises InvitationEnded, AccountRefused for another's invitation or a role that is held.
    """
    invitation = _open(secret, now=now)
    user = User.objects.get(pk=user_id)
    if user.email != invitation.email:
        raise AccountRefused("Undangan ini untuk email lain.")
    _accept(invitation, user, by=by, now=now)


@transaction.atomic
def take_role_away(*, grant_id: int, place_id: int, by: Actor, now: dt.datetime) -> None:
    """End a role at a place that `by` could give there.

    Raises LookupError when the place has no such grant, AccountRefused when it has ended or `by`
    may not.
    """
    grant = Grant.objects.filter(pk=grant_id, place_id=place_id).first()
    if grant is None:
        raise LookupError(f"place {place_id} has no grant {grant_id}")
    _check_may_give(role=Role(grant.role), place_id=place_id, by=by, now=now)
    revoke_role(grant_id=grant_id, by=by, now=now)


def mail_invitations(*, by: Actor, now: dt.datetime) -> int:
    """Send what waits; returns how many e-mails went out. One that fails waits for the next time.

    Two workers never send the same: each takes rows that the other has not locked.
    """
    del by
    if not settings.BEKAL_SENDS_MAIL:
        return 0
    with transaction.atomic():
        waiting = Invitation.objects.select_for_update(skip_locked=True).filter(
            mailed_at=None, accepted_at=None, revoked_at=None, expires_at__gt=now
        )
        return sum(
            _mail(one, now=now) for one in waiting.order_by("invited_at", "id")[:_MOST_MAILS]
        )


def _uncalled(address: str, *, role: Role, place_id: int, now: dt.datetime) -> str:
    waiting = Invitation.objects.filter(
        email=address, role=role, place_id=place_id, accepted_at=None, revoked_at=None
    )
    if waiting.filter(expires_at__gt=now).exists():
        raise AccountRefused(
            "Email ini sudah diundang ke peran itu. Kirim lagi tautannya.", field="email"
        )
    held = Grant.objects.filter(
        user__email=address, role=role, place_id=place_id, revoked_at__isnull=True
    )
    if held.exists():
        raise AccountRefused("Pemilik email ini sudah memegang peran itu.", field="email")
    return address


def _mail(invitation: Invitation, *, now: dt.datetime) -> bool:
    place = places.place_by_id(place_id=invitation.place_id, on=local_day(now, Zone.WIB))
    where = place.name if place else "Bekal"
    text = (
        f"Anda diundang ke Bekal sebagai {ROLE_LABELS[Role(invitation.role)]} di {where}.\n\n"
        f"Buka tautan ini untuk menerima dan membuat kata sandi:\n"
        f"{link_of(invitation)}\n\n"
        "Tautan berlaku tujuh hari dan hanya untuk email ini. Bila Anda tidak mengenal "
        "pengundangnya, abaikan saja surat ini.\n"
    )
    try:
        send_mail(f"Undangan ke Bekal: {where}", text, None, [invitation.email])
    except (SMTPException, OSError):
        return False
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=now)
    return True


def _open(secret: str, *, now: dt.datetime) -> Invitation:
    found = Invitation.objects.select_for_update().filter(digest=digest_of(secret)).first()
    if (
        found is None
        or found.accepted_at is not None
        or found.revoked_at is not None
        or found.expires_at <= now
    ):
        raise InvitationEnded
    return found


def _accept(invitation: Invitation, user: User, *, by: Actor, now: dt.datetime) -> None:
    kind, _, who = invitation.invited_by.partition(":")
    inviter = Actor(ActorKind(kind), who)
    role = Role(invitation.role)
    _check_may_give(role=role, place_id=invitation.place_id, by=inviter, now=now)
    grant_role(user_id=user.pk, role=role, place_id=invitation.place_id, by=inviter, now=now)
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record("accept_invitation", invitation, by=by, now=now)


def _check_may_give(*, role: Role, place_id: int, by: Actor, now: dt.datetime) -> None:
    if by.kind is ActorKind.COMMAND:
        return
    offered = roles_to_give(user_id=int(by.id), place_id=place_id, on=local_day(now, Zone.WIB))
    if role not in offered:
        raise AccountRefused("Anda tidak bisa memberi peran ini di sini.", field="role")


def _record(verb: str, invitation: Invitation, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(invitation.place_id),
        action=f"accounts.{verb}",
        object_key=f"invitation:{invitation.pk}",
        detail={"role": invitation.role},
        by=by,
        now=now,
    )
