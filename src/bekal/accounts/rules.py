"""Roles and what they may do. Pure."""

from enum import StrEnum


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


_SEE = frozenset(
    {
        Permission.SEE_SALES,
        Permission.SEE_TURNOVER,
        Permission.SEE_CATALOGUE,
        Permission.SEE_RULES,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PETUGAS: _SEE | {Permission.RECORD_SALE, Permission.SET_PRICE},
    Role.BENDAHARA: _SEE | {Permission.REFUND_SALE},
    Role.KEPALA_UPT: _SEE | {Permission.REFUND_SALE, Permission.SET_PRICE, Permission.CHOOSE_RULE},
    Role.KANWIL: _SEE,
    Role.DITJENPAS: _SEE | {Permission.CHOOSE_RULE},
    Role.AUDITOR: _SEE,
    Role.MITRA: frozenset({Permission.SEE_TURNOVER, Permission.SEE_CATALOGUE}),
    Role.SPONSOR: frozenset({Permission.SEE_TURNOVER}),
}
