"""schemathesis asks everything that the description allows, and much that it does not."""

from copy import deepcopy

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from bekal.config.api import door
from bekal.config.api.root import described
from bekal.sales.models import Sale
from tests.api.asking import bearer, code_of
from tests.api.conftest import NABIRE

SCHEMA = schemathesis.openapi.from_dict(deepcopy(described.content))
SCHEMA.app = get_wsgi_application()


@pytest.fixture
def secret(token, monkeypatch):
    """A token, and limits that hypothesis does not reach."""
    monkeypatch.setattr(door, "spend", lambda *_, **__: None)
    monkeypatch.setattr("bekal.accounts.gate.spend", lambda *_, **__: None)
    # As Django's own test client does: the connection is the test's, in its transaction.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield token.secret
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


ASK = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


@pytest.mark.slow
@pytest.mark.django_db
@SCHEMA.parametrize()
@ASK
def test_every_answer_is_as_described(case, secret):
    # What a workshop refuses depends on its goods and days, which no description can tell.
    left_out = [positive_data_acceptance] if case.method == "POST" else []
    case.call_and_validate(headers=told(secret), excluded_checks=left_out)


@pytest.mark.slow
@pytest.mark.django_db
@SCHEMA.include(operation_id=["recordSale", "voidSale", "getSale"]).parametrize()
@ASK
def test_sales_of_real_goods_are_answered_as_described(case, secret, world):
    """What was made up is brought close to what could be: this unit, its products, its sales."""
    case.path_parameters["unit"] = NABIRE
    sale = Sale.objects.values_list("pk", flat=True).first()
    if sale and "sale" in case.path_parameters:
        case.path_parameters["sale"] = str(sale)
    if isinstance(case.body, dict) and isinstance(case.body.get("items"), list):
        for item, product in zip(case.body["items"], [world.noken, world.coffee], strict=False):
            if isinstance(item, dict):
                item["product"] = code_of(product)
        case.body["sold_on"] = "2026-04-26"
    # A value may fit its description and still be refused: a price without end, a product twice.
    case.call_and_validate(
        headers=told(secret), excluded_checks=[positive_data_acceptance, negative_data_rejection]
    )


def told(secret):
    return {**bearer(secret), "Accept-Encoding": "identity"}
