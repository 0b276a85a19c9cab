"""Private addresses: whoever holds one may open what is behind it, without a password.

The key in such an address is made of the installation's secret, the subject and a version, so that
it can be sent again; the database keeps its digest alone. A new version ends the old address.
"""

import base64
import hashlib

from django.utils.crypto import salted_hmac

KEY_LENGTH = 32
_BYTES = 24


def private_key(purpose: str, subject: object, *, version: int = 1) -> str:
    """The key of a subject: 32 signs of an address, 192 bits that nobody can guess."""
    made = salted_hmac(f"bekal.{purpose}", f"{subject}:{version}", algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest()[:_BYTES]).decode()


def sealed(message: bytes) -> bytes:
    """What may be kept of a message that names a person: enough to know the same message again."""
    return salted_hmac("bekal.sealed", message, algorithm="sha256").digest()


def digest_of(key: str) -> str:
    """What is kept of a key. One round is enough: it is no word that somebody chose."""
    return hashlib.sha256(key.encode()).hexdigest()
