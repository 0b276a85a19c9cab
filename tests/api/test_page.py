"""The page of the API tells people what is true: its addresses, examples and refusals."""

import json
import re
from html import unescape

import pytest

from bekal.config.api.root import described
from bekal.foundation.api.problems import Code
from tests.api.asking import bearer, code_of
from tests.api.conftest import a_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    return unescape(client.get("/api/").content.decode())


def test_it_lists_every_operation_and_nothing_else(page):
    listed = set(re.findall(r"<code>(GET|POST) (/api/v1/\S+)</code>", page))
    assert listed == {
        (method.upper(), path)
        for path, methods in described.content["paths"].items()
        for method in methods
    }


def test_every_code_has_its_place_on_the_page(page):
    for code in Code:
        assert f'<tr id="{code}">' in page


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_its_examples_work(client, first_world, page):
    secret = a_token(first_world.nabire).secret
    asked = re.findall(r"curl 'http://testserver(\S+)'", page)
    assert len(asked) == 3
    for address in asked:
        assert client.get(address).status_code == 200, address
    (address,) = re.findall(r"curl -X POST 'http://testserver(\S+)'", page)
    headers = dict(re.findall(r"-H '([\w-]+): ([^']+)'", page))
    body = json.loads(re.search(r"-d '(\{.*?\})'", page, re.DOTALL)[1])
    assert body["items"][0]["product"] == code_of(first_world.noken)
    answer = client.post(
        address,
        json.dumps(body),
        content_type=headers["Content-Type"],
        headers={"Idempotency-Key": headers["Idempotency-Key"], **bearer(secret)},
    )
    assert answer.status_code == 201, answer.content
