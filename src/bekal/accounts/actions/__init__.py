"""Changes to users, grants and tokens; the one place where passwords and codes are compared."""

from bekal.accounts.actions.devices import end_device, end_other_devices, note_sign_in
from bekal.accounts.actions.invitations import (
    accept_as_new,
    accept_as_user,
    invite,
    mail_invitations,
    revoke_invitation,
    take_role_away,
)
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
    give_factor,
    remove_factor,
    renew_recovery,
    reset_factor,
)
from bekal.accounts.actions.sign_in import change_password, check_sign_in
from bekal.accounts.actions.tokens import make_token, note_use, revoke_token

__all__ = [
    "accept_as_new",
    "accept_as_user",
    "begin_factor",
    "change_password",
    "check_second",
    "check_sign_in",
    "confirm_factor",
    "create_user",
    "deactivate_user",
    "end_device",
    "end_other_devices",
    "give_factor",
    "grant_role",
    "invite",
    "mail_invitations",
    "make_token",
    "note_sign_in",
    "note_use",
    "remove_factor",
    "renew_recovery",
    "reset_factor",
    "revoke_invitation",
    "revoke_role",
    "revoke_token",
    "set_password",
    "take_role_away",
]
