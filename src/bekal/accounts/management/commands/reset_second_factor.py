"""Let the telephone of a person go who has lost it with all recovery codes."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bekal.accounts import actions, queries
from bekal.foundation import clock
from bekal.foundation.actors import command_actor


class Command(BaseCommand):
    """`reset_second_factor bendahara@contoh.go.id`; then the person takes another in."""

    help = "Let the second factor of a person, by e-mail or NIP, go. Look at their papers first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("login", help="e-mail or NIP")

    def handle(self, *args: str, **options: str) -> None:
        """Write, and say so."""
        user = queries.user_by_login(login=options["login"])
        if user is None:
            raise CommandError("Tidak ada akun dengan email atau NIP itu.")
        by = command_actor("reset_second_factor")
        actions.reset_factor(user_id=user.pk, by=by, now=clock.now())
        self.stdout.write(f"{user.email}: kode kedua dilepas")
