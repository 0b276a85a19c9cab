"""People, their roles and tokens; invitations and devices; the second factor."""

from bekal.accounts.models.invitations import Invitation, SignedIn
from bekal.accounts.models.people import Grant, Token, User
from bekal.accounts.models.second import RecoveryCode, SecondFactor

__all__ = [
    "Grant",
    "Invitation",
    "RecoveryCode",
    "SecondFactor",
    "SignedIn",
    "Token",
    "User",
]
