"""Give a person a new password when the old one is forgotten."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bekal.accounts import actions, queries
from bekal.accounts.management.commands.add_user import read_password
from bekal.foundation import clock
from bekal.foundation.actors import command_actor
from bekal.foundation.refusals import Refused


class Command(BaseCommand):
    """`reset_password petugas@contoh.go.id`; all sessions of the person end."""

    help = "Give a person, by e-mail or NIP, a new password. Asks for it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose password."""
        parser.add_argument("login", help="e-mail or NIP")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read one line instead of asking"
        )

    def handle(self, *args: str, **options: str) -> None:
        """Ask, then write."""
        user = queries.user_by_login(login=options["login"])
        if user is None:
            raise CommandError("Tidak ada akun dengan email atau NIP itu.")
        password = read_password(from_stdin=bool(options["password_stdin"]))
        by = command_actor("reset_password")
        try:
            actions.set_password(user_id=user.pk, password=password, by=by, now=clock.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{user.email}: kata sandi baru tersimpan")
