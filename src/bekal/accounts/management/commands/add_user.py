"""Make an account with a role, and ask for its password."""

import sys
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from bekal.accounts import actions
from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.actors import command_actor
from bekal.foundation.clock import Zone
from bekal.foundation.refusals import Refused
from bekal.places import queries as places


class Command(BaseCommand):
    """`add_user --email … --name … --role petugas --place lapas-…`, all of it or nothing."""

    help = "Make an account with one role at one place. Asks for the password."

    def add_arguments(self, parser: CommandParser) -> None:
        """The person, the role and the place; the password never stands in the arguments."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--nip", default="", help="18 digits, blanks allowed; staff only")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--place", required=True, help="code, such as nasional or kanwil-bali")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read one line instead of asking"
        )

    def handle(self, *args: str, **options: str) -> None:
        """Ask, then write the account and its grant together."""
        now, by = clock.now(), command_actor("add_user")
        place = places.place_on(code=options["place"], on=clock.local_day(now, Zone.WIB))
        if place is None:
            raise CommandError(f"Tidak ada tempat dengan kode {options['place']}.")
        password = read_password(from_stdin=bool(options["password_stdin"]))
        person = {key: options[key] for key in ("email", "nip", "name")}
        try:
            with transaction.atomic():
                user = actions.create_user(**person, password=password, by=by, now=now)
                actions.grant_role(
                    user_id=user.pk, role=Role(options["role"]), place_id=place.id, by=by, now=now
                )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{user.email}: {options['role']} di {place.name}")


def read_password(*, from_stdin: bool) -> str:
    """Ask twice without showing it, or take one line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Kata sandi: ")
    if getpass("Sekali lagi: ") != first:
        raise CommandError("Kedua kata sandi berbeda. Jalankan lagi.")
    return first
