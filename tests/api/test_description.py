"""The description is valid OpenAPI 3.1, says all that the API does, and its examples are true."""

import json
import os
from copy import deepcopy
from pathlib import Path

import pytest
import schemathesis

from bekal.config.api import document
from bekal.config.api.root import api, described, patterns
from bekal.foundation.api.problems import Code
from tests.api import nation
from tests.api.asking import code_of

EXAMPLES = Path(document.__file__).with_name("examples.json")
OPERATIONS = {
    operation["operationId"]: operation
    for methods in described.content["paths"].values()
    for operation in methods.values()
}
PERSONAL = {"name_of_buyer", "buyer", "email", "nip", "phone", "recorded_by", "holder", "person"}


def test_it_is_valid_openapi_31():
    assert described.content["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(deepcopy(described.content)).validate()


def test_a_description_that_is_not_valid_is_found():
    wrong = {**described.content, "paths": {"/x": {"get": {"parameters": [{"in": "nowhere"}]}}}}
    with pytest.raises(Exception, match="nowhere"):
        schemathesis.openapi.from_dict(wrong).validate()


def test_it_is_served_whole_and_once(client):
    answer = client.get("/api/openapi.json")
    assert answer.json() == described.content
    same = client.get("/api/openapi.json", headers={"If-None-Match": answer["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert client.post("/api/openapi.json").status_code == 405


def test_every_address_of_the_api_is_described():
    served = {f"/{pattern.pattern}".replace("<", "{").replace(">", "}") for pattern in patterns()}
    assert served == set(described.content["paths"])


def test_every_operation_has_words_and_problems_of_one_shape():
    for operation in OPERATIONS.values():
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"]
        for status, response in operation["responses"].items():
            assert response["description"]
            if int(status) >= 400:
                (kind,) = response["content"]
                assert kind == "application/problem+json"
                schema = response["content"][kind]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}


def names_in(value):
    if isinstance(value, dict):
        yield from value.get("properties", {})
        for inner in value.values():
            yield from names_in(inner)


def test_no_answer_has_a_place_for_a_person():
    assert not PERSONAL & set(names_in(described.content["components"]["schemas"]))


def test_every_code_has_its_sentence():
    assert all(document.TITLES[code] for code in Code)


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_examples_are_what_the_api_answers(client, first_world):
    """With BEKAL_WRITE_EXAMPLES set, the examples are written anew from the answers."""
    secret = nation.trade(first_world)
    told, plain = {}, api.get_openapi_schema(path_prefix="api/v1/")
    for asked in nation.asks(code_of(first_world.noken)):
        answer = nation.ask(client, plain, secret, asked)
        assert answer.status_code in (200, 201), answer.content
        name, path, query, headers, body = asked
        told[name] = {
            "path": path,
            "query": query,
            "headers": headers,
            "status": answer.status_code,
        }
        if body:
            told[name]["body"] = body
        told[name]["answer"] = answer.json()
    if os.environ.get("BEKAL_WRITE_EXAMPLES"):
        EXAMPLES.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    assert json.loads(EXAMPLES.read_text()) == told
    assert set(told) == set(OPERATIONS)
