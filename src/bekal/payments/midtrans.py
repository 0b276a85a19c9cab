"""Midtrans by its official client, with the time limit that the client lacks.

A notice is signed with sha512 over order id, status code, gross amount as it was sent, and server
key. The signature leaves out what became of the payment, so that one who has seen a notice could
send it again with another outcome: whoever takes money in asks `status` first, as their best
practices say. Sources: docs.midtrans.com, "Handle Notifications", "Best Practices to Handle
Notification"; midtransclient 1.4.2.

One order may be tried several times on its Snap page. `deny` ends a try and not the page: another
card may follow there, so it changes nothing ("you can ignore 'deny', because most of the time it
allows payment retries and later can become success", README of Midtrans/midtrans-go, 2.6).
`cancel`, `expire` and `failure` are ends ("Transaction Status Cycle"); should a page take money
after one all the same ("the expired order_id can be reused"), it is money of its order. An order
id is "unique for every transaction", and so has a suffix for each attempt ("Error Code & Response
Code", 406), of fifty signs with `-`, `_`, `~` and `.` ("Transaction Details Object"). Of a page
that ran out before anybody chose how to pay no notice is sent ("Expire a Snap Session"). What waits
to be paid is given up by `expire`, which leaves alone what was paid meanwhile (412, "Expire
transaction"); `cancel` would take back what a card has paid.
"""

import datetime as dt
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

import midtransclient
import requests
from midtransclient.config import ApiConfig
from midtransclient.error_midtrans import JSONDecodeError, MidtransAPIError

from bekal.foundation import formats
from bekal.payments.gateway import Forged, GatewayStart, Notice, Outcome, Unreachable, Unreadable
from bekal.payments.queries import Ask

PATIENCE = (3, 8)
"""Seconds to connect, and to wait for an answer: their own limit for us is fifteen in all."""
LARGEST_NOTICE = 20_000
_ADDRESS = re.compile(r"https?://\S{1,500}")
_LEFT_ALONE = {404, 412}
"""The order is not known there, or is as it stays."""
_SHORTEST = 5
"""Minutes that a Snap page lasts at least ("Expire a Snap Session")."""
_OUTCOMES = {
    "settlement": Outcome.PAID,
    "capture": Outcome.PAID,
    "pending": Outcome.PENDING,
    "authorize": Outcome.PENDING,
    "deny": Outcome.PENDING,
    "cancel": Outcome.ENDED,
    "expire": Outcome.ENDED,
    "failure": Outcome.ENDED,
    "refund": Outcome.TAKEN_BACK,
    "partial_refund": Outcome.TAKEN_BACK,
    "chargeback": Outcome.TAKEN_BACK,
    "partial_chargeback": Outcome.TAKEN_BACK,
}


