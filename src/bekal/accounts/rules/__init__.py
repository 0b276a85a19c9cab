"""Roles, what they may do and where they can be held; login names; guessing. Pure."""

import datetime as dt
import math
import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from bekal.accounts.rules.tokens import TOKEN_BEGINS as TOKEN_BEGINS
from bekal.accounts.rules.tokens import TOKEN_DAYS as TOKEN_DAYS
from bekal.accounts.rules.tokens import TOKEN_NAME_LENGTH as TOKEN_NAME_LENGTH
from bekal.accounts.rules.tokens import TOKEN_PREFIX_LENGTH as TOKEN_PREFIX_LENGTH
from bekal.accounts.rules.tokens import TokenState as TokenState
from bekal.accounts.rules.tokens import token_digest as token_digest
from bekal.accounts.rules.tokens import token_state as token_state
from bekal.foundation import formats
from bekal.foundation.actors import ActorKind
from bekal.foundation.clock import Zone
from bekal.foundation.refusals import Refused
from bekal.places.rules import Level

GUESSES_PER_ACCOUNT = 5
GUESSES_PER_ADDRESS = 50
GUESSING_WINDOW = dt.timedelta(minutes=15)


class Role(StrEnum):
    """The roles of the field, each granted for a place and all that is below it."""

    PETUGAS = "petugas"
    BENDAHARA = "bendahara"
    KEPALA_UPT = "kepala_upt"
    KANWIL = "kanwil"
    DITJENPAS = "ditjenpas"
    AUDITOR = "auditor"
    MITRA = "mitra"
    SPONSOR = "sponsor"


ROLE_LABELS: dict[Role, str] = {
    Role.PETUGAS: "Petugas bengkel",
    Role.BENDAHARA: "Bendahara penerimaan",
    Role.KEPALA_UPT: "Kepala UPT",
    Role.KANWIL: "Kanwil",
    Role.DITJENPAS: "Ditjenpas",
    Role.AUDITOR: "Auditor",
    Role.MITRA: "Mitra",
    Role.SPONSOR: "Sponsor",
}
_ANY_LEVEL = frozenset(Level)
# An inspection, a partnership or a gift can concern one unit, one kanwil or the nation.
ROLE_LEVELS: dict[Role, frozenset[Level]] = {
    Role.PETUGAS: frozenset({Level.UNIT}),
    Role.BENDAHARA: frozenset({Level.UNIT}),
    Role.KEPALA_UPT: frozenset({Level.UNIT}),
    Role.KANWIL: frozenset({Level.KANWIL}),
    Role.DITJENPAS: frozenset({Level.CENTRE}),
    Role.AUDITOR: _ANY_LEVEL,
    Role.MITRA: _ANY_LEVEL,
    Role.SPONSOR: _ANY_LEVEL,
}
_LEVEL_WORDS = {Level.CENTRE: "kantor pusat", Level.KANWIL: "kanwil", Level.UNIT: "UPT"}


class Permission(StrEnum):
    """What a person may do within the places of a grant."""

    RECORD_SALE = "record_sale"
    REFUND_SALE = "refund_sale"
    SEE_SALES = "see_sales"
    SEE_TURNOVER = "see_turnover"
    SEE_CATALOGUE = "see_catalogue"
    SET_PRICE = "set_price"
    SEE_RULES = "see_rules"
    CHOOSE_RULE = "choose_rule"
    MANAGE_TOKENS = "manage_tokens"
    DECLARE_CAMPAIGN = "declare_campaign"
    KEEP_STOCK = "keep_stock"
    PAUSE_UNIT = "pause_unit"
    SET_SHIPPING = "set_shipping"
    SEE_PAYMENTS = "see_payments"
    HANDLE_PAYMENTS = "handle_payments"
    SET_MERCHANT = "set_merchant"
    SEE_ORDERS = "see_orders"
    HANDLE_ORDERS = "handle_orders"
    MODERATE_REVIEWS = "moderate_reviews"
    CHECK_INSTITUTIONS = "check_institutions"
    ANSWER_ENQUIRIES = "answer_enquiries"
    SEE_MAKERS = "see_makers"
    KEEP_MAKERS = "keep_makers"
    DECIDE_MAKERS = "decide_makers"
    SEE_BOOKS = "see_books"
    PREPARE_MONEY = "prepare_money"
    APPROVE_MONEY = "approve_money"
    KEEP_MONEY = "keep_money"
    CLEAR_CASH = "clear_cash"
    REOPEN_MONTH = "reopen_month"
    EXAMINE = "examine"
    MANAGE_PEOPLE = "manage_people"
    SET_RULES = "set_rules"


