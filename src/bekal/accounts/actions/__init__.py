"""Changes to users and grants, and the one place where a password is compared."""

from bekal.accounts.actions.people import (
    create_user,
    deactivate_user,
    grant_role,
    revoke_role,
    set_password,
)
from bekal.accounts.actions.sign_in import change_password, check_sign_in

__all__ = [
    "change_password",
    "check_sign_in",
    "create_user",
    "deactivate_user",
    "grant_role",
    "revoke_role",
    "set_password",
]
