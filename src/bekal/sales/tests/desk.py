"""People of the three units before their pages, and what they type."""

import datetime as dt
import re

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from tests.support.world import NOON, TODAY

HERE = "/kerja/lapas-kelas-iib-nabire/penjualan/"
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/penjualan/"


def sign_in(client, unit_id, *, role=Role.PETUGAS, name="Yohana"):
    """Let somebody with this role at this unit use the client."""
    user = User.objects.create(email=f"{name}@contoh.go.id".lower(), name=name)
    long_ago = NOON - dt.timedelta(days=1)
    Grant.objects.create(
        user=user, role=role, place_id=unit_id, granted_at=long_ago, granted_by="command:uji"
    )
    client.force_login(user)
    return client


def text(answer):
    """What the page says."""
    return answer.content.decode()


def typed(*items, act="periksa", **changes):
    """The form of a sale as Yohana fills it; items are (product, pieces[, price])."""
    answers = {
        "key": str(uuid7()),
        "sold_on": TODAY.isoformat(),
        "priced_on": TODAY.isoformat(),
        "channel": "workshop",
        "buyer_class": "public",
        "payment": "cash",
        "act": act,
    }
    for product, pieces, *price in items:
        answers[f"pieces_{product}"] = str(pieces)
        if price:
            answers[f"price_{product}"] = str(price[0])
    return {key: value for key, value in {**answers, **changes}.items() if value is not None}


def hidden(answer):
    """The hidden fields of a check page, to be sent again."""
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text(answer))
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}