_SEE = frozenset(
    {
        Permission.SEE_SALES,
        Permission.SEE_TURNOVER,
        Permission.SEE_CATALOGUE,
        Permission.SEE_RULES,
        Permission.SEE_ORDERS,
        Permission.SEE_PAYMENTS,
        Permission.SEE_BOOKS,
    }
)
_ABOVE_UNITS = frozenset(
    {
        Permission.MODERATE_REVIEWS,
        Permission.CHECK_INSTITUTIONS,
        Permission.ANSWER_ENQUIRIES,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PETUGAS: _SEE
    | {
        Permission.RECORD_SALE,
        Permission.SET_PRICE,
        Permission.KEEP_STOCK,
        Permission.SET_SHIPPING,
        Permission.HANDLE_ORDERS,
        Permission.ANSWER_ENQUIRIES,
        Permission.SEE_MAKERS,
        Permission.KEEP_MAKERS,
        Permission.PREPARE_MONEY,
        # Whoever counts the cash and whoever keeps it may say how a difference is settled.
        Permission.CLEAR_CASH,
    },
    Role.BENDAHARA: _SEE
    | {
        Permission.REFUND_SALE,
        Permission.HANDLE_PAYMENTS,
        Permission.KEEP_MONEY,
        Permission.CLEAR_CASH,
    },
    Role.KEPALA_UPT: _SEE
    | {
        Permission.REFUND_SALE,
        Permission.SET_PRICE,
        Permission.CHOOSE_RULE,
        Permission.PAUSE_UNIT,
        Permission.SET_MERCHANT,
        # Whoever keeps the records of makers does not decide where they go, nor for how long a day
        # they work. Nobody above the unit sees a maker: what is counted needs no persons.
        Permission.SEE_MAKERS,
        Permission.DECIDE_MAKERS,
        # Prepared by the officer, approved here, paid by the treasurer: three persons.
        Permission.APPROVE_MONEY,
        # The head gives keys to others and holds none: whoever can refund does not record sales.
        Permission.MANAGE_TOKENS,
        Permission.MANAGE_PEOPLE,
    },
    # The unit does not judge what buyers say of its own goods.
    Role.KANWIL: _SEE | _ABOVE_UNITS | {Permission.REOPEN_MONTH, Permission.MANAGE_PEOPLE},
    Role.DITJENPAS: _SEE
    | _ABOVE_UNITS
    # The centre sets rules by two persons; to choose among them is the unit's.
    | {Permission.SET_RULES, Permission.DECLARE_CAMPAIGN, Permission.MANAGE_PEOPLE},
    Role.AUDITOR: _SEE | {Permission.EXAMINE},
    # Outsiders see sums and goods, never a receipt: no SEE_SALES.
    Role.MITRA: frozenset({Permission.SEE_TURNOVER}),
    Role.SPONSOR: frozenset({Permission.SEE_TURNOVER}),
}


class AccountRefused(Refused):
    """A change to a user or a grant that cannot be."""


class SignInRefused(Refused):
    """The login name and the password do not fit; never says which of them."""

    def __init__(self) -> None:
        """One sentence for an unknown name, a wrong password and a closed account alike."""
        super().__init__(
            "Email, NIP, atau kata sandi tidak cocok. Periksa huruf dan angkanya, lalu coba lagi."
        )


class CodeRefused(Refused):
    """A code of the second factor that does not fit; never says why."""

    def __init__(self) -> None:
        """One sentence for a wrong, an old and a used code alike."""
        super().__init__(
            "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi.",
            field="kode_kedua",
        )


class FactorKeysMissing(AccountRefused):
    """The installation has no key for secrets of telephones, or not the one that sealed this."""

    def __init__(self) -> None:
        """Say whom to tell."""
        super().__init__(
            "Kunci untuk kode kedua belum dipasang di Bekal ini. Sampaikan kepada pengelola Bekal."
        )


class LockedOut(Refused):
    """Too many guesses; not even the right password is looked at until `until`."""

    def __init__(self, *, until: dt.datetime, now: dt.datetime) -> None:
        """Say when to come back, both as a wait and as a time with its zone."""
        minutes = max(1, math.ceil((until - now).total_seconds() / 60))
        super().__init__(
            f"Terlalu banyak percobaan. Coba lagi dalam {minutes} menit, "
            f"pukul {formats.time(until, Zone.WIB)}."
        )


@dataclass(frozen=True)
class Person:
    """The signed-in person, as pages show them."""

    name: str
    roles: tuple[str, ...]


_SYSTEM = {
    "load": "pemuatan data",
    "demo-live": "demo",
    "sign-in": "masuk",
    "nightly_check": "tugas malam",
    "nightly_checkpoints": "tugas malam",
    "nightly_shelves": "tugas malam",
    "goods_by_the_minute": "tugas setiap menit",
    "encoding_pictures": "tugas setiap menit",
    "nightly_forgetting": "tugas malam",
    "nightly_forgetting_of_makers": "tugas malam",
}
_MACHINES = {
    ActorKind.BUYER: "Pembeli",
    ActorKind.DEVICE: "Perangkat",
    ActorKind.WEBHOOK: "Layanan luar",
    ActorKind.TOKEN: "Kunci API",
}
UNKNOWN_PERSON = "Pengguna tidak dikenal"


def machine_name(actor: str) -> str:
    """How pages call whoever acted and is no signed-in person: a command, a job, a device."""
    kind, _, name = actor.partition(":")
    if kind in {ActorKind.COMMAND, ActorKind.JOB}:
        return f"Sistem ({_SYSTEM.get(name, name)})"
    word = _MACHINES.get(ActorKind(kind)) if kind in set(ActorKind) else None
    return f"{word} {name}".rstrip() if word and kind != ActorKind.BUYER else word or "Sistem"


def roles_that_may(permission: Permission) -> frozenset[Role]:
    """The roles that hold a permission."""
    return frozenset(role for role, held in PERMISSIONS.items() if permission in held)


def check_level(*, role: Role, level: Level) -> None:
    """A role can be held only at the levels where its work is done. Raises AccountRefused."""
    if level not in ROLE_LEVELS[role]:
        words = " atau ".join(_LEVEL_WORDS[known] for known in Level if known in ROLE_LEVELS[role])
        raise AccountRefused(
            f"Peran {ROLE_LABELS[role]} hanya dapat diberikan untuk {words}.", field="place"
        )


def read_nip(text: str) -> str | None:
    """The 18 digits of a NIP written with or without blanks, dots and dashes; None if it is none.

    Source: Perka BKN 22/2007 (birth date, month of entry, sex, serial number).
    """
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if re.fullmatch(r"\d{18}", digits, re.ASCII) else None


def read_login(text: str) -> str:
    """What was typed into "Email atau NIP", in the one form that is stored and compared."""
    return read_nip(text) or text.strip().lower()


def address_block(address: str) -> str:
    """Whom an address is counted for: itself, or its /64 in IPv6, which one line owns whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
