"""Who caused a fact. Not everyone who does signs in: devices, webhooks and jobs act too."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The kinds of actor; the id's meaning depends on the kind."""

    USER = "user"
    BUYER = "buyer"
    DEVICE = "device"
    TOKEN = "token"
    WEBHOOK = "webhook"
    JOB = "job"
    COMMAND = "command"


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a kind and an id that is opaque outside the room that owns it."""

    kind: ActorKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def user_actor(user_id: int) -> Actor:
    """The signed-in person with this primary key."""
    return Actor(ActorKind.USER, str(user_id))


def token_actor(prefix: str) -> Actor:
    """A program with the API token that begins like this."""
    return Actor(ActorKind.TOKEN, prefix)


def buyer_actor(key: object) -> Actor:
    """Somebody who buys without an account, known by the key of the order alone."""
    return Actor(ActorKind.BUYER, str(key))


def command_actor(name: str) -> Actor:
    """A command of the command line, by its name."""
    return Actor(ActorKind.COMMAND, name)


def job_actor(name: str) -> Actor:
    """A job of the worker, by its name."""
    return Actor(ActorKind.JOB, name)
