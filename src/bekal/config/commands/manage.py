"""`bekal manage`: Django's own commands, on the database that the other commands use."""

import argparse

from django.core.management import execute_from_command_line


def run(arguments: argparse.Namespace) -> int:
    """Hand the arguments to Django."""
    execute_from_command_line(["bekal manage", *arguments.django])
    return 0
