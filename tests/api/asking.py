"""How the tests of the API ask: as a program would."""

import json

from bekal.catalogue.models import Product
from bekal.foundation.ids import uuid7
from tests.api.conftest import NABIRE

V1 = "/api/v1"


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


def code_of(product_id):
    return Product.objects.get(pk=product_id).code


def a_body(world, **changes):
    """Two noken for cash, on the world's day."""
    return {
        "sold_on": "2026-04-27",
        "channel": "workshop",
        "buyer_class": "public",
        "payment": "cash",
        "items": [{"product": code_of(world.noken), "pieces": 2}],
        **changes,
    }


def record(client, secret, body, *, key=None, unit=NABIRE, **headers):
    """Post a sale; a body of bytes is sent as it is."""
    return client.post(
        f"{V1}/units/{unit}/sales",
        body if isinstance(body, bytes) else json.dumps(body),
        content_type="application/json",
        headers={**bearer(secret), "Idempotency-Key": str(key or uuid7()), **headers},
    )


def problem(answer, status, code):
    """The body of a refusal, which must have the one shape."""
    said = answer.json()
    assert (answer.status_code, said["status"], said["code"]) == (status, status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert set(said) == {"type", "title", "status", "code", "field", "problems"}
    assert said["type"] == f"/api/#{code}"
    assert said["title"]
    return said
