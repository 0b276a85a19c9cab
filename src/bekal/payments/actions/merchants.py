"""Where a unit takes money."""

import datetime as dt
import re
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused
from bekal.payments import qris
from bekal.payments.models import Merchant

_NUMBER = re.compile(r"[0-9]{6,20}")


@dataclass(frozen=True)
class NewMerchant:
    """A unit's QRIS, its bank account, or both; what is empty is not offered to buyers."""

    unit_id: int
    static_qris: str = ""
    bank: str = ""
    account_number: str = ""
    holder: str = ""
    is_sample: bool = False


@transaction.atomic
def set_merchant(*, merchant: NewMerchant, by: Actor, now: dt.datetime) -> None:
    """Let a unit take money here from now on; codes that buyers already have stay as they are.

    The code is read and checked; name and NMID are what it says. Old and new stand in the audit
    trail. Raises Refused with the field.
    """
    values = _read(merchant)
    before = Merchant.objects.select_for_update().filter(unit_id=merchant.unit_id).first()
    old = {name: getattr(before, name) for name in values} if before else {}
    if old == values:
        return
    Merchant.objects.update_or_create(
        unit_id=merchant.unit_id, defaults={**values, "set_at": now, "set_by": str(by)}
    )
    audit.record(
        chain=chain_of_place(merchant.unit_id),
        action="payments.set_merchant",
        object_key=f"merchant:{merchant.unit_id}",
        detail={"before": old, "after": values},
        by=by,
        now=now,
    )


def _read(merchant: NewMerchant) -> dict[str, Any]:
    given = {name: " ".join(text.split()) for name, text in _texts(merchant).items()}
    number = re.sub(r"[\s.-]", "", given["account_number"])
    name = nmid = payload = ""
    if given["static_qris"]:
        code = qris.read_static(given["static_qris"])
        name, nmid, payload = code.name, code.nmid, code.payload
    _check_account(bank=given["bank"], number=number, holder=given["holder"])
    return {
        "static_qris": payload,
        "name": name,
        "nmid": nmid,
        "bank": given["bank"],
        "account_number": number,
        "holder": given["holder"],
        "is_sample": merchant.is_sample,
    }


def _texts(merchant: NewMerchant) -> dict[str, str]:
    return {name: text for name, text in asdict(merchant).items() if isinstance(text, str)}


def _check_account(*, bank: str, number: str, holder: str) -> None:
    if not (bank or number or holder):
        return
    if not bank:
        raise Refused("Isi nama banknya.", field="bank")
    if not _NUMBER.fullmatch(number):
        raise Refused("Isi nomor rekening dengan 6 sampai 20 angka.", field="account_number")
    if not holder:
        raise Refused("Isi nama pemilik rekening, yaitu nama unit.", field="holder")
