import datetime as dt

import pytest

from bekal.accounts.rules import (
    PERMISSIONS,
    ROLE_LABELS,
    ROLE_LEVELS,
    AccountRefused,
    LockedOut,
    Permission,
    Role,
    address_block,
    check_level,
    read_login,
    read_nip,
    roles_that_may,
)
from bekal.places.rules import Level

ALL = set(Permission)
SEE = {
    Permission.SEE_SALES,
    Permission.SEE_TURNOVER,
    Permission.SEE_CATALOGUE,
    Permission.SEE_RULES,
    Permission.SEE_ORDERS,
    Permission.SEE_PAYMENTS,
    Permission.SEE_BOOKS,
}
ABOVE_UNITS = {
    Permission.MODERATE_REVIEWS,
    Permission.CHECK_INSTITUTIONS,
    Permission.ANSWER_ENQUIRIES,
}
TABLE = {
    Role.PETUGAS: SEE
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
        Permission.CLEAR_CASH,
    },
    Role.BENDAHARA: SEE
    | {
        Permission.REFUND_SALE,
        Permission.HANDLE_PAYMENTS,
        Permission.KEEP_MONEY,
        Permission.CLEAR_CASH,
    },
    Role.KEPALA_UPT: SEE
    | {
        Permission.REFUND_SALE,
        Permission.SET_PRICE,
        Permission.CHOOSE_RULE,
        Permission.MANAGE_TOKENS,
        Permission.PAUSE_UNIT,
        Permission.SET_MERCHANT,
        Permission.SEE_MAKERS,
        Permission.DECIDE_MAKERS,
        Permission.APPROVE_MONEY,
        Permission.MANAGE_PEOPLE,
    },
    Role.KANWIL: SEE | ABOVE_UNITS | {Permission.REOPEN_MONTH, Permission.MANAGE_PEOPLE},
    Role.DITJENPAS: SEE
    | ABOVE_UNITS
    | {Permission.SET_RULES, Permission.DECLARE_CAMPAIGN, Permission.MANAGE_PEOPLE},
    Role.AUDITOR: SEE | {Permission.EXAMINE},
    Role.MITRA: {Permission.SEE_TURNOVER},
    Role.SPONSOR: {Permission.SEE_TURNOVER},
}
UNIT, KANWIL, CENTRE = Level.UNIT, Level.KANWIL, Level.CENTRE
LEVELS = {
    Role.PETUGAS: {UNIT},
    Role.BENDAHARA: {UNIT},
    Role.KEPALA_UPT: {UNIT},
    Role.KANWIL: {KANWIL},
    Role.DITJENPAS: {CENTRE},
    Role.AUDITOR: {UNIT, KANWIL, CENTRE},
    Role.MITRA: {UNIT, KANWIL, CENTRE},
    Role.SPONSOR: {UNIT, KANWIL, CENTRE},
}


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_table_says(role, permission):
    expected = permission in TABLE[role]
    assert (permission in PERMISSIONS[role]) is expected
    assert (role in roles_that_may(permission)) is expected


def test_partners_and_sponsors_never_see_a_receipt():
    receipts = {Permission.SEE_SALES, Permission.RECORD_SALE, Permission.REFUND_SALE}
    for role in (Role.MITRA, Role.SPONSOR):
        assert not receipts & PERMISSIONS[role]


def test_whoever_records_a_sale_cannot_refund_it_alone():
    both = {Permission.RECORD_SALE, Permission.REFUND_SALE}
    assert not [role for role in Role if both <= PERMISSIONS[role]]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("role", Role)
def test_a_role_is_held_only_where_its_work_is_done(role, level):
    assert ROLE_LEVELS[role] == LEVELS[role]
    if level in LEVELS[role]:
        check_level(role=role, level=level)
    else:
        with pytest.raises(AccountRefused) as refused:
            check_level(role=role, level=level)
        assert ROLE_LABELS[role] in refused.value.message


def test_every_role_has_a_label():
    assert set(ROLE_LABELS) == set(Role)


@pytest.mark.parametrize(
    "text",
    [
        "199001152015032001",
        "19900115 201503 2 001",
        " 19900115.201503.2.001 ",
        "19900115-2015032001",
    ],
)
def test_a_nip_is_read_however_it_is_spaced(text):
    assert read_nip(text) == "199001152015032001"
    assert read_login(text) == "199001152015032001"


@pytest.mark.parametrize("text", ["", "19900115201503200", "1990011520150320011", "١" * 18])
def test_what_has_not_18_digits_is_no_nip(text):
    assert read_nip(text) is None


def test_an_email_is_compared_in_lower_case():
    assert read_login(" Siti@Contoh.GO.ID ") == "siti@contoh.go.id"


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
)
def test_one_line_is_one_address(address, block):
    assert address_block(address) == block


def test_a_lock_says_when_it_ends():
    now = dt.datetime(2026, 4, 27, 7, 20, tzinfo=dt.UTC)
    for seconds, minutes in ((720, 12), (661, 12), (1, 1), (-5, 1)):
        text = LockedOut(until=now + dt.timedelta(seconds=seconds), now=now).message
        assert f"dalam {minutes} menit" in text
    assert "pukul 14.32 WIB" in LockedOut(until=now + dt.timedelta(minutes=12), now=now).message