class Midtrans:
    """The gateway; `address` replaces both hosts of theirs, for a stand-in."""

    name = "midtrans"

    def __init__(
        self, *, server_key: str, unit: str, is_production: bool = False, address: str = ""
    ) -> None:
        """Keep the key; `unit` is the code of the unit whose account it is."""
        self.unit = unit
        self._key = server_key
        self._client = midtransclient.Snap(is_production=is_production, server_key=server_key)
        self._client.http_client.http_client = _Patient()
        if address:
            self._client.api_config = _Elsewhere(address, server_key)

    def start(self, ask: Ask, *, order: str, now: dt.datetime) -> GatewayStart:
        """Open a Snap page that lasts as long as the ask. Raises Unreachable."""
        asked: dict[str, Any] = {
            "transaction_details": {"order_id": order, "gross_amount": ask.to_pay},
            "item_details": [
                {"id": ask.label or "1", "price": ask.to_pay, "quantity": 1, "name": _name(ask)}
            ],
        }
        if ask.expires_at is not None:
            left = int((ask.expires_at - now).total_seconds() // 60)
            asked["expiry"] = {"unit": "minute", "duration": max(_SHORTEST, left)}
            asked["page_expiry"] = asked["expiry"]
        address = str(self._asked(self._client.create_transaction, asked).get("redirect_url", ""))
        if not _ADDRESS.fullmatch(address):
            raise Unreachable
        return GatewayStart(address)

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """Read a notice; nothing of it is believed before its signature. Raises Forged."""
        if len(body) > LARGEST_NOTICE:
            raise Forged
        try:
            told = json.loads(body)
            parts = [told[name] for name in ("order_id", "status_code", "gross_amount")]
            signature = told["signature_key"]
        except (ValueError, LookupError, TypeError, RecursionError):
            raise Forged from None
        if not all(isinstance(part, str) for part in (*parts, signature)):
            raise Forged
        right = hashlib.sha512("".join((*parts, self._key)).encode()).hexdigest()
        if not hmac.compare_digest(right.encode(), signature.encode()):
            raise Forged
        try:
            return _notice(told)
        except (ValueError, LookupError):
            raise Forged from None

    def status(self, order: str) -> Notice:
        """Ask how the payment of an order stands. Raises Unreachable, also as Unreadable.

        The answer is about the order that was asked for: of DANA and some virtual accounts they
        give their own transaction id in its place (github.com/Midtrans/midtrans-php, issue 113).
        """
        try:
            told = self._asked(self._client.transactions.status, quote(order, safe=""))
            return replace(_notice(told), order=order)
        except _LeftAlone:
            return Notice(order, "", 0, Outcome.UNKNOWN)
        except (ValueError, LookupError):
            raise Unreadable from None

    def give_up(self, order: str) -> None:
        """Let what waits to be paid run out now; what does not is left alone. Raises Unreachable.

        Its end is told by a notice, or by `status`.
        """
        with suppress(_LeftAlone):
            self._asked(self._client.transactions.expire, quote(order, safe=""))

    def _asked(self, ask: Any, given: Any) -> dict[str, Any]:  # noqa: ANN401 - an untyped client
        try:
            answer: dict[str, Any] = ask(given)
        except MidtransAPIError as problem:
            code = str((problem.api_response_dict or {}).get("status_code", ""))
            if _LEFT_ALONE & {problem.http_status_code, int(code) if code.isdigit() else 0}:
                raise _LeftAlone from None
            raise Unreachable from None
        except (requests.RequestException, JSONDecodeError, ValueError, AttributeError):
            raise Unreachable from None
        if not isinstance(answer, dict):
            raise Unreadable
        return answer


class _LeftAlone(Unreachable):
    """Midtrans knows no such order, as nobody has chosen how to pay yet, or changes it no more."""


class _Patient:
    """What the client calls as `requests`: the same with a time limit, and nowhere else."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401
        """One request."""
        kwargs["allow_redirects"] = False
        return requests.request(*args, timeout=PATIENCE, **kwargs)


class _Elsewhere(ApiConfig):  # type: ignore[misc]
    """The hosts of the client, replaced by one address."""

    def __init__(self, address: str, server_key: str) -> None:
        super().__init__(server_key=server_key)
        self._address = address

    def get_core_api_base_url(self) -> str:
        """Where the status is asked."""
        return self._address

    def get_snap_base_url(self) -> str:
        """Where payments are opened."""
        return f"{self._address}/snap/v1"


def _name(ask: Ask) -> str:
    return f"Pesanan {ask.label}".strip()[:50]


def _notice(told: Mapping[str, Any]) -> Notice:
    """What a notice or a status says. Raises ValueError or LookupError."""
    try:
        amount = Decimal(str(told["gross_amount"]))
    except InvalidOperation:
        raise ValueError("no amount") from None
    is_usual = amount.is_finite() and 0 <= amount <= formats.LARGEST_RUPIAH
    if not is_usual or amount != int(amount):
        raise ValueError("not whole rupiah")
    if told.get("currency", "IDR") != "IDR":
        raise ValueError("not rupiah")
    return Notice(
        str(told["order_id"])[:50], str(told["transaction_id"])[:60], int(amount), _outcome(told)
    )


def _outcome(told: Mapping[str, Any]) -> Outcome:
    """Paid is only what all three fields say: 200, not denied, settled or captured."""
    outcome = _OUTCOMES.get(str(told["transaction_status"]), Outcome.UNKNOWN)
    is_sure = told.get("status_code") == "200" and told.get("fraud_status", "accept") == "accept"
    return Outcome.PENDING if outcome is Outcome.PAID and not is_sure else outcome
