"""Who takes money, and what was asked of a subject."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django_stubs_ext import StrOrPromise

from bekal.foundation.clock import local_day
from bekal.payments.models import CreditNote, Request
from bekal.payments.rules import METHOD_LABELS, Method, State, state_of
from bekal.places import queries as places

# Each order asks for these; to let Django build the query anew costs three times as much.
_MERCHANTS = """
select unit_id, name, nmid, static_qris, bank, account_number, holder, is_sample
from payments_merchant where unit_id = any((select %s::bigint[])::bigint[])
"""
# With them the money in doubt, said here alone: it came for an ask that lacks money, and waits for
# a person, since its handler failed, or since somebody took it off again that the gateway had taken
# for this very ask. What else was taken off may be another's. Unique digits wait for nobody.
_ASKS = """
select r.*, (
  select json_agg(json_build_array(c.id, s.left_over, coalesce(d.sentence, ''))
    order by c.recorded_at, c.id)
  from payments_receipt c join payments_rest s on s.receipt_id = c.id
  left join payments_doubt d on d.receipt_id = c.id and d.kind = 'not_handled'
  where c.request_id = r.id and r.settled < r.amount - r.reduced
    and s.left_over > 0 and s.left_over <> s.expected
    and (d.id is not null or c.means = 'gateway')
) as doubted
from payments_request r where r.id = any(%s)
"""


@dataclass(frozen=True)
class MerchantShown:
    """Where a unit takes money, as a buyer is shown it."""

    unit_id: int
    name: str
    nmid: str
    static_qris: str
    bank: str
    account_number: str
    holder: str
    is_sample: bool

    @property
    def takes_qris(self) -> bool:
        """Whether a QRIS code can be made."""
        return bool(self.static_qris)

    @property
    def takes_transfer(self) -> bool:
        """Whether money can be transferred."""
        return bool(self.account_number)


@dataclass(frozen=True)
class Doubted:
    """Money that came for an ask and is not counted for it.

    `sentence` says why; nothing where it was counted and a person took it off again.
    """

    receipt_id: UUID
    amount: int
    sentence: str


@dataclass(frozen=True)
class Ask:
    """A payment that was asked for; `payable` is what the buyer pays, `owed` what is missing.

    Both and `amount` are what is asked for since its credit notes; these took `reduced` off it.
    `doubted` came for it and waits for a person, told where asks are looked up by id.
    """

    id: UUID
    subject: str
    label: str
    unit_id: int
    amount: int
    extra: int
    payable: int
    method: Method
    payload: str
    expires_at: dt.datetime | None
    settled: int
    reduced: int
    state: State
    asked_at: dt.datetime
    doubted: tuple[Doubted, ...] = ()

    @property
    def in_doubt(self) -> int:
        """How much came for it and waits for a person, so that nobody asks for it meanwhile."""
        return sum(money.amount for money in self.doubted)

    @property
    def owed(self) -> int:
        """What is still missing."""
        return max(0, self.amount - self.settled)

    @property
    def beyond(self) -> int:
        """What had come in beyond what is asked since its credit notes: it is owed back."""
        return max(0, self.settled - self.amount)

    @property
    def to_pay(self) -> int:
        """What the buyer is to pay now: with the unique digits while nothing has come in."""
        return self.owed if self.settled else self.payable

    def is_told(self, amount: int) -> bool:
        """Whether its buyer was told to pay so much, now or on paper before its credit notes."""
        return amount == self.to_pay or (not self.settled and amount == self.payable + self.reduced)

    @property
    def method_name(self) -> StrOrPromise:
        """The method for people."""
        return METHOD_LABELS[self.method]

    @property
    def ends_on(self) -> dt.date | None:
        """The unit's own day on which its time runs out."""
        if self.expires_at is None:
            return None
        return local_day(self.expires_at, places.zone_of(unit_id=self.unit_id))

    def is_over(self, *, now: dt.datetime) -> bool:
        """Whether its time has run out, told by the clock rather than by the job."""
        return self.state is State.EXPIRED or (
            self.state is State.OPEN and self.expires_at is not None and self.expires_at <= now
        )


def shown_ask(request: Request) -> Ask:
    """A stored request as rooms and pages see it."""
    return Ask(
        id=request.id,
        subject=request.subject,
        label=request.label,
        unit_id=request.unit_id,
        amount=request.due,
        extra=request.extra,
        payable=request.payable - request.reduced,
        method=Method(request.method),
        payload=request.payload,
        expires_at=request.expires_at,
        settled=request.settled,
        reduced=request.reduced,
        state=state_of(amount=request.due, settled=request.settled, closed_as=request.closed_as),
        asked_at=request.asked_at,
        doubted=tuple(
            Doubted(UUID(receipt), amount, sentence)
            for receipt, amount, sentence in getattr(request, "doubted", None) or ()
        ),
    )


def merchants_of(*, unit_ids: Collection[int]) -> dict[int, MerchantShown]:
    """Where these units take money, by unit; units that take none are missing. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_MERCHANTS, [list(unit_ids)])
        return {row[0]: MerchantShown(*row) for row in cursor.fetchall()}


def asks_in(*, request_ids: Collection[UUID]) -> dict[UUID, Ask]:
    """These asks, by id; one statement."""
    return {row.pk: shown_ask(row) for row in Request.objects.raw(_ASKS, [list(request_ids)])}


def payable_of(*, subjects: Collection[str]) -> dict[str, int]:
    """What a buyer pays by what was last asked of each of these subjects; one statement."""
    rows = Request.objects.filter(subject__in=subjects).order_by("asked_at", "id")
    return dict(rows.values_list("subject", "payable"))


def ask(*, request_id: UUID) -> Ask | None:
    """One ask. One statement."""
    return asks_in(request_ids=[request_id]).get(request_id)


def ask_of(*, subject: str) -> Ask | None:
    """What was last asked of a subject."""
    request = Request.objects.filter(subject=subject).order_by("-asked_at", "-id").first()
    return shown_ask(request) if request else None


def asks_of(*, subject: str) -> list[Ask]:
    """All that was ever asked of a subject, the newest first."""
    rows = Request.objects.filter(subject=subject).order_by("-asked_at", "-id")
    return [shown_ask(row) for row in rows]


def held_asks_of(*, subject: str) -> list[Ask]:
    """The same, held until the transaction ends: nobody pays or ends them before.

    For whoever decides about a subject by how its money stands; it is locked after its asks.
    """
    rows = Request.objects.select_for_update().filter(subject=subject)
    return [shown_ask(row) for row in rows.order_by("-asked_at", "-id")]


@dataclass(frozen=True)
class Credit:
    """A credit note; `about` is the key of what fell out of the invoice."""

    about: str
    amount: int
    why: str
    noted_at: dt.datetime


def credit_notes_of(*, subject: str) -> list[Credit]:
    """The credit notes of the invoice of a subject, in their order; one statement."""
    rows = CreditNote.objects.filter(request__subject=subject).order_by("noted_at", "id")
    return [Credit(row.about, row.amount, row.why, row.noted_at) for row in rows]
