"""Changes to users, grants and tokens; the one place where passwords and codes are compared."""

from bekal.accounts.actions.people import (
    create_user,
    deactivate_user,
    grant_role,
    revoke_role,
    set_password,
)
from bekal.accounts.actions.second_factor import (
    begin_factor,
    check_second,
    confirm_factor,
    remove_factor,
    renew_recovery,
    reset_factor,
)
from bekal.accounts.actions.sign_in import change_password, check_sign_in
from bekal.accounts.actions.tokens import make_token, note_use, revoke_token

__all__ = [
    "begin_factor",
    "change_password",
    "check_second",
    "check_sign_in",
    "confirm_factor",
    "create_user",
    "deactivate_user",
    "grant_role",
    "make_token",
    "note_use",
    "remove_factor",
    "renew_recovery",
    "reset_factor",
    "revoke_role",
    "revoke_token",
    "set_password",
]
