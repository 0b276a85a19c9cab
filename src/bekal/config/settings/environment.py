"""Reading the environment; what is missing or unsafe is said in one sentence."""

import base64
import hashlib
import os
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_PREPARED = {"server_side_binding": True, "prepare_threshold": 3}
_POOL = {"min_size": 1, "max_size": 10, "timeout": 5, "max_lifetime": 1800}
_TRUE = {"1", "true", "yes", "on"}
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_SHORTEST_KEY = 50
_FEWEST_LETTERS = 5


def flag(name: str) -> bool:
    """Whether a variable says yes."""
    return os.environ.get(name, "").strip().lower() in _TRUE


def words(name: str) -> list[str]:
    """The comma-separated parts of a variable."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def proxies() -> int:
    """How many proxies of ours stand before Bekal; they set X-Forwarded-For and -Proto."""
    return int(os.environ.get("BEKAL_PROXIES") or 0)


def required(name: str, why: str) -> str:
    """A variable that must be set. Raises ImproperlyConfigured."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's settings for a database address.

    The pool is per process: web processes x 10 must stay below the server's max_connections.
    Its time limit is short so that a command without a database fails soon. A pool and
    CONN_MAX_AGE exclude each other. Statements are prepared by the server from their third use in
    a connection on: the sale's large statement is planned once, not each time (bench/record_sale).
    A PgBouncer in between must be 1.21 or newer.
    """
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
    settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **_PREPARED}
    if pooled:
        settings["CONN_HEALTH_CHECKS"] = True
        settings["OPTIONS"]["pool"] = dict(_POOL)
    return settings


def mail() -> dict[str, Any]:
    """Django's settings for the mail server of BEKAL_MAIL; without one no e-mail goes out.

    "smtp://host:25", "smtp+tls://user:password@host:587" or "smtps://user:password@host:465"; signs
    of a password that mean something in an address are written as %40 and the like.
    """
    asked = os.environ.get("BEKAL_MAIL", "").strip()
    if not asked:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    server = urlsplit(asked)
    if server.scheme not in _MAIL_PORTS or not server.hostname:
        raise ImproperlyConfigured("BEKAL_MAIL must read like smtp+tls://user:password@host:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": server.hostname,
        "EMAIL_PORT": server.port or _MAIL_PORTS[server.scheme],
        "EMAIL_HOST_USER": unquote(server.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(server.password or ""),
        "EMAIL_USE_TLS": server.scheme == "smtp+tls",
        "EMAIL_USE_SSL": server.scheme == "smtps",
    }


def address(fallback: str) -> str:
    """Where Bekal is reached from outside (BEKAL_ADDRESS), without a slash at the end.

    Whatever is written outside a page needs it: e-mails, messages, papers.
    """
    return (os.environ.get("BEKAL_ADDRESS", "").strip() or fallback).rstrip("/")


def secret_key() -> str:
    """SECRET_KEY, long and varied enough to sign sessions with."""
    key = required("SECRET_KEY", "it signs every session. Make one with: openssl rand -base64 48")
    if len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_LETTERS:
        raise ImproperlyConfigured(
            f"SECRET_KEY is too weak: it needs {_SHORTEST_KEY} random characters or more."
        )
    return key


def sample_keys(secret: str) -> tuple[list[str], list[str]]:
    """Keys of made-up makers, derived from a secret: of their names, and of their numbers."""
    number = hashlib.sha256(f"bekal.demo.sdp:{secret}".encode())
    return [sample_box_key(secret, purpose="name")], [number.hexdigest()]


def sample_box_key(secret: str, *, purpose: str) -> str:
    """A key of foundation.sealing for a demo, derived from its secret."""
    derived = hashlib.sha256(f"bekal.demo.{purpose}:{secret}".encode()).digest()
    return base64.urlsafe_b64encode(derived).decode()


def hosts() -> list[str]:
    """ALLOWED_HOSTS, every one named in full."""
    required("ALLOWED_HOSTS", "name the addresses that Bekal answers to, with commas between.")
    names = words("ALLOWED_HOSTS")
    for name in names:
        if "*" in name or name.startswith("."):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS has the wildcard {name!r}: name every host in full."
            )
    return names


def refuse_debug() -> None:
    """Raise ImproperlyConfigured where DEBUG is asked for."""
    if flag("DEBUG"):
        raise ImproperlyConfigured("DEBUG is on: it would show the inside of Bekal to visitors.")
