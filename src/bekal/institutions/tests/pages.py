"""People of the units and of the kanwil before their pages, and what those pages say."""

import datetime as dt
import re

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.ui.strangers import STAMP, seal
from tests.support.world import NOON

READ = seal(opened_at=NOON - dt.timedelta(seconds=10))
"""What a page sends that was opened ten seconds before noon."""
NABIRE = "/kerja/lapas-kelas-iib-nabire"
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli"


def sign_in(client, place_id, *, role=Role.PETUGAS, name="Yohana"):
    """Let somebody with this role at this place use the client."""
    user = User.objects.create(email=f"{name}@contoh.go.id".lower(), name=name)
    long_ago = NOON - dt.timedelta(days=1)
    Grant.objects.create(
        user=user, role=role, place_id=place_id, granted_at=long_ago, granted_by="command:uji"
    )
    client.force_login(user)
    return client


def text(answer):
    """What the page says, with single blanks."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.sub(r"\s+", " ", body.decode())


def words(answer):
    """The same without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(answer)))


def hidden(answer):
    """The hidden fields of a page, to be sent again by who took their time over it."""
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text(answer))
    fields = {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}
    return {**fields, STAMP: READ} if STAMP in fields else fields
