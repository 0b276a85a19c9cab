"""Permits: what is written of one, and how long it still holds. Pure."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from bekal.catalogue.rules.goods import PermitKind
from bekal.catalogue.rules.sheets import NAME_LENGTH, tidy
from bekal.foundation.refusals import Refused

PERMIT_NUMBER_LENGTH = 60
WARN_DAYS = 60
"""A task asks for the renewal of a permit from so many days before its end on."""


class PermitState(StrEnum):
    """Where a permit stands on a day, in the words of its list."""

    IN_FORCE = "berlaku"
    ENDING = "segera habis"
    ENDED = "habis"
    AHEAD = "belum berlaku"
    RENEWED = "sudah diperpanjang"
    WITHDRAWN = "dicabut"


class PermitRefused(Refused):
    """A permit that cannot be."""


@dataclass(frozen=True)
class NewPermit:
    """A permit as it is written on its paper; no last day: it names none."""

    kind: PermitKind
    number: str
    holder: str
    valid_from: dt.date
    valid_until: dt.date | None
    product_ids: tuple[int, ...] = ()


def tidy_permit(permit: NewPermit) -> NewPermit:
    """The same with tidy texts."""
    return replace(permit, number=tidy(permit.number), holder=tidy(permit.holder))


def check_permit(permit: NewPermit) -> None:
    """Raise PermitRefused, at its field, for what cannot stand on a permit."""
    if not permit.number:
        raise PermitRefused("Isi nomor izin seperti di suratnya.", field="number")
    if len(permit.number) > PERMIT_NUMBER_LENGTH:
        raise PermitRefused(f"Nomor paling panjang {PERMIT_NUMBER_LENGTH} huruf.", field="number")
    if not permit.holder:
        raise PermitRefused("Isi lembaga pemegang izin.", field="holder")
    if len(permit.holder) > NAME_LENGTH:
        raise PermitRefused(f"Nama paling panjang {NAME_LENGTH} huruf.", field="holder")
    if permit.valid_until is not None and permit.valid_until < permit.valid_from:
        raise PermitRefused("Tanggal berakhir harus sesudah tanggal mulai.", field="valid_until")


def state_of_permit(
    *,
    valid_from: dt.date,
    valid_until: dt.date | None,
    is_renewed: bool,
    is_withdrawn: bool,
    on: dt.date,
) -> PermitState:
    """The one state of a permit on a day. Its last day still counts."""
    if is_withdrawn:
        return PermitState.WITHDRAWN
    if valid_from > on:
        return PermitState.AHEAD
    if valid_until is not None and valid_until < on:
        return PermitState.RENEWED if is_renewed else PermitState.ENDED
    if valid_until is not None and valid_until <= on + dt.timedelta(days=WARN_DAYS):
        return PermitState.RENEWED if is_renewed else PermitState.ENDING
    return PermitState.IN_FORCE
