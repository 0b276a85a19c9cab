"""Encrypt every maker's name under the newest key, before an old key is taken away."""

from django.core.management.base import BaseCommand, CommandError

from bekal.foundation import clock
from bekal.foundation.actors import command_actor
from bekal.foundation.refusals import Refused
from bekal.people import actions


class Command(BaseCommand):
    """`close_names_anew`, all of them or none."""

    help = "Encrypt every maker's name under the first of BEKAL_NAME_KEYS."

    def handle(self, *args: str, **options: str) -> None:
        """Do it, and say of how many."""
        try:
            count = actions.close_names_anew(by=command_actor("close_names_anew"), now=clock.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{count} names")
