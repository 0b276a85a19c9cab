"""Who a session belongs to."""

from django.contrib.auth.backends import BaseBackend

from bekal.accounts import queries
from bekal.accounts.models import User

BACKEND = "bekal.accounts.backends.SessionBackend"


class SessionBackend(BaseBackend):
    """Loads the user of a session. It takes no password, so nothing goes round the counter."""

    def get_user(self, user_id: int) -> User | None:
        """The active user with their roles, in one statement; None signs the session out."""
        return queries.user_of_session(user_id=user_id)
