"""Bekal's command line: reads the arguments, chooses settings and database, runs one command.

Each command is a module of `bekal.config.commands` with `run(arguments) -> int`. It is imported
after Django is set up, so that it may import rooms at its top like everything else.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db.utils import OperationalError

from bekal.config import paths
from bekal.config.console import Problem, say
from bekal.config.processes import stop_on_signals
from bekal.config.surroundings import surroundings

_INTERRUPTED = 130
_DEMO_PORT = 8000


def folder(text: str) -> Path:
    """A folder as typed, made absolute."""
    return Path(text).expanduser().absolute()


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    bekal = argparse.ArgumentParser(prog="bekal", description="Bekal, the work of corrections.")
    commands = bekal.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="a Bekal with sample data on this machine")
    _add_address(demo)
    demo.add_argument("--live", action="store_true", help="keep sample sales coming")

    test = commands.add_parser("test", help="every gate and every test; with arguments, pytest")
    test.add_argument("pytest", nargs=argparse.REMAINDER, help="handed to pytest")

    serve = commands.add_parser("serve", help="serve a real installation (settings: environment)")
    _add_address(serve)
    serve.add_argument("--workers", type=int, default=2, help="default: %(default)s")

    commands.add_parser("worker", help="carry out jobs")
    commands.add_parser("load", help="the real places, split rules and products")
    commands.add_parser("check", help="look for broken promises; exit 1 if there are any")
    commands.add_parser("rebuild", help="make every summary again from the facts")
    commands.add_parser("live")  # what demo --live starts
    manage = commands.add_parser("manage", help="Django's own commands")
    manage.add_argument("django", nargs=argparse.REMAINDER, help="handed to Django")
    for command in (
        demo,
        *(commands.choices[name] for name in ("worker", "load", "check", "rebuild")),
    ):
        command.add_argument("--data", type=folder, default=paths.DATA, help="default: %(default)s")
    return bekal


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=_DEMO_PORT, help="default: %(default)s")
    command.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    command.add_argument("--stream-port", type=int, help="of live pages; default: the next one")


def main(given: list[str] | None = None) -> int:
    """Run one command. Whatever a person can put right is said in a sentence, not a traceback."""
    arguments = parser().parse_args(given)
    stop_on_signals()
    try:
        with surroundings(arguments.command, data=getattr(arguments, "data", paths.DATA)) as own:
            arguments.own_database = own
            command = import_module(f"bekal.config.commands.{arguments.command}")
            code: int = command.run(arguments)
            return code
    except (Problem, ImproperlyConfigured, CommandError) as problem:
        say(str(problem))
    except OperationalError as error:
        say(f"The database cannot be used: {str(error).strip()}")
    except PermissionError as error:
        say(f"{error.filename} belongs to another user. Run as that user, or use another --data.")
    except KeyboardInterrupt:
        say("Stopped.")
        return _INTERRUPTED
    return 1


if __name__ == "__main__":
    sys.exit(main())
