"""Handlers of the tests' own subjects, named in their settings."""

from django.db import connection

from bekal.foundation.refusals import Refused
from bekal.payments.rules import Paid

HEARD: list[Paid] = []


def note(*, paid, by, now):
    """Only listen."""
    HEARD.append(paid)


def refuse(*, paid, by, now):
    """Refuse after having written something."""
    with connection.cursor() as cursor:
        cursor.execute("insert into payments_doubtcheck values (-1, %s, 'x')", [now])
    raise Refused("Pesanan ini sudah diarsipkan.")


def break_late(*, paid, by, now):
    """Write what the database refuses only at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("insert into payments_doubtcheck values (-1, %s, 'x')", [now])
