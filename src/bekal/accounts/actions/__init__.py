"""Changes to users, grants and API tokens, and the one place where a password is compared."""

from bekal.accounts.actions.people import (
    create_user,
    deactivate_user,
    grant_role,
    revoke_role,
    set_password,
)
from bekal.accounts.actions.sign_in import change_password, check_sign_in
from bekal.accounts.actions.tokens import make_token, note_use, revoke_token

__all__ = [
    "change_password",
    "check_sign_in",
    "create_user",
    "deactivate_user",
    "grant_role",
    "make_token",
    "note_use",
    "revoke_role",
    "revoke_token",
    "set_password",
]
