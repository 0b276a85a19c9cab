"""What a buyer is shown to pay by: pages of the shop include it as `payments/_pay.html`."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.clock import Zone, local_day
from bekal.payments import qris
from bekal.payments.attempts import End
from bekal.payments.queries import asks
from bekal.payments.queries.asks import Ask, MerchantShown, merchants_of
from bekal.payments.queries.attempts import AttemptShown, last_attempt
from bekal.payments.rules import Method, State
from bekal.places import queries as places

_MINUTE = 60
_LONG = 90


@dataclass(frozen=True)
class PayPanel:
    """An ask as its buyer sees it; `state` is told by the clock, not by the job.

    `minutes` is how long it may still be paid, None where it has no end.
    """

    ask: Ask
    merchant: MerchantShown | None
    zone: Zone
    state: State
    minutes: int | None
    attempt: AttemptShown | None = None

    @property
    def word(self) -> str:
        """How it stands, in a word that changes whenever its buyer should see the page anew."""
        if self.is_in_doubt:
            return "in_doubt"
        return "ended" if self.is_open and self.has_ended else self.state.value

    @property
    def is_open(self) -> bool:
        """Whether it may be paid now: not while money that came for it waits for a person."""
        return self.state is State.OPEN and not self.is_in_doubt

    @property
    def is_in_doubt(self) -> bool:
        """Whether money came for it that is not counted yet."""
        return self.ask.in_doubt > 0

    @property
    def ends_on(self) -> dt.date | None:
        """The day in Jakarta on which its time runs out: the clock that buyers anywhere know."""
        return local_day(self.ask.expires_at, Zone.WIB) if self.ask.expires_at else None

    @property
    def is_elsewhere(self) -> bool:
        """Whether the collecting unit has another clock than Jakarta."""
        return self.zone is not Zone.WIB

    @property
    def is_long(self) -> bool:
        """Whether its end is told by the day, and not by the minute."""
        return self.minutes is not None and self.minutes > _LONG

    @property
    def is_qris(self) -> bool:
        """Whether there is a code to scan."""
        return self.ask.method is Method.QRIS

    @property
    def payload(self) -> str:
        """The text of its code: a new one over what is missing once something has come in."""
        if not self.ask.settled:
            return self.ask.payload
        if self.merchant is None or not self.merchant.takes_qris:
            return ""
        code, label = self.merchant.static_qris, self.ask.label
        return qris.with_amount(code, amount=self.ask.owed, label=label)

    @property
    def is_stuck(self) -> bool:
        """Whether all that there is to pay by asks for the whole, though a part has come in."""
        if not self.ask.settled:
            return False
        is_for_all = bool(self.attempt and self.page and self.attempt.amount != self.ask.to_pay)
        return (self.is_qris and not self.payload) or is_for_all

    @property
    def is_transfer(self) -> bool:
        """Whether the account is shown."""
        return self.ask.method in {Method.TRANSFER, Method.INVOICE}

    @property
    def is_gateway(self) -> bool:
        """Whether the buyer goes on to a gateway."""
        return self.ask.method is Method.GATEWAY

    @property
    def page(self) -> str:
        """The page of the gateway that takes the money now; nothing where none does."""
        return self.attempt.page if self.attempt and self.attempt.end is None else ""

    @property
    def was_paid(self) -> bool:
        """Whether what was opened last was paid: what is missing is paid another way."""
        return self.attempt is not None and self.attempt.end is End.PAID

    @property
    def has_ended(self) -> bool:
        """Whether the gateway gave up what was opened last, so that it can be tried again."""
        return self.attempt is not None and self.attempt.end is End.UNPAID


def pay_panel(*, request_id: UUID, now: dt.datetime) -> PayPanel | None:
    """What a buyer is shown of an ask; None for one that nobody made.

    Two statements, three for one that is paid through a gateway.
    """
    ask = asks.ask(request_id=request_id)
    if ask is None:
        return None
    is_gateway = ask.method is Method.GATEWAY
    left = int((ask.expires_at - now).total_seconds()) if ask.expires_at else None
    return PayPanel(
        ask=ask,
        merchant=merchants_of(unit_ids=[ask.unit_id]).get(ask.unit_id),
        zone=places.zone_of(unit_id=ask.unit_id),
        state=State.EXPIRED if ask.is_over(now=now) else ask.state,
        minutes=None if left is None else max(0, -(-left // _MINUTE)),
        attempt=last_attempt(request_id=ask.id) if is_gateway else None,
    )
